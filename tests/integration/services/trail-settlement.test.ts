import { expect, it, onTestFinished } from 'vitest';
import { createTrailSettlement } from '../../../src/main/core/services/trail-settlement.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { aTrailCall, createScriptedTrail } from '../../fakes/scripted-trail.ts';
import {
  aLedger,
  anAttempt,
  anEnd,
  anHourMs,
  aRecord,
  aSubmission,
  noIncidents,
  outcomeOf,
  sellerAccountId,
  unknown,
  valueIn,
} from '../storage/ledger-fixture.ts';
import { hourMs, identityOf, minuteMs, settle } from './sender-desk.ts';

/** Records whose calls got no answer and whose resends are over. */
function anUnknownDesk(count = 1) {
  const { ledger } = aLedger();
  const clock = createFakeClock(anHourMs + 5 * minuteMs);
  const scripted = createScriptedTrail();
  let accountId: string | null = sellerAccountId;
  const records = Array.from({ length: count }, (_, index) =>
    aRecord({ dimensionKey: `dimension_${index}` }),
  );
  valueIn(ledger.submit(aSubmission(records, { confirmedMs: clock.now() })));
  const attempt = anAttempt(records.map(({ recordId }) => recordId));
  valueIn(ledger.beginAttempt(attempt));
  const ends = records.map(({ recordId }) => ({
    outcome: outcomeOf('may-be-recorded'),
    change: { ...unknown(recordId), nextTryMs: null },
  }));
  valueIn(ledger.endAttempt(anEnd(attempt.attemptId, ends, { atMs: clock.now() })));
  const settlement = createTrailSettlement({
    ledger,
    trail: scripted.trail,
    clock,
    session: { identity: () => (accountId === null ? null : identityOf(accountId)) },
    incidents: noIncidents,
    publish: () => {},
  });
  onTestFinished(() => settlement.close());
  const stored = (index = 0) => {
    const found = valueIn(ledger.record(records[index]?.recordId ?? ''));
    if (!found) throw new Error('no such record');
    return found;
  };
  const pass = async (ms: number): Promise<void> => {
    // In steps: a look plans the next one only after its answer.
    for (let left = ms; left > 0; left -= 5 * minuteMs) {
      clock.advance(Math.min(left, 5 * minuteMs));
      await settle(5);
    }
  };
  settlement.wake();
  return {
    ledger,
    clock,
    settlement,
    stored,
    pass,
    scripted,
    attempt,
    signIn: (id: string | null) => (accountId = id),
  };
}

it('waits for CloudTrail’s delay before it looks, then settles what our own call proves', async () => {
  const { pass, scripted, stored, ledger } = anUnknownDesk();
  scripted.show(aTrailCall(stored()));
  await pass(15 * minuteMs);
  expect(scripted.asked).toEqual([]);
  await pass(10 * minuteMs);
  expect(stored()).toMatchObject({
    status: 'accepted',
    meteringRecordId: 'mr-trail',
    decidedBy: 'CloudTrail',
  });
  expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
});

it('looks for the records of one lost call together, by the key that signed it', async () => {
  const { pass, scripted, stored, attempt } = anUnknownDesk(25);
  scripted.show(
    aTrailCall(stored(0)),
    ...Array.from({ length: 24 }, (_, index) => aTrailCall(stored(index + 1))),
  );
  await pass(25 * minuteMs);
  expect(scripted.asked).toHaveLength(1);
  expect(scripted.asked[0]?.accessKeyId).toBe(attempt.accessKeyId);
  expect(
    Array.from({ length: 25 }, (_, index) => stored(index).status).every((one) => one === 'accepted'),
  ).toBe(true);
});

it('looks again with growing pauses while nothing is shown, and leaves the record unknown', async () => {
  const { pass, scripted, stored } = anUnknownDesk();
  await pass(25 * minuteMs);
  const after = scripted.asked.length;
  expect(after).toBe(2);
  for (let step = 0; step < 48; step += 1) await pass(30 * minuteMs);
  expect(stored()).toMatchObject({ status: 'pending', phase: 'unknown' });
  expect(scripted.asked.length).toBeGreaterThan(after);
  expect(scripted.asked.length / 2).toBeLessThan(12);
});

it('asks nothing while nobody of the account is signed in, and goes on afterwards', async () => {
  const { pass, scripted, settlement, signIn, stored } = anUnknownDesk();
  scripted.show(aTrailCall(stored()));
  signIn('999900001111');
  await pass(2 * hourMs);
  expect(scripted.asked).toEqual([]);
  signIn(sellerAccountId);
  settlement.wake();
  await pass(2 * minuteMs);
  expect(stored().status).toBe('accepted');
});

it('keeps what CloudTrail refused to say, for the person to see', async () => {
  const { scripted, settlement, stored } = anUnknownDesk();
  scripted.fail({ kind: 'offline', host: null, code: 'ENOTFOUND' });
  expect(await settlement.lookNow(stored().recordId)).toMatchObject({
    problem: { kind: 'offline' },
    findings: [],
  });
  const asked = scripted.asked.length;
  await settlement.lookNow(stored().recordId);
  expect(scripted.asked).toHaveLength(asked);
});

it('does not undo what a person decided while CloudTrail was asked', async () => {
  const { ledger, clock, scripted, settlement, stored } = anUnknownDesk();
  scripted.show(aTrailCall(stored()));
  const looking = settlement.lookNow(stored().recordId);
  const { recordId } = stored();
  valueIn(
    ledger.change({
      atMs: clock.now(),
      actor: 'kim',
      records: [
        {
          ...unknown(recordId),
          ...{
            status: 'rejected',
            phase: null,
            reason: 'window-missed',
            nextTryMs: null,
            settledMs: clock.now(),
          },
          ...{ decidedBy: 'kim', decisionNote: 'I saw that it is not there' },
        },
      ],
    }),
  );
  await looking;
  expect(stored()).toMatchObject({ status: 'rejected', decidedBy: 'kim' });
});
