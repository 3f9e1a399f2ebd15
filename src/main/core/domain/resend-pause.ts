/** How long a record that met trouble rests before it is sent again. All in ms. */
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { StoredRecord } from './usage-record.ts';
import { minuteMs, secondMs } from './utc-hours.ts';

const firstPauseMs = 2 * secondMs;
/** Whatever the dice say: the same trouble is not met again at once. */
const shortestPauseMs = 100;
export const longestPauseMs = 5 * minuteMs;
/** A network that is back is found sooner than this. */
const longestOfflinePauseMs = minuteMs;

/** Nothing reached AWS: asking again costs it nothing. */
const unreachable: ReadonlySet<ReasonCode> = new Set([
  'offline',
  'proxy',
  'certificate',
  'endpoint-not-allowed',
  'network-setting',
]);

/**
 * Exponential backoff with full jitter (https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/).
 * Trouble that repeats before a call could even be made has no attempts to count; there the time it has lasted counts.
 * `random` is uniform in [0, 1).
 */
export function pauseMs(
  record: StoredRecord,
  reason: ReasonCode,
  nowMs: number,
  random: () => number,
): number {
  const byAttempts = firstPauseMs * 2 ** Math.min(record.attemptCount, 20);
  const lastedMs = record.reason === reason ? Math.max(0, nowMs - record.submittedMs) / 2 : 0;
  const longest = unreachable.has(reason) ? longestOfflinePauseMs : longestPauseMs;
  const ceiling = Math.min(longest, Math.max(byAttempts, lastedMs));
  const leftMs = record.deadlineMs - nowMs;
  // Near the deadline a long pause would spend the last chance.
  const spanMs = leftMs > firstPauseMs ? Math.min(ceiling, leftMs / 2) : ceiling;
  return Math.max(shortestPauseMs, Math.ceil(random() * spanMs));
}
