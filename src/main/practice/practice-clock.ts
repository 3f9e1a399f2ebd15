/** What the simulated AWS takes for the present. All values are epoch milliseconds, UTC. */
export interface PracticeClock {
  /** The instant at which this practice lives: the real one, moved by the shift. */
  readonly nowMs: () => number;
  /** The instant that AWS says and judges by: `nowMs` plus the skew. */
  readonly awsNowMs: () => number;
  readonly shiftMs: () => number;
  readonly skewMs: () => number;
  readonly setShiftMs: (shiftMs: number) => void;
  readonly setSkewMs: (skewMs: number) => void;
}

/**
 * The real instant without `Date`: an app that lives at a shifted instant moves its own `Date`, and this clock must not
 * be moved twice.
 */
const monotonicNowMs = (): number => Math.floor(performance.timeOrigin + performance.now());

export function createPracticeClock(options: {
  readonly shiftMs: number;
  readonly onShift: (shiftMs: number) => void;
}): PracticeClock {
  let { shiftMs } = options;
  let skewMs = 0;
  const nowMs = (): number => monotonicNowMs() + shiftMs;
  return {
    nowMs,
    awsNowMs: () => nowMs() + skewMs,
    shiftMs: () => shiftMs,
    skewMs: () => skewMs,
    setShiftMs: (value) => {
      const changed = value !== shiftMs;
      shiftMs = value;
      if (changed) options.onShift(value);
    },
    setSkewMs: (value) => {
      skewMs = value;
    },
  };
}
