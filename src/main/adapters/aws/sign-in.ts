import { setTimeout as pause } from 'node:timers/promises';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni } from '@aws-sdk/credential-providers';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import type { BrowserOpener, Clock, ConnectedIdentity, IncidentLog, SignIn } from '../../core/ports.ts';
import { loadAwsConfig } from './aws-config.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { type ErrorContext, ExpectedFailure, toAppError } from './aws-errors.ts';
import { withClock } from './clock-learning.ts';
import {
  type AwsConnection,
  type AwsCredentials,
  type ConnectionSnapshot,
  keepCredentials,
} from './connection.ts';
import type { Network } from './network.ts';
import { describeProfile, type ProfileDescription, type SsoSource } from './profile-kinds.ts';
import type { AuthorizationDeps } from './sso-oidc.ts';
import { type EnsureTokenOptions, ensureToken, renewSilently, renewsItself, signOut } from './sso-sign-in.ts';
import { type TokenFile, tokenEndMs } from './sso-token-cache.ts';

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

/** Where AWS answers for the identity when the profile names no Region. */
const homeRegion = 'us-east-1';

/** Clocks that differ by less are the same clock: an answer's `Date` has whole seconds. */
const noticeableOffsetMs = 30_000;

/**
 * Signs in with a profile of the AWS config and puts the identity into `connection`, from which every other AWS adapter works. Expected failures
 * come back as data; aborting gives `sign-in-failed` / `cancelled` and leaves the former connection in place.
 */
export function createSignIn(deps: SignInDeps): SignIn {
  let latest = 0;
  /** What the connection rests on; null where that is no SSO sign-in. */
  let held: SsoSource | null = null;
  return {
    connect: async (profile, options) => {
      latest += 1;
      const mine = latest;
      const isCurrent = (): boolean => mine === latest && !options.signal.aborted;
      const context: ErrorContext = { profile, offsetMs: deps.clock.offsetMs(), signsInByBrowser: false };
      try {
        const connected = await connect(deps, profile, { ...options, context, isCurrent });
        if (!connected.ok) return connected;
        held = connected.value.source;
        return ok(connected.value.connected);
      } catch (cause) {
        if (!isCurrent()) return cancelled;
        return err(toAppError(cause, { ...context, offsetMs: deps.clock.offsetMs() }));
      }
    },
    disconnect: () => {
      latest += 1;
      held = null;
      deps.connection.replace(null);
    },
    signOut: async () => {
      const context = { profile: '', offsetMs: deps.clock.offsetMs(), signsInByBrowser: true };
      const ended = held === null ? ok({ endedAtAws: true }) : await signOut(deps, held, () => context);
      if (!ended.ok) return ended;
      latest += 1;
      held = null;
      deps.connection.replace(null);
      return ended;
    },
  };
}

const cancelled = err({ kind: 'sign-in-failed', cause: 'cancelled', detail: '' } as const);

async function connect(
  deps: SignInDeps,
  profile: string,
  options: ConnectOptions & { readonly context: ErrorContext; readonly isCurrent: () => boolean },
): Promise<Result<{ readonly source: SsoSource | null; readonly connected: ConnectedIdentity }>> {
  const allowed = deps.network.check();
  if (!allowed.ok) return allowed;
  const config = await loadAwsConfig();
  const described = describeProfile(config, profile);
  if (described === null) return err(config.problem ?? { kind: 'profile-unknown', profile });
  if (described.problem !== null)
    return err({ kind: 'profile-unusable', profile, detail: described.problem });

  const tokenOptions = {
    ...options,
    context: { ...options.context, signsInByBrowser: described.sso !== null },
  };
  const token = await tokenFor(deps, described, tokenOptions);
  if (!token.ok) return options.isCurrent() ? token : cancelled;

  const section = config.profiles.get(profile);
  const region = section?.region ?? null;
  const requestHandler: RequestHandler = (timeouts) =>
    deps.network.handler(section?.ca_bundle ?? null, timeouts);
  const source = createSource(deps, profile, { described, region, requestHandler });
  const first = await resolveFirst(source, options.signal);
  if (!first.ok) return first;
  const identity = await askIdentity(
    deps,
    profile,
    { region, requestHandler, credentials: first.value, signal: options.signal },
    source,
  );
  if (!identity.ok) return options.isCurrent() ? identity : cancelled;
  if (!options.isCurrent()) return cancelled;

  const kept = keepCredentials(source.resolve, deps.clock.now, first.value);
  deps.connection.replace({
    identity: identity.value,
    region,
    credentials: kept.credentials,
    dropCredentials: kept.drop,
    stopWaiting: kept.stopWaiting,
    requestHandler,
    errorContext: source.errorContext,
  });
  deps.incidents.note(`Signed in: account ${identity.value.accountId}, a profile of kind ${described.kind}.`);
  const end = endOf(deps.clock, described, token.value, first.value);
  return ok({
    source: described.sso,
    connected: { identity: identity.value, ...end, isShared: described.sso !== null },
  });
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
  described: ProfileDescription,
  options: EnsureTokenOptions,
): Promise<Result<TokenFile | null>> {
  if (described.sso === null) return ok(null);
  return await ensureToken(authorizationDeps(deps), described.sso, options);
}

