/** Where things stand on the hour strip, and which instant an hour means when it is chosen. Pure. */
import type { StripHour } from '../../../../contract/entry.ts';

const hourMs = 3_600_000;
const fiveMinutesMs = 300_000;

/** In percent of the hour. */
export interface Part {
  readonly fromPercent: number;
  readonly untilPercent: number;
}

export interface StripCell {
  readonly hour: StripHour;
  /** `14`, `14:30` where the zone is not whole hours off UTC, `02 +1` where the clocks went back and it occurs twice. */
  readonly label: string;
  /** Set on the first hour and on the first of each local day, such as `20 Nov`. */
  readonly dayLabel: string | null;
  /** The open part; null when none is open. */
  readonly open: Part | null;
  /** Where the start time stands, in percent of the hour; null when it lies in another hour. */
  readonly startPercent: number | null;
}

/** One cell an hour, labelled in the IANA zone given. `startUtc` is the line's start time, if it is known. */
export function stripCells(hours: readonly StripHour[], startUtc: string | null, zone: string): StripCell[] {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, day: 'numeric', month: 'short' });
  const labelAt = (at: number) => clock.format(at).replace(/:00$/, '');
  const times = hours.map(({ hourStartUtc }) => Date.parse(hourStartUtc));
  const isTwice = (at: number) =>
    times.some(
      (other) => other !== at && labelAt(other) === labelAt(at) && day.format(other) === day.format(at),
    );
  let dayBefore: string | null = null;
  return hours.map((hour) => {
    const at = Date.parse(hour.hourStartUtc);
    const dayLabel = day.format(at);
    const isNewDay = dayLabel !== dayBefore;
    dayBefore = dayLabel;
    return {
      hour,
      label: isTwice(at) ? `${labelAt(at)} ${offsetOf(at, zone)}` : labelAt(at),
      dayLabel: isNewDay ? dayLabel : null,
      open: openPart(hour),
      startPercent: startUtc === null ? null : percentIn(at, Date.parse(startUtc)),
    };
  });
}

/** `+1`, `-4`, `+10:30`: hours ahead of UTC. */
function offsetOf(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' });
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? '';
  return name.replace('GMT', '') || '+0';
}

const wholeHour: Part = { fromPercent: 0, untilPercent: 100 };
/** Less has no room for a sign. */
const narrowestPercent = 20;

/** Where the sign of a cell stands: in what it is about, on the side of the start time that has more room, so that the line never runs through it. */
export function signPart({ hour, open, startPercent }: StripCell): Part {
  const about = hour.state === 'taken' || open === null ? wholeHour : open;
  if (startPercent === null) return about;
  const beside = widerSide(about, startPercent);
  return beside.untilPercent - beside.fromPercent < narrowestPercent
    ? widerSide(wholeHour, startPercent)
    : beside;
}

function widerSide({ fromPercent, untilPercent }: Part, atPercent: number): Part {
  return atPercent - fromPercent > untilPercent - atPercent
    ? { fromPercent, untilPercent: atPercent }
    : { fromPercent: atPercent, untilPercent };
}

function openPart({ hourStartUtc, openFromUtc, openUntilUtc }: StripHour): StripCell['open'] {
  if (openFromUtc === null || openUntilUtc === null) return null;
  const at = Date.parse(hourStartUtc);
  // Both ends are included, so the last second of the hour fills it.
  const untilMs = Math.min(hourMs, Date.parse(openUntilUtc) - at + 1000);
  return {
    fromPercent: (Math.max(0, Date.parse(openFromUtc) - at) / hourMs) * 100,
    untilPercent: (untilMs / hourMs) * 100,
  };
}

function percentIn(hourStartMs: number, atMs: number): number | null {
  const into = atMs - hourStartMs;
  return into >= 0 && into < hourMs ? (into / hourMs) * 100 : null;
}

/**
 * The start time that choosing an hour means: now in the current hour, else the hour's start. Where the hour opens later
 * than it starts, the next five-minute mark after that, so that it isn't too old a second later. Null when it isn't open.
 */
export function startIn(hour: StripHour, nowUtc: string): string | null {
  if (hour.openFromUtc === null || hour.openUntilUtc === null) return null;
  const start = Date.parse(hour.hourStartUtc);
  const from = Date.parse(hour.openFromUtc);
  const until = Date.parse(hour.openUntilUtc);
  if (percentIn(start, Date.parse(nowUtc)) !== null) return instant(until);
  if (from <= start) return instant(start);
  return instant(Math.min(until, Math.ceil((from + 1000) / fiveMinutesMs) * fiveMinutesMs));
}

function instant(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The next place of the focus for a key, or null for a key that moves nothing. */
export function movedTo(key: string, at: number, count: number): number | null {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min(count - 1, at + 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max(0, at - 1);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
