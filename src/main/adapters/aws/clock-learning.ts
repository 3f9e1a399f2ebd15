import type { Clock } from '../../core/ports.ts';
import { readFailure } from './failure-facts.ts';

/** A client of the SDK as far as the clock is concerned. */
export interface ClientWithClock {
  readonly config: { systemClockOffset: number };
}

/**
 * Runs one call so that the clock of the app and of the client know of each other: the call is signed with AWS's time as the app knows it,
 * and what the answer's `Date` tells is learned, whether AWS agreed or refused.
 */
export async function withClock<T>(client: ClientWithClock, clock: Clock, run: () => Promise<T>): Promise<T> {
  client.config.systemClockOffset = clock.offsetMs() ?? 0;
  try {
    const answer = await run();
    learnFrom(client, clock);
    return answer;
  } catch (cause) {
    // Without an answer the client still holds what it was given.
    if (readFailure(cause).answeredByAws) learnFrom(client, clock);
    throw cause;
  }
}

/**
 * Takes over what an answer told the client of AWS's clock. An answer without a `Date`, or out of a cache, leaves the client at the zero it began
 * with: that is nothing known, not a clock that is right.
 */
export function learnFrom(client: ClientWithClock, clock: Clock): void {
  const told = client.config.systemClockOffset;
  if (told !== 0 || clock.offsetMs() !== null) clock.learnOffset(told);
}
