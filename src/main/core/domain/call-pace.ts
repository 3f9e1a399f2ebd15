/** Keeps calls to a rate. By the time that has passed, not by the time of day, which may jump. */

export interface CallPace {
  /** Resolves when the next call may leave, in the order in which it was asked for. */
  readonly turn: () => Promise<void>;
}

export interface CallPaceOptions {
  /** `Infinity` lets every call leave at once. */
  readonly callsPerSecond: number;
  /** How many calls may leave together after a rest. Small: AWS counts by the second. */
  readonly burst?: number;
  /** A time that only ever passes, in ms. */
  readonly nowMs?: () => number;
  readonly wait?: (ms: number) => Promise<unknown>;
}

const smallBurst = 2;

/** A token bucket: https://docs.aws.amazon.com/marketplace/latest/developerguide/metering-service-quotas.html */
export function createCallPace(options: CallPaceOptions): CallPace {
  const { callsPerSecond, burst = smallBurst, nowMs = () => performance.now() } = options;
  const wait = options.wait ?? ((ms: number) => new Promise((resolve) => setTimeout(resolve, ms)));
  const spacingMs = 1_000 / callsPerSecond;
  // The moment at which the bucket would be full again; each call moves it on.
  let fullAtMs = Number.NEGATIVE_INFINITY;
  let last: Promise<unknown> = Promise.resolve();

  async function take(): Promise<void> {
    if (spacingMs === 0) return;
    const now = nowMs();
    fullAtMs = Math.max(fullAtMs, now) + spacingMs;
    const waitMs = fullAtMs - now - burst * spacingMs;
    if (waitMs > 0) await wait(waitMs);
  }

  return {
    turn: () => {
      const turn = last.then(take);
      last = turn;
      return turn;
    },
  };
}
