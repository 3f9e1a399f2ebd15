/**
 * How instants, amounts and identifiers read. Words and dates are English with a 24-hour clock, as the time fields
 * take it; digits are grouped as the reader's locale groups them. A time never stands without its zone.
 */
import type { Money } from '../../../contract/primitives.ts';

/** The reader's BCP 47 locale. */
export function userLocale(): string {
  ownLocale ??= Intl.NumberFormat().resolvedOptions().locale;
  return ownLocale;
}

/** `British English: 1,250.5`: the reader's locale and how it writes a number. */
export function localeInWords(locale: string = userLocale()): string {
  const name = new Intl.DisplayNames('en', { type: 'language' }).of(locale) ?? locale;
  return `${name}: ${formatDecimal('1250.5', locale)}`;
}

/** Of the page for good: a browser takes another language with its next start. */
let ownLocale: string | null = null;

/** The reader's IANA time zone. */
export function userTimeZone(): string {
  if (zoneNow !== null) return zoneNow;
  zoneNow = Intl.DateTimeFormat().resolvedOptions().timeZone;
  queueMicrotask(() => {
    zoneNow = null;
  });
  return zoneNow;
}

/** Asking takes a tenth of a millisecond, and a table asks a hundred times over; a computer may travel, so it is kept for the moment only. */
let zoneNow: string | null = null;

/** `20 Nov 2026, 14:05:00 GMT-5`: an instant (ISO 8601, UTC) in an IANA zone, with that zone. */
export function formatInstant(utc: string, zone: string): string {
  return `${formatDate(utc, zone)}, ${formatTime(utc, zone)}`;
}

/** `20 Nov 2026, 19:05:00 UTC`. */
export function formatUtc(utc: string): string {
  return formatInstant(utc, 'UTC');
}

/** `20 Nov 2026`: the date of an instant in an IANA zone. */
export function formatDate(utc: string, zone: string): string {
  return dateFormat(zone).format(new Date(utc));
}

/** `2026-11-20`: the same as the date fields take it. */
export function formatIsoDate(utc: string, zone: string): string {
  return isoDateFormat(zone).format(new Date(utc));
}

/** `14:05:00 GMT-5`: the time of day of an instant in an IANA zone, with that zone. */
export function formatTime(utc: string, zone: string): string {
  return timeFormat(zone).format(new Date(utc));
}

/** `14:05 GMT-5`: the same without seconds, for what happened and is not reported. */
export function formatMinute(utc: string, zone: string): string {
  return minuteFormat(zone).format(new Date(utc));
}

/** Grouped whole number, such as `1,250`. */
export function formatQuantity(quantity: number, locale: string = userLocale()): string {
  return groupDecimal(String(quantity), locale);
}

/** An exact decimal number (with a point, without grouping) as the locale writes it. */
export function formatDecimal(decimal: string, locale: string = userLocale()): string {
  return groupDecimal(decimal, locale);
}

/**
 * An exact amount with its currency, such as `1,250.50 USD`. The digits are grouped as text, never through a binary
 * float; zeros beyond the currency's minor digits are left out, every other digit stays.
 */
export function formatMoney(money: Money, locale: string = userLocale()): string {
  return `${groupDecimal(withMinorDigits(money.amount, money.currencyCode), locale)} ${money.currencyCode}`;
}

/** Several amounts, one a currency: `50.50 USD + 12.00 EUR`; a dash when there is none. */
export function formatMoneys(moneys: readonly Money[], locale: string = userLocale()): string {
  return moneys.length === 0 ? '–' : moneys.map((money) => formatMoney(money, locale)).join(' + ');
}

