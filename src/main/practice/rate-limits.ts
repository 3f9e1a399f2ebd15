import { AwsError } from './aws-error.ts';

/** Calls a second, per account and Region. The bucket holds one second's worth. Sources: the "service quotas" pages of
 * https://docs.aws.amazon.com/marketplace/latest/developerguide/metering-service-quotas.html and its neighbours. */
const ratesPerSecond: Readonly<Record<string, number>> = {
  BatchMeterUsage: 10,
  SearchAgreements: 5,
  DescribeAgreement: 5,
  GetAgreementTerms: 10,
  GetAgreementEntitlements: 10,
  DescribeEntity: 20,
  BatchDescribeEntities: 20,
  ListEntities: 10,
  GetEntitlements: 20,
  LookupEvents: 2,
};

export interface RateLimits {
  /** Throws `ThrottlingException` when the bucket is empty. `nowMs` is the practice clock's. */
  readonly spend: (operation: string, accountId: string, region: string, nowMs: number) => void;
}

export function createRateLimits(): RateLimits {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    spend: (operation, accountId, region, nowMs) => {
      const rate = ratesPerSecond[operation];
      if (rate === undefined) return;
      const key = `${operation} ${accountId} ${region}`;
      const bucket = buckets.get(key) ?? { tokens: rate, atMs: nowMs };
      // A clock that was set back must not lock the bucket.
      const elapsedMs = Math.max(0, nowMs - bucket.atMs);
      const tokens = Math.min(rate, bucket.tokens + (elapsedMs * rate) / 1000);
      buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, atMs: nowMs });
      if (tokens < 1) throw new AwsError('ThrottlingException', 'Rate exceeded');
    },
  };
}
