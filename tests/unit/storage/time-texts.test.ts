import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTimeTexts } from '../../../src/main/adapters/storage/ledger/export/time-texts.ts';
import { localText } from '../../../src/main/core/domain/local-time.ts';
import { utc } from '../../../src/main/core/domain/utc-hours.ts';

/** `toTheSecond`, as start times are; a moment of confirming has milliseconds. */
const instant = (toTheSecond: boolean) =>
  fc
    .integer({ min: Date.UTC(1972, 0, 1), max: Date.UTC(2100, 0, 1) })
    .map((atMs) => (toTheSecond ? atMs - (atMs % 1000) : atMs));

const forEachInstant = (toTheSecond: boolean, check: (atMs: number) => void) =>
  fc.assert(
    fc.property(instant(toTheSecond), (atMs) => {
      check(atMs);
    }),
  );

describe('the times of an export', () => {
  it.each([true, false])('are in UTC what the app writes everywhere (to the second: %s)', (toTheSecond) => {
    const times = createTimeTexts('UTC');
    forEachInstant(toTheSecond, (atMs) => {
      expect(times.utc(atMs)).toBe(utc(atMs));
    });
  });

  it('keep every digit of a fraction', () => {
    expect(createTimeTexts('UTC').utc(Date.parse('2026-11-20T14:05:09.007Z'))).toBe(
      '2026-11-20T14:05:09.007Z',
    );
  });

  // An offset of a quarter, summer time of half an hour, the date line.
  it.each([
    ...['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia', 'Pacific/Chatham'],
  ])('are, in %s, its local times with their offset', (zone) => {
    const times = createTimeTexts(zone);
    forEachInstant(false, (atMs) => {
      expect(times.local(atMs)).toBe(localText(atMs, zone));
      const wall = new Date(times.wallMs(atMs)).toISOString();
      expect(wall.slice(0, 19).replace('T', ' ')).toBe(times.local(atMs).slice(0, 19));
    });
  });

  it('change their offset with the clocks', () => {
    const times = createTimeTexts('Europe/Berlin');
    expect(times.local(Date.parse('2026-10-25T00:59:59Z'))).toBe('2026-10-25 02:59:59+02:00');
    expect(times.local(Date.parse('2026-10-25T01:00:00Z'))).toBe('2026-10-25 02:00:00+01:00');
  });
});
