import { describe, expect, it } from 'vitest';
import { checkLedger } from '../../../src/main/adapters/storage/ledger/audit.ts';
import type { SqliteLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import type { NewUsageRecord, RecordChange } from '../../../src/main/core/domain/usage-record.ts';
import {
  accepted,
  aLedger,
  anHourMs,
  aRecord,
  aSubmission,
  errorIn,
  newId,
  nowMs,
  principalArn,
  rawConnection,
  rejected,
  valueIn,
  withdrawn,
} from './ledger-fixture.ts';

function submit(ledger: SqliteLedger, changes: Partial<NewUsageRecord> = {}): string {
  const record = aRecord(changes);
  valueIn(ledger.submit(aSubmission([record])));
  return record.recordId;
}

function become(ledger: SqliteLedger, change: RecordChange): void {
  valueIn(ledger.change({ atMs: nowMs, actor: principalArn, records: [change] }));
}

function aRejected(ledger: SqliteLedger, changes: Partial<NewUsageRecord> = {}): string {
  const recordId = submit(ledger, changes);
  become(ledger, rejected(recordId));
  return recordId;
}

const writeOff = (recordId: string) => ({
  recordId,
  atMs: nowMs,
  actor: principalArn,
  note: 'Agreed with the buyer on the phone',
  amount: { amount: '12.50', currencyCode: 'USD' },
});
const reopening = (recordId: string) => ({ recordId, atMs: nowMs + 1000, actor: principalArn });

const of = (ledger: SqliteLedger, recordId: string) => valueIn(ledger.record(recordId));
const openRejected = (ledger: SqliteLedger) => valueIn(ledger.counts(null)).rejected;

function expectIntact(path: string): void {
  expect(checkLedger(rawConnection(path), null)).toMatchObject({ intact: true, defect: null });
}

describe('a write-off', () => {
  it('settles a rejected record until it is reopened, and both stand in the trail', () => {
    const { ledger, path } = aLedger();
    const recordId = aRejected(ledger);
    expect(openRejected(ledger)).toBe(1);
    valueIn(ledger.writeOff(writeOff(recordId)));
    const { recordId: _, ...said } = writeOff(recordId);
    expect(of(ledger, recordId)).toMatchObject({ status: 'rejected', writeOff: said });
    expect(openRejected(ledger)).toBe(0);
    expect(valueIn(ledger.counts('999999999999')).rejected).toBe(0);
    expectIntact(path);
    valueIn(ledger.reopen(reopening(recordId)));
    expect(of(ledger, recordId)?.writeOff).toBeNull();
    expect(openRejected(ledger)).toBe(1);
    valueIn(ledger.writeOff({ ...writeOff(recordId), amount: null }));
    expect(of(ledger, recordId)?.writeOff?.amount).toBeNull();
    expectIntact(path);
  });

  it.each([
    ['pending', () => null],
    ['accepted', accepted],
    ['withdrawn', withdrawn],
  ] as const)('is refused for a record that is %s', (_, change) => {
    const { ledger } = aLedger();
    const recordId = submit(ledger);
    const changed = change(recordId);
    if (changed !== null) become(ledger, changed);
    const before = valueIn(ledger.auditHead());
    expect(errorIn(ledger.writeOff(writeOff(recordId)))).toMatchObject({ detail: 'record-is-not-rejected' });
    expect(valueIn(ledger.auditHead())).toEqual(before);
  });

  it('is refused twice, and can be reopened once', () => {
    const { ledger } = aLedger();
    const recordId = aRejected(ledger);
    expect(errorIn(ledger.reopen(reopening(recordId)))).toMatchObject({
      detail: 'record-is-not-written-off',
    });
    valueIn(ledger.writeOff(writeOff(recordId)));
    expect(errorIn(ledger.writeOff(writeOff(recordId)))).toMatchObject({ detail: 'record-is-written-off' });
    valueIn(ledger.reopen(reopening(recordId)));
    expect(errorIn(ledger.reopen(reopening(recordId)))).toMatchObject({
      detail: 'record-is-not-written-off',
    });
    expect(errorIn(ledger.writeOff(writeOff(newId())))).toMatchObject({ kind: 'not-found' });
  });

  it.each([
    ['its note', "UPDATE write_off SET note = 'other'"],
    ['its amount', "UPDATE write_off SET amount = '1'"],
    ['its row', 'DELETE FROM write_off'],
    [
      'a row that the trail does not know',
      "INSERT INTO write_off (seq, record_seq, at_ms, actor, note) VALUES (1, 1, 1, 'me', 'x')",
    ],
  ])('can’t be tampered with: %s', (_, sql) => {
    const { ledger, path } = aLedger();
    valueIn(ledger.writeOff(writeOff(aRejected(ledger))));
    expect(() => rawConnection(path).exec(sql)).toThrow(/write-off/);
  });

  it.each([
    ['a changed note', "UPDATE write_off SET note = 'other'", 'differs', 'note'],
    ['a changed amount', "UPDATE write_off SET amount = '1'", 'differs', 'amount'],
    ['a row that is gone', 'DELETE FROM write_off', 'lost', null],
    [
      'a reopening that nobody did',
      "UPDATE write_off SET reopened_ms = 1, reopened_by = 'me'",
      'differs',
      'reopened_ms',
    ],
    [
      'a row of nobody',
      "INSERT INTO write_off (seq, record_seq, at_ms, actor, note) SELECT 99, seq, 1, 'me', 'x' FROM usage_record WHERE seq = 2",
      'not-in-trail',
      null,
    ],
  ])('shows in the verification where its guards were taken away: %s', (_, sql, problem, column) => {
    const { ledger, path } = aLedger();
    valueIn(ledger.writeOff(writeOff(aRejected(ledger))));
    aRejected(ledger, { dimensionKey: 'gpu_hours' });
    const db = rawConnection(path);
    db.exec(
      `DROP TRIGGER write_off_stays; DROP TRIGGER write_off_is_kept; DROP TRIGGER write_off_begins; ${sql}`,
    );
    expect(checkLedger(db, null)).toMatchObject({
      intact: false,
      defect: { problem, row: 'write-off', column },
    });
  });
});

describe('a record that takes the place of a rejected one', () => {
  it('is linked both ways, and takes it off the list', () => {
    const { ledger, path } = aLedger();
    const first = aRejected(ledger);
    const second = submit(ledger, { predecessorId: first });
    expect(of(ledger, first)).toMatchObject({ successorId: second, predecessorId: null });
    expect(of(ledger, second)).toMatchObject({ successorId: null, predecessorId: first });
    expect(openRejected(ledger)).toBe(0);
    become(ledger, rejected(second));
    expect(openRejected(ledger)).toBe(1);
    const third = submit(ledger, { predecessorId: second });
    become(ledger, accepted(third));
    expect(openRejected(ledger)).toBe(0);
    expectIntact(path);
  });

  it('leaves it open again when it is taken back', () => {
    const { ledger } = aLedger();
    const first = aRejected(ledger);
    const second = submit(ledger, { predecessorId: first });
    expect(errorIn(ledger.writeOff(writeOff(first)))).toMatchObject({ detail: 'record-has-a-successor' });
    become(ledger, withdrawn(second));
    expect(of(ledger, first)).toMatchObject({ successorId: null });
    expect(openRejected(ledger)).toBe(1);
    const third = submit(ledger, { predecessorId: first });
    expect(of(ledger, first)?.successorId).toBe(third);
  });

  it.each([
    [
      'has one',
      'record-has-a-successor',
      (ledger: SqliteLedger, id: string) => submit(ledger, { predecessorId: id, dimensionKey: 'other' }),
    ],
    [
      'is written off',
      'record-is-written-off',
      (ledger: SqliteLedger, id: string) => ledger.writeOff(writeOff(id)),
    ],
  ] as const)('is refused where that one %s already', (_, detail, before) => {
    const { ledger } = aLedger();
    const first = aRejected(ledger);
    before(ledger, first);
    expect(errorIn(ledger.submit(aSubmission([aRecord({ predecessorId: first })])))).toMatchObject({
      detail,
    });
  });

  it('is refused where that one is not rejected, or is another buyer’s', () => {
    const { ledger } = aLedger();
    const pending = submit(ledger);
    const startMs = anHourMs + 3_600_000;
    const detail = 'predecessor-is-not-rejected';
    const refusal = (changes: Partial<NewUsageRecord>) =>
      errorIn(ledger.submit(aSubmission([aRecord({ startMs, ...changes })])));
    expect(refusal({ predecessorId: pending })).toMatchObject({ detail });
    become(ledger, rejected(pending));
    expect(refusal({ predecessorId: pending, buyerAccountId: '777788889999' })).toMatchObject({ detail });
    expect(refusal({ predecessorId: newId() })).toMatchObject({ detail });
  });

  it('keeps its link, and a forged one shows', () => {
    const { ledger, path } = aLedger();
    const first = aRejected(ledger);
    const other = submit(ledger, { dimensionKey: 'other' });
    const db = rawConnection(path);
    const forge = () =>
      db.prepare('UPDATE usage_record SET predecessor_id = ? WHERE record_id = ?').run(first, other);
    expect(forge).toThrow('record-is-confirmed');
    db.exec('DROP TRIGGER usage_record_keeps_its_predecessor');
    forge();
    expect(checkLedger(db, null).defect).toMatchObject({
      row: 'record',
      id: other,
      column: 'predecessor_id',
    });
  });
});
