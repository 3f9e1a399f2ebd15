/** Local times of many instants: the zone's offset changes at most a few times a year, and asking for it is slow. */
import { Temporal } from 'temporal-polyfill';

export interface LocalTimes {
  /** Local wall-clock time as if it were UTC, epoch ms. */
  readonly wallMs: (atMs: number) => number;
  /** `2026-11-20 15:05:00+01:00`. */
  readonly text: (atMs: number) => string;
}

/** Offsets change on quarters of an hour, everywhere since 1972. */
const quarterMs = 900_000;
const most = 200_000;

export function createLocalTimes(timeZone: string): LocalTimes {
  const offsets = new Map<number, { readonly ms: number; readonly text: string }>();

  function offsetAt(atMs: number) {
    const quarter = Math.floor(atMs / quarterMs);
    const known = offsets.get(quarter);
    if (known !== undefined) return known;
    if (offsets.size >= most) offsets.clear();
    const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * quarterMs).toZonedDateTimeISO(timeZone);
    const offset = { ms: zoned.offsetNanoseconds / 1e6, text: zoned.offset };
    offsets.set(quarter, offset);
    return offset;
  }

  const wallMs = (atMs: number) => atMs + offsetAt(atMs).ms;
  return {
    wallMs,
    text: (atMs) => {
      const wall = new Date(wallMs(atMs)).toISOString();
      return `${wall.slice(0, 10)} ${wall.slice(11, 19)}${offsetAt(atMs).text}`;
    },
  };
}
