import { describe, expect, it } from 'vitest';
import {
  canBeUndone,
  sentNow,
  undoAgain,
  undoSecondsFor,
  undoUntilMs,
} from '../../../src/main/core/domain/undo-window.ts';
import { storedRecord } from './records.ts';

const second = 1_000;
const minute = 60 * second;
const now = storedRecord().submittedMs;

describe('the undo window', () => {
  it.each([
    ['far from a deadline', 10, 60 * minute, 10],
    ['as long as it may be', 60, 60 * minute, 60],
    ['switched off', 0, 60 * minute, 0],
    ['with three minutes left', 60, 3 * minute, 45],
    ['with two minutes left', 60, 2 * minute, 30],
    ['with less than two minutes left', 60, 2 * minute - 1, 0],
    ['past the deadline', 60, -minute, 0],
  ])('is right %s', (_, wished, leftMs, expected) => {
    expect(undoSecondsFor(wished, [now + 24 * 60 * minute, now + leftMs], now)).toBe(expected);
  });

  it('runs while a record is queued that never left, and until its end', () => {
    const waiting = storedRecord({ nextTryMs: now + 10 * second });
    expect(undoUntilMs(waiting, now)).toBe(now + 10 * second);
    expect(undoUntilMs(waiting, now + 10 * second)).toBeNull();
    expect(undoUntilMs({ ...waiting, attemptCount: 1 }, now)).toBeNull();
    expect(undoUntilMs({ ...waiting, phase: 'waiting' }, now)).toBeNull();
    expect(undoUntilMs(storedRecord(), now)).toBeNull();
  });

  it('takes a submission back only as a whole, and only while nothing of it has left', () => {
    const waiting = storedRecord({ nextTryMs: now + 10 * second });
    const left = storedRecord({ phase: 'sending', attemptCount: 1 });
    const withdrawn = storedRecord({ status: 'withdrawn', phase: null });
    expect(canBeUndone([waiting, storedRecord({ phase: 'held' })])).toBe(true);
    expect(canBeUndone([waiting, withdrawn])).toBe(true);
    expect(canBeUndone([waiting, left])).toBe(false);
    expect(canBeUndone([withdrawn])).toBe(false);
  });

  it('can be ended early', () => {
    expect(sentNow(storedRecord({ nextTryMs: now + 10 * second }), now)).toMatchObject({ nextTryMs: null });
    expect(sentNow(storedRecord(), now)).toBeNull();
  });

  it('starts again after a crash, for the whole submission and as short as the nearest deadline asks', () => {
    const later = now + 60 * minute;
    const one = storedRecord({ nextTryMs: now + 10 * second });
    const other = storedRecord({ nextTryMs: now + 10 * second, deadlineMs: later + 3 * minute });
    expect(undoAgain([one], 10, later)).toMatchObject([{ nextTryMs: later + 10 * second, phase: 'queued' }]);
    expect(undoAgain([one, other], 60, later).map((change) => change.nextTryMs)).toEqual([
      later + 45 * second,
      later + 45 * second,
    ]);
    expect(undoAgain([storedRecord(), { ...one, attemptCount: 1 }], 10, later)).toEqual([]);
  });
});
