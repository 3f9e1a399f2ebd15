import type { Profile } from '../../../contract/session.ts';
import type { Profiles } from '../../core/ports.ts';
import { type AwsConfig, loadAwsConfig } from './aws-config.ts';
import { describeProfile } from './profile-kinds.ts';
import { cliInstant, readToken, tokenEndMs } from './sso-token-cache.ts';

/**
 * Lists the profiles of the AWS config and credentials files, each time as they are on disk at that moment.
 * `accountName` is no matter of AWS's files and stays null here; `lastProfile` is what `AWS_PROFILE` names.
 */
export function createProfiles(): Profiles {
  return {
    list: async () => {
      const config = await loadAwsConfig();
      const profiles = await Promise.all([...config.profiles.keys()].map((name) => toProfile(config, name)));
      return {
        profiles: profiles.filter((profile) => profile !== null),
        ssoSessions: [...config.ssoSessions].flatMap(([name, section]) => {
          const { sso_start_url: startUrl, sso_region: region } = section;
          return startUrl === undefined || region === undefined ? [] : [{ name, startUrl, region }];
        }),
        lastProfile: process.env.AWS_PROFILE || null,
        configPath: config.configPath,
        problem: config.problem,
      };
    },
  };
}

async function toProfile(config: AwsConfig, name: string): Promise<Profile | null> {
  const described = describeProfile(config, name);
  if (described === null) return null;
  return {
    name,
    kind: described.kind,
    accountId: described.accountId,
    accountName: null,
    roleName: described.roleName,
    ssoSession: described.ssoSession,
    problem: described.problem,
    signedInUntilUtc: described.sso === null ? null : await signedInUntil(described.sso.cacheKey),
  };
}

async function signedInUntil(cacheKey: string): Promise<string | null> {
  const token = await readToken(cacheKey);
  const endMs = token === null ? null : tokenEndMs(token);
  return endMs === null || endMs <= Date.now() ? null : cliInstant(endMs);
}
