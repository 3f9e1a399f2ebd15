import type { Profile } from '../../../contract/session.ts';
import type { Profiles } from '../../core/ports.ts';
import { type BrokenSection, loadAwsConfig } from './aws-config.ts';
import { describeEnvironment, environmentProfile } from './environment-credentials.ts';
import { readLogin } from './login-session.ts';
import { describeProfile, type ProfileDescription } from './profile-kinds.ts';
import { cliInstant, readToken, tokenEndMs } from './sso-token-cache.ts';

/**
 * Lists the profiles of the AWS config and credentials files, each time as they are on disk at that moment.
 * Keys in the environment come first, as a profile of their own; sections that can't be read come last, with what is wrong with them.
 * `accountName` is no matter of AWS's files and stays null here; `lastProfile` is what the environment names.
 */
export function createProfiles(): Profiles {
  return {
    list: async () => {
      const config = await loadAwsConfig();
      const environment = describeEnvironment(process.env);
      const named: (readonly [string, ProfileDescription | null])[] = [
        [environmentProfile, environment],
        ...[...config.profiles.keys()].map((name) => [name, describeProfile(config, name)] as const),
      ];
      const usable = await Promise.all(named.map(([name, described]) => toProfile(name, described)));
      return {
        profiles: [...usable.filter((profile) => profile !== null), ...config.broken.map(toBroken)],
        ssoSessions: [...config.ssoSessions].flatMap(([name, section]) => {
          const { sso_start_url: startUrl, sso_region: region } = section;
          return startUrl === undefined || region === undefined ? [] : [{ name, startUrl, region }];
        }),
        lastProfile: process.env.AWS_PROFILE || (environment === null ? null : environmentProfile),
        configPath: config.configPath,
        problem: config.problem,
      };
    },
  };
}

async function toProfile(name: string, described: ProfileDescription | null): Promise<Profile | null> {
  if (described === null) return null;
  return {
    name,
    kind: described.kind,
    accountId: described.accountId,
    accountName: null,
    roleName: described.roleName,
    ssoSession: described.ssoSession,
    asksForCode: described.asksForCode,
    problem: described.problem,
    signedInUntilUtc: await signedInUntil(described),
  };
}

function toBroken({ name, problem }: BrokenSection): Profile {
  return {
    ...{ name, problem, kind: 'incomplete', asksForCode: false },
    ...{ accountId: null, accountName: null, roleName: null, ssoSession: null, signedInUntilUtc: null },
  };
}

async function signedInUntil(described: ProfileDescription): Promise<string | null> {
  const endMs = await cachedEndMs(described);
  return endMs === null || endMs <= Date.now() ? null : cliInstant(endMs);
}

async function cachedEndMs({ sso, login }: ProfileDescription): Promise<number | null> {
  if (login !== null) {
    const cached = await readLogin(login.session);
    return typeof cached === 'string' ? null : cached.endMs;
  }
  const token = sso === null ? null : await readToken(sso.cacheKey);
  return token === null ? null : tokenEndMs(token);
}
