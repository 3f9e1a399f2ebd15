/** Finding and ordering contracts. Pure. */
import type { ContractStatus, ContractSummary } from '../../../../contract/contracts.ts';

export const statusFilters = [
  'all',
  'can-be-metered',
  'active',
  'not-started',
  'closing',
  'ended',
  'not-by-hand',
] as const;
export type StatusFilter = (typeof statusFilters)[number];

type Order = (a: ContractSummary, b: ContractSummary) => number;

/** Whether a contract's status passes the chosen filter. */
export function passesStatus(contract: ContractSummary, filter: StatusFilter): boolean {
  if (filter === 'all') return true;
  if (filter === 'can-be-metered') return contract.addUsage.allowed;
  return contract.status.kind === filter;
}

/** Whether the free text is found in any of what a contract can be known by; an account id also with its dashes. */
export function passesText(contract: ContractSummary, text: string): boolean {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  const digits = /^\d[\d-]*$/.test(wanted) ? wanted.replaceAll('-', '') : null;
  if (digits !== null && contract.buyerAccountId.includes(digits)) return true;
  return [
    contract.buyerAlias,
    contract.buyerAccountId,
    contract.agreementId,
    contract.productTitle,
    contract.productId,
    contract.productCode,
    contract.offerId,
    ...contract.licenseArns,
  ].some((field) => field?.toLocaleLowerCase().includes(wanted));
}

const statusRank = {
  closing: 0,
  active: 1,
  'not-started': 2,
  'not-by-hand': 3,
  ended: 4,
} as const satisfies Record<ContractStatus['kind'], number>;

/** The order without a chosen sort: what runs out first, then active by end, the rest after. */
export const byUrgency: Order = (a, b) => {
  const rank = statusRank[a.status.kind] - statusRank[b.status.kind];
  if (rank !== 0) return rank;
  // Among the ended ones the latest is the most likely to be looked for.
  const ends = a.status.kind === 'ended' ? byEnd(b, a) : byEnd(a, b);
  return ends === 0 ? compareText(a.agreementId, b.agreementId) : ends;
};

export const byStatus: Order = (a, b) => statusRank[a.status.kind] - statusRank[b.status.kind] || byEnd(a, b);

/** Earliest end first; contracts without an end last. */
export const byEnd: Order = (a, b) => instant(a.endUtc) - instant(b.endUtc) || 0;

export const byMonthEstimate: Order = (a, b) => firstAmount(a) - firstAmount(b);

export function byText(textOf: (contract: ContractSummary) => string): Order {
  return (a, b) => compareText(textOf(a), textOf(b));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}

function instant(utc: string | null): number {
  // A finite stand-in: Infinity minus Infinity would be no number.
  return utc === null ? Number.MAX_SAFE_INTEGER : Date.parse(utc);
}

/** Only for the order of rows, where a rounded amount does no harm. */
function firstAmount(contract: ContractSummary): number {
  return Number(contract.monthEstimates[0]?.amount ?? -1);
}
