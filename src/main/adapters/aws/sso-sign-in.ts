import { getSSOTokenFilepath } from '@smithy/shared-ini-file-loader';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { SignInProgress, SignInWay } from '../../core/ports.ts';
import type { ErrorContext } from './aws-errors.ts';
import { readFailure } from './failure-facts.ts';
import type { SsoSource } from './profile-kinds.ts';
import { authorizeInBrowser } from './sso-authorization.ts';
import { authorizeByCode } from './sso-device.ts';
import type { AuthorizationDeps, AuthorizationOptions, SsoTarget } from './sso-oidc.ts';
import { createSsoPortal } from './sso-portal.ts';
import { refreshToken } from './sso-refresh.ts';
import { startUrlAtAws } from './sso-start-url.ts';
import { readToken, removeToken, type TokenFile, tokenEndMs, writeToken } from './sso-token-cache.ts';

/** Tokens are renewed ahead of the SDK's own five minutes, so that its silent try never stands in the way. */
export const renewWithinMs = 15 * 60_000;
/** A token with less left would end while the first calls are made. */
const leastMs = 60_000;

export interface EnsureTokenOptions {
  readonly signal: AbortSignal;
  readonly progress: SignInProgress;
  readonly context: ErrorContext;
  /** Leaves what is cached aside and asks the person. */
  readonly freshSignIn: boolean;
  /** The token that was tried before: another one in its place is news, also to a fresh sign-in. */
  readonly triedToken: string | null;
  readonly way: SignInWay;
}

/**
 * Sees to it that a token is cached that holds: the one that is there, else renewed by its refresh token, else by a sign-in of the
 * person's. A legacy profile is always signed in to by a code: AWS knows it no other way.
 */
export async function ensureToken(
  deps: AuthorizationDeps,
  source: SsoSource,
  options: EnsureTokenOptions,
): Promise<Result<TokenFile>> {
  const { signal, context } = options;
  const cached = await readToken(source.cacheKey);
  if (cached !== null && mayUse(cached, options)) {
    const { token, problem } = await renewCached(deps, source, cached, { signal, context, leastMs });
    if (token !== null) return ok(token);
    if (problem !== null && problem.kind !== 'sign-in-failed') return err(problem);
  }
  const way = source.sessionName === null ? 'device-code' : options.way;
  const authorized = await authorize(deps, source, { ...options, way });
  return authorized.ok ? await keepToken(source.cacheKey, authorized.value) : authorized;
}

function mayUse(
  { accessToken }: TokenFile,
  { freshSignIn, triedToken }: Pick<EnsureTokenOptions, 'freshSignIn' | 'triedToken'>,
): boolean {
  return !freshSignIn || (triedToken !== null && accessToken !== triedToken);
}

/** One sign-in of the person's, by the way that was chosen. Keeps nothing, and on abort leaves nothing at AWS. */
export async function authorize(
  deps: AuthorizationDeps,
  target: SsoTarget,
  options: AuthorizationOptions & { readonly way: SignInWay },
): Promise<Result<TokenFile>> {
  const byWay = options.way === 'browser' ? authorizeInBrowser : authorizeByCode;
  const startUrl = await startUrlAtAws(deps.network, target.startUrl);
  options.signal.throwIfAborted();
  const token = await byWay(deps, { ...target, startUrl }, options);
  if (options.signal.aborted && token.ok) {
    await endAtAws(deps, target, token.value, () => options.context);
  }
  options.signal.throwIfAborted();
  // The file says what the config says: that is what the AWS CLI compares it with.
  return token.ok ? ok({ ...token.value, startUrl: target.startUrl }) : token;
}

/** What has become of a cached token. */
export interface TokenState {
  /** The one that holds now; null when a new sign-in is needed, or AWS could not be asked. */
  readonly token: TokenFile | null;
  /** Why it could not be renewed although that was due: `sign-in-failed` where AWS renews it no more. */
  readonly problem: AppError | null;
}

/** Renews the cached token where it nears its end and can be renewed, without a person. */
export async function renewSilently(
  deps: Pick<AuthorizationDeps, 'network'>,
  source: SsoSource,
  context: ErrorContext,
): Promise<TokenState> {
  const cached = await readToken(source.cacheKey);
  if (cached === null) return { token: null, problem: null };
  return await renewCached(deps, source, cached, { context, leastMs: 0 });
}

/**
 * Ends the sign-in at AWS, for every profile that rests on it and for the AWS CLI, and removes its token file. The file goes first: without a network the
 * sign-in is gone from this computer at least.
 */
export async function signOut(
  deps: Pick<AuthorizationDeps, 'network'>,
  source: SsoSource,
  context: () => ErrorContext,
): Promise<Result<{ readonly endedAtAws: boolean }>> {
  const token = await readToken(source.cacheKey);
  try {
    await removeToken(source.cacheKey);
  } catch (cause) {
    const detail = readFailure(cause).code ?? 'unknown';
    return err({ kind: 'save-failed', path: getSSOTokenFilepath(source.cacheKey), detail });
  }
  return ok({ endedAtAws: token !== null && (await endAtAws(deps, source, token, context)) });
}

/** Ends the sign-in at AWS alone; false when AWS could not be told. */
export async function endAtAws(
  { network }: Pick<AuthorizationDeps, 'network'>,
  target: Pick<SsoTarget, 'region' | 'caBundle'>,
  token: TokenFile,
  context: () => ErrorContext,
): Promise<boolean> {
  const ended = await createSsoPortal(network, target, token, context).logout();
  // A token that AWS no longer takes is as good as signed out.
  return ended.ok || ended.error.kind === 'sign-in-expired';
}

/** Whether a token can be renewed without a person. */
export function renewsItself(source: SsoSource, token: TokenFile): boolean {
  if (source.sessionName === null) return false;
  const registrationEndMs = Date.parse(token.registrationExpiresAt ?? '');
  const complete = [token.refreshToken, token.clientId, token.clientSecret].every(
    (part) => part !== undefined,
  );
  return complete && !(registrationEndMs <= Date.now());
}

async function renewCached(
  deps: Pick<AuthorizationDeps, 'network'>,
  source: SsoSource,
  cached: TokenFile,
  options: {
    readonly signal?: AbortSignal;
    readonly context: ErrorContext;
    /** With less left it holds no more. */
    readonly leastMs: number;
  },
): Promise<TokenState> {
  const leftMs = (tokenEndMs(cached) ?? 0) - Date.now();
  const stillGood = leftMs > options.leastMs ? cached : null;
  if (leftMs > renewWithinMs || !renewsItself(source, cached)) return { token: stillGood, problem: null };
  const renewed = await refreshToken(deps, source, cached, options);
  if (!renewed.ok) return { token: stillGood, problem: renewed.error };
  if (renewed.value === null) return { token: stillGood, problem: noLongerRenewed };
  const kept = await keepToken(source.cacheKey, renewed.value);
  return kept.ok ? { token: kept.value, problem: null } : { token: stillGood, problem: kept.error };
}

const noLongerRenewed: AppError = { kind: 'sign-in-failed', cause: 'invalid-grant', detail: '' };

/** Writes the token where the AWS CLI looks for it too. */
export async function keepToken(cacheKey: string, token: TokenFile): Promise<Result<TokenFile>> {
  try {
    await writeToken(cacheKey, token);
    return ok(token);
  } catch (cause) {
    const detail = readFailure(cause).code ?? 'unknown';
    return err({ kind: 'save-failed', path: getSSOTokenFilepath(cacheKey), detail });
  }
}
