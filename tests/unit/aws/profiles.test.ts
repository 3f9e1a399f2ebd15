import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createProfiles } from '../../../src/main/adapters/aws/profiles.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'usage-desk-profiles-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', undefined);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', undefined);
  vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
  await mkdir(join(home, '.aws', 'sso', 'cache'), { recursive: true });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const config = (text: string) => writeFile(join(home, '.aws', 'config'), text);
const credentials = (text: string) => writeFile(join(home, '.aws', 'credentials'), text);
const list = () => createProfiles().list();
const only = async () => (await list()).profiles[0];
const session =
  '[sso-session corp]\nsso_start_url = https://d-1.awsapps.com/start\nsso_region = eu-central-1\n';
const sso =
  '[profile seller]\nsso_session = corp\nsso_account_id = 012345678901\nsso_role_name = MeteringOps\n';

test('without any file there are no profiles and no problem', async () => {
  expect(await list()).toEqual({
    profiles: [],
    ssoSessions: [],
    lastProfile: null,
    configPath: join(home, '.aws', 'config'),
    problem: null,
  });
});

test('an SSO profile tells account, role and session; a leading zero stays', async () => {
  await config(session + sso);
  expect((await list()).profiles).toEqual([
    {
      name: 'seller',
      kind: 'sso-session',
      accountId: '012345678901',
      accountName: null,
      roleName: 'MeteringOps',
      ssoSession: 'corp',
      asksForCode: false,
      problem: null,
      signedInUntilUtc: null,
    },
  ]);
});

const keys = 'aws_access_key_id = AKIAEXAMPLEKEY000000\naws_secret_access_key = not-a-secret\n';
const role = 'role_arn = arn:aws:iam::222222222222:role/team/Reporter\n';
test.each([
  ['static keys', `[default]\n${keys}`, { name: 'default', kind: 'static-keys', problem: null }],
  [
    'static keys over SSO settings',
    `${session}${sso}${keys}`,
    { kind: 'static-keys', accountId: null, problem: null },
  ],
  [
    'static keys with their account',
    `[default]\n${keys}aws_account_id = 111111111111\n`,
    { accountId: '111111111111' },
  ],
  [
    'half of the keys',
    '[default]\naws_access_key_id = AKIAEXAMPLEKEY000000\n',
    { kind: 'incomplete', problem: 'missing:aws_secret_access_key' },
  ],
  [
    'a process',
    '[profile x]\ncredential_process = /bin/tool\n',
    { kind: 'credential-process', problem: null },
  ],
  [
    'a login session',
    '[profile x]\nlogin_session = arn:aws:iam::111111111111:user/x\n',
    { kind: 'login-session', accountId: '111111111111', roleName: null, problem: null },
  ],
  [
    'a login session of a role',
    '[profile x]\nlogin_session = arn:aws:sts::111111111111:assumed-role/Admin/x\n',
    { kind: 'login-session', accountId: '111111111111', roleName: 'Admin', problem: null },
  ],
  [
    'a web identity',
    `[profile x]\nweb_identity_token_file = /tmp/t\n${role}`,
    { kind: 'web-identity', accountId: '222222222222', roleName: 'Reporter', problem: null },
  ],
  [
    'legacy SSO',
    '[profile x]\nsso_start_url = https://d-2.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111111111111\nsso_role_name = R\n',
    { kind: 'sso-legacy', ssoSession: null, problem: null },
  ],
  [
    'SSO without an account',
    `${session}[profile x]\nsso_session = corp\nsso_role_name = R\n`,
    { kind: 'sso-session', problem: 'missing:sso_account_id' },
  ],
  [
    'SSO without a role',
    `${session}[profile x]\nsso_session = corp\nsso_account_id = 111111111111\n`,
    { problem: 'missing:sso_role_name' },
  ],
  [
    'SSO with a broken account',
    `${session}[profile x]\nsso_session = corp\nsso_account_id = 11-11\nsso_role_name = R\n`,
    { accountId: null, problem: 'malformed:sso_account_id' },
  ],
  [
    'SSO with an unknown session',
    '[profile x]\nsso_session = gone\nsso_account_id = 111111111111\nsso_role_name = R\n',
    { problem: 'unknown-sso-session:gone' },
  ],
  [
    'a session without a Region',
    '[sso-session s]\nsso_start_url = https://a.b\n[profile x]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = R\n',
    { problem: 'missing:sso_region' },
  ],
  [
    'a role from the environment',
    `[profile x]\n${role}credential_source = Environment\n`,
    { kind: 'assume-role', problem: null },
  ],
  [
    'a role of a machine',
    `[profile x]\n${role}credential_source = Ec2InstanceMetadata\n`,
    { problem: 'unsupported:credential_source' },
  ],
  [
    'a role with MFA',
    `[profile x]\n${role}source_profile = y\nmfa_serial = m\n[profile y]\n${keys}`,
    { kind: 'assume-role', problem: null, asksForCode: true },
  ],
  [
    'a role without a source',
    `[profile x]\n${role}`,
    { kind: 'incomplete', problem: 'missing:source_profile' },
  ],
  [
    'a role with an unknown source',
    `[profile x]\n${role}source_profile = gone\n`,
    { problem: 'unknown-source-profile:gone' },
  ],
  [
    'a role over a broken source',
    `[profile x]\n${role}source_profile = y\n[profile y]\nregion = us-east-1\n`,
    { problem: 'unusable-source-profile:y' },
  ],
  [
    'a role that is its own source',
    `[profile x]\n${role}source_profile = x\n`,
    { problem: 'source-profile-cycle' },
  ],
  [
    'a circle of roles',
    `[profile x]\n${role}source_profile = y\n[profile y]\n${role}source_profile = x\n`,
    { problem: 'source-profile-cycle' },
  ],
  [
    'a role that is its own source by keys',
    `[profile x]\n${role}${keys}source_profile = x\n`,
    { kind: 'assume-role', problem: null },
  ],
  [
    'a broken role',
    '[profile x]\nrole_arn = Reporter\nsource_profile = y\n',
    { problem: 'malformed:role_arn' },
  ],
  [
    'nothing to sign in with',
    '[profile x]\nregion = us-east-1\n',
    { kind: 'incomplete', problem: 'no-credentials' },
  ],
])('%s is read as it is', async (_name, text, expected) => {
  await config(text);
  expect(await only()).toMatchObject(expected);
});

