/** Narrowing and ordering the contracts, quick enough for ten thousand within a frame or two. Pure. */
import type { ContractStatus, ContractSummary } from '../../../../contract/contracts.ts';
import type { StatusFilter, Trait } from '../../../../contract/contracts-view.ts';

export interface ContractFilter {
  readonly status: StatusFilter;
  readonly productId: string | null;
  readonly buyerAccountId: string | null;
  readonly traits: readonly Trait[];
}

/** An end is soon when it is at most so far away. */
export const soonDays = 30;
const soonMs = soonDays * 86_400_000;

/** Whether a contract passes every chosen filter. `nowMs` is AWS's time. */
export function passes(contract: ContractSummary, filter: ContractFilter, nowMs: number): boolean {
  return (
    (filter.status === 'all' || contract.status.kind === filter.status) &&
    (filter.productId === null || contract.productId === filter.productId) &&
    (filter.buyerAccountId === null || contract.buyerAccountId === filter.buyerAccountId) &&
    filter.traits.every((trait) => has(contract, trait, nowMs))
  );
}

/** Whether a contract has a trait by which the list can be narrowed. */
export function has(contract: ContractSummary, trait: Trait, nowMs: number): boolean {
  switch (trait) {
    case 'can-be-metered':
      return contract.addUsage.allowed;
    case 'ending-soon':
      return endsSoon(contract, nowMs);
    case 'has-pending':
      return contract.pendingCount > 0;
    case 'has-rejected':
      return contract.rejectedCount > 0;
    case 'changed':
      return contract.change !== null;
  }
}

/** In force, or in its last hour, and over within the month. */
function endsSoon({ status, endUtc }: ContractSummary, nowMs: number): boolean {
  if (status.kind === 'closing') return true;
  if (status.kind === 'ended' || endUtc === null) return false;
  const leftMs = Date.parse(endUtc) - nowMs;
  return leftMs >= 0 && leftMs <= soonMs;
}

const statusRank = {
  closing: 0,
  active: 1,
  'not-started': 2,
  'not-by-hand': 3,
  ended: 4,
} as const satisfies Record<ContractStatus['kind'], number>;

/** More than any instant: one number then orders by a rank first, and exactly so (five times it is below 2^53). */
const perRank = 1e15;
/** More records than one contract ever has pending; nine hundred million times it is below 2^53. */
const perRejected = 1e7;
/** Later than any end that can be written down, the 31st of December 9999. */
const noEnd = 4e14;

/** By what a row is ordered; of the same number it is ordered by its id. */
type KeyOf = (contract: ContractSummary) => number;

/** Without a chosen column: what runs out first, then active by end, the rest after. */
const byUrgency: KeyOf = (row) => {
  const end = endOf(row);
  // Among the ended ones the latest is the most likely to be looked for.
  return statusRank[row.status.kind] * perRank + (row.status.kind === 'ended' ? -end : end);
};

const byNumber: Readonly<Record<string, KeyOf>> = {
  status: (row) => statusRank[row.status.kind] * perRank + endOf(row),
  start: (row) => Date.parse(row.startUtc),
  end: endOf,
  'last-usage': (row) => (row.lastUsageUtc === null ? 0 : Date.parse(row.lastUsageUtc)),
  month: firstAmount,
  records: (row) => row.rejectedCount * perRejected + row.pendingCount,
};

const byText: Readonly<Record<string, (row: ContractSummary) => string>> = {
  buyer: (row) => row.buyerAlias ?? row.buyerAccountId,
  product: (row) => row.productTitle ?? row.productId,
  agreement: (row) => row.agreementId,
  offer: (row) => row.offerId ?? '',
  'product-code': (row) => row.productCode ?? '',
  licences: (row) => row.licenseArns[0] ?? '',
};

/** Whether rows can be sorted by the column of this id. */
export function isSortable(columnId: string): boolean {
  return Object.hasOwn(byNumber, columnId) || Object.hasOwn(byText, columnId);
}

/** Of a contract that was added by hand these are not known: it comes last, whichever way. */
const notKnownByHand: ReadonlySet<string> = new Set(['start', 'end']);

/** A sorted copy. `sortBy` is a column's id; null, or an id that nothing is sorted by, for the order by urgency. */
export function sorted(
  rows: readonly ContractSummary[],
  sortBy: string | null,
  descending: boolean,
): readonly ContractSummary[] {
  const keyOf = sortBy === null ? byUrgency : (keyBy(rows, sortBy) ?? byUrgency);
  const sign = descending && sortBy !== null ? -1 : 1;
  const mayBeUnknown = sortBy !== null && notKnownByHand.has(sortBy);
  const inOrder = byId(rows);
  const keys = Float64Array.from(inOrder, (row) =>
    mayBeUnknown && row.addedByHand ? Number.MAX_VALUE : sign * keyOf(row),
  );
  // Numbers in an array of their own are compared several times as quickly as what lies in objects.
  const places = Uint32Array.from(keys, (_, at) => at);
  places.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);
  return Array.from(places, (at) => inOrder[at]).filter((row) => row !== undefined);
}

/** Kept for the rows at hand: whatever they are sorted by, those that are the same in it stand in this order. */
const orderedById = new WeakMap<readonly ContractSummary[], readonly ContractSummary[]>();

function byId(rows: readonly ContractSummary[]): readonly ContractSummary[] {
  const known = orderedById.get(rows);
  if (known !== undefined) return known;
  const ordered = rows.toSorted((a, b) => compareText(a.agreementId, b.agreementId));
  orderedById.set(rows, ordered);
  return ordered;
}

function keyBy(rows: readonly ContractSummary[], sortBy: string): KeyOf | null {
  const number = Object.hasOwn(byNumber, sortBy) ? byNumber[sortBy] : undefined;
  if (number !== undefined) return number;
  const textOf = Object.hasOwn(byText, sortBy) ? byText[sortBy] : undefined;
  if (textOf === undefined) return null;
  const ranks = ranksOf(new Set(rows.map(textOf)));
  return (row) => ranks.get(textOf(row)) ?? 0;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const plainIds = /^[\x20-\x7e]*$/;

/** Comparing as a language does is slow, and names are few where rows are many: each is compared once. */
function ranksOf(texts: ReadonlySet<string>): ReadonlyMap<string, number> {
  const all = [...texts];
  // Identifiers are as many as the rows, and have an order without a language.
  const areIds = all.length > 2_000 && all.every((text) => plainIds.test(text));
  all.sort(areIds ? undefined : collator.compare);
  return new Map(all.map((text, rank) => [text, rank]));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function endOf({ endUtc }: ContractSummary): number {
  return endUtc === null ? noEnd : Date.parse(endUtc);
}

/** Only for the order of rows, where a rounded amount does no harm. */
function firstAmount(contract: ContractSummary): number {
  return Number(contract.monthEstimates[0]?.amount ?? -1);
}
