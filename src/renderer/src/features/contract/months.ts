/** Which months of a contract's usage are shown, and what they come to. Pure. */
import type { UsageTotal } from '../../../../contract/history.ts';

/** More bars than these can't be told apart. */
const mostMonths = 12;

const monthOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 7);

/** `2026-10` of `2026-11`. */
export function monthBefore(month: string): string {
  const first = new Date(`${month}-01T00:00:00Z`);
  return monthOf(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() - 1, 1));
}

/** This month and the one before, in UTC, the newest first. */
export function recentMonths(nowMs: number): readonly [string, string] {
  const month = monthOf(nowMs);
  return [month, monthBefore(month)];
}

/**
 * Every month from the first usage to this one or the last usage, without a gap, the oldest first: the last twelve. At least two, so that a
 * single bar doesn't fill the chart.
 */
export function monthsOfChart(totals: readonly UsageTotal[], nowMs: number): readonly string[] {
  const used = totals.flatMap(({ month }) => month ?? []).sort();
  const [now, before] = recentMonths(nowMs);
  const last = [now, ...used].sort().at(-1) ?? now;
  const first = [before, ...used].sort()[0] ?? before;
  const months = [last];
  while (months.length < mostMonths && (months[0] ?? first) > first)
    months.unshift(monthBefore(months[0] ?? first));
  return months;
}

/** One a dimension and unit, those with usage in one of the months, in the order in which they come. */
export function dimensionsIn(
  totals: readonly UsageTotal[],
  months: readonly string[],
): readonly { readonly key: string; readonly byMonth: readonly (UsageTotal | null)[] }[] {
  const keyOf = ({ productId, dimensionKey, unit }: UsageTotal) =>
    JSON.stringify([productId, dimensionKey, unit]);
  const keys = new Set(totals.filter(({ month }) => months.includes(month ?? '')).map(keyOf));
  return [...keys].map((key) => ({
    key,
    byMonth: months.map((month) => totals.find((one) => one.month === month && keyOf(one) === key) ?? null),
  }));
}