test('a role over an SSO profile shows until when that sign-in holds', async () => {
  await config(`${session}${sso}[profile x]\n${role}source_profile = seller\n`);
  await cache('corp', { accessToken: 't', expiresAt: '2100-01-01T00:00:00Z' });
  expect((await list()).profiles.map((profile) => [profile.name, profile.signedInUntilUtc])).toEqual([
    ['seller', '2100-01-01T00:00:00Z'],
    ['x', '2100-01-01T00:00:00Z'],
  ]);
});

test.each([
  ['an ended token', { accessToken: 't', expiresAt: '2020-01-01T00:00:00Z' }],
  ['a file without a token', { clientId: 'c', expiresAt: '2100-01-01T00:00:00Z' }],
  ['an end that is no instant', { accessToken: 't', expiresAt: 'soon' }],
])('%s is no sign-in', async (_name, token) => {
  await config(session + sso);
  await cache('corp', token);
  expect((await only())?.signedInUntilUtc).toBeNull();
});

test('the ends of older and of other tools are understood', async () => {
  await config(session + sso);
  for (const expiresAt of [
    '2100-01-01T00:00:00UTC',
    '2100-01-01T00:00:00.123Z',
    '2100-01-01T01:00:00+01:00',
  ]) {
    await cache('corp', { accessToken: 't', expiresAt });
    expect((await only())?.signedInUntilUtc).toBe('2100-01-01T00:00:00Z');
  }
});

test('the files are merged, the credentials file wins, and changes are seen', async () => {
  await config(`${session}${sso}`);
  expect(await only()).toMatchObject({ kind: 'sso-session' });
  await credentials(`[seller]\n${keys}[other]\n${keys}`);
  expect((await list()).profiles).toMatchObject([
    { name: 'seller', kind: 'static-keys' },
    { name: 'other', kind: 'static-keys' },
  ]);
});

test('sessions and services are no profiles', async () => {
  await config(`${session}[services local]\nsts =\n  endpoint_url = http://127.0.0.1:9\n${sso}`);
  expect((await list()).profiles.map((profile) => profile.name)).toEqual(['seller']);
});

test('comments, odd spacing and CRLF are read as the SDK reads them', async () => {
  const lines = [
    '# all ours',
    '[profile seller]',
    'sso_session=corp',
    'sso_account_id  =  012345678901 ; prod',
    'sso_role_name = R',
    '',
  ];
  await config(lines.join('\r\n') + session);
  expect(await only()).toMatchObject({ name: 'seller', accountId: '012345678901', problem: null });
});

test('a file that is no text, a folder in its place, and one that may not be read are told', async () => {
  const path = join(home, '.aws', 'config');
  await writeFile(path, Buffer.from('\ufeff[default]\n', 'utf16le'));
  expect((await list()).problem).toEqual({ kind: 'config-unreadable', path, detail: 'not-text' });
  await rm(path);
  await mkdir(path);
  expect((await list()).problem).toEqual({ kind: 'config-unreadable', path, detail: 'EISDIR' });
  await rm(path, { recursive: true });
  await symlink(path, path);
  expect((await list()).problem).toEqual({ kind: 'config-unreadable', path, detail: 'ELOOP' });
});

