/** What a person reads at a field of the form: what is wrong with it, with its own facts, and what to do. */

import type { EntryIssue, StripHour } from '../../../contract/entry.ts';
import { reasonCatalogue } from '../../../contract/reason-catalogue.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import {
  formatCountdown,
  formatDecimal,
  formatInstant,
  formatQuantity,
  formatTime,
  formatUtc,
} from './formats.ts';

/** The sentence for an issue; times in the IANA zone given. */
export function issueText({ code, facts }: Pick<EntryIssue, 'code' | 'facts'>, zone: string): string {
  const at = (name: string): string | null => {
    const value = facts[name];
    return typeof value === 'string' ? `${formatInstant(value, zone)} (${formatTime(value, 'UTC')})` : null;
  };
  const limit = at('limitUtc');
  const minutesLeft = typeof facts.minutesLeft === 'number' ? facts.minutesLeft : null;
  switch (code) {
    case 'too-old':
      return tooOld(facts, limit);
    case 'in-the-future':
      return 'This time lies in the future. Enter a time that has passed, or choose Now.';
    case 'month-closed':
      return `AWS has closed that month for billing. Times from ${limit ?? 'the 1st of this month'} on can be entered.`;
    case 'before-contract-start':
      return `The contract started at ${limit ?? 'a later time'}. Enter a time from then on.`;
    case 'after-contract-end':
      return `The contract ended ${facts.endIsAbout === 1 ? 'about' : 'at'} ${limit ?? 'an earlier time'}. Enter a time before that.`;
    case 'contract-ended':
      return `AWS took usage of this contract until ${facts.endIsAbout === 1 ? 'about ' : ''}${limit ?? 'one hour after its end'}. That time is over.`;
    case 'contract-ending':
      return `The contract has ended. AWS takes its usage until ${limit ?? 'one hour after its end'}${left(minutesLeft)}. Submit right away.`;
    case 'closes-soon':
      return `This start time can be submitted until ${limit ?? 'soon'}${left(minutesLeft)}.`;
    case 'hour-taken':
      return `This hour already has ${takerOf(facts)}. AWS takes one record for each dimension and hour. ${freeHours(facts, zone)}`;
    case 'hour-twice-in-this-form':
      return `Line ${facts.lineNumber ?? ''} has this dimension in the same hour. Merge them into one line, or choose another hour. ${freeHours(facts, zone)}`;
    case 'mixed-scheme':
      return `This hour already has ${takerOf(facts)}, metered by ${facts.scheme === 'licence' ? 'licence' : 'product code'}. Reporting it again another way would bill the buyer twice. ${freeHours(facts, zone)}`;
    case 'other-region':
      return `This hour already has ${takerOf(facts)}, metered in ${facts.meteringRegion ?? 'another Region'}. Reporting it again in another Region would bill the buyer twice. ${freeHours(facts, zone)}`;
    case 'dimension-unknown':
      return typeof facts.nearestKey === 'string'
        ? `The product has no such dimension. Did you mean ${facts.nearestKey}? Capitals count.`
        : plain(code);
    case 'quantity-too-large':
      return `One record holds at most ${formatQuantity(typeof facts.limit === 'number' ? facts.limit : 2_147_483_647)} units.`;
    case 'quantity-ambiguous':
      return ambiguous(facts);
    case 'impossible-local-time':
      return `The clocks went forward: the time from ${facts.skippedFrom ?? 'then'} to ${facts.skippedUntil ?? 'an hour later'} doesn’t exist on this day. Enter a time before or after.`;
    default:
      return plain(code);
  }
}

const short: Partial<Record<ReasonCode, string>> = {
  'dimension-missing': 'Choose a dimension.',
  'dimension-not-metered': 'This dimension is prepaid and can’t be metered. Choose another one.',
  'dimension-not-in-this-contract': 'This contract has no price for this dimension. Choose another one.',
  'start-missing': 'Enter a date and a time, or choose an hour below.',
  'date-not-understood':
    'Enter the date as year, month and day, such as 2026-11-20, or choose it in the calendar.',
  'time-not-understood': 'Enter the time as 14:05:00 or 14:05, or as 2:05 pm.',
  'ambiguous-local-time': 'The clocks went back, so this time occurs twice. Say below which one is meant.',
  'quantity-missing': 'Enter how many units were used.',
  'quantity-not-whole': 'AWS meters whole units. Enter a number without a fraction.',
  'quantity-negative': 'Usage can’t be taken back. Enter 0 or more.',
  'quantity-not-a-number': 'Enter digits only, such as 1250.',
  'zero-without-statement': 'Tick “Nothing to report in this hour” if 0 is what you mean.',
};

function plain(code: ReasonCode): string {
  const entry = reasonCatalogue[code];
  return short[code] ?? `${entry.whatHappened} ${entry.steps[0] ?? ''}`.trim();
}

function ambiguous({ readings, fraction }: EntryIssue['facts']): string {
  const known = typeof readings === 'string' ? readings.split(' ').filter(Boolean).map(Number) : [];
  const [first, second] = known.map((reading) => formatQuantity(reading));
  const go = 'or enter the quantity without a separator.';
  if (first === undefined) return `This could be read in two ways. Say which number is meant, ${go}`;
  if (second !== undefined) return `This could be read as ${first} or as ${second}. Choose below, ${go}`;
  return typeof fraction === 'string'
    ? `This could be read as ${first}, or as the fraction ${formatDecimal(fraction)}, which can’t be reported. Choose ${first} below if it is meant, ${go}`
    : `This looks like ${first}, but isn’t written as usual here. Choose it below if it is meant, ${go}`;
}

