import { err, ok, type Result } from '../../../contract/result.ts';
import type { SsoSession } from '../../../contract/session.ts';
import type { Clock, IncidentLog, ProfileSetupAws, SetupSignIn } from '../../core/ports.ts';
import { authorizationDeps, type PersonDeps } from './authorization-deps.ts';
import { loadAwsConfig } from './aws-config.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { addProfileToFiles } from './config-file.ts';
import type { Network } from './network.ts';
import { scopesOf } from './profile-kinds.ts';
import type { AuthorizationDeps, SsoTarget } from './sso-oidc.ts';
import { createSsoPortal } from './sso-portal.ts';
import { authorize, endAtAws, ensureToken, keepToken } from './sso-sign-in.ts';
import { findPortal } from './sso-start-url.ts';
import type { TokenFile } from './sso-token-cache.ts';
import { sessionNameOf } from './start-url.ts';

export interface ProfileSetupDeps extends PersonDeps {
  readonly clock: Clock;
  readonly incidents: IncidentLog;
}

type SetupOptions = Parameters<ProfileSetupAws['signIn']>[1];

/** Signs in without a profile and writes one. Until it is saved, the token of a new SSO session is in memory alone. */
export function createProfileSetup(deps: ProfileSetupDeps): ProfileSetupAws {
  const context = (): ErrorContext => ({
    profile: '',
    offsetMs: deps.clock.offsetMs(),
    signsInByBrowser: true,
  });
  return {
    signIn: async (source, options) => {
      try {
        return await signIn(deps, source, { ...options, context });
      } catch (cause) {
        if (options.signal.aborted) return err({ kind: 'sign-in-failed', cause: 'cancelled', detail: '' });
        return err(toAppError(cause, context()));
      }
    },
  };
}

type Options = SetupOptions & { readonly context: () => ErrorContext };

async function signIn(
  deps: ProfileSetupDeps,
  source: Parameters<ProfileSetupAws['signIn']>[0],
  options: Options,
): Promise<Result<SetupSignIn>> {
  const allowed = deps.network.check();
  if (!allowed.ok) return allowed;
  const found = await findSession(deps.network, source);
  if (!found.ok) return found;
  const { session, isKnown, target } = found.value;
  const token = await tokenOf(authorizationDeps(deps), found.value, options);
  if (!token.ok) return token;
  const portal = createSsoPortal(deps.network, target, token.value, options.context);
  const discard = async (): Promise<{ readonly endedAtAws: boolean }> => {
    if (isKnown) return { endedAtAws: true };
    try {
      const endedAtAws = await endAtAws(deps, target, token.value, options.context);
      if (!endedAtAws) deps.incidents.note('A sign-in that was not kept could not be ended at AWS.');
      return { endedAtAws };
    } catch (cause) {
      deps.incidents.report(cause, 'ending a sign-in that was not kept');
      return { endedAtAws: false };
    }
  };
  const accounts = await portal.accounts(options.signal).catch(async (cause: unknown) => {
    await discard();
    throw cause;
  });
  if (!accounts.ok) {
    await discard();
    return accounts;
  }
  deps.incidents.note(`Signed in for a new profile: ${accounts.value.length} accounts.`);
  return ok({
    session,
    accounts: accounts.value,
    roles: (accountId, signal) => portal.roles(accountId, signal),
    save: async ({ profileName, accountId, roleName }) => {
      const { configPath, credentialsPath } = await loadAwsConfig();
      const profile = { name: profileName, accountId, roleName, session };
      const written = await addProfileToFiles({ configPath, credentialsPath }, profile, Date.now());
      if (!written.ok || isKnown) return written;
      // After the config: a token that no profile names would lie there for nothing.
      const kept = await keepToken(session.name, token.value);
      return kept.ok ? written : kept;
    },
    discard,
  });
}

interface FoundSession {
  readonly session: SsoSession;
  readonly isKnown: boolean;
  readonly target: SsoTarget;
}

async function findSession(
  network: Network,
  source: Parameters<ProfileSetupAws['signIn']>[0],
): Promise<Result<FoundSession>> {
  const config = await loadAwsConfig();
  const known = [...config.ssoSessions].flatMap(([name, section]) => {
    const { sso_start_url: startUrl, sso_region: region } = section;
    if (startUrl === undefined || region === undefined) return [];
    const scopes = scopesOf(section.sso_registration_scopes);
    const target = { startUrl, region, scopes, caBundle: null };
    return [{ session: { name, startUrl, region }, isKnown: true, target }];
  });
  if (source.kind === 'known') {
    const named = known.find(({ session }) => session.name === source.ssoSession);
    if (named !== undefined) return ok(named);
    return err({
      kind: 'profile-unusable',
      profile: source.ssoSession,
      detail: `unknown-sso-session:${source.ssoSession}`,
    });
  }
  const startUrl = await findPortal(network, source.startUrl);
  if (!startUrl.ok) return err({ kind: 'start-url-wrong', problem: startUrl.error });
  const { region } = source;
  const same = known.find(
    ({ session }) => session.region === region && session.startUrl.replace(/[#/]*$/, '') === startUrl.value,
  );
  if (same !== undefined) return ok(same);
  const name = freeName(sessionNameOf(startUrl.value), new Set(config.ssoSessions.keys()));
  return ok({
    session: { name, startUrl: startUrl.value, region },
    isKnown: false,
    target: { startUrl: startUrl.value, region, scopes: scopesOf(undefined), caBundle: null },
  });
}

function freeName(wanted: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? wanted : `${wanted}-${count}`;
    if (!taken.has(name)) return name;
  }
}

/** A known session's token may be cached already; a new one's is made, and kept only with the profile. */
function tokenOf(
  deps: AuthorizationDeps,
  { session, isKnown, target }: FoundSession,
  options: Options,
): Promise<Result<TokenFile>> {
  const context = options.context();
  if (!isKnown) return authorize(deps, target, { ...options, context });
  const source = { ...target, cacheKey: session.name, sessionName: session.name };
  return ensureToken(deps, source, { ...options, context, triedToken: null });
}
