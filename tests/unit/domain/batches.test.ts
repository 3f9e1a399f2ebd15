import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inOrderOfSending } from '../../../src/main/core/domain/batches.ts';
import { storedRecord } from './records.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nowMs = Date.parse('2026-11-20T14:30:00Z');

/** Records in the order of confirming, by the time that each has until its deadline. */
const confirmed = (left: readonly number[]) =>
  left.map((leftMs, index) => storedRecord({ recordId: String(index), deadlineMs: nowMs + leftMs }));

describe('the order of sending', () => {
  it('is that of confirming while there is time', () => {
    const records = confirmed([20 * hourMs, hourMs, 3 * hourMs]);
    expect(inOrderOfSending(records, nowMs)).toEqual(records);
  });

  it('puts the nearest deadline first once less than an hour is left', () => {
    const order = inOrderOfSending(confirmed([20 * hourMs, hourMs - 1, 3 * hourMs, -minuteMs]), nowMs);
    expect(order.map(({ recordId }) => recordId)).toEqual(['3', '1', '0', '2']);
  });

  it('puts before the others what a person would have to be asked about within the hour', () => {
    const waits = { deadlineMs: nowMs + 20 * hourMs, submittedMs: nowMs - hourMs, windowMs: 6 * hourMs };
    const old = { ...waits, startMs: nowMs - 6 * hourMs + minuteMs };
    const records = [
      storedRecord({ ...waits, recordId: 'young', startMs: nowMs - 5 * hourMs }),
      storedRecord({ ...old, recordId: 'asked', sendAnyway: true }),
      storedRecord({ ...old, recordId: 'unknown', mayBeRecorded: true }),
      storedRecord({ ...old, recordId: 'old' }),
    ];
    const order = inOrderOfSending(records, nowMs).map(({ recordId }) => recordId);
    expect(order).toEqual(['old', 'young', 'asked', 'unknown']);
  });

  it('lets nobody wait behind one that has more time, and loses nobody', () => {
    const left = fc.array(fc.integer({ min: -hourMs, max: 3 * hourMs }));
    fc.assert(
      fc.property(left, (times) => {
        const records = confirmed(times);
        const order = inOrderOfSending(records, nowMs);
        expect(new Set(order)).toEqual(new Set(records));
        expect(order).toHaveLength(records.length);
        for (const [place, { deadlineMs }] of order.entries()) {
          if (deadlineMs - nowMs >= hourMs) continue;
          expect(order.slice(0, place).every((before) => before.deadlineMs <= deadlineMs)).toBe(true);
        }
      }),
    );
  });
});
