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

/** By what a row is ordered: numbers first, and where those are the same by its id. */
type Keys = readonly number[];
type KeysOf = (contract: ContractSummary) => Keys;

/** Without a chosen column: what runs out first, then active by end, the rest after. */
const byUrgency: KeysOf = (row) => {
  const end = endOf(row);
  // Among the ended ones the latest is the most likely to be looked for.
  return [statusRank[row.status.kind], row.status.kind === 'ended' ? -end : end];
};

const byNumber: Readonly<Record<string, KeysOf>> = {
  status: (row) => [statusRank[row.status.kind], endOf(row)],
  start: (row) => [Date.parse(row.startUtc)],
  end: (row) => [endOf(row)],
  'last-usage': (row) => [row.lastUsageUtc === null ? 0 : Date.parse(row.lastUsageUtc)],
  month: (row) => [firstAmount(row)],
  records: (row) => [row.rejectedCount, row.pendingCount],
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
  const keysOf = sortBy === null ? byUrgency : (keysBy(rows, sortBy) ?? byUrgency);
  const sign = descending && sortBy !== null ? -1 : 1;
  const isUnknown = (row: ContractSummary): boolean =>
    sortBy !== null && row.addedByHand && notKnownByHand.has(sortBy);
  const keyed = rows.map((row) => ({ row, keys: keysOf(row), last: Number(isUnknown(row)) }));
  keyed.sort((a, b) => a.last - b.last || sign * compareKeys(a.keys, b.keys) || compareIds(a.row, b.row));
  return keyed.map(({ row }) => row);
}

function keysBy(rows: readonly ContractSummary[], sortBy: string): KeysOf | null {
  const numbers = Object.hasOwn(byNumber, sortBy) ? byNumber[sortBy] : undefined;
  if (numbers !== undefined) return numbers;
  const textOf = Object.hasOwn(byText, sortBy) ? byText[sortBy] : undefined;
  if (textOf === undefined) return null;
  const ranks = ranksOf(new Set(rows.map(textOf)));
  return (row) => [ranks.get(textOf(row)) ?? 0];
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const plainIds = /^[\x20-\x7e]*$/;

/** Comparing as a language does is slow, and names are few where rows are many: each is compared once. */
function ranksOf(texts: ReadonlySet<string>): ReadonlyMap<string, number> {
  const all = [...texts];
  // Identifiers are as many as the rows, and have an order without a language.
  const areIds = all.length > 2_000 && all.every((text) => plainIds.test(text));
  all.sort(areIds ? compareText : collator.compare);
  return new Map(all.map((text, rank) => [text, rank]));
}

function compareKeys(a: Keys, b: Keys): number {
  for (let at = 0; at < a.length; at += 1) {
    const order = (a[at] ?? 0) - (b[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const compareIds = (a: ContractSummary, b: ContractSummary): number =>
  compareText(a.agreementId, b.agreementId);

function endOf({ endUtc }: ContractSummary): number {
  // A finite stand-in: Infinity minus Infinity would be no number.
  return endUtc === null ? Number.MAX_SAFE_INTEGER : Date.parse(endUtc);
}

/** Only for the order of rows, where a rounded amount does no harm. */
function firstAmount(contract: ContractSummary): number {
  return Number(contract.monthEstimates[0]?.amount ?? -1);
}
