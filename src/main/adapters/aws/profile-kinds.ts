import type { Profile } from '../../../contract/session.ts';
import type { AwsConfig, ConfigSection } from './aws-config.ts';
import { roleNameOf } from './caller-identity.ts';
import type { LoginSource } from './login-session.ts';
import type { SsoTarget } from './sso-oidc.ts';

/** Whose cached token a profile's sign-in rests on. */
export interface SsoSource extends SsoTarget {
  /** What the cache file is named after: the session's name, or the start URL of a legacy profile. */
  readonly cacheKey: string;
  /** Null for a legacy profile, whose sign-in AWS never renews. */
  readonly sessionName: string | null;
}

/** What a profile is, read off its sections alone. */
export interface ProfileDescription {
  readonly kind: Profile['kind'];
  readonly accountId: string | null;
  readonly roleName: string | null;
  /** The session that the profile itself names. */
  readonly ssoSession: string | null;
  /**
   * What keeps it from being used, as a code: `missing:<setting>`, `malformed:<setting>`, `unsupported:<setting>`,
   * `missing-variable:<name>`, `unknown-sso-session:<name>`, `unknown-source-profile:<name>`, `unusable-source-profile:<name>`,
   * `source-profile-cycle`, `no-credentials`. Null when it can be used.
   */
  readonly problem: string | null;
  /** The SSO sign-in at the root of it, also behind a `source_profile`; null when there is none. */
  readonly sso: SsoSource | null;
  /** The sign-in of `aws login` at the root of it, likewise. */
  readonly login: LoginSource | null;
  /** Whether a role on the way to it asks for a code of a second factor each time that it is assumed. */
  readonly asksForCode: boolean;
  /** Whether its credentials can be had anew without a person. What SSO renews by itself is a matter of its token. */
  readonly renews: boolean;
}

const accountIdPattern = /^\d{12}$/;
const roleArnPattern = /^arn:[\w-]+:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/;
const ssoSettings = [
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
] as const;
const defaultScopes = ['sso:account:access'];

const nothing = {
  accountId: null,
  roleName: null,
  ssoSession: null,
  problem: null,
  sso: null,
  login: null,
  asksForCode: false,
  renews: true,
};

/**
 * Tells the kind of a profile by the order in which the SDK resolves one: assumed role, static keys, web identity,
 * credential process, SSO, login session. Static keys therefore shadow SSO settings of the same profile.
 * https://docs.aws.amazon.com/sdkref/latest/guide/standardized-credentials.html
 *
 * `path` holds the profiles that led here by `source_profile`.
 */
export function describeProfile(
  config: AwsConfig,
  name: string,
  path: readonly string[] = [],
): ProfileDescription | null {
  const section = config.profiles.get(name);
  if (section === undefined) return null;
  const keys = hasKeys(section);
  // A source profile with keys is taken by its keys, even when it names a role as well.
  if (path.length > 0 && keys) return describeKeys(section);
  if (isAssumedRole(section)) return describeAssumedRole(config, name, section, path);
  if (keys) return describeKeys(section);
  if (section.web_identity_token_file !== undefined) return describeWebIdentity(section);
  if (section.credential_process !== undefined) return { ...nothing, kind: 'credential-process' };
  if (ssoSettings.some((setting) => section[setting] !== undefined)) return describeSso(config, section);
  if (section.login_session !== undefined) return describeLogin(name, section.login_session);
  return { ...nothing, kind: 'incomplete', problem: problemOfRest(section) };
}

function hasKeys(section: ConfigSection): boolean {
  return section.aws_access_key_id !== undefined && section.aws_secret_access_key !== undefined;
}

function isAssumedRole(section: ConfigSection): boolean {
  const hasSource = section.source_profile !== undefined;
  return section.role_arn !== undefined && hasSource !== (section.credential_source !== undefined);
}

function describeKeys(section: ConfigSection): ProfileDescription {
  const accountId = section.aws_account_id;
  return {
    ...nothing,
    kind: 'static-keys',
    accountId: accountId !== undefined && accountIdPattern.test(accountId) ? accountId : null,
    renews: false,
  };
}

function describeWebIdentity(section: ConfigSection): ProfileDescription {
  const problem = section.role_arn === undefined ? 'missing:role_arn' : null;
  return { ...nothing, kind: 'web-identity', ...accountAndRole(section), problem };
}

