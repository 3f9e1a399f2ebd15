import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../../src/contract/reason-codes.ts';
import { beforeSending, wakesAt } from '../../../src/main/core/domain/before-sending.ts';
import {
  afterOutcome,
  givenUp,
  type Outcome,
  requeued,
  sentAnyway,
  stateOf,
} from '../../../src/main/core/domain/settle.ts';
import type { StoredRecord } from '../../../src/main/core/domain/usage-record.ts';
import { storedRecord } from './records.ts';

const minute = 60_000;
const hour = 60 * minute;
const start = storedRecord().startMs;
const now = start + 15 * minute;
const { deadlineMs } = storedRecord();
const half = () => 0.5;

const recorded: Outcome = { kind: 'recorded', meteringRecordId: 'mr-1' };
const said = { awsErrorName: 'SomeException', awsMessage: 'It said so' };
const refused = (reason: ReasonCode): Outcome => ({ kind: 'refused', reason, ...said });
const wait = (reason: ReasonCode = 'throttled'): Outcome => ({
  kind: 'not-recorded',
  next: 'wait',
  reason,
  ...said,
});
const hold = (reason: ReasonCode): Outcome => ({ kind: 'not-recorded', next: 'hold', reason, ...said });
const maybe = (reason: ReasonCode = 'aws-unavailable'): Outcome => ({
  kind: 'may-be-recorded',
  reason,
  ...said,
});
const unanswered: Outcome = { kind: 'unanswered' };

const unknownRecord = (changes: Partial<StoredRecord> = {}) =>
  storedRecord({
    phase: 'unknown',
    reason: 'aws-unavailable',
    mayBeRecorded: true,
    attemptCount: 1,
    ...changes,
  });

describe('what an outcome makes of a record that surely was never recorded', () => {
  it.each([
    [
      'recorded',
      recorded,
      {
        status: 'accepted',
        phase: null,
        reason: null,
        meteringRecordId: 'mr-1',
        settledMs: now,
        nextTryMs: null,
      },
    ],
    [
      'refused',
      refused('invalid-usage-dimension'),
      { status: 'rejected', phase: null, reason: 'invalid-usage-dimension', settledMs: now, ...said },
    ],
    [
      'a foreign duplicate',
      refused('duplicate-record'),
      { status: 'rejected', reason: 'duplicate-record', mayBeRecorded: false },
    ],
    [
      'throttled',
      wait(),
      { status: 'pending', phase: 'waiting', reason: 'throttled', nextTryMs: now + 1_000, settledMs: null },
    ],
    [
      'not allowed',
      hold('not-allowed'),
      { status: 'pending', phase: 'held', reason: 'not-allowed', nextTryMs: null },
    ],
    [
      'a 5xx',
      maybe(),
      {
        status: 'pending',
        phase: 'unknown',
        reason: 'aws-unavailable',
        mayBeRecorded: true,
        nextTryMs: now + 1_000,
      },
    ],
    [
      'no answer',
      unanswered,
      { status: 'pending', phase: 'unknown', reason: 'outcome-unknown', mayBeRecorded: true },
    ],
    [
      'an answer nobody knows',
      maybe('unrecognised-answer'),
      { phase: 'unknown', reason: 'unrecognised-answer', nextTryMs: null },
    ],
  ])('%s', (_, outcome, expected) => {
    expect(afterOutcome(storedRecord(), outcome, now, half)).toMatchObject(expected);
  });
});

describe('what an outcome makes of a record that may be recorded', () => {
  it.each([
    ['recorded', recorded, { status: 'accepted', phase: null, reason: null, meteringRecordId: 'mr-1' }],
    [
      'a duplicate is evidence, not proof',
      refused('duplicate-record'),
      { status: 'pending', phase: 'unknown', reason: 'aws-unavailable', nextTryMs: null, ...said },
    ],
    [
      'any other refusal',
      refused('timestamp-out-of-bounds'),
      { status: 'pending', phase: 'unknown', reason: 'aws-unavailable', nextTryMs: null, settledMs: null },
    ],
    [
      'throttled',
      wait(),
      { status: 'pending', phase: 'unknown', reason: 'aws-unavailable', nextTryMs: now + 2_000 },
    ],
    [
      'signed out',
      hold('sign-in-expired'),
      { status: 'pending', phase: 'unknown', reason: 'sign-in-expired', nextTryMs: null },
    ],
    [
      'unknown again',
      unanswered,
      { status: 'pending', phase: 'unknown', reason: 'outcome-unknown', nextTryMs: now + 2_000 },
    ],
  ])('%s', (_, outcome, expected) => {
    expect(afterOutcome(unknownRecord(), outcome, now, half)).toMatchObject({
      mayBeRecorded: true,
      ...expected,
    });
  });

  it('plans no try after the deadline', () => {
    expect(afterOutcome(unknownRecord(), unanswered, deadlineMs, half).nextTryMs).toBeNull();
    expect(afterOutcome(unknownRecord(), wait(), deadlineMs + 1, half).nextTryMs).toBeNull();
  });
});

