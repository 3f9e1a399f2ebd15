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
  const givenMs = clock.offsetMs() ?? 0;
  client.config.systemClockOffset = givenMs;
  try {
    const answer = await run();
    learnFrom(client, clock, givenMs);
    return answer;
  } catch (cause) {
    // Without an answer the client still holds what it was given.
    if (readFailure(cause).answeredByAws) learnFrom(client, clock, givenMs);
    throw cause;
  }
}

/**
 * Takes over what an answer told the client of AWS's clock. An answer without a `Date`, or out of a cache, leaves the client at what it was given
 * (`givenMs`): that is nothing told, and what was known before may have been lost meanwhile.
 */
export function learnFrom(client: ClientWithClock, clock: Clock, givenMs: number): void {
  const told = client.config.systemClockOffset;
  if (told !== givenMs) clock.learnOffset(told);
}
