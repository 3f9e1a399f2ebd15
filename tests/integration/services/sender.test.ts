import { describe, expect, it } from 'vitest';
import type { RecordOutcome } from '../../../src/main/core/domain/usage-record.ts';
import type { Ledger } from '../../../src/main/core/ports.ts';
import {
  aLedger,
  anAttempt,
  anHourMs,
  aRecord,
  aSubmission,
  sellerAccountId,
  valueIn,
} from '../storage/ledger-fixture.ts';
import { aDesk, hourMs, identityOf, minuteMs, settle } from './sender-desk.ts';

const throttled: RecordOutcome = {
  kind: 'not-recorded',
  next: 'wait',
  reason: 'throttled',
  awsErrorName: 'ThrottlingException',
  awsMessage: 'Rate exceeded',
};
const lost: RecordOutcome = {
  kind: 'may-be-recorded',
  reason: 'outcome-unknown',
  awsErrorName: null,
  awsMessage: null,
};
const refused = (reason: 'invalid-usage-dimension' | 'duplicate-record'): RecordOutcome => ({
  kind: 'refused',
  reason,
  awsErrorName: null,
  awsMessage: null,
});

describe('the sender', () => {
  it('sends what is queued of one product in one call, in the order of confirming', async () => {
    const { add, gateway, record, sender } = aDesk();
    const first = aRecord({ dimensionKey: 'first', deadlineMs: anHourMs + 20 * hourMs });
    const second = aRecord({ dimensionKey: 'second', deadlineMs: anHourMs + 2 * hourMs });
    add(first, second);
    sender.start();
    await settle();
    expect(gateway.sent.map((call) => call.records.map((one) => one.dimensionKey))).toEqual([
      ['first', 'second'],
    ]);
    expect(record(second.recordId)).toMatchObject({
      status: 'accepted',
      phase: null,
      meteringRecordId: 'mr-1',
    });
  });

  it('sends first what has less than an hour until its deadline', async () => {
    const { add, gateway, sender } = aDesk();
    const deadlines = { later: 20 * hourMs, near: 50 * minuteMs, nearest: 40 * minuteMs };
    for (const [dimensionKey, inMs] of Object.entries(deadlines))
      add(aRecord({ dimensionKey, deadlineMs: anHourMs + inMs }));
    sender.start();
    await settle();
    expect(gateway.sent.map((call) => call.records.map((one) => one.dimensionKey))).toEqual([
      ['nearest', 'near', 'later'],
    ]);
  });

  it('sends first what would soon have to be asked about', async () => {
    const { add, clock, gateway, record, sender, signIn } = aDesk(aLedger().ledger, null);
    const startMs = anHourMs - 5.5 * hourMs;
    const old = aRecord({ dimensionKey: 'old', startMs });
    add(...Array.from({ length: 25 }, (_, index) => aRecord({ dimensionKey: `young_${index}` })));
    add(old);
    sender.start();
    await settle();
    clock.jump(startMs + 6 * hourMs - clock.now());
    const answer = gateway.hold();
    signIn(sellerAccountId);
    await settle();
    clock.jump(minuteMs);
    answer();
    await settle(40);
    expect(gateway.sent.map((call) => call.records.length)).toEqual([25, 1]);
    expect(record(old.recordId).status).toBe('accepted');
  });

  it('has the attempt on disk before the call leaves', async () => {
    const { add, gateway, ledger, record, sender } = aDesk();
    const one = aRecord();
    const answer = gateway.hold();
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId).phase).toBe('sending');
    expect(valueIn(ledger.unanswered())).toHaveLength(1);
    answer();
    await settle();
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('waits when AWS throttles, then sends the identical record', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const one = aRecord();
    gateway.answerNext(throttled);
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'waiting', reason: 'throttled' });
    clock.advance(5 * minuteMs);
    await settle();
    expect(record(one.recordId).status).toBe('accepted');
    const bodies = gateway.sent.map(({ records }) =>
      records.map(({ quantity, startMs, licenseArn, buyerAccountId }) => ({
        quantity,
        startMs,
        licenseArn,
        buyerAccountId,
      })),
    );
    expect(bodies[1]).toEqual(bodies[0]);
  });

  it('keeps a lost answer as unknown and settles it by the identical resend', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const one = aRecord();
    gateway.answerNext(lost);
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'unknown', mayBeRecorded: true });
    clock.advance(10 * minuteMs);
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'accepted', phase: null });
  });

  it('never rejects a record whose earlier outcome is unknown', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const one = aRecord();
    gateway.answerNext(lost, refused('duplicate-record'));
    add(one);
    sender.start();
    await settle();
    clock.advance(10 * minuteMs);
    await settle();
    expect(gateway.sent).toHaveLength(2);
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'unknown' });
    clock.advance(48 * hourMs);
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'unknown' });
    expect(gateway.sent).toHaveLength(2);
  });

  it('rejects what AWS surely refused, with the reason', async () => {
    const { add, gateway, record, sender } = aDesk();
    const one = aRecord();
    gateway.answerNext(refused('invalid-usage-dimension'));
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'rejected', reason: 'invalid-usage-dimension' });
  });

  it('holds records while nobody is signed in, and sends them after the sign-in', async () => {
    const { add, gateway, record, sender, signIn } = aDesk(aLedger().ledger, null);
    const one = aRecord();
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'sign-in-expired' });
    signIn(sellerAccountId);
    await settle();
    expect(gateway.sent).toHaveLength(1);
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('sends nothing of another seller account, and goes on when the right one is back', async () => {
    const { add, gateway, record, sender, signIn } = aDesk(aLedger().ledger, identityOf('999900001111'));
    const one = aRecord();
    add(one);
    sender.start();
    await settle();
    expect(gateway.sent).toHaveLength(0);
    expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'wrong-account' });
    signIn('999900001111');
    await settle();
    expect(gateway.sent).toHaveLength(0);
    signIn(sellerAccountId);
    await settle();
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('ends the session when the credentials have expired, and counts no attempt', async () => {
    const { add, ended, gateway, record, sender } = aDesk();
    const one = aRecord();
    gateway.failPrepare({ kind: 'sign-in-expired', profile: 'sales' });
    add(one);
    sender.start();
    await settle();
    expect(ended).toEqual(['sign-in-expired']);
    expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'sign-in-expired', attemptCount: 0 });
  });

  it.each([
    [minuteMs, 'session-revoked'],
    [-minuteMs, 'sign-in-expired'],
  ])(
    'tells a sign-in that ended before its time from one that ran out: %i ms left',
    async (leftMs, reason) => {
      const { add, clock, ended, gateway, record, sender, stateEnd } = aDesk();
      const one = aRecord();
      stateEnd(clock.now() + leftMs);
      gateway.failPrepare({ kind: 'sign-in-expired', profile: 'sales' });
      add(one);
      sender.start();
      await settle();
      expect(ended).toEqual(['sign-in-expired']);
      expect(record(one.recordId)).toMatchObject({ phase: 'held', reason });
    },
  );

  it.each([
    ['ENOTFOUND', 'offline'],
    ['ERR_PROXY_TUNNEL', 'proxy'],
    ['ERR_PROXY_UNREACHABLE', 'proxy'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
  ])(
    'waits for the network when credentials could not be had, and says what is in the way: %s',
    async (code, reason) => {
      const { add, gateway, record, sender } = aDesk();
      const one = aRecord();
      gateway.failPrepare({ kind: 'offline', host: null, code });
      add(one);
      sender.start();
      await settle();
      expect(record(one.recordId)).toMatchObject({ phase: 'waiting', reason, mayBeRecorded: false });
    },
  );

  it.each([
    { kind: 'profile-unusable', profile: 'sales', detail: 'no role' } as const,
    { kind: 'profile-unknown', profile: 'sales' } as const,
    { kind: 'aws-refused', awsErrorName: 'X', awsMessage: '', requestId: null } as const,
    { kind: 'save-failed', path: null, detail: '' } as const,
    { kind: 'unexpected', incidentId: 'i-1' } as const,
  ])(
    'does not call credentials that could not be had for another reason an ended sign-in: $kind',
    async (error) => {
      const { add, gateway, record, sender } = aDesk();
      const one = aRecord();
      gateway.failPrepare(error);
      add(one);
      sender.start();
      await settle();
      expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'unknown-credentials' });
    },
  );

  it('waits after a defect on the way to credentials, tells of it once, and holds up nothing else', async () => {
    const { add, clock, gateway, incidents, record, sender } = aDesk();
    const one = aRecord();
    const other = aRecord({ productId: 'prod-other', dimensionKey: 'other' });
    gateway.crashPrepare(new Error('a defect'));
    add(one, other);
    sender.start();
    await settle();
    expect(incidents).toMatchObject([{ message: 'a defect' }]);
    const waits = [one, other].map(({ recordId }) => record(recordId));
    expect(waits.filter(({ status }) => status === 'accepted')).toHaveLength(1);
    expect(waits.filter(({ phase }) => phase === 'waiting')).toMatchObject([
      { reason: 'unknown-credentials' },
    ]);
    clock.advance(5 * minuteMs);
    await settle();
    expect([one, other].map(({ recordId }) => record(recordId).status)).toEqual(['accepted', 'accepted']);
  });

  it('ends nobody else’s session by a late answer, and goes on as who is signed in now', async () => {
    const expired: RecordOutcome = {
      kind: 'not-recorded',
      next: 'hold',
      reason: 'sign-in-expired',
      awsErrorName: 'ExpiredTokenException',
      awsMessage: null,
    };
    const { add, ended, gateway, record, sender, signIn } = aDesk();
    const one = aRecord();
    gateway.answerNext(expired);
    const answer = gateway.hold();
    add(one);
    sender.start();
    await settle();
    signIn(sellerAccountId);
    answer();
    await settle();
    expect(ended).toEqual([]);
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('takes no notice of a former sign-in’s credentials that could not be had', async () => {
    const { add, ended, gateway, record, sender, signIn } = aDesk();
    const one = aRecord();
    const fail = gateway.holdPrepare({ kind: 'sign-in-expired', profile: 'sales' });
    add(one);
    sender.start();
    await settle();
    signIn(sellerAccountId);
    fail();
    await settle();
    expect(ended).toEqual([]);
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('turns a call that a crash cut off into an unknown outcome, and resends it identical', async () => {
    const { ledger } = aLedger();
    const one = aRecord();
    valueIn(ledger.submit(aSubmission([one], { confirmedMs: anHourMs })));
    valueIn(ledger.beginAttempt(anAttempt([one.recordId])));
    const { clock, gateway, record, sender } = aDesk(ledger);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'unknown', mayBeRecorded: true });
    clock.advance(10 * minuteMs);
    await settle();
    expect(gateway.sent).toHaveLength(1);
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('asks before it sends a record that outgrew its window while it waited', async () => {
    const { add, clock, gateway, record, sender, signIn } = aDesk(aLedger().ledger, null);
    const one = aRecord();
    add(one);
    sender.start();
    await settle();
    clock.advance(8 * hourMs);
    signIn(sellerAccountId);
    await settle();
    expect(gateway.sent).toHaveLength(0);
    expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'became-too-old-while-waiting' });
  });

  it('gives up on a record that surely was never recorded once its deadline is over', async () => {
    const { add, clock, record, sender } = aDesk(aLedger().ledger, null);
    const one = aRecord();
    add(one);
    sender.start();
    await settle();
    clock.advance(25 * hourMs);
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'rejected', reason: 'window-missed' });
  });

  it('takes a held record up again when a person says so, and refuses where that is impossible', async () => {
    const { add, gateway, record, sender } = aDesk();
    const one = aRecord();
    gateway.answerNext({ ...throttled, next: 'hold', reason: 'not-allowed' } as RecordOutcome);
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'not-allowed' });
    expect(sender.tryNow([one.recordId]).ok).toBe(true);
    await settle();
    expect(record(one.recordId).status).toBe('accepted');
    expect(sender.tryNow([one.recordId])).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
  });
});