describe('pauses', () => {
  it.each([
    [0, 2_000],
    [1, 4_000],
    [2, 8_000],
    [7, 256_000],
    [8, 5 * minute],
    [500, 5 * minute],
  ])('after %i attempts are at most %i ms', (attemptCount, ceiling) => {
    const longest = afterOutcome(storedRecord({ attemptCount }), wait(), now, () => 1 - Number.EPSILON);
    expect(longest.nextTryMs).toBe(now + ceiling);
    expect(afterOutcome(storedRecord({ attemptCount }), wait(), now, () => 0).nextTryMs).toBe(now + 100);
  });

  it('grow with the time that trouble lasts before any call was made, and stay short while offline', () => {
    const almostOne = () => 1 - Number.EPSILON;
    const waiting = storedRecord({ phase: 'waiting', reason: 'offline', submittedMs: now - 20_000 });
    expect(afterOutcome(waiting, wait('offline'), now, almostOne).nextTryMs).toBe(now + 10_000);
    expect(
      afterOutcome({ ...waiting, submittedMs: now - 2 * hour }, wait('offline'), now, almostOne).nextTryMs,
    ).toBe(now + minute);
  });

  it('shorten towards the deadline, so that no chance is slept through', () => {
    const nearly = deadlineMs - 60_000;
    const change = afterOutcome(storedRecord({ attemptCount: 9 }), wait(), nearly, () => 1 - Number.EPSILON);
    expect(change.nextTryMs).toBe(nearly + 30_000);
  });
});

describe('before each send', () => {
  it.each([
    ['queued', storedRecord(), now, { kind: 'send' }],
    ['due', storedRecord({ phase: 'waiting', nextTryMs: now }), now, { kind: 'send' }],
    [
      'waiting for its time',
      storedRecord({ phase: 'waiting', nextTryMs: now + 1 }),
      now,
      { kind: 'not-yet', because: 'later' },
    ],
    [
      'held',
      storedRecord({ phase: 'held', reason: 'not-allowed' }),
      now,
      { kind: 'not-yet', because: 'person' },
    ],
    [
      'in flight, even after the deadline',
      storedRecord({ phase: 'sending' }),
      deadlineMs + 1,
      { kind: 'not-yet', because: 'in-flight' },
    ],
    [
      'settled',
      storedRecord({ status: 'accepted', phase: null }),
      deadlineMs + 1,
      { kind: 'not-yet', because: 'settled' },
    ],
    ['unknown and due', unknownRecord({ nextTryMs: now }), now, { kind: 'send' }],
    [
      'unknown and outgrown is sent all the same',
      unknownRecord({ nextTryMs: now }),
      start + 7 * hour,
      { kind: 'send' },
    ],
    ['unknown without a next try', unknownRecord(), now, { kind: 'not-yet', because: 'evidence' }],
    ['unknown after the deadline', unknownRecord(), deadlineMs, { kind: 'not-yet', because: 'evidence' }],
    ['one ms before the deadline', storedRecord({ sendAnyway: true }), deadlineMs - 1, { kind: 'send' }],
  ])('%s', (_, record, nowMs, expected) => {
    expect(beforeSending(record, nowMs)).toEqual(expected);
  });

  it('lets no unknown record be tried after its deadline', () => {
    const decision = beforeSending(unknownRecord({ nextTryMs: now }), deadlineMs);
    expect(decision).toMatchObject({
      kind: 'change',
      change: { status: 'pending', phase: 'unknown', nextTryMs: null },
    });
  });

  it.each(['queued', 'waiting', 'held'] as const)('rejects what missed its deadline while %s', (phase) => {
    const decision = beforeSending(storedRecord({ phase, reason: 'throttled' }), deadlineMs);
    expect(decision).toMatchObject({
      kind: 'change',
      change: {
        status: 'rejected',
        phase: null,
        reason: 'window-missed',
        settledMs: deadlineMs,
        nextTryMs: null,
      },
    });
  });

  it('asks when a record outgrew its window while it waited', () => {
    const waited = storedRecord({ phase: 'waiting', nextTryMs: now });
    expect(beforeSending(waited, start + 6 * hour)).toEqual({ kind: 'send' });
    expect(beforeSending(waited, start + 6 * hour + 1_000)).toMatchObject({
      kind: 'change',
      change: { status: 'pending', phase: 'held', reason: 'became-too-old-while-waiting' },
    });
    expect(beforeSending({ ...waited, sendAnyway: true }, start + 7 * hour)).toEqual({ kind: 'send' });
  });

  it('sends at once what was confirmed in the last second of its window', () => {
    const justInTime = storedRecord({ submittedMs: start + 6 * hour });
    expect(beforeSending(justInTime, start + 6 * hour + 30_000)).toEqual({ kind: 'send' });
    expect(beforeSending(justInTime, start + 6 * hour + 91_000)).toMatchObject({ kind: 'change' });
  });
});

