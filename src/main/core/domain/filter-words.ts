/** A filter of the history in words, as an export says what it is of. Pure. */
import type { HistoryFilter } from '../../../contract/history.ts';

const periodNames = { usage: 'Usage time', submission: 'Submitted' } as const;
const settledNames = { open: 'rejected and open', settled: 'rejected and settled' } as const;

/** Name and value of each filter that is set; one line that says so where none is. Instants are UTC. */
export function filterWords(filter: HistoryFilter): readonly (readonly [string, string])[] {
  const { period, agreementIds, settled } = filter;
  const lines: (readonly [string, string | null])[] = [
    ['Seller account', filter.sellerAccountId ?? 'all'],
    [`${periodNames[period?.of ?? 'usage']} from (UTC)`, period?.fromUtc ?? null],
    [`${periodNames[period?.of ?? 'usage']} before (UTC)`, period?.untilUtc ?? null],
    ['Buyer account', filter.buyerAccountId],
    ['Product id', filter.productId],
    ['Agreement', agreementIds === null ? null : agreementIds.join(', ')],
    ['Dimension', filter.dimensionKey],
    ['Status', filter.status],
    ['Reason', filter.reason],
    ['Submitted by principal', filter.principalArn],
    ['Settled or not', settled === null ? null : settledNames[settled]],
    ['Submission', filter.submissionId],
    ['Text', filter.text.trim() === '' ? null : filter.text.trim()],
  ];
  return lines.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
}