interface CredentialsSource {
  readonly resolve: () => Promise<AwsCredentials>;
  readonly errorContext: () => ErrorContext;
}

function createSource(
  deps: SignInDeps,
  profile: string,
  {
    described,
    region,
    requestHandler,
  }: {
    readonly described: ProfileDescription;
    readonly region: string | null;
    readonly requestHandler: RequestHandler;
  },
): CredentialsSource {
  const errorContext = (): ErrorContext => ({
    profile,
    offsetMs: deps.clock.offsetMs(),
    signsInByBrowser: described.sso !== null,
  });
  // No Region here: the SDK would ask the SSO portal of that Region in place of the session's own.
  const provider = fromIni({
    profile,
    clientConfig: { requestHandler: requestHandler(), userAgentAppId: applicationId },
  });
  return {
    errorContext,
    resolve: async () => {
      const allowed = deps.network.check();
      if (!allowed.ok) throw new ExpectedFailure(allowed.error);
      if (described.sso?.sessionName != null) await renewSilently(deps, described.sso, errorContext());
      // The SDK keeps what it once read of the files; this makes it see them as they are.
      await loadAwsConfig();
      return await provider({ callerClientConfig: { region: async () => region ?? homeRegion } });
    },
  };
}

async function resolveFirst(source: CredentialsSource, signal: AbortSignal): Promise<Result<AwsCredentials>> {
  try {
    return ok(await abortable(source.resolve(), signal));
  } catch (cause) {
    signal.throwIfAborted();
    return err(toAppError(cause, source.errorContext()));
  }
}

async function askIdentity(
  deps: SignInDeps,
  profile: string,
  call: {
    readonly region: string | null;
    readonly requestHandler: RequestHandler;
    readonly credentials: AwsCredentials;
    readonly signal: AbortSignal;
  },
  source: CredentialsSource,
): Promise<Result<Identity>> {
  const client = new STSClient({
    region: call.region ?? homeRegion,
    credentials: call.credentials,
    requestHandler: call.requestHandler(),
    userAgentAppId: applicationId,
    ...learnsClock,
  });
  try {
    const answer = await withClock(client, deps.clock, () =>
      client.send(new GetCallerIdentityCommand({}), { abortSignal: call.signal }),
    );
    if (answer.Account === undefined || answer.Arn === undefined) {
      throw new Error('The answer to GetCallerIdentity names no account.');
    }
    return ok({
      profile,
      accountId: answer.Account,
      accountName: null,
      roleName: roleNameOf(answer.Arn),
      principalArn: answer.Arn,
    });
  } catch (cause) {
    call.signal.throwIfAborted();
    return err(toAppError(cause, source.errorContext()));
  } finally {
    client.destroy();
  }
}

/**
 * The role of a principal, as people know it: IAM Identity Center wraps the name of the permission set.
 * https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html. Null for a user or the account itself.
 */
export function roleNameOf(principalArn: string): string | null {
  const role = /:assumed-role\/([^/]+)\//.exec(principalArn)?.[1];
  if (role === undefined) return null;
  return /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role)?.[1] ?? role;
}

/** When the sign-in ends, as stated by whom it rests on, and whether it goes on by itself. Nothing is assumed. */
function endOf(
  clock: Clock,
  described: ProfileDescription,
  token: TokenFile | null,
  credentials: AwsCredentials,
): Pick<ConnectedIdentity, 'expiresAtMs' | 'renewsItself'> {
  if (described.sso !== null && token !== null) {
    const endMs = tokenEndMs(token);
    return {
      expiresAtMs: endMs === null ? null : endMs + correctionMs(clock),
      renewsItself: renewsItself(described.sso, token),
    };
  }
  if (described.fixedKeys) return { expiresAtMs: null, renewsItself: false };
  return { expiresAtMs: credentials.expiration?.getTime() ?? null, renewsItself: true };
}

/** Token files hold this computer's time, as the AWS CLI writes them; the core reckons in AWS's. */
function correctionMs(clock: Clock): number {
  const offsetMs = clock.offsetMs() ?? 0;
  return Math.abs(offsetMs) < noticeableOffsetMs ? 0 : offsetMs;
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
