/** Finding and ordering contracts. Pure. */
import type { ContractStatus, ContractSummary } from '../../../../contract/contracts.ts';
import { contractStatusWords } from '../../copy/contract-status.ts';
import { formatAccountId, formatDate, formatIsoDate } from '../../copy/formats.ts';

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

/** Takes a contract and the text that was typed; whether it fits. */
export type ContractSearch = (contract: ContractSummary, text: string) => boolean;

/**
 * Finds by what a row shows and by every identifier behind it. Each word of the text has to be found somewhere: names, status
 * and dates where a word of theirs starts (*ended* is not in *Extended*), an identifier also in its middle. `nowMs` is
 * AWS's time as epoch ms, `zone` the IANA zone in which the row shows its dates.
 */
export function createContractSearch(nowMs: number, zone: string): ContractSearch {
  const known = new WeakMap<ContractSummary, RowText>();
  return (contract, text) => {
    const words = text.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
    if (words.length === 0) return true;
    const row = known.get(contract) ?? rowText(contract, nowMs, zone);
    known.set(contract, row);
    return words.every((word) => isFound(word, row));
  };
}

interface RowText {
  readonly shown: string;
  readonly ids: string;
}

function rowText(contract: ContractSummary, nowMs: number, zone: string): RowText {
  const { buyerAlias, buyerAccountId, productTitle, startUtc, endUtc, lastUsageUtc } = contract;
  const dates = [startUtc, endUtc, lastUsageUtc].flatMap((utc) =>
    utc === null ? [] : [formatDate(utc, zone), formatIsoDate(utc, zone)],
  );
  const status = contractStatusWords(contract, nowMs, zone).text;
  const end = endUtc === null ? 'No end' : contract.endIsAbout ? 'about' : '';
  const ids = [
    buyerAccountId,
    formatAccountId(buyerAccountId),
    contract.agreementId,
    contract.productId,
    contract.productCode,
    contract.offerId,
    ...contract.licenseArns,
  ];
  return {
    shown: [buyerAlias, productTitle, status, end, ...dates].join(' ').toLocaleLowerCase(),
    ids: ids.join(' ').toLocaleLowerCase(),
  };
}

/** Fewer letters than this stand in the middle of nearly every identifier. */
const shortestPart = 4;
/** Scripts that don't set their words apart. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

function isFound(word: string, { shown, ids }: RowText): boolean {
  if (startsAWord(word, shown) || startsAWord(word, ids)) return true;
  if (unspaced.test(word) && shown.includes(word)) return true;
  return word.length >= shortestPart && ids.includes(word);
}

function startsAWord(word: string, text: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (at === 0 || /[^\p{L}\p{N}]/u.test(text.charAt(at - 1))) return true;
  }
  return false;
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
