import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerTasks } from '../../../src/main/adapters/storage/ledger/ledger-tasks.ts';
import { holdsSlot, type StoredRecord } from '../../../src/main/core/domain/usage-record.ts';
import {
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  anHourMs,
  aRecord,
  aSubmission,
  outcomeOf,
  rejected,
  unknown,
  valueIn,
  waiting,
  withdrawn,
} from './ledger-fixture.ts';

type Ledger = ReturnType<typeof aLedger>['ledger'];

const outcomes = {
  recorded: accepted,
  refused: rejected,
  duplicate: (id: string) => rejected(id, 'duplicate-record'),
  'not-recorded': waiting,
  'may-be-recorded': unknown,
  unanswered: unknown,
} as const;

const line = fc.record({
  dimensionKey: fc.constantFrom('calls', 'seats'),
  hour: fc.integer({ min: 0, max: 1 }),
  scheme: fc.constantFrom('licence' as const, 'product-code' as const),
  meteringRegion: fc.constantFrom('us-east-1', 'us-east-1', 'eu-west-1'),
  licence: fc.constantFrom('l-1', 'l-2'),
});
const pick = fc.nat(30);
const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('submit' as const),
      lines: fc.array(line, { minLength: 1, maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('begin' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      pick,
      outcome: fc.constantFrom(...(Object.keys(outcomes) as (keyof typeof outcomes)[])),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), pick }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const toRecord = ({ hour, licence, ...changes }: typeof line extends fc.Arbitrary<infer T> ? T : never) =>
  aRecord({
    ...changes,
    startMs: anHourMs + hour * 3_600_000,
    ...(changes.scheme === 'licence'
      ? { licenseArn: `arn:aws:license-manager::294406891311:license:${licence}` }
      : {}),
  });

/** Does one step, whether the ledger takes it or not: refusing is its right. */
function take(ledger: Ledger, known: string[], next: Step): void {
  const recordId = 'pick' in next ? known[next.pick % Math.max(known.length, 1)] : undefined;
  if (next.do === 'submit') {
    const records = next.lines.map(toRecord);
    if (ledger.submit(aSubmission(records)).ok) known.push(...records.map((record) => record.recordId));
  }
  if (recordId === undefined) return;
  if (next.do === 'begin') ledger.beginAttempt(anAttempt([recordId]));
  if (next.do === 'withdraw') ledger.change({ atMs: 1, actor: 'kim', records: [withdrawn(recordId)] });
  if (next.do === 'end') {
    const open = valueIn(ledger.unanswered()).find(({ recordIds }) => recordIds.includes(recordId));
    const kind = next.outcome === 'duplicate' ? 'refused' : next.outcome;
    const change = outcomes[next.outcome](recordId);
    if (open) ledger.endAttempt(anEnd(open.attemptId, [{ outcome: outcomeOf(kind), change }]));
  }
}

const hourKey = (record: StoredRecord) =>
  [record.productId, record.buyerAccountId, record.dimensionKey, record.hourSlotMs].join();
const slotKey = (record: StoredRecord) =>
  [record.meteringRegion, record.scheme, record.licenseArn ?? record.productCode, hourKey(record)].join();

function check(ledger: Ledger, before: ReadonlyMap<string, StoredRecord>): ReadonlyMap<string, StoredRecord> {
  const records = [...ledger.iterate({ agreementId: null })];
  const held = records.filter(holdsSlot);
  expect(new Set(held.map(slotKey)).size).toBe(held.length);
  const kinds = new Set(held.map((record) => [hourKey(record), record.scheme, record.meteringRegion].join()));
  expect(kinds.size).toBe(new Set(held.map(hourKey)).size);
  for (const record of records) {
    const was = before.get(record.recordId);
    if (was !== undefined && was.status !== 'pending') expect(record).toEqual(was);
    if (was?.mayBeRecorded) expect(record.mayBeRecorded || record.status === 'accepted').toBe(true);
    if (record.mayBeRecorded) expect(['pending', 'accepted']).toContain(record.status);
  }
  const { total } = valueIn(ledger.list({ agreementId: null, status: 'pending', cursor: null, limit: 1 }));
  expect(total).toBe(records.filter(({ status }) => status === 'pending').length);
  return new Map(records.map((record) => [record.recordId, record]));
}

describe('whatever is done to a ledger', () => {
  it('no slot is held twice, nothing final changes, what may be recorded stays, and the trail verifies', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const { ledger, path } = aLedger();
        const known: string[] = [];
        let records: ReadonlyMap<string, StoredRecord> = new Map();
        for (const next of steps) {
          take(ledger, known, next);
          records = check(ledger, records);
        }
        expect(records.size).toBe(known.length);
        expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
        expect(ledgerTasks.verify({ path, head: null }).defect).toBeNull();
        ledger.close();
      }),
      { numRuns: 80 },
    );
  }, 60_000);
});
