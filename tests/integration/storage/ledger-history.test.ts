import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { everything, type HistoryFilter, type HistorySort } from '../../../src/contract/history.ts';
import { createHistoryReader } from '../../../src/main/adapters/storage/ledger/history/history-reader.ts';
import type { SqliteLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import type {
  NewSubmission,
  NewUsageRecord,
  StoredRecord,
} from '../../../src/main/core/domain/usage-record.ts';
import { foldTotals } from '../../../src/main/core/domain/usage-totals.ts';
import { rowsOf } from '../../../src/main/core/services/history.ts';
import {
  accepted,
  aLedger,
  anHourMs,
  aRecord,
  aSubmission,
  errorIn,
  noIncidents,
  nowMs,
  principalArn,
  rejected,
  temporaryFolder,
  valueIn,
} from './ledger-fixture.ts';

const hourMs = 3_600_000;
const otherPrincipal = 'arn:aws:sts::111122223333:assumed-role/SalesOps/ida';

/** Twelve records of every kind, one an hour from the oldest to the newest, each submitted a minute after the one before. */
const kinds: readonly (Partial<NewUsageRecord> & {
  readonly by?: Partial<NewSubmission>;
  readonly end?: 'accepted' | 'rejected';
})[] = [
  { end: 'accepted', quantity: 2 },
  {
    end: 'accepted',
    dimensionKey: 'gpu_hours',
    dimensionName: 'GPU hours',
    unit: 'Hours',
    estimate: null,
    unitPrice: null,
  },
  { end: 'rejected', description: 'Überzug of Zürich' },
  { by: { sellerPrincipalArn: otherPrincipal } },
  { end: 'accepted', buyerAccountId: '777788889999', agreementId: 'agmt-other' },
  { by: { sellerAccountId: '999900001111' } },
  {
    end: 'accepted',
    productId: 'prod-other',
    productTitle: 'Other',
    estimate: { amount: '0.1', currencyCode: 'EUR' },
  },
  { end: 'rejected', dimensionKey: 'gpu_hours' },
  {
    end: 'accepted',
    quantity: 2_147_483_647,
    estimate: { amount: '99999999999999999.999999999', currencyCode: 'USD' },
  },
  { end: 'accepted', quantity: 0, estimate: { amount: '0.000000001', currencyCode: 'USD' } },
  {},
  { end: 'rejected' },
];

function aHistory() {
  const { ledger, path } = aLedger(join(temporaryFolder(), 'ledger.sqlite'));
  const records = kinds.map((kind, index) => submit(ledger, kind, index));
  valueIn(
    ledger.writeOff({
      ...{
        recordId: records[2]?.recordId ?? '',
        atMs: nowMs,
        actor: principalArn,
        note: 'Too late',
        amount: null,
      },
    }),
  );
  const reader = createHistoryReader({
    ledgerPath: path,
    incidents: noIncidents,
    exportsDir: join(temporaryFolder(), 'exports'),
  });
  onTestFinished(() => reader.close());
  return { ledger, reader, records };
}

function submit(ledger: SqliteLedger, kind: (typeof kinds)[number], index: number) {
  const { by = {}, end, ...changes } = kind;
  const record = aRecord({ startMs: anHourMs + index * hourMs, ...changes });
  const submission = aSubmission([record], { confirmedMs: anHourMs + index * 60_000, ...by });
  valueIn(ledger.submit(submission));
  const change = end === 'accepted' ? accepted : rejected;
  if (end !== undefined)
    valueIn(ledger.change({ atMs: nowMs, actor: 'app', records: [change(record.recordId)] }));
  return { ...record, submissionId: submission.submissionId };
}

type Reader = ReturnType<typeof aHistory>['reader'];
type Page = { readonly records: readonly StoredRecord[]; readonly nextCursor: string | null };
const newestFirst: HistorySort = { by: 'submitted', descending: true };

async function all(reader: Reader, filter: Partial<HistoryFilter>, sort = newestFirst, limit = 2) {
  const rows = rowsOf({ ...everything, ...filter }, { '777788889999': 'Globex Robotics' });
  const found: StoredRecord[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = valueIn(await reader.page({ rows, sort, cursor, limit }));
    found.push(...page.records);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

describe('the history', () => {
  it.each<[string, Partial<HistoryFilter>, readonly number[]]>([
    ['nothing', {}, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
    ['a seller account', { sellerAccountId: '999900001111' }, [5]],
    ['a buyer', { buyerAccountId: '777788889999' }, [4]],
    ['contracts', { agreementIds: ['agmt-other', 'agmt-none'] }, [4]],
    ['a product', { productId: 'prod-other' }, [6]],
    ['a dimension', { dimensionKey: 'gpu_hours' }, [7, 1]],
    ['a status', { status: 'rejected' }, [11, 7, 2]],
    ['accepted ones', { status: 'accepted', dimensionKey: 'gpu_hours' }, [1]],
    ['a reason', { reason: 'invalid-usage-dimension' }, [11, 7, 2]],
    ['who', { principalArn: otherPrincipal }, [3]],
    ['who, and a buyer of theirs', { principalArn: otherPrincipal, buyerAccountId: '777788889999' }, []],
    ['what is open', { settled: 'open' }, [11, 7]],
    ['what is settled', { settled: 'settled' }, [2]],
    [
      'a time of usage',
      { period: { of: 'usage', fromUtc: '2026-11-20T16:00:00Z', untilUtc: '2026-11-20T18:00:00Z' } },
      [3, 2],
    ],
    [
      'a time of submission',
      { period: { of: 'submission', fromUtc: '2026-11-20T14:09:00Z', untilUtc: null } },
      [11, 10, 9],
    ],
    ['a text in capitals that are not of ASCII', { text: ' ÜBERZUG ' }, [2]],
    ['the alias of a buyer', { text: 'globex' }, [4]],
    ['a text that is nowhere', { text: '%' }, []],
  ])('is filtered by %s, newest first, over several pages', async (_, filter, expected) => {
    const { reader, records } = aHistory();
    const found = await all(reader, filter);
    expect(found.map(({ recordId }) => records.findIndex((one) => one.recordId === recordId))).toEqual(
      expected,
    );
  });

  it('is filtered by a submission, and by its id as a text', async () => {
    const { reader, records } = aHistory();
    const { submissionId = '', recordId = '' } = records[3] ?? {};
    expect(await all(reader, { submissionId })).toMatchObject([{ recordId }]);
    expect(await all(reader, { text: submissionId })).toMatchObject([{ recordId }]);
  });

  it.each<[HistorySort['by'], (record: StoredRecord) => number]>([
    ['submitted', (record) => record.submittedMs],
    ['usage', (record) => record.startMs],
    ['quantity', (record) => record.quantity],
  ])('is sorted by %s both ways, every record once', async (by, value) => {
    const { reader } = aHistory();
    for (const descending of [true, false]) {
      const found = await all(reader, {}, { by, descending }, 5);
      expect(new Set(found.map(({ recordId }) => recordId)).size).toBe(kinds.length);
      const values = found.map(value);
      expect(values).toEqual([...values].sort((a, b) => (descending ? b - a : a - b)));
    }
  });

  it('refuses a cursor that is none', async () => {
    const { reader } = aHistory();
    const rows = rowsOf(everything, {});
    const page = await reader.page({ rows, sort: newestFirst, cursor: 'bm9uZQ', limit: 5 });
    expect(errorIn(page)).toMatchObject({ kind: 'invalid-input' });
  });

  it('comes to exact totals by dimension, the statuses apart', async () => {
    const { reader } = aHistory();
    const totals = foldTotals(valueIn(await reader.totals({ rows: rowsOf(everything, {}), byMonth: false })));
    expect(totals.records).toBe(12);
    const calls = totals.totals.find(
      (one) => one.dimensionKey === 'api_calls' && one.productId === 'prod-aaaa1111bbbb2',
    );
    expect(calls).toMatchObject({
      month: null,
      accepted: {
        records: 4,
        quantity: String(2 + 3 + 2_147_483_647),
        // 0.00075 twice, 0.000000001, and more than a binary float can hold.
        money: [{ amount: '100000000000000000.0015', currencyCode: 'USD' }],
      },
      pending: { records: 3, quantity: '9', money: [{ amount: '0.00225', currencyCode: 'USD' }] },
      rejected: { records: 2, quantity: '6' },
      withdrawn: { records: 0, quantity: '0', money: [] },
    });
    expect(totals.totals.find((one) => one.unit === 'Hours')?.accepted).toEqual({
      records: 1,
      quantity: '3',
      money: [],
    });
    expect(totals.totals.find((one) => one.productId === 'prod-other')?.accepted.money).toEqual([
      { amount: '0.1', currencyCode: 'EUR' },
    ]);
  });

  it('comes to totals by UTC month, of what is filtered', async () => {
    const { ledger, reader } = aHistory();
    submit(ledger, { end: 'accepted', startMs: Date.UTC(2026, 11, 1) }, 20);
    const rows = rowsOf({ ...everything, status: 'accepted', dimensionKey: 'api_calls' }, {});
    const { totals } = foldTotals(valueIn(await reader.totals({ rows, byMonth: true })));
    expect(totals.map(({ month, productId, accepted: { records } }) => [month, productId, records])).toEqual([
      ['2026-12', 'prod-aaaa1111bbbb2', 1],
      ['2026-11', 'prod-aaaa1111bbbb2', 4],
      ['2026-11', 'prod-other', 1],
    ]);
  });

  it('says what it can be filtered by', async () => {
    const { reader } = aHistory();
    expect(valueIn(await reader.choices())).toEqual({
      sellerAccountIds: ['111122223333', '999900001111'],
      buyerAccountIds: ['444455556666', '777788889999'],
      products: [
        { value: 'prod-aaaa1111bbbb2', name: 'Data Lens' },
        { value: 'prod-other', name: 'Other' },
      ],
      dimensions: [
        { value: 'api_calls', name: 'API calls' },
        { value: 'gpu_hours', name: 'API calls' },
      ],
      reasons: ['invalid-usage-dimension'],
      principalArns: [otherPrincipal, principalArn],
    });
  });

  it('says nothing of an empty ledger', async () => {
    const { path } = aLedger();
    const reader = createHistoryReader({
      ledgerPath: path,
      incidents: noIncidents,
      exportsDir: join(temporaryFolder(), 'exports'),
    });
    onTestFinished(() => reader.close());
    expect(valueIn(await reader.choices()).buyerAccountIds).toEqual([]);
    expect(await all(reader, {})).toEqual([]);
    expect(valueIn(await reader.totals({ rows: rowsOf(everything, {}), byMonth: true }))).toEqual([]);
  });
});
