/** What is known of the end of a sign-in, in words. */
import type { SessionView } from '../../../contract/session.ts';
import { formatCountdown, formatInstant, userTimeZone } from './formats.ts';

type Present = Extract<SessionView, { state: 'signed-in' | 'ended' }>;

/** What is known of the sign-in's end, in a few words; null where nothing is. */
export function endOf(session: Present, nowMs: number): string | null {
  if (session.state === 'ended') return 'sign-in ended';
  if (session.renewsItself && session.renewalProblem === null) return 'renews by itself';
  if (session.expiresUtc === null) return null;
  const leftMs = Date.parse(session.expiresUtc) - nowMs;
  return leftMs <= 0 ? 'sign-in ended' : `${formatCountdown(leftMs)} left`;
}

/** The same as a sentence. */
export function endInFull(session: Present): string {
  if (session.state === 'ended') return 'The sign-in has ended';
  if (session.renewsItself && session.renewalProblem === null) return 'The sign-in renews by itself';
  if (session.expiresUtc === null) return 'AWS states no end of this sign-in';
  return `Signed in until ${formatInstant(session.expiresUtc, userTimeZone())}`;
}