describe('what a person can decide', () => {
  const tooOld = storedRecord({ phase: 'held', reason: 'became-too-old-while-waiting' });

  it('send anyway: only what is held for its age, only before the deadline', () => {
    const change = sentAnyway(tooOld, start + 7 * hour);
    expect(change).toMatchObject({ status: 'pending', phase: 'queued', reason: null, sendAnyway: true });
    expect(beforeSending({ ...tooOld, ...change }, start + 7 * hour)).toEqual({ kind: 'send' });
    expect(sentAnyway(tooOld, deadlineMs)).toBeNull();
    expect(sentAnyway(storedRecord({ phase: 'held', reason: 'not-allowed' }), now)).toBeNull();
  });

  it('give up: whatever surely was never recorded and is not in flight', () => {
    for (const phase of ['queued', 'waiting', 'held'] as const) {
      expect(givenUp(storedRecord({ phase }), now)).toMatchObject({
        status: 'withdrawn',
        phase: null,
        settledMs: now,
      });
    }
    expect(givenUp(storedRecord({ phase: 'sending' }), now)).toBeNull();
    expect(givenUp(unknownRecord(), now)).toBeNull();
    expect(givenUp(storedRecord({ status: 'rejected', phase: null }), now)).toBeNull();
  });

  it('try now: held, waiting and unknown records go again at once, as they are', () => {
    expect(requeued(storedRecord({ phase: 'held', reason: 'not-allowed' }), now)).toMatchObject({
      phase: 'queued',
      reason: null,
      nextTryMs: now,
    });
    expect(requeued(unknownRecord({ reason: 'sign-in-expired' }), now)).toMatchObject({
      phase: 'unknown',
      reason: 'outcome-unknown',
      nextTryMs: now,
    });
    expect(requeued(tooOld, now)).toMatchObject({ phase: 'held', reason: 'became-too-old-while-waiting' });
    expect(requeued(unknownRecord(), deadlineMs)).toMatchObject({ phase: 'unknown', nextTryMs: null });
    expect(requeued(storedRecord({ phase: 'sending' }), now)).toMatchObject({ phase: 'sending' });
  });

  it('names a state in the ledger’s words', () => {
    expect(stateOf(tooOld)).toBe('pending, held: became-too-old-while-waiting');
    expect(stateOf(storedRecord({ status: 'accepted', phase: null }))).toBe('accepted');
  });
});

const reasons = fc.constantFrom<ReasonCode>(
  'throttled',
  'duplicate-record',
  'timestamp-out-of-bounds',
  'aws-unavailable',
  'unrecognised-answer',
  'sign-in-expired',
  'offline',
  'outcome-unknown',
);
const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant(recorded),
  fc.constant(unanswered),
  reasons.map(refused),
  reasons.map(wait),
  reasons.map(hold),
  reasons.map(maybe),
);
type Step =
  | { readonly do: 'call'; readonly outcome: Outcome }
  | { readonly do: 'fail'; readonly outcome: Outcome }
  | { readonly do: 'sleep'; readonly ms: number }
  | { readonly do: 'retry' | 'give-up' | 'send-anyway' };
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: outcomes.map((outcome) => ({ do: 'call', outcome }) as const) },
  reasons.map((reason) => ({ do: 'fail', outcome: hold(reason) }) as const),
  fc.integer({ min: 0, max: 9 * hour }).map((ms) => ({ do: 'sleep', ms }) as const),
  fc.constantFrom('retry', 'give-up', 'send-anyway').map((what) => ({ do: what }) as const),
);

