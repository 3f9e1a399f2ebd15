import { describe, expect, it } from 'vitest';
import {
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  anHourMs,
  aRecord,
  aSubmission,
  errorIn,
  outcomeOf,
  rejected,
  unknown,
  valueIn,
  waiting,
  withdrawn,
} from './ledger-fixture.ts';

type Ledger = ReturnType<typeof aLedger>['ledger'];

function end(ledger: Ledger, recordId: string, ...[kind, change]: Parameters<typeof pair>) {
  const attempt = anAttempt([recordId]);
  valueIn(ledger.beginAttempt(attempt));
  return ledger.endAttempt(anEnd(attempt.attemptId, [pair(kind, change)]));
}

const pair = (kind: Parameters<typeof outcomeOf>[0], change: ReturnType<typeof accepted>) => ({
  outcome: outcomeOf(kind),
  change,
});

function held(ledger: Ledger) {
  const record = aRecord();
  return valueIn(
    ledger.heldSlots({
      productId: record.productId,
      buyerAccountId: record.buyerAccountId,
      fromMs: anHourMs,
      untilMs: anHourMs,
    }),
  );
}

describe('an hour slot', () => {
  it('refuses a second record and names the first', () => {
    const { ledger } = aLedger();
    const first = aRecord();
    valueIn(ledger.submit(aSubmission([first])));
    const second = aSubmission([aRecord({ startMs: anHourMs + 59 * 60_000, quantity: 9 })]);
    expect(errorIn(ledger.submit(second))).toEqual({
      kind: 'slot-taken',
      reason: 'hour-taken',
      recordId: first.recordId,
    });
    expect(valueIn(ledger.submission(second.submissionId))).toBeNull();
  });

  it('refuses two lines of one submission in one hour, and keeps neither', () => {
    const { ledger } = aLedger();
    const submission = aSubmission([aRecord(), aRecord({ quantity: 4 })]);
    expect(errorIn(ledger.submit(submission))).toEqual({
      kind: 'slot-taken',
      reason: 'hour-taken',
      recordId: null,
    });
    expect(valueIn(ledger.list({ agreementId: null, status: null, cursor: null, limit: 10 })).total).toBe(0);
    expect(valueIn(ledger.auditHead()).seq).toBe(0);
  });

  it.each([
    ['another hour', { startMs: anHourMs + 3_600_000 }],
    ['another dimension', { dimensionKey: 'gigabytes' }],
    ['another buyer', { buyerAccountId: '777788889999' }],
    [
      'another licence of the same buyer',
      { licenseArn: 'arn:aws:license-manager::294406891311:license:l-2' },
    ],
  ] as const)('is not the slot of %s', (_, changes) => {
    const { ledger } = aLedger();
    valueIn(ledger.submit(aSubmission([aRecord()])));
    expect(ledger.submit(aSubmission([aRecord(changes)])).ok).toBe(true);
  });

  it('refuses the same usage under the other scheme as a double bill', () => {
    const { ledger } = aLedger();
    const first = aRecord();
    valueIn(ledger.submit(aSubmission([first])));
    expect(errorIn(ledger.submit(aSubmission([aRecord({ scheme: 'product-code' })])))).toEqual({
      kind: 'slot-taken',
      reason: 'mixed-scheme',
      recordId: first.recordId,
    });
  });

  it('refuses the same usage in another Region as a double bill', () => {
    const { ledger } = aLedger();
    const first = aRecord();
    valueIn(ledger.submit(aSubmission([first])));
    expect(errorIn(ledger.submit(aSubmission([aRecord({ meteringRegion: 'eu-west-1' })])))).toEqual({
      kind: 'slot-taken',
      reason: 'other-region',
      recordId: first.recordId,
    });
  });

  it.each([
    ['accepted', accepted, 'recorded', 'hour-taken'],
    ['rejected as a duplicate', (id: string) => rejected(id, 'duplicate-record'), 'refused', 'hour-taken'],
    ['unknown', unknown, 'may-be-recorded', 'hour-taken'],
    ['surely refused', rejected, 'refused', null],
  ] as const)('of a record that is %s is held or free as it must be', (_, change, kind, reason) => {
    const { ledger } = aLedger();
    const first = aRecord();
    valueIn(ledger.submit(aSubmission([first])));
    valueIn(end(ledger, first.recordId, kind, change(first.recordId)));
    const again = ledger.submit(aSubmission([aRecord()]));
    expect(again.ok ? null : again.error).toEqual(
      reason === null ? null : { kind: 'slot-taken', reason, recordId: first.recordId },
    );
  });

  it('is free again when a record is withdrawn that never left', () => {
    const { ledger } = aLedger();
    const first = aRecord();
    valueIn(ledger.submit(aSubmission([first])));
    expect(held(ledger)).toHaveLength(1);
    valueIn(ledger.change({ atMs: anHourMs, actor: 'kim', records: [withdrawn(first.recordId)] }));
    expect(held(ledger)).toEqual([]);
    expect(ledger.submit(aSubmission([aRecord({ scheme: 'product-code' })])).ok).toBe(true);
  });

  it('tells what holds it, whatever scheme and Region are asked for', () => {
    const { ledger } = aLedger();
    const record = aRecord({ scheme: 'product-code', meteringRegion: 'eu-west-1' });
    const later = aRecord({ startMs: anHourMs + 3_600_000 });
    valueIn(ledger.submit(aSubmission([record, later])));
    expect(held(ledger)).toEqual([
      {
        recordId: record.recordId,
        dimensionKey: record.dimensionKey,
        hourSlotMs: anHourMs,
        scheme: 'product-code',
        meteringRegion: 'eu-west-1',
        subject: record.productCode,
        quantity: 3,
        status: 'pending',
      },
    ]);
    expect(valueIn(ledger.heldCountOfProduct(record.productId))).toBe(2);
  });
});

