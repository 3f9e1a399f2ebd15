import { describe, expect, it } from 'vitest';
import {
  decidedByPerson,
  decidedByTrail,
  findingsFor,
  nextLookMs,
  verdictOf,
} from '../../../src/main/core/domain/trail-evidence.ts';
import { holdsSlot } from '../../../src/main/core/domain/usage-record.ts';
import { aTrailCall } from '../../fakes/scripted-trail.ts';
import { storedRecord } from './records.ts';

const hour = 3_600_000;
const minute = 60_000;
const unknown = storedRecord({
  phase: 'unknown',
  reason: 'outcome-unknown',
  mayBeRecorded: true,
  attemptCount: 1,
});
const now = unknown.startMs + 2 * hour;
type Attempts = Parameters<typeof verdictOf>[1];
const sentMs = unknown.submittedMs + 30 * minute;
const lost: Attempts = [{ awsErrorName: null, outcome: 'unanswered', startedMs: sentMs }];
const duplicate: Attempts = [
  ...lost,
  { awsErrorName: 'DuplicateRecord', outcome: 'refused', startedMs: sentMs + hour },
];

describe('what CloudTrail shows of a record', () => {
  it.each([
    ['another dimension', { dimensionKey: 'other' }],
    ['another buyer', { buyerAccountId: '1' }],
    ['another licence', { licenseArn: 'arn:aws:license-manager::1:license:l-2' }],
    ['no licence', { licenseArn: null }],
    ['another hour', { startMs: unknown.startMs + hour }],
    ['an instant that can not be read', { startMs: null }],
  ])('is nothing of %s', (_, said) => {
    expect(findingsFor(unknown, [aTrailCall(unknown, said)])).toEqual([]);
  });

  it('is everything of its hour, told apart from the very record', () => {
    const findings = findingsFor(unknown, [
      aTrailCall(unknown, { startMs: unknown.startMs + minute }, { atMs: 2 }),
      aTrailCall(unknown, { quantity: 9 }, { atMs: 1 }),
      aTrailCall(unknown, {}, { atMs: 3 }),
    ]);
    expect(findings.map((one) => [one.atMs, one.isSameRecord])).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);
  });

  it('follows the product code where that is the scheme', () => {
    const record = storedRecord({ scheme: 'product-code', licenseArn: null, productCode: 'code-1' });
    expect(findingsFor(record, [aTrailCall(record)])).toHaveLength(1);
    expect(findingsFor(record, [aTrailCall(record, {}, { productCode: 'code-2' })])).toEqual([]);
  });
});

