/** Taking the time of something beside its baseline, fairly. */
import type { BenchRow } from './bench-row.ts';

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

type Work = (round: number) => unknown;

async function timeMs(work: Work, round: number): Promise<number> {
  const startedMs = performance.now();
  const pending = work(round);
  // Awaiting what is no promise would add a turn of the event loop to each measurement.
  if (pending instanceof Promise) await pending;
  return performance.now() - startedMs;
}

export interface Comparison extends Pick<BenchRow, 'name' | 'aim' | 'aimIs'> {
  readonly rounds: number;
  readonly value: Work;
  readonly baseline: Work;
}

/**
 * Runs both in turn, each going first every other time, so that a slow spell of the machine hits both alike, and
 * compares the medians in milliseconds. A tenth of the rounds goes before, unmeasured.
 */
export async function compare({ rounds, value, baseline, ...row }: Comparison): Promise<BenchRow> {
  const warmUp = Math.ceil(rounds / 10);
  const values: number[] = [];
  const baselines: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const steps = [
      async () => values.push(await timeMs(value, round + warmUp)),
      async () => baselines.push(await timeMs(baseline, round + warmUp)),
    ];
    for (const step of round % 2 === 0 ? steps : steps.reverse()) await step();
  }
  const measured = { value: median(values.slice(warmUp)), baseline: median(baselines.slice(warmUp)) };
  return { ...row, ...measured, ratio: measured.value / measured.baseline };
}