describe('the sender before AWS’s time is known', () => {
  it('rejects nothing as missed after a restart by a clock that runs a day ahead', async () => {
    const { add, clock, gateway, record, sender, signIn } = aDesk(aLedger().ledger, null);
    const one = aRecord();
    add(one);
    clock.loseOffset();
    clock.jump(25 * hourMs);
    sender.start();
    await settle();
    clock.advance(3 * minuteMs);
    await settle();
    expect(record(one.recordId)).toMatchObject({
      status: 'pending',
      phase: 'held',
      reason: 'sign-in-expired',
    });
    expect(gateway.sent).toHaveLength(0);
    clock.jump(-25 * hourMs);
    clock.learnOffset(-25 * hourMs);
    signIn(sellerAccountId);
    await settle();
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('shows what an overdue record waits for while nobody is signed in, and sends it if the clock was wrong', async () => {
    const { ledger } = aLedger();
    const { add, clock, gateway, record, sender, signIn } = aDesk(ledger, null);
    const one = aRecord();
    add(one);
    clock.loseOffset();
    clock.jump(25 * hourMs);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({
      status: 'pending',
      phase: 'held',
      reason: 'sign-in-expired',
    });
    signIn(sellerAccountId);
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'held' });
    clock.jump(-25 * hourMs);
    clock.learnOffset(-25 * hourMs);
    await settle();
    expect(gateway.sent).toHaveLength(1);
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('asks nobody about a window that a wrong clock has outgrown', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const one = aRecord();
    add(one);
    clock.loseOffset();
    clock.jump(8 * hourMs);
    sender.start();
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'queued' });
    clock.jump(-8 * hourMs);
    clock.learnOffset(-8 * hourMs);
    await settle();
    expect(gateway.sent).toHaveLength(1);
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('decides as soon as the time is known, and not before', async () => {
    const { add, clock, record, sender } = aDesk(aLedger().ledger, null);
    const one = aRecord();
    add(one);
    sender.start();
    await settle();
    clock.loseOffset();
    clock.advance(25 * hourMs);
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'pending', phase: 'held' });
    clock.learnOffset(0);
    await settle();
    expect(record(one.recordId)).toMatchObject({ status: 'rejected', reason: 'window-missed' });
  });

  it('still sends what is due, and asks AWS for the time while it waits for it', async () => {
    const { add, clock, gateway, record, sender } = aDesk();
    const [due, late] = [aRecord(), aRecord({ dimensionKey: 'late', deadlineMs: anHourMs + 10 * minuteMs })];
    add(due, late);
    clock.loseOffset();
    clock.jump(hourMs);
    gateway.onAskTime(() => clock.learnOffset(0));
    sender.start();
    await settle();
    expect(gateway.sent.map(({ records }) => records.map((one) => one.dimensionKey))).toEqual([
      [due.dimensionKey],
    ]);
    expect(record(late.recordId)).toMatchObject({ status: 'rejected', reason: 'window-missed' });
  });

  it('sends first what turns out to be near its deadline', async () => {
    const { add, clock, gateway, sender } = aDesk();
    add(...Array.from({ length: 50 }, (_, index) => aRecord({ dimensionKey: `far_${index}` })));
    add(aRecord({ dimensionKey: 'near', deadlineMs: anHourMs + 30 * minuteMs }));
    clock.loseOffset();
    clock.jump(-3 * hourMs);
    const answer = gateway.hold();
    sender.start();
    await settle();
    clock.jump(3 * hourMs);
    clock.learnOffset(3 * hourMs);
    await settle();
    answer();
    await settle(40);
    expect(gateway.sent[1]?.records[0]?.dimensionKey).toBe('near');
  });

  it('plans the resend of a call that a crash cut off, whatever the clock says of its deadline', async () => {
    const { ledger } = aLedger();
    const one = aRecord();
    valueIn(ledger.submit(aSubmission([one], { confirmedMs: anHourMs })));
    valueIn(ledger.beginAttempt(anAttempt([one.recordId])));
    const { clock, gateway, record, sender } = aDesk(ledger);
    clock.loseOffset();
    clock.jump(25 * hourMs);
    sender.start();
    await settle();
    clock.jump(-25 * hourMs);
    clock.learnOffset(-25 * hourMs);
    await settle();
    expect(gateway.sent).toHaveLength(1);
    expect(record(one.recordId).status).toBe('accepted');
  });
});

