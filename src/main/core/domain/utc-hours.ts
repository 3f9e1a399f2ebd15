/**
 * UTC hours and months. Instants are epoch milliseconds, AWS's time. AWS de-duplicates usage by the UTC hour and closes
 * a UTC month at 06:00 on the 1st of the next:
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html
 */

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** How long after a month's end AWS still takes its usage. */
const monthGraceMs = 6 * hourMs;

/** The instant as ISO 8601 in UTC; a fraction appears only where there is one: `2026-11-20T14:05:00Z`. */
export function utc(atMs: number): string {
  return new Date(atMs).toISOString().replace('.000Z', 'Z');
}

/** The whole second that an instant lies in. AWS's time is known, and start times are written, to the second. */
export function secondOf(atMs: number): number {
  return Math.floor(atMs / secondMs) * secondMs;
}

/** The first whole second at or after an instant. */
export function secondFrom(atMs: number): number {
  return Math.ceil(atMs / secondMs) * secondMs;
}

/** Start of the UTC hour that an instant lies in. */
export function hourSlotOf(startMs: number): number {
  return Math.floor(startMs / hourMs) * hourMs;
}

/** Start of the UTC month that an instant lies in. */
export function monthStart(atMs: number): number {
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
}

/** Start of the UTC month after the one that an instant lies in. */
export function nextMonthStart(atMs: number): number {
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
}

/** From this instant on AWS refuses usage of the UTC month that `startMs` lies in: 06:00:00 on the 1st of the next. */
export function monthClosesAt(startMs: number): number {
  return nextMonthStart(startMs) + monthGraceMs;
}

/** Start of the oldest UTC month that AWS has not closed at `nowMs`. */
export function openMonthStart(nowMs: number): number {
  const thisMonth = monthStart(nowMs);
  return nowMs < thisMonth + monthGraceMs ? monthStart(thisMonth - 1) : thisMonth;
}
