/** A process that is killed inside a transaction of several calls leaves all of it or nothing. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { aLedger, anEnd, outcomeOf, temporaryFolder, unknown, valueIn } from './ledger-fixture.ts';

const child = join(import.meta.dirname, 'group-crash-child.ts');

async function killedAt(what: string, boundary: number): Promise<string> {
  const path = join(temporaryFolder(), 'ledger.sqlite');
  const worker = spawn(process.execPath, [child, path, what, String(boundary)], { stdio: 'inherit' });
  expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
  return path;
}

const phasesIn = (ledger: ReturnType<typeof aLedger>['ledger']) =>
  valueIn(ledger.list({ agreementId: null, status: null, cursor: null, limit: 10 })).records.map(
    ({ status, phase, attemptCount }) => `${status} ${phase ?? ''} ${attemptCount}`,
  );
const three = (state: string) => [state, state, state];

it.each([0, 1, 2, 3, 4])(
  'beginnings of three calls, killed at boundary %i: none was begun, or all',
  async (boundary) => {
    const { ledger } = aLedger(await killedAt('begins', boundary));
    expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
    const isCommitted = boundary === 4;
    expect(phasesIn(ledger)).toEqual(three(isCommitted ? 'pending sending 1' : 'pending queued 0'));
    expect(valueIn(ledger.unanswered())).toHaveLength(isCommitted ? 3 : 0);
  },
);

it.each([0, 1, 2, 3, 4])(
  'answers of three calls, killed at boundary %i: every one is kept, or unanswered',
  async (boundary) => {
    const { ledger } = aLedger(await killedAt('answers', boundary));
    expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
    const open = valueIn(ledger.unanswered());
    if (boundary === 4) {
      expect([phasesIn(ledger), open]).toEqual([three('accepted  1'), []]);
      return;
    }
    expect(phasesIn(ledger)).toEqual(three('pending sending 1'));
    expect(open).toHaveLength(3);
    // As the next start takes them up: what may be at AWS holds its hour and goes again as it is.
    for (const { attemptId, recordIds } of open) {
      const ends = recordIds.map((id) => ({ outcome: outcomeOf('unanswered'), change: unknown(id) }));
      valueIn(ledger.endAttempt(anEnd(attemptId, ends, { requestId: null, httpStatus: null })));
    }
    expect(phasesIn(ledger)).toEqual(three('pending unknown 1'));
    expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
  },
);
