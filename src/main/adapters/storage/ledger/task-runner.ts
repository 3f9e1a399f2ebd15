/** Runs the ledger's long tasks, each in a worker thread of its own, so that nothing here ever blocks the core. */
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
  const places = [join(folder, 'ledger-worker.js'), join(folder, '..', 'ledger-worker.js')];
  return places.find((path) => existsSync(path)) ?? join(folder, 'ledger-worker.ts');
}

export function createTaskRunner(deps: {
  readonly ledgerPath: string;
  readonly incidents: IncidentLog;
}): TaskRunner {
  const running = new Set<Worker>();
  let closed = false;

  function run<N extends LedgerTaskName>(
    name: N,
    input: LedgerTaskInput<N>,
    aboutPath = deps.ledgerPath,
  ): Promise<Result<LedgerTaskOutput<N>>> {
    if (closed) return Promise.resolve(err({ kind: 'not-possible-now', detail: 'the app is ending' }));
    return new Promise((resolve) => {
      const workerData = { name, input, ledgerPath: aboutPath } satisfies LedgerTask;
      const worker = new Worker(findWorker(), { workerData });
      running.add(worker);
      worker.once('message', (answer: Result<LedgerTaskOutput<N>>) => resolve(answer));
      worker.once('error', (cause) =>
        resolve(err({ kind: 'unexpected', incidentId: deps.incidents.report(cause, `ledger task ${name}`) })),
      );
      worker.once('exit', () => {
        running.delete(worker);
        // Without effect where an answer came before.
        resolve(err({ kind: 'not-possible-now', detail: 'the app is ending' }));
      });
    });
  }

  return {
    run,
    close: async () => {
      closed = true;
      await Promise.all([...running].map((worker) => worker.terminate()));
    },
  };
}