/** `1234-5678-9012`; an id that has not twelve digits stays as it is. */
export function formatAccountId(accountId: string): string {
  return /^\d{12}$/.test(accountId) ? accountId.replace(/^(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3') : accountId;
}

/**
 * A time span (ms) as a person counts it, rounded down: `3 days`, `1 h 12 min`, `38 min`, `45 s`. Nothing is left
 * reads `0 s`.
 */
export function formatCountdown(leftMs: number): string {
  const seconds = Math.max(0, Math.floor(leftMs / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days >= 2) return `${days} days`;
  if (hours >= 24) return hours === 24 ? '1 day' : `1 day ${hours - 24} h`;
  if (hours >= 1) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return minutes >= 1 ? `${minutes} min` : `${seconds} s`;
}

/** How long ago something was, such as `just now` or `12 min ago`. */
export function formatAge(ageMs: number): string {
  return ageMs < 60_000 ? 'just now' : `${formatCountdown(ageMs)} ago`;
}

/** `1 line`, `2 lines`: a count with its noun. */
export function formatCount(count: number, one: string, many: string = `${one}s`): string {
  return `${formatQuantity(count)} ${count === 1 ? one : many}`;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const isoDateFormats = new Map<string, Intl.DateTimeFormat>();
const timeFormats = new Map<string, Intl.DateTimeFormat>();
const minuteFormats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(zone: string): Intl.DateTimeFormat {
  return cached(
    dateFormats,
    zone,
    () =>
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short', year: 'numeric' }),
  );
}

/** Swedish writes its dates in the order of ISO 8601. */
function isoDateFormat(zone: string): Intl.DateTimeFormat {
  return cached(
    isoDateFormats,
    zone,
    () =>
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone, day: '2-digit', month: '2-digit', year: 'numeric' }),
  );
}

const hoursAndMinutes = {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZoneName: 'short',
} as const satisfies Intl.DateTimeFormatOptions;

function timeFormat(zone: string): Intl.DateTimeFormat {
  const options = { ...hoursAndMinutes, second: '2-digit', timeZone: zone } as const;
  return cached(timeFormats, zone, () => new Intl.DateTimeFormat('en-GB', options));
}

function minuteFormat(zone: string): Intl.DateTimeFormat {
  const options = { ...hoursAndMinutes, timeZone: zone };
  return cached(minuteFormats, zone, () => new Intl.DateTimeFormat('en-GB', options));
}

function cached<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
}

function withMinorDigits(amount: string, currencyCode: string): string {
  const [whole = '0', fraction = ''] = amount.split('.');
  const significant = fraction.replace(/0+$/, '').padEnd(minorDigits(currencyCode), '0');
  return significant === '' ? whole : `${whole}.${significant}`;
}

const minorDigitsOf = new Map<string, number>();

function minorDigits(currencyCode: string): number {
  return cached(minorDigitsOf, currencyCode, () => {
    try {
      const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode });
      return format.resolvedOptions().minimumFractionDigits ?? 2;
    } catch {
      // An unknown kind of currency code: two digits are the least surprising.
      return 2;
    }
  });
}

interface NumberFormats {
  readonly grouped: Intl.NumberFormat;
  readonly digits: Intl.NumberFormat;
  readonly point: string;
}

const numberFormats = new Map<string, NumberFormats>();

function numberFormat(locale: string): NumberFormats {
  return cached(numberFormats, locale, () => {
    const grouped = new Intl.NumberFormat(locale, { useGrouping: true });
    const digits = new Intl.NumberFormat(locale, { useGrouping: false });
    const point = grouped.formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.';
    return { grouped, digits, point };
  });
}

function groupDecimal(decimal: string, locale: string): string {
  const negative = decimal.startsWith('-');
  const [whole = '0', fraction = ''] = decimal.replace('-', '').split('.');
  const { grouped, digits, point } = numberFormat(locale);
  const shown = fraction.replace(/\d/g, (digit) => digits.format(Number(digit)));
  // A BigInt is formatted exactly, whatever its length.
  return `${negative ? '-' : ''}${grouped.format(BigInt(whole))}${shown === '' ? '' : `${point}${shown}`}`;
}

/** `4 min behind` or `40 s ahead`, from AWS minus computer in ms. */
export function clockOffset(offsetMs: number): string {
  // Rounded: an answer's Date has whole seconds, and a clock that is 4 min 59 s off is five minutes off.
  const unitMs = Math.abs(offsetMs) < 60_000 ? 1_000 : 60_000;
  const roundedMs = Math.round(Math.abs(offsetMs) / unitMs) * unitMs;
  return `${formatCountdown(roundedMs)} ${offsetMs > 0 ? 'behind' : 'ahead'}`;
}

/** `Kestrel (4829-1360-7251)`, or the id alone where the account has no name here. */
export function accountInWords(account: {
  readonly accountId: string;
  readonly accountName: string | null;
}): string {
  const id = formatAccountId(account.accountId);
  return account.accountName === null ? id : `${account.accountName} (${id})`;
}

/** Who acts, as short as a bar needs it: the session of a role, `user NAME`, or `root`. */
export function principalInWords(principalArn: string): string {
  const resource = principalArn.split(':').slice(5).join(':');
  const [kind = '', ...rest] = resource.split('/');
  const name = rest.at(-1) ?? '';
  return kind === 'user' ? `user ${name}` : name || kind;
}
