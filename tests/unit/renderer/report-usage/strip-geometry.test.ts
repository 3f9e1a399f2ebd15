import { describe, expect, it } from 'vitest';
import type { StripHour } from '../../../../src/contract/entry.ts';
import {
  movedTo,
  signPart,
  startIn,
  stripCells,
} from '../../../../src/renderer/src/features/report-usage/strip-geometry.ts';

function anHour(changes: Partial<StripHour> = {}): StripHour {
  return {
    hourStartUtc: '2026-11-20T19:00:00Z',
    state: 'free',
    openFromUtc: '2026-11-20T19:00:00Z',
    openUntilUtc: '2026-11-20T19:59:59Z',
    closedReason: null,
    takenBy: null,
    ...changes,
  };
}

describe('the sign of a cell', () => {
  const signOf = (hour: StripHour, startUtc: string | null) => {
    const [cell] = stripCells([hour], startUtc, 'UTC');
    return cell && signPart(cell);
  };
  const openUntil = (minute: string) => anHour({ openUntilUtc: `2026-11-20T19:${minute}:59Z` });

  it('stands in the open part of an hour that is chosen up to now', () => {
    expect(signOf(openUntil('29'), '2026-11-20T19:30:00Z')).toEqual({ fromPercent: 0, untilPercent: 50 });
  });

  it('keeps off the line of the start time', () => {
    expect(signOf(anHour(), '2026-11-20T19:00:00Z')).toEqual({ fromPercent: 0, untilPercent: 100 });
    expect(signOf(anHour(), '2026-11-20T19:45:00Z')).toEqual({ fromPercent: 0, untilPercent: 75 });
    expect(signOf(anHour(), '2026-11-20T19:15:00Z')).toEqual({ fromPercent: 25, untilPercent: 100 });
    const taken = { ...openUntil('29'), state: 'taken' } as const;
    expect(signOf(taken, '2026-11-20T19:15:00Z')).toEqual({ fromPercent: 25, untilPercent: 100 });
    expect(signOf(taken, null)).toEqual({ fromPercent: 0, untilPercent: 100 });
  });

  it('leaves an open part that is too small for it', () => {
    expect(signOf(openUntil('02'), '2026-11-20T19:03:00Z')).toEqual({ fromPercent: 5, untilPercent: 100 });
  });
});

describe('the cells of the strip', () => {
  it('are labelled in local time, with minutes only where the zone has half hours', () => {
    const labelIn = (zone: string) => stripCells([anHour()], null, zone)[0]?.label;
    expect(labelIn('America/New_York')).toBe('14');
    expect(labelIn('Asia/Kolkata')).toBe('00:30');
  });

  it('name the day on the first hour and where a local day begins', () => {
    const hours = ['03', '04', '05', '06'].map((hour) =>
      anHour({ hourStartUtc: `2026-11-20T${hour}:00:00Z`, openFromUtc: null, openUntilUtc: null }),
    );
    const days = stripCells(hours, null, 'America/New_York').map((cell) => cell.dayLabel);
    expect(days).toEqual(['19 Nov', null, '20 Nov', null]);
  });

  it('tell the two hours apart when the clocks go back', () => {
    const hours = ['2026-10-24T23', '2026-10-25T00', '2026-10-25T01', '2026-10-25T02'].map((hour) =>
      anHour({ hourStartUtc: `${hour}:00:00Z` }),
    );
    const labels = stripCells(hours, null, 'Europe/Berlin').map((cell) => cell.label);
    expect(labels).toEqual(['01', '02 +2', '02 +1', '03']);
  });

  it('fill a whole hour when it is open to its last second', () => {
    expect(stripCells([anHour()], null, 'UTC')[0]?.open).toEqual({ fromPercent: 0, untilPercent: 100 });
  });

  it('show the part of the first and last hour that is open', () => {
    const half = anHour({ openFromUtc: '2026-11-20T19:30:00Z', openUntilUtc: '2026-11-20T19:44:59Z' });
    expect(stripCells([half], null, 'UTC')[0]?.open).toEqual({ fromPercent: 50, untilPercent: 75 });
  });

  it('mark the start time in its own hour and in no other', () => {
    const hours = [anHour(), anHour({ hourStartUtc: '2026-11-20T20:00:00Z' })];
    const marks = stripCells(hours, '2026-11-20T20:15:00Z', 'UTC').map((cell) => cell.startPercent);
    expect(marks).toEqual([null, 25]);
  });
});

describe('choosing an hour', () => {
  it('means its start', () => {
    expect(startIn(anHour(), '2026-11-20T22:10:00Z')).toBe('2026-11-20T19:00:00Z');
  });

  it('means now in the current hour', () => {
    const current = anHour({ openUntilUtc: '2026-11-20T19:12:34Z' });
    expect(startIn(current, '2026-11-20T19:12:34.500Z')).toBe('2026-11-20T19:12:34Z');
  });

  it('leaves some room where the window closes inside the hour', () => {
    const closing = anHour({ openFromUtc: '2026-11-20T19:12:34Z' });
    expect(startIn(closing, '2026-11-21T01:12:34Z')).toBe('2026-11-20T19:15:00Z');
  });

  it('never leaves the open part', () => {
    const last = anHour({ openFromUtc: '2026-11-20T19:58:00Z' });
    expect(startIn(last, '2026-11-21T01:58:00Z')).toBe('2026-11-20T19:59:59Z');
  });

  it('means nothing in an hour that is not open', () => {
    const taken = anHour({ state: 'taken', openFromUtc: null, openUntilUtc: null });
    expect(startIn(taken, '2026-11-20T22:10:00Z')).toBeNull();
  });
});

describe('the keys of the strip', () => {
  it('stop at both ends, and leave every other key to the page', () => {
    expect([movedTo('ArrowLeft', 0, 7), movedTo('ArrowRight', 6, 7)]).toEqual([0, 6]);
    expect([movedTo('ArrowRight', 2, 7), movedTo('Home', 5, 7), movedTo('End', 1, 25)]).toEqual([3, 0, 24]);
    expect(movedTo('Tab', 3, 7)).toBeNull();
  });
});
