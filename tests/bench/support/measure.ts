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

export interface Alternation<Value, Baseline> {
  readonly rounds: number;
  /** Rounds that go before, unmeasured. */
  readonly warmUp: number;
  readonly value: (round: number) => Promise<Value>;
  readonly baseline: (round: number) => Promise<Baseline>;
}

/** Runs both in turn, each going first every other time, so that a slow spell of the machine hits both alike. */
export async function alternate<Value, Baseline>({
  rounds,
  warmUp,
  value,
  baseline,
}: Alternation<Value, Baseline>): Promise<{
  readonly values: readonly Value[];
  readonly baselines: readonly Baseline[];
}> {
  const values: Value[] = [];
  const baselines: Baseline[] = [];
  for (let round = 0; round < warmUp + rounds; round += 1) {
    const steps = [
      async () => values.push(await value(round)),
      async () => baselines.push(await baseline(round)),
    ];
    for (const step of round % 2 === 0 ? steps : steps.reverse()) await step();
  }
  return { values: values.slice(warmUp), baselines: baselines.slice(warmUp) };
}

export interface Comparison extends Pick<BenchRow, 'name' | 'aim' | 'aimIs'> {
  readonly rounds: number;
  readonly value: Work;
  readonly baseline: Work;
}

/** Compares the medians of both in milliseconds. A tenth of the rounds goes before, unmeasured. */
export async function compare({ rounds, value, baseline, ...row }: Comparison): Promise<BenchRow> {
  const { values, baselines } = await alternate({
    rounds,
    warmUp: Math.ceil(rounds / 10),
    value: (round) => timeMs(value, round),
    baseline: (round) => timeMs(baseline, round),
  });
  return toRow(row, values, baselines);
}

/** The row of two lists of milliseconds. */
export function toRow(
  row: Pick<BenchRow, 'name' | 'aim' | 'aimIs'>,
  values: readonly number[],
  baselines: readonly number[],
): BenchRow {
  const measured = { value: median(values), baseline: median(baselines) };
  return { ...row, ...measured, ratio: measured.value / measured.baseline };
}
