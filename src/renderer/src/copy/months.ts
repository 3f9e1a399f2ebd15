/** `November 2026` of `2026-11`. */
export function monthName(month: string): string {
  return longMonth.format(new Date(`${month}-01T00:00:00Z`));
}

/** `Nov 2026` of `2026-11`. */
export function shortMonthName(month: string): string {
  return shortMonth.format(new Date(`${month}-01T00:00:00Z`));
}

const longMonth = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const shortMonth = new Intl.DateTimeFormat('en-GB', { month: 'short', year: 'numeric', timeZone: 'UTC' });