test.each([
  ['words', 'this is no config\n'],
  ['settings under no section', 'sso_account_id = 012345678901\n'],
  ['marks of a merge', '<<<<<<< ours\n=======\n>>>>>>> theirs\n'],
  ['a section that never closes', '[profile seller\nregion = eu-central-1\n'],
  ['a section in a comment only', '# [default]\nregion = eu-central-1\n'],
])('a file that holds %s and no section is told', async (_, text) => {
  const detail = 'no-section';
  await config(text);
  expect((await list()).problem).toEqual({
    kind: 'config-unreadable',
    path: join(home, '.aws', 'config'),
    detail,
  });
  await config(sso + session);
  expect((await list()).problem).toBeNull();
  await credentials(text);
  expect((await list()).problem).toEqual({
    kind: 'config-unreadable',
    path: join(home, '.aws', 'credentials'),
    detail,
  });
});

test.each([
  '',
  '\n \n',
  '# nothing yet\n; nor here\n',
  '\ufeff# nothing yet\n',
  '  [default]\r\n',
  '# mine\n[default] # the first\n',
])('a file of sections, comments or nothing is no problem: %j', async (text) => {
  await config(text);
  expect((await list()).problem).toBeNull();
});

test.skipIf(process.getuid?.() === 0)('a file without permission is told', async () => {
  const path = join(home, '.aws', 'config');
  await config(sso);
  await chmod(path, 0);
  expect((await list()).problem).toEqual({ kind: 'config-unreadable', path, detail: 'EACCES' });
});

test('the variables for the files are followed', async () => {
  const path = join(home, 'elsewhere');
  await writeFile(path, `[profile moved]\n${keys}`);
  vi.stubEnv('AWS_CONFIG_FILE', '~/elsewhere');
  expect(await list()).toMatchObject({ configPath: path, profiles: [{ name: 'moved' }] });
});

async function cache(key: string, token: unknown): Promise<void> {
  const name = createHash('sha1').update(key).digest('hex');
  await writeFile(join(home, '.aws', 'sso', 'cache', `${name}.json`), JSON.stringify(token));
}

test.each([
  ['an unclosed heading', '[profile seller\nregion = a\n[profile x]\n', 'seller', 'heading-unclosed'],
  ['a name with a space', '[profile my seller]\nregion = a\n', 'my seller', 'heading-name'],
  ['a quoted name with a space', '[profile "my seller"]\nregion = a\n', 'my seller', 'heading-name'],
  ['a heading without its word', '[seller]\nregion = a\n', 'seller', 'heading-no-profile-word'],
  ['a heading with odd spaces', '[ profile  seller ]\nregion = a\n', 'seller', 'heading-spacing'],
  ['a heading with nothing below it', '[profile seller]\n', 'seller', 'no-credentials'],
])('%s is listed with what is wrong', async (_name, text, name, problem) => {
  await config(`${session}${text}`);
  expect((await list()).profiles).toContainEqual(
    expect.objectContaining({ name, kind: 'incomplete', problem }),
  );
});

test.each([
  ['[profile seller]\nregion = a\n', 'seller', 'heading-profile-word'],
  ['[my seller]\nregion = a\n', 'my seller', 'heading-name'],
])('in the credentials file %j is listed with what is wrong', async (text, name, problem) => {
  await credentials(text);
  expect(await only()).toMatchObject({ name, problem });
});

test('a role over a profile that can’t be read says that, not that it is missing', async () => {
  const role = 'role_arn = arn:aws:iam::222222222222:role/Reporter\n';
  await config(`[profile x]\n${role}source_profile = my seller\n[profile "my seller"]\nregion = a\n`);
  expect(await only()).toMatchObject({ name: 'x', problem: 'unusable-source-profile:my seller' });
});

test('a broken section beside a sound one of its name is no matter', async () => {
  await config(`${session}${sso}[seller]\nregion = a\n`);
  expect((await list()).profiles).toMatchObject([{ name: 'seller', problem: null }]);
});

test('keys of the environment are a profile of their own and come first, unless another is named', async () => {
  await config(session + sso);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLEKEY000000');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', '');
  expect(await only()).toMatchObject({ problem: 'missing-variable:AWS_SECRET_ACCESS_KEY' });
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-a-secret');
  vi.stubEnv('AWS_ACCOUNT_ID', '012345678901');
  expect(await list()).toMatchObject({
    lastProfile: 'Environment variables',
    profiles: [{ kind: 'environment', accountId: '012345678901', problem: null }, { name: 'seller' }],
  });
  vi.stubEnv('AWS_PROFILE', 'seller');
  expect((await list()).lastProfile).toBe('seller');
});
