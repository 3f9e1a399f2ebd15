/** Times of many instants as text. They lie close together, so that each hour's date and each quarter's offset is found once. */
import { Temporal } from 'temporal-polyfill';
import { hourMs, secondMs } from '../../../../core/domain/utc-hours.ts';

export interface TimeTexts {
  /** Local wall-clock time as if it were UTC, epoch ms. */
  readonly wallMs: (atMs: number) => number;
  /** As `utc` of the domain gives it: `2026-11-20T14:05:00Z`. */
  readonly utc: (atMs: number) => string;
  /** To the second: `2026-11-20 15:05:00+01:00`. */
  readonly local: (atMs: number) => string;
}

/** Offsets change on quarters of an hour, everywhere since 1972. */
const quarterMs = 900_000;
const most = 200_000;

const twoDigits = (value: number) => String(value).padStart(2, '0');

/** `05:00` for each second of an hour. */
const ofHour = Array.from(
  { length: 3600 },
  (_, second) => `${twoDigits(Math.floor(second / 60))}:${twoDigits(second % 60)}`,
);

/** Asks for the value of a whole number once, and forgets all when it knows too many. */
function remembered<T>(find: (key: number) => T): (key: number) => T {
  const found = new Map<number, T>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined) return known;
    if (found.size >= most) found.clear();
    const value = find(key);
    found.set(key, value);
    return value;
  };
}

/** `timeZone` is an IANA name. */
export function createTimeTexts(timeZone: string): TimeTexts {
  const offsetOf = remembered((quarter) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs).toZonedDateTimeISO(timeZone);
    return { ms: zoned.offsetNanoseconds / 1e6, text: zoned.offset };
  });
  const hourOf = remembered((hour) => {
    const text = new Date(hour * hourMs).toISOString();
    return { utc: text.slice(0, 14), local: `${text.slice(0, 10)} ${text.slice(11, 14)}` };
  });
  const offsetAt = (atMs: number) => offsetOf(Math.floor(atMs / quarterMs));

  return {
    wallMs: (atMs) => atMs + offsetAt(atMs).ms,
    utc: (atMs) => {
      const hour = Math.floor(atMs / hourMs);
      const inHour = atMs - hour * hourMs;
      const second = Math.floor(inHour / secondMs);
      const fraction = inHour - second * secondMs;
      const end = fraction === 0 ? 'Z' : `.${String(fraction).padStart(3, '0')}Z`;
      return `${hourOf(hour).utc}${ofHour[second]}${end}`;
    },
    local: (atMs) => {
      const offset = offsetAt(atMs);
      const wallMs = atMs + offset.ms;
      const hour = Math.floor(wallMs / hourMs);
      return `${hourOf(hour).local}${ofHour[Math.floor((wallMs - hour * hourMs) / secondMs)]}${offset.text}`;
    },
  };
}
