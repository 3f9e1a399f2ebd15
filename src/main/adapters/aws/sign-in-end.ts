/** When a sign-in ends, as stated by whom it rests on, and whether it goes on by itself. Nothing is assumed. */
import type { AppError } from '../../../contract/errors.ts';
import type { Clock, SignInEnd } from '../../core/ports.ts';
import { type AwsCredentials, renewWithinMs as credentialsRenewWithinMs } from './connection.ts';
import type { ProfileDescription, SsoSource } from './profile-kinds.ts';
import { renewsItself, renewWithinMs as tokenRenewWithinMs } from './sso-sign-in.ts';
import { type TokenFile, tokenEndMs } from './sso-token-cache.ts';

/** Clocks that differ by less are the same clock: an answer's `Date` has whole seconds. */
const noticeableOffsetMs = 30_000;

/** Of a sign-in that rests on a token. `problem` is why the last renewal failed: a token that AWS refused to renew does not renew itself. */
export function endOfToken(
  clock: Clock,
  sso: SsoSource,
  token: TokenFile,
  problem: AppError | null = null,
): SignInEnd {
  const endMs = tokenEndMs(token);
  const renews = renewsItself(sso, token) && problem?.kind !== 'sign-in-failed';
  return withLook(endMs === null ? null : endMs + correctionMs(clock), renews, tokenRenewWithinMs);
}

/** Of credentials that AWS stated an end for, or none. `problem` is why the last renewal failed: an ended login renews nothing. */
export function endOfCredentials(
  described: Pick<ProfileDescription, 'renews'>,
  { expiration }: AwsCredentials,
  problem: AppError | null = null,
): SignInEnd {
  const renews = described.renews && problem?.kind !== 'login-needed';
  return withLook(expiration?.getTime() ?? null, renews, credentialsRenewWithinMs);
}

/** Keys of a login end by this computer's time, as the SDK reckons it; all others by AWS's. */
export function inAwsTime(
  clock: Clock,
  { kind }: Pick<ProfileDescription, 'kind'>,
  credentials: AwsCredentials,
): AwsCredentials {
  const { expiration } = credentials;
  if (kind !== 'login-session' || expiration === undefined) return credentials;
  return { ...credentials, expiration: new Date(expiration.getTime() + correctionMs(clock)) };
}

/** The sign-in that the end goes by: a role that asks for a code ends with its own credentials, whatever renews below it. */
export function tokenBelow({ sso, asksForCode }: ProfileDescription): SsoSource | null {
  return asksForCode ? null : sso;
}

function withLook(expiresAtMs: number | null, renews: boolean, withinMs: number): SignInEnd {
  return {
    expiresAtMs,
    renewsItself: renews,
    lookAgainAtMs: expiresAtMs === null ? null : expiresAtMs - (renews ? withinMs : 0),
  };
}

/** Token files hold this computer's time, as the AWS CLI writes them; the core reckons in AWS's. */
function correctionMs(clock: Clock): number {
  const offsetMs = clock.offsetMs() ?? 0;
  return Math.abs(offsetMs) < noticeableOffsetMs ? 0 : offsetMs;
}
