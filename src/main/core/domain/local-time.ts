/**
 * Between local time as a person writes it and instants. What a clock change makes ambiguous or impossible is told, never
 * guessed. Zones are IANA names; instants are epoch ms; everything is in whole seconds.
 */
import { Temporal } from 'temporal-polyfill';

export type LocalTimeReading =
  | { readonly kind: 'instant'; readonly startMs: number }
  /** The clocks went back: the local time occurs twice. */
  | { readonly kind: 'ambiguous'; readonly earlierMs: number; readonly laterMs: number }
  /** The clocks went forward over it: at `changeMs` they jumped from `skippedFrom` to `skippedUntil` (local, `HH:MM:SS`). */
  | {
      readonly kind: 'impossible';
      readonly changeMs: number;
      readonly skippedFrom: string;
      readonly skippedUntil: string;
    }
  | { readonly kind: 'missing'; readonly field: 'date' | 'time' }
  | { readonly kind: 'not-understood'; readonly field: 'date' | 'time' };

/**
 * Reads a local date (`YYYY-MM-DD` or `YYYY/MM/DD`) and time (`HH:MM` or `HH:MM:SS`, on 24 hours, or on
 * twelve with `am` or `pm` after it) in a zone.
 * Throws RangeError for a zone that the runtime doesn't know.
 */
export function readLocalTime(dateText: string, timeText: string, timeZone: string): LocalTimeReading {
  const date = readDate(dateText);
  const time = readTime(timeText);
  if (date === 'missing' || date === 'not-understood') return { kind: date, field: 'date' };
  if (time === 'missing' || time === 'not-understood') return { kind: time, field: 'time' };
  const local = date.toPlainDateTime(time);
  const earlier = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  const later = local.toZonedDateTime(timeZone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) {
    return { kind: 'instant', startMs: earlier.epochMilliseconds };
  }
  if (earlier.toPlainDateTime().equals(local)) {
    return { kind: 'ambiguous', earlierMs: earlier.epochMilliseconds, laterMs: later.epochMilliseconds };
  }
  return skipped(earlier);
}

/** `before` lies ahead of the jump by as much as the local time lies inside the gap, or less. */
function skipped(before: Temporal.ZonedDateTime): LocalTimeReading {
  const change = before.getTimeZoneTransition('next') ?? before;
  const jumpNs = change.offsetNanoseconds - change.subtract({ seconds: 1 }).offsetNanoseconds;
  const until = change.toPlainDateTime();
  return {
    kind: 'impossible',
    changeMs: change.epochMilliseconds,
    skippedFrom: until
      .subtract({ seconds: Math.round(jumpNs / 1e9) })
      .toPlainTime()
      .toString({ smallestUnit: 'second' }),
    skippedUntil: until.toPlainTime().toString({ smallestUnit: 'second' }),
  };
}

const dateForm = /^(?<year>\d{4})(?<mark>[-/])(?<month>\d{2})\k<mark>(?<day>\d{2})$/u;
const timeForm = /^(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2}))?(?:\s?(?<half>[ap])m)?$/iu;

function readDate(text: string): Temporal.PlainDate | 'missing' | 'not-understood' {
  if (text.trim() === '') return 'missing';
  const parts = dateForm.exec(text.trim())?.groups;
  // Years that UTC text of four digits can't hold on both sides of the date are slips of the hand.
  if (!parts || Number(parts.year) < 1 || Number(parts.year) > 9998) return 'not-understood';
  return orNotUnderstood(
    () => new Temporal.PlainDate(Number(parts.year), Number(parts.month), Number(parts.day)),
  );
}

function readTime(text: string): Temporal.PlainTime | 'missing' | 'not-understood' {
  if (text.trim() === '') return 'missing';
  const parts = timeForm.exec(text.trim())?.groups;
  if (!parts) return 'not-understood';
  return orNotUnderstood(
    () => new Temporal.PlainTime(hourOf(parts), Number(parts.minute), Number(parts.second ?? 0)),
  );
}

/** On 24 hours; past them, and so no hour at all, for a twelve-hour clock's hour 0 or 13. */
function hourOf({ hour, half }: Partial<Record<string, string>>): number {
  if (half === undefined) return Number(hour);
  const onClock = Number(hour);
  if (onClock < 1 || onClock > 12) return Number.MAX_SAFE_INTEGER;
  return (onClock % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** Temporal throws RangeError for a 30 February or a minute 60. */
function orNotUnderstood<T>(make: () => T): T | 'not-understood' {
  try {
    return make();
  } catch (cause) {
    if (cause instanceof RangeError) return 'not-understood';
    throw cause;
  }
}

/** An instant as local time with its offset, to the second: `2026-11-20 20:05:00+01:00`. */
export function localText(atMs: number, timeZone: string): string {
  const local = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  return `${local.toPlainDateTime().toString({ smallestUnit: 'second' }).replace('T', ' ')}${local.offset}`;
}
