/** Submits and sends without end on the ledger named on the command line, and says after each step that it is durable. */
import { writeSync } from 'node:fs';
import type { Result } from '../../../src/contract/result.ts';
import { openLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import { accepted, anAttempt, anEnd, aRecord, aSubmission, outcomeOf } from './ledger-builders.ts';

const [path = '', run = ''] = process.argv.slice(2);

function needed<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const ledger = needed(openLedger({ path, now: () => 0 }));
for (let index = 0; ; index += 1) {
  const record = aRecord({ dimensionKey: `${run}-${index}` });
  const attempt = anAttempt([record.recordId]);
  const say = (what: string) => writeSync(1, `${what} ${record.recordId}\n`);
  needed(ledger.submit(aSubmission([record])));
  say('submitted');
  needed(ledger.beginAttempt(attempt));
  say('begun');
  needed(
    ledger.endAttempt(
      anEnd(attempt.attemptId, [{ outcome: outcomeOf('recorded'), change: accepted(record.recordId) }]),
    ),
  );
  say('ended');
}
