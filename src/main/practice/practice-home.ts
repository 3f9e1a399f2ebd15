import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { WorldProfile } from './world-schema.ts';

/** What the home needs of a world; everything else in it is none of its business. */
const profilesSchema = z.object({
  signIn: z.object({ startUrl: z.string(), region: z.string() }),
  profiles: z.array(
    z.custom<WorldProfile>((value) => z.object({ name: z.string() }).safeParse(value).success),
  ),
});

const sessionName = 'practice';

/** Variables that the SDK or the AWS CLI reads; each would carry live settings into practice. */
const liveVariables = [
  'AWS_PROFILE',
  'AWS_DEFAULT_PROFILE',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_SECURITY_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_ACCOUNT_ID',
  'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS',
  'AWS_USE_FIPS_ENDPOINT',
  'AWS_USE_DUALSTACK_ENDPOINT',
  'AWS_MAX_ATTEMPTS',
  'AWS_RETRY_MODE',
  'AWS_DEFAULTS_MODE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_LOGIN_CACHE_DIRECTORY',
  'AWS_CA_BUNDLE',
  'AWS_DISABLE_CLOCK_SKEW_CORRECTION',
];

/**
 * Makes a home for programs that talk to the practice AWS at `url`: `dir/.aws` with ready profiles, files 0600 and folders
 * 0700. A config that is there already is kept, since a person may have added profiles to it.
 *
 * Gives the environment to set. `undefined` means that the variable must be deleted. Rejects when the folder can't be
 * written or the practice AWS does not answer.
 */
export async function preparePracticeHome(
  dir: string,
  url: string,
): Promise<Record<string, string | undefined>> {
  const response = await fetch(`${url}/_practice/world`);
  const { profiles, signIn } = profilesSchema.parse(await response.json());
  const folder = join(dir, '.aws');
  for (const made of [dir, folder, join(folder, 'sso'), join(folder, 'sso', 'cache')]) {
    await mkdir(made, { recursive: true, mode: 0o700 });
    await chmod(made, 0o700);
  }
  const config = join(folder, 'config');
  const credentials = join(folder, 'credentials');
  await writeIfAbsent(config, configText(profiles, signIn));
  await writeIfAbsent(credentials, '');
  const inherited = Object.keys(process.env).filter((name) => name.toUpperCase().startsWith('AWS_'));
  return {
    ...Object.fromEntries([...liveVariables, ...inherited].map((name) => [name, undefined])),
    HOME: dir,
    USERPROFILE: dir,
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    AWS_ENDPOINT_URL: url,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

async function writeIfAbsent(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  });
  await chmod(path, 0o600);
}

interface SignInFacts {
  readonly startUrl: string;
  readonly region: string;
}

function configText(profiles: readonly WorldProfile[], { startUrl, region }: SignInFacts): string {
  const session = [
    `[sso-session ${sessionName}]`,
    `sso_start_url = ${startUrl}`,
    `sso_region = ${region}`,
    'sso_registration_scopes = sso:account:access',
  ];
  const sections = [session, ...profiles.map((profile) => profileLines(profile, { startUrl, region }))];
  const heading = '# Profiles of the practice AWS. Nothing here reaches AWS.';
  return `${heading}\n\n${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function profileLines(profile: WorldProfile, { startUrl, region }: SignInFacts): string[] {
  const heading = `[profile ${profile.name}]`;
  const ownRegion = 'region = us-east-1';
  switch (profile.kind) {
    case 'sso-session':
      return [
        heading,
        `sso_session = ${sessionName}`,
        `sso_account_id = ${profile.accountId}`,
        `sso_role_name = ${profile.roleName}`,
        ownRegion,
      ];
    case 'sso-legacy':
      return [
        heading,
        `sso_start_url = ${startUrl}`,
        `sso_region = ${region}`,
        `sso_account_id = ${profile.accountId}`,
        `sso_role_name = ${profile.roleName}`,
        ownRegion,
      ];
    case 'static':
      return [
        heading,
        `aws_access_key_id = ${profile.accessKeyId}`,
        'aws_secret_access_key = practice/only/not/a/secret/0000000000000',
        ownRegion,
      ];
    case 'role':
      return [
        heading,
        `role_arn = arn:aws:iam::${profile.accountId}:role/${profile.roleName}`,
        `source_profile = ${profile.sourceProfile}`,
        ...(profile.externalId ? [`external_id = ${profile.externalId}`] : []),
        ...(profile.mfaSerial ? [`mfa_serial = ${profile.mfaSerial}`] : []),
        ownRegion,
      ];
  }
}