/** Plays steps as a sender would: a call happens only when `beforeSending` says so. */
function play(
  all: readonly Step[],
  look: (before: StoredRecord, after: StoredRecord, nowMs: number) => void,
): void {
  let record = storedRecord();
  let nowMs = now;
  const move = (change: object | null): void => {
    const next = { ...record, ...change };
    look(record, next, nowMs);
    record = next;
  };
  for (const step of all) {
    if (step.do === 'sleep') nowMs += step.ms;
    if (step.do === 'retry') move(requeued(record, nowMs));
    if (step.do === 'give-up') move(givenUp(record, nowMs));
    if (step.do === 'send-anyway') move(sentAnyway(record, nowMs));
    if (step.do === 'fail' && record.status === 'pending')
      move(afterOutcome(record, step.outcome, nowMs, half));
    if (step.do !== 'call') continue;
    const decision = beforeSending(record, nowMs);
    if (decision.kind === 'change') move(decision.change);
    if (decision.kind !== 'send') continue;
    expect(nowMs).toBeLessThan(record.deadlineMs);
    const before = { ...record, attemptCount: record.attemptCount + 1 };
    record = before;
    move(afterOutcome(before, step.outcome, nowMs, half));
  }
}

describe('laws of settling', () => {
  const stories = fc.array(steps, { maxLength: 25 });

  it('what may be recorded is never rejected or withdrawn, and stays so', () => {
    fc.assert(
      fc.property(stories, (all) =>
        play(all, (before, after) => {
          if (!before.mayBeRecorded) return;
          expect(after.mayBeRecorded).toBe(true);
          expect(['pending', 'accepted']).toContain(after.status);
        }),
      ),
      { numRuns: 2_000 },
    );
  });

  it('accepted is final, and so are rejected and withdrawn but for a late word that it was recorded', () => {
    fc.assert(
      fc.property(stories, outcomes, (all, late) =>
        play(all, (before, after, nowMs) => {
          if (before.status !== 'pending') expect(after).toEqual(before);
          if (after.status === 'pending') return;
          const status = afterOutcome(after, late, nowMs, half).status;
          expect(status).toBe(late.kind === 'recorded' ? 'accepted' : after.status);
        }),
      ),
      { numRuns: 1_000 },
    );
  });

  it('pending has a phase and settled has none, a moment and no next try', () => {
    fc.assert(
      fc.property(stories, (all) =>
        play(all, (_, after) => {
          const isPending = after.status === 'pending';
          expect(after.phase !== null).toBe(isPending);
          expect(after.settledMs === null).toBe(isPending);
          if (!isPending) expect(after.nextTryMs).toBeNull();
          if (after.status === 'rejected') expect(after.reason).not.toBeNull();
          if (after.phase === 'held') expect(after.reason).not.toBeNull();
        }),
      ),
      { numRuns: 1_000 },
    );
  });

  it('a change without a call is followed by rest, so that a sender never spins', () => {
    fc.assert(
      fc.property(stories, (all) =>
        play(all, (_, after, nowMs) => {
          const decision = beforeSending(after, nowMs);
          if (decision.kind === 'change') {
            expect(beforeSending({ ...after, ...decision.change }, nowMs).kind).toBe('not-yet');
          }
        }),
      ),
      { numRuns: 1_000 },
    );
  });

  it('what surely was not recorded and rests wakes by its deadline at the latest', () => {
    fc.assert(
      fc.property(stories, (all) =>
        play(all, (_, after, nowMs) => {
          if (after.status !== 'pending' || beforeSending(after, nowMs).kind !== 'not-yet') return;
          const wakes = wakesAt(after, nowMs);
          if (after.mayBeRecorded && after.nextTryMs === null) expect(wakes).toBeNull();
          else {
            expect(wakes).toBeGreaterThan(nowMs);
            expect(wakes).toBeLessThanOrEqual(after.deadlineMs);
          }
        }),
      ),
      { numRuns: 1_000 },
    );
  });
});
