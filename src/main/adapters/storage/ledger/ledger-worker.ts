/** The worker's start: does the one task that it was given, answers, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { err, ok } from '../../../../contract/result.ts';
import { ledgerError } from './failures.ts';
import type { LedgerTask } from './ledger-tasks.ts';
import { ledgerTasks } from './ledger-tasks.ts';

// Only the app itself starts this file, with a task of the table.
const { name, input, ledgerPath } = workerData as LedgerTask;

try {
  const work: (given: never) => unknown = ledgerTasks[name];
  parentPort?.postMessage(ok(work(input as never)));
} catch (cause) {
  const known = ledgerError(cause, ledgerPath);
  // A defect ends the worker, and whoever started it reports it.
  if (known === null) throw cause;
  parentPort?.postMessage(err(known));
}
