/** Fulfils the restore that is wished for on the ledger named on the command line, and kills itself before the given step. */
import { finishRestore } from '../../../src/main/adapters/storage/ledger/restore.ts';

const [ledgerPath = '', killBefore = ''] = process.argv.slice(2);
let steps = 0;

const outcome = await finishRestore({
  ledgerPath,
  incidents: {
    report: (cause) => {
      throw cause;
    },
    note: () => undefined,
  },
  onStep: (step) => {
    process.stdout.write(`${step}\n`);
    if (steps === Number(killBefore)) process.kill(process.pid, 'SIGKILL');
    steps += 1;
  },
});
process.stdout.write(`${JSON.stringify(outcome)}\n`);
