import { setTimeout as pause } from 'node:timers/promises';
import { err, ok, type Result } from '../../../contract/result.ts';
import type {
  BrowserOpener,
  Clock,
  ConnectedIdentity,
  IncidentLog,
  SignIn,
  SignInRenewal,
} from '../../core/ports.ts';
import { loadAwsConfig } from './aws-config.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { askIdentity } from './caller-identity.ts';
import {
  type AwsConnection,
  type AwsCredentials,
  type ConnectionSnapshot,
  keepCredentials,
} from './connection.ts';
import { type AskCode, type CredentialsSource, createSource } from './credentials-source.ts';
import { describeEnvironment, environmentProfile } from './environment-credentials.ts';
import type { Network } from './network.ts';
import { describeProfile, type ProfileDescription, type SsoSource } from './profile-kinds.ts';
import { endOfCredentials, endOfToken, inAwsTime, tokenBelow } from './sign-in-end.ts';
import type { AuthorizationDeps } from './sso-oidc.ts';
import {
  type EnsureTokenOptions,
  ensureToken,
  renewSilently,
  signOut,
  type TokenState,
} from './sso-sign-in.ts';
import type { TokenFile } from './sso-token-cache.ts';

export interface SignInDeps {
  readonly connection: AwsConnection;
  readonly browser: BrowserOpener;
  readonly network: Network;
  readonly clock: Clock;
  readonly incidents: IncidentLog;
  /** How long a person may take in the browser; ten minutes unless told otherwise. */
  readonly browserWaitMs?: number;
  /** Waits between two questions to AWS; by the system's timers unless told otherwise. */
  readonly pause?: AuthorizationDeps['pause'];
}

type RequestHandler = ConnectionSnapshot['requestHandler'];
type ConnectOptions = Parameters<SignIn['connect']>[1];

/** What the connection rests on. */
interface Held {
  readonly described: ProfileDescription;
  readonly source: CredentialsSource;
  readonly kept: ReturnType<typeof keepCredentials>;
  readonly profile: string;
  /** The token that was last seen to hold; null where it rests on none. */
  token: TokenFile | null;
  /** Of the credentials that were last seen. */
  accessKeyId: string;
}

/** The token that a sign-in was last tried with, and of which session. */
interface Tried {
  readonly cacheKey: string;
  readonly accessToken: string;
}

/**
 * Signs in with a profile of the AWS config, or with the keys of the environment, and puts the identity into `connection`, from which every other
 * AWS adapter works. Expected failures come back as data; aborting gives `sign-in-failed` / `cancelled` and leaves the former connection in place.
 */
export function createSignIn(deps: SignInDeps): SignIn {
  const renewToken = renewingOnce(deps);
  let latest = 0;
  let held: Held | null = null;
  let tried: Tried | null = null;

  function forget(): void {
    latest += 1;
    held = null;
    deps.connection.replace(null);
  }

  return {
    connect: async (profile, options) => {
      latest += 1;
      const mine = latest;
      const isCurrent = (): boolean => mine === latest && !options.signal.aborted;
      const context: ErrorContext = { profile, offsetMs: deps.clock.offsetMs(), signsInByBrowser: false };
      const attempt = {
        ...{ context, isCurrent, renewToken, tried },
        onToken: (now: Tried) => {
          tried = now;
        },
      };
      try {
        const connected = await connect(deps, profile, { ...options, ...attempt });
        if (!connected.ok) return connected;
        held = connected.value.held;
        return ok(connected.value.connected);
      } catch (cause) {
        if (!isCurrent()) return cancelled;
        return err(toAppError(cause, { ...context, offsetMs: deps.clock.offsetMs() }));
      }
    },
    renew: async () => {
      const of = held;
      if (of === null) return err({ kind: 'not-signed-in' });
      const before = of.token?.accessToken;
      const renewed = await renew(deps, of, renewToken);
      const { sso } = of.described;
      if (held === of && sso !== null && of.token !== null && of.token.accessToken !== before) {
        tried = { cacheKey: sso.cacheKey, accessToken: of.token.accessToken };
      }
      return renewed;
    },
    disconnect: forget,
    signOut: async () => {
      const context = { profile: '', offsetMs: deps.clock.offsetMs(), signsInByBrowser: true };
      const sso = held?.described.sso ?? null;
      const ended = sso === null ? ok({ endedAtAws: true }) : await signOut(deps, sso, () => context);
      if (ended.ok) forget();
      return ended;
    },
  };
}

const cancelled = err({ kind: 'sign-in-failed', cause: 'cancelled', detail: '' } as const);

type RenewToken = (source: SsoSource, context: ErrorContext) => Promise<TokenState>;

/** A refresh token may be good for one use: who asks while it is being used waits for the same answer. */
function renewingOnce(deps: SignInDeps): RenewToken {
  const running = new Map<string, Promise<TokenState>>();
  return (source, context) => {
    const there = running.get(source.cacheKey);
    if (there !== undefined) return there;
    const work = renewSilently(deps, source, context).finally(() => running.delete(source.cacheKey));
    running.set(source.cacheKey, work);
    return work;
  };
}

interface Attempt {
  readonly context: ErrorContext;
  readonly isCurrent: () => boolean;
  readonly renewToken: RenewToken;
  readonly tried: Tried | null;
  readonly onToken: (now: Tried) => void;
}

async function connect(
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

interface FoundProfile {
  readonly described: ProfileDescription;
  /** Region of the profile, or null. Not the metering Region. */
  readonly region: string | null;
  readonly caBundle: string | null;
}

async function findProfile(profile: string): Promise<Result<FoundProfile>> {
  const config = await loadAwsConfig();
  const isEnvironment = profile === environmentProfile;
  const described = isEnvironment ? describeEnvironment(process.env) : describeProfile(config, profile);
  if (described === null) return err(config.problem ?? { kind: 'profile-unknown', profile });
  if (described.problem !== null)
    return err({ kind: 'profile-unusable', profile, detail: described.problem });
  const section = config.profiles.get(profile);
  const region = isEnvironment ? process.env.AWS_REGION : section?.region;
  return ok({ described, region: region || null, caBundle: section?.ca_bundle ?? null });
}

/** How a person is asked to sign in. */
export function authorizationDeps(
  deps: Pick<SignInDeps, 'browser' | 'network' | 'browserWaitMs' | 'pause'>,
): AuthorizationDeps {
  return {
    browser: deps.browser,
    network: deps.network,
    waitMs: deps.browserWaitMs ?? 10 * 60_000,
    pause: deps.pause ?? (async (ms, signal) => void (await pause(ms, undefined, { signal }))),
  };
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

/** Looks after what the connection rests on: a token, or credentials that are asked for anew shortly before their end. */
async function renew(deps: SignInDeps, held: Held, renewToken: RenewToken): Promise<Result<SignInRenewal>> {
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
