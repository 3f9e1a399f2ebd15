import type { ProductName } from './default-products.ts';

/** One contract of the default world, before identifiers are drawn. Offsets are milliseconds from the world's start. */
export interface ContractDraft {
  readonly edge?: string;
  readonly product: ProductName;
  /** Index of the buyer. */
  readonly buyer: number;
  readonly status: string;
  readonly startOffsetMs: number;
  /** Null: pay as you go without an end. `year-9999`: the same, as some answers of AWS spell it. */
  readonly endOffsetMs: number | null | 'year-9999';
  readonly lastUpdateOffsetMs?: number;
  readonly acceptanceOffsetMs?: number;
  readonly licences?: number;
  /** A licence that the search's row doesn't show. */
  readonly unlistedLicence?: boolean;
  /** A term of a kind that nobody knows yet. */
  readonly unknownTerm?: boolean;
  readonly currencyCode?: string;
  readonly discountPercent?: number;
  readonly usage?: boolean;
  readonly freeTrial?: boolean;
  readonly proposer?: 'first' | 'second' | 'partner';
  /** Edge whose agreement this one follows; `keepsLicence` as in a renewal. */
  readonly follows?: { readonly edge: string; readonly keepsLicence: boolean };
  readonly endTimeBehaviorType?: string;
  readonly endTimeBehaviorReasonCode?: string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Buyer whose AWS account is suspended: nothing is accepted for it. */
export const suspendedBuyer = 11;

const contract = (
  edge: string,
  product: ProductName,
  buyer: number,
  status: string,
  startOffsetMs: number,
  endOffsetMs: ContractDraft['endOffsetMs'],
  more: Partial<ContractDraft> = {},
): ContractDraft => ({ edge, product, buyer, status, startOffsetMs, endOffsetMs, ...more });

/** The contracts that every world has, whatever its size: what people and tests look for. */
export const edgeContracts: readonly ContractDraft[] = [
  contract('contract-with-consumption', 'observability', 0, 'ACTIVE', -120 * day, 245 * day, {
    endTimeBehaviorType: 'RENEW',
  }),
  contract('pay-as-you-go', 'pipeline', 1, 'ACTIVE', -75 * day, null),
  contract('pay-as-you-go-year-9999', 'pipeline', 2, 'ACTIVE', -40 * day, 'year-9999'),
  contract('not-started', 'observability', 3, 'ACTIVE', 3 * day, 368 * day, { acceptanceOffsetMs: -1 * day }),
  contract('ended-50-minutes-ago', 'observability', 4, 'EXPIRED', -365 * day, -50 * minute, {
    endTimeBehaviorType: 'EXPIRE',
    endTimeBehaviorReasonCode: 'ACCEPTOR_RENEW_OPTED_OUT',
  }),
  contract('ended-2-hours-ago', 'observability', 5, 'EXPIRED', -365 * day, -2 * hour, {
    endTimeBehaviorType: 'EXPIRE',
    endTimeBehaviorReasonCode: 'NO_RENEWAL_TERM',
  }),
  contract('ended-long-ago', 'observability', 6, 'EXPIRED', -565 * day, -200 * day),
  contract('renewed', 'observability', 7, 'RENEWED', -367 * day, -2 * day),
  contract('renewal', 'observability', 7, 'ACTIVE', -2 * day, 363 * day, {
    follows: { edge: 'renewed', keepsLicence: true },
  }),
  contract('replaced', 'observability', 8, 'REPLACED', -90 * day, -40 * minute),
  contract('replacement', 'observability', 8, 'ACTIVE', -40 * minute, 365 * day, {
    discountPercent: 20,
    follows: { edge: 'replaced', keepsLicence: false },
  }),
  contract('concurrent-a', 'pipeline', 9, 'ACTIVE', -60 * day, null),
  contract('concurrent-b', 'pipeline', 9, 'ACTIVE', -12 * day, 353 * day, { discountPercent: 15 }),
  contract('product-code', 'signatures', 0, 'ACTIVE', -400 * day, null, { licences: 0 }),
  contract('product-code-with-end', 'signatures', 2, 'ACTIVE', -100 * day, 30 * day, { licences: 0 }),
  contract('product-code-with-licence', 'signatures', 4, 'ACTIVE', -33 * day, null),
  contract('no-consumption', 'backup', 1, 'ACTIVE', -200 * day, 165 * day),
  contract('ami', 'firewall', 3, 'ACTIVE', -90 * day, null),
  contract('container', 'gateway', 5, 'ACTIVE', -55 * day, null),
  contract('professional-service', 'onboarding', 6, 'ACTIVE', -8 * day, 22 * day, { licences: 0 }),
  contract('machine-learning', 'classifier', 10, 'ACTIVE', -28 * day, null),
  contract('no-dimensions-in-catalog', 'threatFeed', 10, 'ACTIVE', -150 * day, null),
  contract('long-names-in-euro', 'longNamed', 10, 'ACTIVE', -45 * day, 320 * day, { currencyCode: 'EUR' }),
  contract('in-yen', 'pipeline', 10, 'ACTIVE', -66 * day, null, { currencyCode: 'JPY' }),
  contract('cancelled-30-minutes-ago', 'pipeline', 3, 'CANCELLED', -130 * day, null, {
    lastUpdateOffsetMs: -30 * minute,
  }),
  contract('terminated', 'pipeline', 4, 'TERMINATED', -210 * day, -5 * day),
  contract('archived', 'backup', 8, 'ARCHIVED', -800 * day, -435 * day),
  contract('licence-not-provisioned', 'pipeline', 5, 'ACTIVE', -3 * minute, null, {
    licences: 0,
    unlistedLicence: true,
  }),
  contract('two-licences', 'observability', 1, 'ACTIVE', -20 * day, 345 * day, { licences: 2 }),
  contract('free-trial', 'pipeline', 6, 'ACTIVE', -3 * day, null, { freeTrial: true }),
  contract('no-usage-term', 'observability', 2, 'ACTIVE', -50 * day, 315 * day, { usage: false }),
  contract('started-25-minutes-ago', 'pipeline', 7, 'ACTIVE', -25 * minute, null),
  contract('ends-in-40-minutes', 'observability', 9, 'ACTIVE', -365 * day, 40 * minute),
  contract('buyer-suspended', 'pipeline', suspendedBuyer, 'ACTIVE', -21 * day, null),
  contract('product-of-another-seller', 'labs', 7, 'ACTIVE', -17 * day, 348 * day),
  contract('unknown-status', 'pipeline', 8, 'ON_HOLD', -70 * day, null),
  contract('unknown-product-type', 'census', 9, 'ACTIVE', -35 * day, null),
  contract('unknown-term', 'retired', 3, 'ACTIVE', -95 * day, null, { unknownTerm: true }),
  contract('ended-early-20-minutes-ago', 'observability', 10, 'CANCELLED', -140 * day, 225 * day, {
    lastUpdateOffsetMs: -20 * minute,
  }),
  contract('all-prices-zero', 'pipeline', 0, 'ACTIVE', -15 * day, null, { discountPercent: 100 }),
];

/** Agreements that the first seller's search does not return. */
export const otherContracts: readonly ContractDraft[] = [
  contract('sold-by-channel-partner', 'observability', 6, 'ACTIVE', -14 * day, 351 * day, {
    proposer: 'partner',
  }),
  contract('labs-1', 'labs', 0, 'ACTIVE', -80 * day, null, { proposer: 'second' }),
  contract('labs-2', 'labs', 4, 'ACTIVE', -31 * day, 'year-9999', { proposer: 'second' }),
  contract('labs-3', 'labs', 9, 'EXPIRED', -380 * day, -15 * day, { proposer: 'second' }),
];
