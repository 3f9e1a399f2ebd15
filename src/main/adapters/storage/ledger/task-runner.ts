/** Runs the ledger's long tasks in worker threads, so that nothing here ever blocks the core. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { err, type Result } from '../../../../contract/result.ts';
import type { IncidentLog } from '../../../core/ports.ts';
import type { LedgerTask, LedgerTaskInput, LedgerTaskName, LedgerTaskOutput } from './ledger-tasks.ts';

export interface TaskRunner {
  /** Fails with `ledger-damaged`, `ledger-unavailable`, `disk-full`, `not-possible-now` after the end, or `unexpected`. */
  readonly run: <N extends LedgerTaskName>(
    name: N,
    input: LedgerTaskInput<N>,
    aboutPath?: string,
  ) => Promise<Result<LedgerTaskOutput<N>>>;
  /** Ends what runs. Whatever was half written is swept up by the next backup. */
  readonly close: () => Promise<void>;
}

/** The worker beside the built core, or one folder above its chunks; else its source, which Node runs as it is. */
export function findWorker(folder: string = import.meta.dirname): string {
  const places = [join(folder, 'ledger-worker.mjs'), join(folder, '..', 'ledger-worker.mjs')];
  return places.find((path) => existsSync(path)) ?? join(folder, 'ledger-worker.ts');
}

/** A long verification must not keep the list of backups waiting; more at once would only fight for the disk. */
const mostWorkers = 3;
const keptWorkers = 2;

interface Job {
  readonly task: LedgerTask;
  readonly done: (answer: Result<never>) => void;
}

const ending = err({ kind: 'not-possible-now' as const, detail: 'the app is ending' });

/** Workers are started when they are needed; two stay for what comes next, such as a page and its totals. None keeps the process alive. */
export function createTaskRunner(deps: {
  readonly ledgerPath: string;
  readonly incidents: IncidentLog;
}): TaskRunner {
  const busy = new Map<Worker, Job>();
  const queue: Job[] = [];
  const idle: Worker[] = [];
  let closed = false;

  function startWorker(): Worker {
    const worker = new Worker(findWorker());
    worker.unref();
    worker.on('message', (answer: Result<never>) => {
      finish(worker, answer);
      if (closed || idle.length >= keptWorkers) void worker.terminate();
      else idle.push(worker);
      startNext();
    });
    worker.on('error', (cause) => {
      const context = `ledger task ${busy.get(worker)?.task.name}`;
      finish(worker, err({ kind: 'unexpected', incidentId: deps.incidents.report(cause, context) }));
    });
    worker.on('exit', () => {
      const place = idle.indexOf(worker);
      if (place !== -1) idle.splice(place, 1);
      finish(worker, ending);
      startNext();
    });
    return worker;
  }

  function finish(worker: Worker, answer: Result<never>): void {
    const job = busy.get(worker);
    busy.delete(worker);
    job?.done(answer);
  }

  function startNext(): void {
    if (busy.size >= mostWorkers) return;
    const job = queue.shift();
    if (job === undefined) return;
    const worker = idle.pop() ?? startWorker();
    busy.set(worker, job);
    worker.postMessage(job.task);
  }

  return {
    run: <N extends LedgerTaskName>(name: N, input: LedgerTaskInput<N>, ledgerPath = deps.ledgerPath) =>
      new Promise<Result<LedgerTaskOutput<N>>>((done) => {
        if (closed) return done(ending);
        queue.push({ task: { name, input, ledgerPath }, done });
        startNext();
      }),
    close: async () => {
      closed = true;
      for (const job of queue.splice(0)) job.done(ending);
      const workers = [...busy.keys(), ...idle];
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
