/** AWS's time under the test's hand: nothing runs until `advance` or `set` moves it. */
import type { Clock } from '../../src/main/core/ports.ts';

export interface FakeClock extends Clock {
  readonly advance: (ms: number) => void;
  /** Sets the clock without any timer noticing, as a person or a corrected offset does. */
  readonly jump: (ms: number) => void;
  /** From now on nothing is known of AWS's time, until it is learnt. */
  readonly loseOffset: () => void;
}

export function createFakeClock(startMs: number): FakeClock {
  let nowMs = startMs;
  let offset: number | null = null;
  const listeners = new Set<() => void>();
  let tasks: { readonly atMs: number; readonly task: () => void }[] = [];

  function advance(ms: number): void {
    const untilMs = nowMs + ms;
    for (;;) {
      const due = tasks.filter((one) => one.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!due) break;
      tasks = tasks.filter((one) => one !== due);
      nowMs = Math.max(nowMs, due.atMs);
      due.task();
    }
    nowMs = untilMs;
  }

  return {
    now: () => nowMs,
    offsetMs: () => offset,
    learnOffset: (offsetMs) => {
      const wasKnown = offset !== null;
      offset = offsetMs;
      if (!wasKnown) for (const listener of listeners) setImmediate(listener);
    },
    onLearnt: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    loseOffset: () => {
      offset = null;
    },
    schedule: (atMs, task) => {
      const one = { atMs, task };
      tasks.push(one);
      return () => {
        tasks = tasks.filter((other) => other !== one);
      };
    },
    advance,
    jump: (ms) => {
      nowMs += ms;
    },
  };
}
