import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { localText, readLocalTime } from '../../../src/main/core/domain/local-time.ts';
import { utc } from '../../../src/main/core/domain/utc-hours.ts';

function read(date: string, time: string, zone: string): unknown {
  const reading = readLocalTime(date, time, zone);
  switch (reading.kind) {
    case 'instant':
      return utc(reading.startMs);
    case 'ambiguous':
      return [utc(reading.earlierMs), utc(reading.laterMs)];
    case 'impossible':
      return { at: utc(reading.changeMs), from: reading.skippedFrom, until: reading.skippedUntil };
    default:
      return `${reading.kind} ${reading.field}`;
  }
}

describe('reading local time', () => {
  it.each([
    ['2026-11-20', '14:05:00', 'America/New_York', '2026-11-20T19:05:00Z'],
    ['2026/11/20', '14:05', 'Europe/Berlin', '2026-11-20T13:05:00Z'],
    ['2026-11-20', '00:00:00', 'Asia/Kolkata', '2026-11-19T18:30:00Z'],
    ['2026-11-20', '14:00:00', 'Asia/Kathmandu', '2026-11-20T08:15:00Z'],
    ['2026-11-20', '14:00:00', 'Pacific/Chatham', '2026-11-20T00:15:00Z'],
    ['2026-11-20', '9:05', 'UTC', '2026-11-20T09:05:00Z'],
    [' 2026-11-20 ', ' 09:05:59 ', 'UTC', '2026-11-20T09:05:59Z'],
    ['2026-11-20', '4:00 pm', 'UTC', '2026-11-20T16:00:00Z'],
    ['2026-11-20', '4:00:05 PM', 'UTC', '2026-11-20T16:00:05Z'],
    ['2026-11-20', '04:00am', 'UTC', '2026-11-20T04:00:00Z'],
    ['2026-11-20', '4:00\u202fPM', 'UTC', '2026-11-20T16:00:00Z'],
    ['2026-11-20', '12:00 am', 'UTC', '2026-11-20T00:00:00Z'],
    ['2026-11-20', '12:30 pm', 'UTC', '2026-11-20T12:30:00Z'],
  ])('%s %s in %s', (date, time, zone, expected) => {
    expect(read(date, time, zone)).toBe(expected);
  });

  it.each([
    ['2026-10-25', '02:30:00', 'Europe/Berlin', ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']],
    ['2026-10-25', '02:00:00', 'Europe/Berlin', ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z']],
    ['2026-10-25', '03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00Z'],
    ['2026-11-01', '01:59:59', 'America/New_York', ['2026-11-01T05:59:59Z', '2026-11-01T06:59:59Z']],
    ['2026-11-01', '00:59:59', 'America/New_York', '2026-11-01T04:59:59Z'],
    ['2026-04-05', '01:45:00', 'Australia/Lord_Howe', ['2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z']],
    ['2026-04-05', '01:15:00', 'Australia/Lord_Howe', '2026-04-04T14:15:00Z'],
  ])('asks when the clocks went back: %s %s in %s', (date, time, zone, expected) => {
    expect(read(date, time, zone)).toEqual(expected);
  });

  it.each([
    ['2026-03-29', '02:30:00', 'Europe/Berlin', '2026-03-29T01:00:00Z', '02:00:00', '03:00:00'],
    ['2026-03-29', '02:00:00', 'Europe/Berlin', '2026-03-29T01:00:00Z', '02:00:00', '03:00:00'],
    ['2026-03-29', '02:59:59', 'Europe/Berlin', '2026-03-29T01:00:00Z', '02:00:00', '03:00:00'],
    ['2026-03-08', '02:15:00', 'America/New_York', '2026-03-08T07:00:00Z', '02:00:00', '03:00:00'],
    ['2026-10-04', '02:10:00', 'Australia/Lord_Howe', '2026-10-03T15:30:00Z', '02:00:00', '02:30:00'],
  ])('tells what the clocks skipped: %s %s in %s', (date, time, zone, at, from, until) => {
    expect(read(date, time, zone)).toEqual({ at, from, until });
  });

  it.each([
    ['', '14:05', 'missing date'],
    ['2026-11-20', ' ', 'missing time'],
    ['20.11.2026', '14:05', 'not-understood date'],
    ['2026-11/20', '14:05', 'not-understood date'],
    ['2026-02-30', '14:05', 'not-understood date'],
    ['9999-12-31', '23:59', 'not-understood date'],
    ['2026-11-20', '14', 'not-understood time'],
    ['2026-11-20', '24:00', 'not-understood time'],
    ['2026-11-20', '14:60', 'not-understood time'],
    ['2026-11-20', '14:05:60', 'not-understood time'],
    ['28.03.2027', '14:05', 'not-understood date'],
    ['2026-11-20', '12:61:00', 'not-understood time'],
    ['2026-11-20', '25:30:00', 'not-understood time'],
    ['2026-11-20', '16:00 pm', 'not-understood time'],
    ['2026-11-20', '0:30 am', 'not-understood time'],
    ['2026-11-20', '13:00 am', 'not-understood time'],
    ['2026-11-20', '4 pm', 'not-understood time'],
    ['2026-11-20', '4:00 p', 'not-understood time'],
    ['2026-11-20', '4:00 xm', 'not-understood time'],
  ])('says which part it did not get: "%s" "%s"', (date, time, expected) => {
    expect(read(date, time, 'Europe/Berlin')).toBe(expected);
  });

  it('finds every instant again from its own local text, around all clock changes', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'Asia/Kathmandu',
    ];
    const changes = [
      '2026-03-29T01:00Z',
      '2026-10-25T01:00Z',
      '2026-03-08T07:00Z',
      '2026-11-01T06:00Z',
      '2026-04-04T15:00Z',
      '2026-10-03T15:30Z',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom(...changes),
        fc.integer({ min: -10_800, max: 10_800 }),
        (zone, change, shift) => {
          const atMs = Date.parse(change) + shift * 1_000;
          const [date = '', time = ''] = localText(atMs, zone).split(' ');
          const reading = readLocalTime(date, time.slice(0, 8), zone);
          if (reading.kind === 'instant') expect(reading.startMs).toBe(atMs);
          else if (reading.kind === 'ambiguous') expect([reading.earlierMs, reading.laterMs]).toContain(atMs);
          else throw new Error(`An instant that is ${reading.kind} in ${zone}`);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('writes an instant as local time with its offset', () => {
    expect(localText(Date.parse('2026-11-20T19:05:00Z'), 'Asia/Kathmandu')).toBe('2026-11-21 00:50:00+05:45');
    expect(localText(Date.parse('2026-10-25T01:30:00Z'), 'Europe/Berlin')).toBe('2026-10-25 02:30:00+01:00');
  });
});
