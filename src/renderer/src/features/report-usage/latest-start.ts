/** How late usage may start on a contract that is over but still takes usage of before its end. */
import type { ContractSummary } from '../../../../contract/contracts.ts';

/** The last whole second before the end (ISO 8601, UTC) of a contract that is over; null while it runs. */
export function latestStartOf({ status, endUtc }: Pick<ContractSummary, 'status' | 'endUtc'>): string | null {
  if (status.kind !== 'closing' || endUtc === null) return null;
  const endSecond = Math.ceil(Date.parse(endUtc) / 1000);
  return new Date((endSecond - 1) * 1000).toISOString();
}
