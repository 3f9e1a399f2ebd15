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
}

/**
 * Timers look at the clock at least this often: a sleep, a clock that was set and a corrected offset all move the moment that is waited for,
 * and no timer of the system tells.
 */
const longestSleepMs = 30_000;

/** The `Date` of an answer has whole seconds and is a little old when it is read: less than this is noise. */
const noiseMs = 2_000;

/** AWS's time on this computer, and timers by it. */
export function createSystemClock(deps: SystemClockDeps = {}): SystemClock {
  const computerNowMs = deps.computerNowMs ?? Date.now;
  const waiting = new Set<{ readonly atMs: number; readonly task: () => void }>();
  let offset: number | null = null;
  let timer: NodeJS.Timeout | null = null;
  const now = (): number => computerNowMs() + (offset ?? 0);

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
    offsetMs: () => offset,
    learnOffset: (told) => {
      if (!Number.isFinite(told)) return;
      // What an answer tells is never more than the truth, so the highest of close values is the best one known.
      if (offset !== null && told <= offset && told > offset - noiseMs) return;
      offset = told;
      arm();
    },
    schedule: (atMs, task) => {
      const entry = { atMs, task };
      waiting.add(entry);
      arm();
      return () => {
        if (waiting.delete(entry)) arm();
      };
    },
    rearm: arm,
    close: () => {
      waiting.clear();
      arm();
    },
  };
}
