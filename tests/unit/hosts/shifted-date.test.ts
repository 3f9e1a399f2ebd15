import { afterEach, describe, expect, it } from 'vitest';
import { installShiftedDate, type ShiftedDate } from '../../../src/main/adapters/system/shifted-date.ts';

const dayMs = 86_400_000;
const RealDate = Date;
let shifted: ShiftedDate | null = null;

afterEach(() => shifted?.restore());

/** Both sides are read a moment apart. */
const near = (value: number, expected: number): boolean => Math.abs(value - expected) < 5_000;

describe('a shifted Date', () => {
  it('tells the shifted present, however it is asked', () => {
    shifted = installShiftedDate();
    shifted.shiftTo(3 * dayMs);
    const expected = RealDate.now() + 3 * dayMs;
    expect(near(Date.now(), expected)).toBe(true);
    expect(near(Date.parse(new Date().toISOString()), expected)).toBe(true);
    // Called as a function it gives text of the present, whatever its arguments.
    expect(near(RealDate.parse(Reflect.apply(Date, undefined, [])), expected)).toBe(true);
  });

  it('follows every later shift, also for those who kept Date.now', () => {
    shifted = installShiftedDate();
    const { now } = Date;
    shifted.shiftTo(-dayMs);
    expect(near(now(), RealDate.now() - dayMs)).toBe(true);
    shifted.shiftTo(0);
    expect(near(now(), RealDate.now())).toBe(true);
  });

  it('leaves instants that are named alone', () => {
    shifted = installShiftedDate();
    shifted.shiftTo(dayMs);
    expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    expect(new Date('2026-11-20T14:05:00Z').getTime()).toBe(Date.UTC(2026, 10, 20, 14, 5));
    expect(new Date(2026, 0, 1, 12).getHours()).toBe(12);
    expect(Date.parse('1970-01-02')).toBe(dayMs);
  });

  it('makes dates that are dates to everyone', () => {
    const before = new Date(5);
    shifted = installShiftedDate();
    const after = new Date();
    class Later extends Date {}
    expect(after).toBeInstanceOf(Date);
    expect(before).toBeInstanceOf(Date);
    expect(after.constructor).toBe(Date);
    expect(new Later(7).getTime()).toBe(7);
    expect(new Later()).toBeInstanceOf(Later);
    expect(structuredClone(after).getTime()).toBe(after.getTime());
    expect(new Intl.DateTimeFormat('en', { timeZone: 'UTC' }).format(new Date(0))).toBe('1/1/1970');
  });

  it('is gone when it is restored', () => {
    shifted = installShiftedDate();
    shifted.shiftTo(dayMs);
    shifted.restore();
    expect(Date).toBe(RealDate);
    expect(new Date().constructor).toBe(RealDate);
  });
});