describe('CloudTrail’s verdict', () => {
  const verdict = (
    calls: readonly ReturnType<typeof aTrailCall>[],
    attempts = lost,
    search = { isComplete: true },
  ) => verdictOf(findingsFor(unknown, calls), attempts, search);

  it('is recorded when our own call of this very record succeeded', () => {
    const change = decidedByTrail(unknown, verdict([aTrailCall(unknown)]), now);
    expect(change).toMatchObject({
      status: 'accepted',
      phase: null,
      reason: null,
      meteringRecordId: 'mr-trail',
      decidedBy: 'CloudTrail',
    });
    expect(change?.decisionNote).toContain('event-1');
  });

  it('is recorded too when a later resend was called a duplicate', () => {
    const calls = [aTrailCall(unknown), aTrailCall(unknown, { status: 'DuplicateRecord' }, { atMs: now })];
    expect(verdict(calls, duplicate).kind).toBe('recorded');
  });

  it('is someone else’s when AWS called ours a duplicate and theirs succeeded; the slot stays held', () => {
    const theirs = aTrailCall(unknown, { quantity: 9 }, { isOurApp: false });
    const change = decidedByTrail(unknown, verdict([theirs], duplicate), now);
    expect(change).toMatchObject({ status: 'rejected', reason: 'duplicate-record', decidedBy: 'CloudTrail' });
    expect(change && holdsSlot(change)).toBe(true);
    expect(change?.decisionNote).toContain('Pipeline/nightly');
  });

  it('is someone else’s too where only calls of ours that surely recorded nothing came before theirs', () => {
    const throttled = { awsErrorName: 'ThrottlingException', outcome: 'not-recorded', startedMs: 0 } as const;
    const theirs = aTrailCall(unknown, { quantity: 9 }, { isOurApp: false });
    expect(verdict([theirs], [throttled, ...duplicate]).kind).toBe('someone-elses');
  });

  it.each([
    ['after our first lost call: the record may be ours', { atMs: sentMs + minute }, duplicate],
    ['so close to it that the clocks can not tell which was first', { atMs: sentMs - minute }, duplicate],
    ['and our own lost calls are not known', {}, duplicate.slice(1)],
  ])('is open while someone else’s is shown %s', (_, when, attempts) => {
    const theirs = aTrailCall(unknown, { quantity: 9 }, { isOurApp: false, ...when });
    expect(verdict([theirs], attempts)).toEqual({ kind: 'open' });
  });

  it('is open as to someone else while more than could be read is there, but not as to our own', () => {
    const theirs = aTrailCall(unknown, { quantity: 9 }, { isOurApp: false });
    const search = { isComplete: false };
    expect(verdict([theirs], duplicate, search)).toEqual({ kind: 'open' });
    expect(verdict([aTrailCall(unknown)], duplicate, search).kind).toBe('recorded');
  });

  it.each([
    ['nothing is shown', [], duplicate],
    [
      'someone else’s is shown, but ours was never called a duplicate',
      [aTrailCall(unknown, {}, { isOurApp: false })],
      lost,
    ],
    [
      'our own was refused',
      [aTrailCall(unknown, { status: null }, { errorName: 'ThrottlingException' })],
      lost,
    ],
    ['our own was left unprocessed', [aTrailCall(unknown, { status: 'UnprocessedRecords' })], lost],
    ['ours of another quantity succeeded', [aTrailCall(unknown, { quantity: 9 })], lost],
  ])('is open while %s', (_, calls, attempts) => {
    expect(verdict(calls, attempts)).toEqual({ kind: 'open' });
  });

  it('settles nothing that a resend may still settle, or that is settled', () => {
    const recorded = verdict([aTrailCall(unknown)]);
    expect(decidedByTrail({ ...unknown, nextTryMs: now + 1 }, recorded, now)).toBeNull();
    expect(decidedByTrail({ ...unknown, status: 'accepted', phase: null }, recorded, now)).toBeNull();
    expect(decidedByTrail(storedRecord(), recorded, now)).toBeNull();
  });
});

describe('a person’s decision', () => {
  const by = { decidedBy: 'arn:kim', note: 'Seen on the usage dashboard' };

  it('settles as recorded, with the grounds', () => {
    expect(decidedByPerson(unknown, { isRecorded: true, ...by }, now)).toMatchObject({
      status: 'accepted',
      meteringRecordId: null,
      decidedBy: 'arn:kim',
      decisionNote: 'Seen on the usage dashboard',
    });
  });

  it.each([
    ['before its deadline', now],
    ['after it', unknown.deadlineMs],
  ])('settles as not recorded and frees the hour, as what it is: a decision, %s', (_, nowMs) => {
    const decided = decidedByPerson(unknown, { isRecorded: false, ...by }, nowMs);
    expect(decided).toMatchObject({
      status: 'rejected',
      reason: 'decided-not-recorded',
      decidedBy: 'arn:kim',
    });
    expect(decided && holdsSlot(decided)).toBe(false);
  });

  it('is impossible while a resend is planned or where nothing is unknown', () => {
    expect(decidedByPerson({ ...unknown, nextTryMs: now + 1 }, { isRecorded: true, ...by }, now)).toBeNull();
    expect(decidedByPerson(storedRecord(), { isRecorded: true, ...by }, now)).toBeNull();
  });
});

it('waits for CloudTrail’s delay, then looks with growing pauses up to hours', () => {
  const sent = { submittedMs: 0, lastSentMs: null };
  expect(nextLookMs(sent, 0, null)).toBe(20 * minute);
  expect(nextLookMs({ ...sent, lastSentMs: hour }, 0, null)).toBe(hour + 20 * minute);
  expect(nextLookMs(sent, 1, 20 * minute)).toBe(40 * minute);
  expect(nextLookMs(sent, 2, 40 * minute)).toBe(80 * minute);
  expect(nextLookMs(sent, 20, 0)).toBe(6 * hour);
});