function describeAssumedRole(
  config: AwsConfig,
  name: string,
  section: ConfigSection,
  path: readonly string[],
): ProfileDescription {
  const role = accountAndRole(section);
  const own = { ...nothing, kind: 'assume-role' as const, ...role };
  if (role.accountId === null) return { ...own, problem: 'malformed:role_arn' };
  const asksForCode = section.mfa_serial !== undefined;
  const sourceName = section.source_profile;
  if (sourceName === undefined) {
    const supported = section.credential_source === 'Environment';
    return {
      ...own,
      asksForCode,
      renews: !asksForCode,
      problem: supported ? null : 'unsupported:credential_source',
    };
  }
  const visited = [...path, name];
  const source = config.profiles.get(sourceName);
  if (source === undefined) {
    const isThere = config.broken.some(({ name: broken }) => broken === sourceName);
    return { ...own, problem: `${isThere ? 'unusable' : 'unknown'}-source-profile:${sourceName}` };
  }
  if (visited.includes(sourceName) && !hasKeys(source)) return { ...own, problem: 'source-profile-cycle' };
  const described = describeProfile(config, sourceName, visited);
  if (described?.problem === 'source-profile-cycle') return { ...own, problem: described.problem };
  if (described === null || described.problem !== null) {
    return { ...own, problem: `unusable-source-profile:${sourceName}` };
  }
  const asksSomewhere = asksForCode || described.asksForCode;
  const { sso, login } = described;
  return { ...own, sso, login, asksForCode: asksSomewhere, renews: !asksSomewhere };
}

function accountAndRole(section: ConfigSection): Pick<ProfileDescription, 'accountId' | 'roleName'> {
  const [, accountId = null, roleName = null] = roleArnPattern.exec(section.role_arn ?? '') ?? [];
  return { accountId, roleName };
}

/** Names the ARN of who signed in, which has the account and may have a role. */
function describeLogin(profile: string, session: string): ProfileDescription {
  const accountId = /^arn:[\w-]+:(?:iam|sts)::(\d{12}):/.exec(session)?.[1] ?? null;
  const login = { profile, session };
  return { ...nothing, kind: 'login-session', accountId, roleName: roleNameOf(session), login };
}

function describeSso(config: AwsConfig, section: ConfigSection): ProfileDescription {
  const sessionName = section.sso_session ?? null;
  const session = sessionName === null ? undefined : config.ssoSessions.get(sessionName);
  const accountId = section.sso_account_id;
  const own = {
    ...nothing,
    kind: sessionName === null ? ('sso-legacy' as const) : ('sso-session' as const),
    accountId: accountId !== undefined && accountIdPattern.test(accountId) ? accountId : null,
    roleName: section.sso_role_name ?? null,
    ssoSession: sessionName,
  };
  if (sessionName !== null && session === undefined) {
    return { ...own, problem: `unknown-sso-session:${sessionName}` };
  }
  const source = session ?? section;
  const startUrl = source.sso_start_url;
  const region = source.sso_region;
  if (startUrl === undefined) return { ...own, problem: 'missing:sso_start_url' };
  if (region === undefined) return { ...own, problem: 'missing:sso_region' };
  if (accountId === undefined) return { ...own, problem: 'missing:sso_account_id' };
  if (own.accountId === null) return { ...own, problem: 'malformed:sso_account_id' };
  if (own.roleName === null) return { ...own, problem: 'missing:sso_role_name' };
  return {
    ...own,
    sso: {
      cacheKey: sessionName ?? startUrl,
      sessionName,
      startUrl,
      region,
      scopes: session === undefined ? [] : scopesOf(session.sso_registration_scopes),
      caBundle: section.ca_bundle ?? null,
    },
  };
}

export function scopesOf(setting: string | undefined): readonly string[] {
  const scopes = (setting ?? '')
    .split(',')
    .map((scope) => scope.trim())
    .filter((scope) => scope !== '');
  return scopes.length === 0 ? defaultScopes : scopes;
}

function problemOfRest(section: ConfigSection): string {
  if (section.role_arn !== undefined) {
    return section.source_profile === undefined ? 'missing:source_profile' : 'malformed:source_profile';
  }
  if (section.aws_access_key_id !== undefined) return 'missing:aws_secret_access_key';
  if (section.aws_secret_access_key !== undefined) return 'missing:aws_access_key_id';
  return 'no-credentials';
}
