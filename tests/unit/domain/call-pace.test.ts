import { expect, it } from 'vitest';
import { createCallPace } from '../../../src/main/core/domain/call-pace.ts';

/** A time that passes only while somebody waits, and a little more than asked for, as timers do. */
function aTime(lateMs = 0) {
  let atMs = 1_000;
  return {
    nowMs: () => atMs,
    wait: async (ms: number) => {
      atMs += ms + lateMs;
    },
    pass: (ms: number) => {
      atMs += ms;
    },
  };
}

it('keeps to the rate, however many ask at once', async () => {
  const time = aTime();
  const pace = createCallPace({ callsPerSecond: 10, ...time });
  const left: number[] = [];
  await Promise.all(
    Array.from({ length: 50 }, () => pace.turn().then(() => left.push(time.nowMs() - 1_000))),
  );
  for (let from = 0; from < 4_000; from += 100) {
    expect(left.filter((atMs) => atMs >= from && atMs < from + 1_000).length).toBeLessThanOrEqual(12);
  }
  expect(left.at(-1)).toBe(4_800);
});

it('uses at least 95 % of the rate although timers are late', async () => {
  const time = aTime(3);
  const pace = createCallPace({ callsPerSecond: 10, ...time });
  for (let call = 0; call < 500; call += 1) await pace.turn();
  expect(500 / ((time.nowMs() - 1_000) / 1_000)).toBeGreaterThan(9.5);
});

it('saves up no more than a small burst during a rest', async () => {
  const time = aTime();
  const pace = createCallPace({ callsPerSecond: 10, ...time });
  await pace.turn();
  time.pass(3_600_000);
  const from = time.nowMs();
  for (let call = 0; call < 12; call += 1) await pace.turn();
  expect(time.nowMs() - from).toBe(1_000);
});

it('waits for nothing when the rate is lifted', async () => {
  const time = aTime();
  const pace = createCallPace({ callsPerSecond: Number.POSITIVE_INFINITY, ...time });
  for (let call = 0; call < 100; call += 1) await pace.turn();
  expect(time.nowMs()).toBe(1_000);
});