function tooOld(facts: EntryIssue['facts'], limit: string | null): string {
  if (facts.lastMinute === 1)
    return `AWS’s own limit for this time ends within a minute. Enter a later time.`;
  const window = facts.policy === 'six-hours' ? 'more than six hours' : '24 hours or more';
  return `This is ${window} ago. ${limit === null ? 'Enter a later time' : `The oldest time is ${limit}`}.`;
}

function left(minutesLeft: number | null): string {
  if (minutesLeft === null) return '';
  return minutesLeft < 1 ? ', in less than a minute' : `, ${formatCountdown(minutesLeft * 60_000)} from now`;
}

function takerOf(facts: EntryIssue['facts']): string {
  if (typeof facts.recordQuantity !== 'number') return 'a record';
  return `a record of ${formatQuantity(facts.recordQuantity)}${takerStatus(facts.status)}`;
}

function takerStatus(status: unknown): string {
  if (status === 'rejected') return ' (refused by AWS as a duplicate: someone else’s record is there)';
  return status === 'pending' || status === 'accepted' ? ` (${status})` : '';
}

function freeHours(facts: EntryIssue['facts'], zone: string): string {
  const hours = typeof facts.freeHoursUtc === 'string' ? facts.freeHoursUtc.split(' ').filter(Boolean) : null;
  if (hours === null) return '';
  if (hours.length === 0) return 'No other hour is free.';
  const nearest = nearestHours(hours, facts.hourSlotUtc);
  const more = hours.length - nearest.length;
  const named = nearest.map((hour) => hourSpan(hour, zone));
  return `${more > 0 ? 'Free near it' : 'Free'}: ${named.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`;
}

const mostNamedHours = 4;

/** At most four of these hours, those nearest to the hour in question, in the order of time. */
function nearestHours(hoursUtc: readonly string[], slotUtc: unknown): readonly string[] {
  const slot = Date.parse(typeof slotUtc === 'string' ? slotUtc : (hoursUtc.at(-1) ?? ''));
  const distance = (hour: string) => Math.abs(Date.parse(hour) - slot);
  return hoursUtc
    .toSorted((a, b) => distance(a) - distance(b))
    .slice(0, mostNamedHours)
    .toSorted();
}

const hourMs = 3_600_000;

/** `14:00–15:00`: the hour that begins at this instant, in a zone. */
export function hourSpan(hourStartUtc: string, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const start = Date.parse(hourStartUtc);
  return `${format.format(start)}–${format.format(start + hourMs)}`;
}

/** What an hour of the strip is, in one sentence: its local and UTC span and its state. */
export function hourText(
  hour: StripHour,
  zone: string,
  lineNumberOf: (lineId: string) => number,
  nowUtc: string | null = null,
): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' });
  const span = `${day.format(Date.parse(hour.hourStartUtc))}, ${hourSpan(hour.hourStartUtc, zone)}`;
  return `${span} (${hourSpan(hour.hourStartUtc, 'UTC')} UTC): ${stateText(hour, zone, lineNumberOf, nowUtc)}`;
}

function stateText(
  hour: StripHour,
  zone: string,
  lineNumberOf: (lineId: string) => number,
  nowUtc: string | null,
): string {
  switch (hour.state) {
    case 'free':
      return `free${openPart(hour, zone, nowUtc)}.`;
    case 'taken':
      return `taken ${takenText(hour, lineNumberOf)}.`;
    case 'closed':
      return `closed. ${hour.closedReason === null ? '' : `${reasonCatalogue[hour.closedReason].title}.`}`.trim();
  }
}

function openPart(
  { hourStartUtc, openFromUtc, openUntilUtc }: StripHour,
  zone: string,
  nowUtc: string | null,
): string {
  if (openFromUtc === null || openUntilUtc === null) return '';
  const start = Date.parse(hourStartUtc);
  const from = Date.parse(openFromUtc);
  const until = Date.parse(openUntilUtc);
  // The current hour is open until this very second, which goes on while it is read.
  const endsNow = nowUtc !== null && Math.abs(Date.parse(nowUtc) - until) < 2000;
  const end = endsNow ? 'now' : clock(openUntilUtc, zone);
  const startsLate = from > start;
  const endsEarly = until < start + hourMs - 1000;
  if (startsLate && endsEarly) return `, from ${clock(openFromUtc, zone)} to ${end}`;
  if (startsLate) return ` from ${clock(openFromUtc, zone)} on`;
  return endsEarly ? ` until ${end}` : '';
}

function clock(utc: string, zone: string): string {
  return formatTime(utc, zone).split(' ')[0] ?? formatUtc(utc);
}

function takenText({ takenBy }: StripHour, lineNumberOf: (lineId: string) => number): string {
  if (takenBy === null) return 'by another record';
  const amount = takenBy.quantity === null ? '' : ` of ${formatQuantity(takenBy.quantity)}`;
  if (takenBy.status === 'this-form') {
    return `by line ${takenBy.lineId === null ? '' : lineNumberOf(takenBy.lineId)} of this form`;
  }
  if (takenBy.status === 'rejected') return 'by someone else’s record: AWS refused yours as a duplicate';
  return `by ${takenBy.status === 'pending' ? 'a pending' : 'an accepted'} record${amount}`;
}