describe('the sender that was closed', () => {
  it('writes nothing any more when credentials that it waited for could not be had', async () => {
    const { ledger } = aLedger();
    const { add, ended, gateway, incidents, sender } = aDesk(ledger);
    const fail = gateway.holdPrepare({ kind: 'sign-in-expired', profile: 'sales' });
    add(aRecord());
    sender.start();
    await settle();
    await sender.close();
    const before = valueIn(ledger.pending());
    fail();
    await settle();
    expect(valueIn(ledger.pending())).toEqual(before);
    expect(ended).toEqual([]);
    expect(incidents).toEqual([]);
  });
});

describe('the sender on a ledger that fails', () => {
  it('keeps an answer that could not be written, and writes it as soon as there is room', async () => {
    const { ledger } = aLedger();
    let full = true;
    const failing: Ledger = {
      ...ledger,
      endAttempt: (end) =>
        full ? { ok: false, error: { kind: 'disk-full', path: 'ledger' } } : ledger.endAttempt(end),
    };
    const { add, clock, gateway, published, record, sender } = aDesk(failing);
    const one = aRecord();
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId).phase).toBe('sending');
    expect(sender.writeProblem()).toEqual({
      error: { kind: 'disk-full', path: 'ledger' },
      keptAnswers: 1,
    });
    expect(published.splice(0)).toContain('system.changed');
    full = false;
    clock.advance(minuteMs);
    await settle();
    expect(published.sort()).toEqual(['system.changed', 'usage.changed']);
    expect(record(one.recordId).status).toBe('accepted');
    expect(sender.writeProblem()).toBeNull();
    expect(gateway.sent).toHaveLength(1);
  });

  it('takes up what a late answer held when somebody has signed in before it could be written', async () => {
    const { ledger } = aLedger();
    let full = false;
    const failing: Ledger = {
      ...ledger,
      endAttempt: (end) =>
        full ? { ok: false, error: { kind: 'disk-full', path: 'ledger' } } : ledger.endAttempt(end),
    };
    const { add, clock, ended, gateway, record, sender, signIn } = aDesk(failing);
    const one = aRecord();
    gateway.answerNext({ ...throttled, next: 'hold', reason: 'sign-in-expired' } as RecordOutcome);
    const answer = gateway.hold();
    add(one);
    sender.start();
    await settle();
    full = true;
    answer();
    await settle();
    expect(ended).toEqual(['sign-in-expired']);
    signIn(sellerAccountId);
    await settle();
    full = false;
    clock.advance(5_000);
    await settle();
    expect(gateway.sent).toHaveLength(2);
    expect(record(one.recordId).status).toBe('accepted');
  });

  it('keeps every answer of a group that could not be written, and begins nothing of it', async () => {
    const { ledger } = aLedger();
    let full = false;
    const desk = aDesk({
      ...ledger,
      together: (writes) =>
        full ? { ok: false, error: { kind: 'disk-full', path: 'ledger' } } : ledger.together(writes),
    });
    const records = ['one', 'two', 'three'].map((name) =>
      aRecord({ productId: `prod-${name}`, dimensionKey: name }),
    );
    desk.add(...records);
    const answer = Promise.withResolvers<void>();
    desk.gateway.pauseBy(() => answer.promise);
    desk.sender.start();
    await settle();
    expect(desk.gateway.sent).toHaveLength(3);
    full = true;
    const late = aRecord({ productId: 'prod-late', dimensionKey: 'late' });
    desk.add(late);
    desk.sender.wake();
    answer.resolve();
    await settle();
    expect(desk.record(late.recordId).attemptCount).toBe(0);
    full = false;
    desk.clock.advance(5_000);
    await settle();
    for (const { recordId } of [...records, late]) {
      expect(desk.record(recordId)).toMatchObject({ status: 'accepted', attemptCount: 1 });
    }
  });

  it('looks again when it could not write down what moves on without a call', async () => {
    const { ledger } = aLedger();
    let full = true;
    const failing: Ledger = {
      ...ledger,
      change: (change) =>
        full ? { ok: false, error: { kind: 'disk-full', path: 'ledger' } } : ledger.change(change),
    };
    const { add, clock, record, sender } = aDesk(failing, null);
    const one = aRecord();
    add(one);
    sender.start();
    await settle();
    expect(record(one.recordId).phase).toBe('queued');
    full = false;
    clock.advance(5_000);
    await settle();
    expect(record(one.recordId)).toMatchObject({ phase: 'held', reason: 'sign-in-expired' });
    expect(sender.writeProblem()).toBeNull();
  });

  it('sends nothing when the intent can not be written first', async () => {
    const { ledger } = aLedger();
    const failing: Ledger = {
      ...ledger,
      beginAttempt: () => ({ ok: false, error: { kind: 'disk-full', path: 'ledger' } }),
    };
    const { add, gateway, sender } = aDesk(failing);
    add(aRecord());
    sender.start();
    await settle();
    expect(gateway.sent).toHaveLength(0);
  });
});
