/** Profiles of every kind beside those of practice, with secrets that can be told from all else. */
import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Canaries } from './canaries.ts';

const startUrl = 'https://d-9067a1c4e2.awsapps.com/start';

/** Profiles that sign in, the last ones by keys that lie on this computer. */
export const goodProfiles = [
  'seller-ops',
  'legacy',
  'via-role',
  'with-code',
  'console',
  'temporary-keys',
  'from-process',
  'from-environment',
] as const;

/** Profiles whose sign-in fails, with secrets in what they are made of. */
export const badProfiles = ['failing-process', 'babbling-process', 'half-a-key'] as const;

/** What the person types where the role `with-code` asks. */
export const secondFactorCode = '837402';

/** What `aws login` leaves, from practice. */
export interface LeftByLogin {
  readonly loginSession: string;
  readonly fileName: string;
  readonly content: {
    readonly refreshToken: string;
    readonly idToken: string;
    readonly dpopKey: string;
    readonly accessToken: Readonly<Record<string, string>>;
  };
}

interface Marking {
  readonly home: string;
  readonly left: LeftByLogin;
  readonly canaries: Pick<Canaries, 'plant' | 'plantCode'>;
}

/** Gives the variables to set. */
export async function writeMarkedProfiles({
  home,
  left,
  canaries: { plant, plantCode },
}: Marking): Promise<Readonly<Record<string, string>>> {
  const secret = (): string => {
    const made = randomBytes(30).toString('base64');
    plant(made);
    return made;
  };
  /** Too short for anything but its place to tell that it is one. */
  const short = (): string => {
    const made = randomBytes(12).toString('base64url');
    plant(made);
    return made;
  };
  const processPath = join(home, 'credentials.json');
  const inProcess = {
    AccessKeyId: 'AKIAPROCESSUSAGEKEYS',
    SecretAccessKey: secret(),
    SessionToken: secret(),
  };
  await writeFile(processPath, JSON.stringify({ Version: 1, ...inProcess }));
  const babblePath = join(home, 'babble.txt');
  await writeFile(babblePath, `token ${short()} "SecretAccessKey": ${secret()}`);
  const roleArn = 'arn:aws:iam::482913607251:role/UsageReporter';
  await appendFile(
    join(home, '.aws', 'config'),
    `
[profile legacy]
sso_start_url = ${startUrl}
sso_region = eu-central-1
sso_account_id = 482913607251
sso_role_name = MarketplaceMetering

[profile from-process]
credential_process = cat ${processPath}

[profile failing-process]
credential_process = cat ${babblePath} ${babblePath}.missing --token ${short()}

[profile babbling-process]
credential_process = cat ${babblePath}

[profile console]
login_session = ${left.loginSession}

[profile with-code]
role_arn = ${roleArn}Mfa
mfa_serial = arn:aws:iam::482913607251:mfa/usage-scripts
source_profile = static-key

[profile from-environment]
role_arn = ${roleArn}
credential_source = Environment
`,
  );
  plantCode(secondFactorCode);
  const { accessToken, refreshToken, idToken, dpopKey } = left.content;
  for (const one of [accessToken.secretAccessKey, accessToken.sessionToken, refreshToken, idToken])
    plant(one ?? '');
  // Line by line: the text of a key may have been joined or cut.
  for (const line of dpopKey.split('\n')) if (!line.startsWith('-----')) plant(line);
  // Its keys have run out, so that it is renewed with all that it has.
  const cached = { ...left.content, accessToken: { ...accessToken, expiresAt: '2026-01-01T00:00:00Z' } };
  const cache = join(home, '.aws', 'login', 'cache');
  await mkdir(cache, { recursive: true, mode: 0o700 });
  await writeFile(join(cache, left.fileName), JSON.stringify(cached), { mode: 0o600 });
  await appendFile(
    join(home, '.aws', 'credentials'),
    `
[temporary-keys]
aws_access_key_id = AKIATEMPORARYUSAGEKE
aws_secret_access_key = ${secret()}
aws_session_token = ${secret()}

[half-a-key]
aws_secret_access_key = ${secret()}
`,
  );
  return {
    AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENTUSAGE',
    AWS_SECRET_ACCESS_KEY: secret(),
    AWS_SESSION_TOKEN: secret(),
  };
}