describe('a record that may be at AWS', () => {
  it.each([
    ['rejected', rejected],
    ['rejected as a duplicate', (id: string) => rejected(id, 'duplicate-record')],
    ['withdrawn', withdrawn],
    ['waiting as if surely not recorded', (id: string) => ({ ...unknown(id), mayBeRecorded: false })],
  ] as const)('is never %s', (_, change) => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    valueIn(end(ledger, record.recordId, 'may-be-recorded', unknown(record.recordId)));
    const before = valueIn(ledger.record(record.recordId));
    const wish = change(record.recordId);
    const refusal = { kind: 'not-possible-now', detail: 'record-may-be-recorded' };
    expect(errorIn(ledger.change({ atMs: anHourMs, actor: 'app', records: [wish] }))).toEqual(refusal);
    expect(errorIn(end(ledger, record.recordId, 'refused', wish))).toEqual(refusal);
    expect(valueIn(ledger.record(record.recordId))).toEqual({
      ...before,
      phase: 'sending',
      attemptCount: 2,
      lastSentMs: null,
      nextTryMs: null,
    });
  });

  it.each([
    ['rejected', (id: string) => ({ ...rejected(id), mayBeRecorded: true })],
    ['withdrawn', (id: string) => ({ ...withdrawn(id), mayBeRecorded: true })],
    ['waiting as if surely not recorded', waiting],
  ] as const)('is never %s, whoever said that it may be', (_, change) => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    const wish = (...records: ReturnType<typeof unknown>[]) =>
      ledger.change({ atMs: anHourMs, actor: 'app', records });
    valueIn(wish(unknown(record.recordId)));
    expect(errorIn(wish(change(record.recordId)))).toEqual({
      kind: 'not-possible-now',
      detail: 'record-may-be-recorded',
    });
  });

  it('is settled by success', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    valueIn(end(ledger, record.recordId, 'may-be-recorded', unknown(record.recordId)));
    valueIn(end(ledger, record.recordId, 'recorded', accepted(record.recordId)));
    expect(valueIn(ledger.record(record.recordId))).toMatchObject({ status: 'accepted', attemptCount: 2 });
  });

  it('can’t be given up in the very answer that leaves it unknown', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    expect(errorIn(end(ledger, record.recordId, 'unanswered', rejected(record.recordId)))).toEqual({
      kind: 'not-possible-now',
      detail: 'record-may-be-recorded',
    });
  });
});
