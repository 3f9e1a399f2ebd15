import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everything, historyFilterSchema } from '../../../src/contract/history.ts';
import {
  emptyForm,
  filterOf,
  filtersIn,
  formOf,
  type HistoryForm,
  queryOf,
} from '../../../src/renderer/src/features/history/history-form.ts';

const nowMs = Date.parse('2026-12-31T23:59:59Z');
const accountId = '111122223333';
const filter = (change: Partial<HistoryForm>) => filterOf({ ...emptyForm, ...change }, accountId, nowMs);

const full: HistoryForm = {
  ...{
    text: 'Zürich & co, 100%',
    period: 'dates',
    periodOf: 'submission',
    from: '2026-11-01',
    until: '2026-11-30',
  },
  ...{ status: 'rejected', buyer: '004455556666', product: 'prod-a1', dimension: 'api_calls' },
  ...{ reason: 'invalid-usage-dimension', who: 'arn:aws:sts::1:assumed-role/Ops/kim', settled: 'open' },
  ...{ submission: '0a1b2c3d-0000-4000-8000-000000000001', agreement: 'agmt-1', account: 'all' },
};

describe('the filters of the history', () => {
  it('come back from the address as they were, and leave it empty at rest', () => {
    expect(formOf(`#/history?${queryOf(full)}`)).toEqual(full);
    expect(queryOf(emptyForm)).toBe('');
    expect(formOf('#/history')).toEqual(emptyForm);
    expect([filtersIn(emptyForm), filtersIn(full)]).toEqual([0, 12]);
  });

  it('ask for what the contract takes, whatever stands in the address', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(emptyForm)), fc.string()), (given) => {
        const form = formOf(`#/history?${new URLSearchParams(given)}`);
        expect(historyFilterSchema.safeParse(filterOf(form, accountId, nowMs)).success).toBe(true);
      }),
    );
  });

  it('each narrow one thing', () => {
    expect(filter(full)).toEqual({
      ...{
        sellerAccountId: null,
        buyerAccountId: '004455556666',
        productId: 'prod-a1',
        agreementIds: ['agmt-1'],
      },
      ...{
        dimensionKey: 'api_calls',
        status: 'rejected',
        reason: 'invalid-usage-dimension',
        settled: 'open',
      },
      ...{ principalArn: full.who, submissionId: full.submission, text: full.text },
      period: { of: 'submission', fromUtc: '2026-11-01T00:00:00Z', untilUtc: '2026-12-01T00:00:00Z' },
    });
    expect(filter({})).toEqual({ ...everything, sellerAccountId: accountId });
  });

  it.each([
    ['this-month', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
    ['last-month', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
    ['this-year', '2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('mean by %s the whole of it in UTC', (period, fromUtc, untilUtc) => {
    expect(filter({ period }).period).toEqual({ of: 'usage', fromUtc, untilUtc });
  });

  it('may have one end only', () => {
    expect(filter({ period: 'dates', from: '2026-02-28' }).period).toEqual({
      of: 'usage',
      fromUtc: '2026-02-28T00:00:00Z',
      untilUtc: null,
    });
    expect(filter({ period: 'dates' }).period).toBeNull();
  });
});
