import type { Clock } from '../../core/ports.ts';

export interface SystemClock extends Clock {
  /** Judges all timers anew, to be called when time itself was moved (practice). */
  readonly rearm: () => void;
  /** Ends all timers. */
  readonly close: () => void;
}

export interface SystemClockDeps {
  /** This computer's time in epoch ms. */
  readonly computerNowMs?: () => number;
  /** Ms since some instant, by a clock that nobody sets. */
  readonly monotonicNowMs?: () => number;
}

/**
 * Timers look at the clock at least this often: a sleep, a clock that was set and a corrected offset all move the moment that is waited for,
 * and no timer of the system tells.
 */
const longestSleepMs = 30_000;

/** The `Date` of an answer has whole seconds and is a little old when it is read: less than this is noise. */
const noiseMs = 2_000;

/**
 * When the computer's clock and the one that nobody sets went apart by more than this since the last look, the computer's was set, or the computer
 * slept: a learnt offset says nothing about the time from then on.
 */
const driftMs = 2_000;

/** AWS's time on this computer, and timers by it. */
export function createSystemClock(deps: SystemClockDeps = {}): SystemClock {
  const computerNowMs = deps.computerNowMs ?? Date.now;
  const monotonicNowMs = deps.monotonicNowMs ?? (() => performance.now());
  const readPair = (): { readonly computerMs: number; readonly monotonicMs: number } => ({
    computerMs: computerNowMs(),
    monotonicMs: monotonicNowMs(),
  });
  const listeners = new Set<() => void>();
  const waiting = new Set<{ readonly atMs: number; readonly task: () => void }>();
  let offset: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  let pair = readPair();

  /** Looks whether the computer's clock was set since the last look. */
  const currentOffset = (): number | null => {
    const last = pair;
    pair = readPair();
    const drift = pair.computerMs - last.computerMs - (pair.monotonicMs - last.monotonicMs);
    if (Math.abs(drift) > driftMs) offset = null;
    return offset;
  };
  const now = (): number => {
    const offsetMs = currentOffset() ?? 0;
    return pair.computerMs + offsetMs;
  };

  const arm = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.size === 0) return;
    const nextMs = Math.min(...[...waiting].map((entry) => entry.atMs));
    const delayMs = Math.min(Math.max(nextMs - now(), 0), longestSleepMs);
    timer = setTimeout(runDue, delayMs);
    // A retry that is due in an hour is no reason to keep a closing app alive.
    timer.unref();
  };

  const runDue = (): void => {
    const due = [...waiting].filter((entry) => entry.atMs <= now()).sort((a, b) => a.atMs - b.atMs);
    for (const entry of due) waiting.delete(entry);
    // Armed first: a task that throws must not stop the others' clock.
    arm();
    for (const entry of due) entry.task();
  };

  return {
    now,
    offsetMs: currentOffset,
    learnOffset: (told) => {
      if (!Number.isFinite(told)) return;
      const known = currentOffset();
      // What an answer tells is never more than the truth, so the highest of close values is the best one known.
      if (known !== null && told <= known && told > known - noiseMs) return;
      offset = told;
      // As tasks that are due: who learns the time in the middle of a call must not run others' work there.
      if (known === null) for (const task of listeners) waiting.add({ atMs: Number.NEGATIVE_INFINITY, task });
      arm();
    },
    onLearnt: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    schedule: (atMs, task) => {
      const entry = { atMs, task };
      waiting.add(entry);
      arm();
      return () => {
        if (waiting.delete(entry)) arm();
      };
    },
    rearm: () => {
      // Time was moved by design, for AWS as well: what is known of AWS's clock still holds.
      pair = readPair();
      arm();
    },
    close: () => {
      waiting.clear();
      listeners.clear();
      arm();
    },
  };
}
