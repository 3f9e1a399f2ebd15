import { describe, expect, it } from 'vitest';
import type { ContractSummary, Dimension } from '../../../src/contract/contracts.ts';
import type { CheckedLine, EntryLine } from '../../../src/contract/entry.ts';
import type { Money } from '../../../src/contract/primitives.ts';
import { ok } from '../../../src/contract/result.ts';
import type { Identity } from '../../../src/contract/session.ts';
import { addMoney } from '../../../src/main/core/domain/money.ts';
import { hourSlotOf, utc } from '../../../src/main/core/domain/utc-hours.ts';
import type { AgreementSummary } from '../../../src/main/core/ports.ts';
import { createReviews } from '../../../src/main/core/services/reviews.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createMemoryPreferences } from '../../fakes/memory-preferences.ts';
import { licence } from '../domain/records.ts';

const seller: Identity = {
  profile: 'seller-ops',
  accountId: '123456789012',
  accountName: null,
  principalArn: 'arn:aws:sts::123456789012:assumed-role/MeteringOps/pat',
  roleName: 'MeteringOps',
};
const startUtc = '2026-10-01T00:00:00Z';
const agreement: AgreementSummary = {
  agreementId: 'agmt-example1',
  buyerAccountId: '011122223333',
  proposerAccountId: seller.accountId,
  productId: 'prod-example1',
  resourceType: 'SaaSProduct',
  status: 'ACTIVE',
  startMs: Date.parse(startUtc),
  endMs: null,
  acceptedMs: null,
  lastUpdateMs: null,
  offerId: null,
  initialAgreementId: null,
  licenseArns: [licence],
};
const summary: ContractSummary = {
  agreementId: agreement.agreementId,
  buyerAccountId: agreement.buyerAccountId,
  buyerAlias: null,
  productId: agreement.productId,
  productTitle: 'Acme Insights',
  productCode: null,
  resourceType: agreement.resourceType,
  awsStatus: agreement.status,
  status: { kind: 'active' },
  addUsage: { allowed: true },
  startUtc,
  endUtc: null,
  endIsAbout: false,
  acceptedUtc: null,
  offerId: null,
  initialAgreementId: null,
  licenseArns: [licence],
  addedByHand: false,
  lastUsageUtc: null,
  monthEstimates: [],
  pendingCount: 0,
  rejectedCount: 0,
  change: null,
};
const dimension: Dimension = {
  key: 'api_calls',
  name: 'API calls',
  unit: 'Calls',
  description: null,
  kind: 'metered',
  reason: null,
  unitPrice: '0.5',
  currencyCode: 'USD',
  entitledQuantity: null,
  entitledNow: null,
};
const metering = {
  scheme: 'licence',
  meteringRegion: 'us-east-1',
  licenseArn: licence,
  productCode: null,
} as const;

interface Reported {
  readonly startUtc: string;
  readonly estimate: Money | null;
}

/** The review of these lines at an instant, `before` being what the ledger has of the month. */
async function reviewOf(nowUtc: string, before: readonly Money[], reported: readonly Reported[]) {
  const nowMs = Date.parse(nowUtc);
  const lines = reported.map(
    (line, index): EntryLine => ({
      lineId: `line-${index}`,
      dimensionKey: dimension.key,
      quantityText: '1',
      quantityMeaning: null,
      nothingToReport: false,
      dateText: line.startUtc.slice(0, 10),
      timeText: line.startUtc.slice(11, 16),
      repeatedHour: null,
      description: '',
    }),
  );
  const checkedLines = reported.map(
    (line, index): CheckedLine => ({
      lineId: `line-${index}`,
      issues: [],
      quantity: 1,
      quantityReadings: [],
      startUtc: line.startUtc,
      startReadings: [],
      hourSlotUtc: utc(hourSlotOf(Date.parse(line.startUtc))),
      estimate: line.estimate,
      closesUtc: null,
      strip: [],
    }),
  );
  const checked = {
    nowUtc,
    lines: checkedLines,
    totals: addMoney(reported.flatMap(({ estimate }) => estimate ?? [])),
    blockers: [],
    reviewable: true,
  };
  const details = {
    ...{ summary, dimensions: [dimension], problem: null, termsRead: true },
    ...{ scheme: metering.scheme, meteringRegion: metering.meteringRegion, licenseArn: licence },
    ...{ licences: [], entitlementsRead: { kind: 'not-asked' as const }, termKinds: [], freeTrial: null },
  };
  const reviews = createReviews({
    session: { requireIdentity: () => ok(seller) },
    entry: {
      check: async () =>
        ok({
          contract: { agreement, details, hasMetered: true },
          metering,
          checked,
          nowMs,
          windowMs: 6 * 3_600_000,
        }),
    },
    clock: createFakeClock(nowMs),
    preferences: createMemoryPreferences(),
    ledger: () =>
      ok({
        record: () => ok(null),
        estimates: () => ok(new Map([[agreement.agreementId, before]])),
        submissionOfReview: () => null,
        submit: ({ submissionId }) => ok({ submissionId }),
      }),
    onSubmitted: () => {},
  });
  const input = { agreementId: agreement.agreementId, lines, timeZone: 'UTC', locale: 'en' };
  const review = await reviews.create(input);
  if (!review.ok) throw new Error(review.error.kind);
  return review.value;
}

const usd = (amount: string): Money => ({ amount, currencyCode: 'USD' });

describe('the month’s estimate on a review', () => {
  it('is what the ledger has and the lines of this UTC month, not those of the month that just ended', async () => {
    const review = await reviewOf(
      '2026-12-01T01:30:00Z',
      [usd('10')],
      [
        { startUtc: '2026-11-30T23:59:59Z', estimate: usd('5') },
        { startUtc: '2026-12-01T00:00:00Z', estimate: usd('0.25') },
        { startUtc: '2026-12-01T01:10:00Z', estimate: null },
      ],
    );
    expect(review.totals).toEqual([usd('5.25')]);
    expect(review.monthBefore).toEqual([usd('10')]);
    expect(review.monthAfter).toEqual([usd('10.25')]);
  });

  it('does not move where all lines lie in the month before', async () => {
    const reported = [{ startUtc: '2026-11-30T23:10:00Z', estimate: usd('5') }];
    const review = await reviewOf('2026-12-01T01:30:00Z', [], reported);
    expect(review.monthAfter).toEqual([]);
  });
});
