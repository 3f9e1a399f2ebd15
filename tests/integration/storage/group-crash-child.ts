/**
 * Writes the beginnings of three calls, or their three answers, in one transaction on the ledger named on the command line, and kills itself at
 * the boundary that is named there: before the write of that number; 3 is just before the commit, and 4 after it.
 */
import { openLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import { accepted, anAttempt, anEnd, aRecord, aSubmission, outcomeOf } from './ledger-builders.ts';

const [path = '', what = '', boundary = ''] = process.argv.slice(2);

const opened = openLedger({ path, now: () => 0 });
if (!opened.ok) throw new Error(opened.error.kind);
const ledger = opened.value;

const records = ['requests', 'gigabytes', 'seats'].map((dimensionKey) => aRecord({ dimensionKey }));
const attempts = records.map(({ recordId }) => anAttempt([recordId]));
const begins = attempts.map((attempt) => () => ledger.beginAttempt(attempt));
const answers = attempts.map(({ attemptId, recordIds }) => () => {
  const ends = recordIds.map((id) => ({ outcome: outcomeOf('recorded'), change: accepted(id) }));
  return ledger.endAttempt(anEnd(attemptId, ends));
});

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  throw new Error('SIGKILL comes at once');
};

ledger.submit(aSubmission(records));
if (what === 'answers') for (const begin of begins) begin();
const writes: (() => ReturnType<typeof ledger.beginAttempt>)[] = what === 'answers' ? answers : begins;
if (boundary !== '4') writes.splice(Number(boundary), 0, die);
ledger.together(writes);
die();
