/** One attempt to sign in with a profile: its token, its credentials, and who AWS says that they are. */
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Clock, ConnectedIdentity, IncidentLog, SignIn } from '../../core/ports.ts';
import { authorizationDeps, type PersonDeps } from './authorization-deps.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { askIdentity } from './caller-identity.ts';
import {
  type AwsConnection,
  type AwsCredentials,
  type ConnectionSnapshot,
  keepCredentials,
} from './connection.ts';
import { type AskCode, type CredentialsSource, createSource } from './credentials-source.ts';
import { findProfile } from './find-profile.ts';
import type { ProfileDescription } from './profile-kinds.ts';
import { endOfCredentials, endOfToken, inAwsTime, tokenBelow } from './sign-in-end.ts';
import type { Held, RenewToken } from './sign-in-renewal.ts';
import { type EnsureTokenOptions, ensureToken } from './sso-sign-in.ts';
import type { TokenFile } from './sso-token-cache.ts';

export interface SignInDeps extends PersonDeps {
  readonly connection: AwsConnection;
  readonly clock: Clock;
  readonly incidents: IncidentLog;
}

type RequestHandler = ConnectionSnapshot['requestHandler'];
type ConnectOptions = Parameters<SignIn['connect']>[1];

/** The token that a sign-in was last tried with, and of which session. */
export interface Tried {
  readonly cacheKey: string;
  readonly accessToken: string;
}

export const cancelled = err({ kind: 'sign-in-failed', cause: 'cancelled', detail: '' } as const);

interface Attempt {
  readonly context: ErrorContext;
  readonly isCurrent: () => boolean;
  readonly renewToken: RenewToken;
  readonly tried: Tried | null;
  readonly onToken: (now: Tried) => void;
}

/** Puts the identity into the connection, unless the attempt was overtaken or given up. */
export async function connect(
  deps: SignInDeps,
  profile: string,
  options: ConnectOptions & Attempt,
): Promise<Result<{ readonly held: Held; readonly connected: ConnectedIdentity }>> {
  const allowed = deps.network.check();
  if (!allowed.ok) return allowed;
  const found = await findProfile(profile);
  if (!found.ok) return found;
  const { described, region, caBundle } = found.value;

  const token = await tokenFor(deps, described, options);
  if (!token.ok) return options.isCurrent() ? token : cancelled;

  const requestHandler: RequestHandler = (timeouts) => deps.network.handler(caBundle, timeouts);
  const errorContext = (): ErrorContext => ({
    profile,
    offsetMs: deps.clock.offsetMs(),
    signsInByBrowser: described.sso !== null,
  });
  const { network } = deps;
  const { sso } = described;
  const source = createSource(
    {
      ...{ network, errorContext, requestHandler, region },
      renewToken: async () => {
        if (sso === null || sso.sessionName === null) return null;
        const state = await options.renewToken(sso, errorContext());
        return state.token === null && state.problem?.kind !== 'sign-in-failed' ? state.problem : null;
      },
    },
    profile,
    described,
  );
  const first = await resolveFirst(source, options.askCode, options.signal);
  if (!first.ok) return options.isCurrent() ? first : cancelled;
  const call = { region, requestHandler, errorContext, credentials: first.value, signal: options.signal };
  const identity = await askIdentity(deps.clock, profile, call);
  if (!identity.ok) return options.isCurrent() ? identity : cancelled;
  if (!options.isCurrent()) return cancelled;

  const credentials = inAwsTime(deps.clock, described, first.value);
  const resolve = async () => inAwsTime(deps.clock, described, await source.resolve());
  const kept = keepCredentials(resolve, deps.clock.now, credentials);
  deps.connection.replace({
    ...{ region, requestHandler, errorContext },
    identity: identity.value,
    credentials: kept.credentials,
    dropCredentials: kept.drop,
    stopWaiting: kept.stopWaiting,
  });
  deps.incidents.note(`Signed in: account ${identity.value.accountId}, a profile of kind ${described.kind}.`);
  const below = tokenBelow(described);
  const end =
    below !== null && token.value !== null
      ? endOfToken(deps.clock, below, token.value)
      : endOfCredentials(described, credentials);
  return ok({
    held: { described, source, kept, profile, token: token.value, accessKeyId: credentials.accessKeyId },
    connected: { identity: identity.value, ...end, isShared: sso !== null },
  });
}

async function tokenFor(
  deps: SignInDeps,
  { sso }: ProfileDescription,
  options: Omit<EnsureTokenOptions, 'triedToken'> & Attempt,
): Promise<Result<TokenFile | null>> {
  if (sso === null) return ok(null);
  const token = await ensureToken(authorizationDeps(deps), sso, {
    ...options,
    context: { ...options.context, signsInByBrowser: true },
    triedToken: options.tried?.cacheKey === sso.cacheKey ? options.tried.accessToken : null,
  });
  if (token.ok) options.onToken({ cacheKey: sso.cacheKey, accessToken: token.value.accessToken });
  return token;
}

async function resolveFirst(
  source: CredentialsSource,
  askCode: AskCode,
  signal: AbortSignal,
): Promise<Result<AwsCredentials>> {
  try {
    return ok(await abortable(source.resolve(askCode), signal));
  } catch (cause) {
    signal.throwIfAborted();
    return err(toAppError(cause, source.errorContext()));
  }
}

/** The SDK's providers take no signal: the wait ends, what they do goes on unheard. */
async function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal.reason);
  signal.throwIfAborted();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
