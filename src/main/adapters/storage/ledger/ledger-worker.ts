/** The worker's start: does one task after the other, and answers each. */
import { parentPort } from 'node:worker_threads';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { ledgerError } from './failures.ts';
import { type LedgerTask, ledgerTasks } from './ledger-tasks.ts';

function answer({ name, input, ledgerPath }: LedgerTask): Result<unknown> {
  // Name and input belong together by the runner's types, which a table of functions can't say.
  const work = ledgerTasks[name] as (given: unknown) => unknown;
  try {
    return ok(work(input));
  } catch (cause) {
    const known = ledgerError(cause, ledgerPath);
    // A defect ends the worker, and whoever started it reports it.
    if (known === null) throw cause;
    return err(known);
  }
}

// Only the app itself starts this file and writes to it.
parentPort?.on('message', (task: LedgerTask) => parentPort?.postMessage(answer(task)));
