/** Looks after the sign-in that holds: a token, or credentials that are asked for anew shortly before their end. */
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Clock, SignInRenewal } from '../../core/ports.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import type { keepCredentials } from './connection.ts';
import type { CredentialsSource } from './credentials-source.ts';
import type { ProfileDescription, SsoSource } from './profile-kinds.ts';
import { endOfCredentials, endOfToken, tokenBelow } from './sign-in-end.ts';
import type { AuthorizationDeps } from './sso-oidc.ts';
import { renewSilently, type TokenState } from './sso-sign-in.ts';
import type { TokenFile } from './sso-token-cache.ts';

/** What the connection rests on. */
export interface Held {
  readonly described: ProfileDescription;
  readonly source: CredentialsSource;
  readonly kept: ReturnType<typeof keepCredentials>;
  readonly profile: string;
  /** The token that was last seen to hold; null where it rests on none. */
  token: TokenFile | null;
  /** Of the credentials that were last seen. */
  accessKeyId: string;
}

export type RenewToken = (source: SsoSource, context: ErrorContext) => Promise<TokenState>;

/** A refresh token may be good for one use: who asks while it is being used waits for the same answer. */
export function renewingOnce(deps: Pick<AuthorizationDeps, 'network'>): RenewToken {
  const running = new Map<string, Promise<TokenState>>();
  return (source, context) => {
    const there = running.get(source.cacheKey);
    if (there !== undefined) return there;
    const work = renewSilently(deps, source, context).finally(() => running.delete(source.cacheKey));
    running.set(source.cacheKey, work);
    return work;
  };
}

/** Renews what `held` rests on where that is due, and notes in it what is seen. */
export async function renew(
  deps: { readonly clock: Clock },
  held: Held,
  renewToken: RenewToken,
): Promise<Result<SignInRenewal>> {
  const { described, kept, source, profile } = held;
  const ended = err({ kind: 'sign-in-expired', profile } as const);
  try {
    const below = tokenBelow(described);
    if (below !== null) {
      const { token, problem } = await renewToken(below, source.errorContext());
      if (token === null) return problem === null || problem.kind === 'sign-in-failed' ? ended : err(problem);
      const isNew = token.accessToken !== held.token?.accessToken;
      held.token = token;
      return ok({ ...endOfToken(deps.clock, below, token, problem), problem, isNew });
    }
    const credentials = await kept.credentials();
    const failure = kept.failure();
    const problem = failure === null || !described.renews ? null : toAppError(failure, source.errorContext());
    const end = endOfCredentials(described, credentials, problem);
    const isOver = end.expiresAtMs !== null && end.expiresAtMs <= deps.clock.now();
    if (isOver) return ended;
    const isNew = credentials.accessKeyId !== held.accessKeyId;
    held.accessKeyId = credentials.accessKeyId;
    return ok({ ...end, problem, isNew });
  } catch (cause) {
    return err(toAppError(cause, source.errorContext()));
  }
}
