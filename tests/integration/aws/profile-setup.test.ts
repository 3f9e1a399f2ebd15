import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SetupSource } from '../../../src/contract/profile-setup.ts';
import { addProfileToFiles } from '../../../src/main/adapters/aws/config-file.ts';
import { createNetwork } from '../../../src/main/adapters/aws/network.ts';
import { createProfileSetup } from '../../../src/main/adapters/aws/profile-setup.ts';
import { createSystemClock } from '../../../src/main/adapters/system/system-clock.ts';
import { createDesk, decide, noProgress, type PracticeBench, startBench } from './practice-bench.ts';

const run = promisify(execFile);
const hasCli = spawnSync('aws', ['--version']).status === 0;
if (!hasCli)
  process.stderr.write(
    'SKIPPED: the AWS CLI is not on the PATH, so it is not tried with what the app writes.\n',
  );

const startUrl = 'https://d-9067a1c4e2.awsapps.com/start';
const newSession: SetupSource = { kind: 'new', startUrl, region: 'eu-central-1' };
const wanted = { profileName: 'mine', accountId: '482913607251', roleName: 'MarketplaceMetering' };

let bench: PracticeBench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

const configPath = () => process.env.AWS_CONFIG_FILE ?? '';
const signIn = (
  source: SetupSource = newSession,
  { freshSignIn = false, abort = new AbortController(), progress = noProgress } = {},
) =>
  createProfileSetup({
    clock: createSystemClock(),
    incidents: { report: () => 'incident', note: () => undefined },
    network: createNetwork({ isAcknowledged: () => true }),
    browserWaitMs: 5_000,
    browser: {
      open: (url) => {
        void decide(url, 'allow');
        return Promise.resolve(true);
      },
    },
  }).signIn(source, {
    signal: abort.signal,
    progress,
    way: 'browser',
    freshSignIn,
  });

async function signedIn(source?: SetupSource) {
  const answer = await signIn(source);
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}

/** A home in which nobody ever used AWS. */
async function emptyHome(): Promise<void> {
  await rm(join(bench.home, '.aws'), { recursive: true });
}

describe('a first profile', () => {
  test('is made of what AWS says the person has, and signs in without the browser', async () => {
    await emptyHome();
    const setup = await signedIn();
    expect(setup.session).toEqual({ name: 'd-9067a1c4e2', startUrl, region: 'eu-central-1' });
    expect(setup.accounts.map(({ name }) => name)).toEqual(['Kestrel Cloud Software', 'Kestrel Labs']);
    expect(await setup.roles('482913607251', new AbortController().signal)).toEqual({
      ok: true,
      value: ['BillingOnly', 'MarketplaceMetering', 'MarketplaceReadOnly'],
    });
    await expect(stat(configPath())).rejects.toThrow();
    expect(await setup.save(wanted)).toEqual({
      ok: true,
      value: { configPath: configPath(), backupPath: null },
    });
    expect((await stat(configPath())).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(configPath()))).mode & 0o777).toBe(0o700);
    const desk = createDesk();
    expect(await desk.connect('mine')).toMatchObject({
      ok: true,
      value: { identity: { accountId: '482913607251', roleName: 'MarketplaceMetering' }, renewsItself: true },
    });
    expect(desk.opened).toEqual([]);
  });

  test('finds every account and role, however many pages AWS needs', async () => {
    const world = (await bench.steer('GET', 'world')) as { sellers: object[]; roles: object[] };
    const ids = Array.from({ length: 230 }, (_, index) => String(100_000_000_000 + index));
    const [role] = world.roles;
    await bench.steer('PUT', 'world', {
      ...world,
      sellers: [
        ...world.sellers,
        ...ids.map((accountId) => ({
          accountId,
          name: `Account ${accountId}`,
          email: 'a@b.example',
          userName: 'u',
        })),
      ],
      roles: [
        ...world.roles,
        ...ids.map((accountId) => ({ ...role, accountId })),
        ...Array.from({ length: 130 }, (_, index) => ({ ...role, accountId: ids[0], name: `Role${index}` })),
      ],
    });
    const setup = await signedIn();
    expect(setup.accounts).toHaveLength(232);
    const roles = await setup.roles(ids[0] ?? '', new AbortController().signal);
    expect(roles.ok && roles.value).toHaveLength(131);
  });

  test.skipIf(!hasCli)('works in the AWS CLI, token and all', { timeout: 180_000 }, async () => {
    await emptyHome();
    await (await signedIn()).save(wanted);
    const env = { ...process.env, AWS_PAGER: '', AWS_MAX_ATTEMPTS: '1' };
    const { stdout } = await run(
      'aws',
      ['sts', 'get-caller-identity', '--profile', 'mine', '--output', 'json'],
      { env },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      Account: '482913607251',
      Arn: expect.stringContaining('AWSReservedSSO_MarketplaceMetering'),
    });
    const { stdout: region } = await run('aws', ['configure', 'get', 'region', '--profile', 'mine'], { env });
    expect(region.trim()).toBe('us-east-1');
  });
});

describe('a setup that is given up', () => {
  const logouts = async () => (await bench.calls()).filter(({ operation }) => operation === 'Logout').length;

  test('ends a sign-in at AWS that was made for it alone', async () => {
    await emptyHome();
    expect(await (await signedIn()).discard()).toEqual({ endedAtAws: true });
    expect(await logouts()).toBe(1);
  });

  test('leaves the sign-in of a session that was there before', async () => {
    await (await signedIn({ kind: 'known', ssoSession: 'practice' })).discard();
    expect(await logouts()).toBe(0);
  });

  test('says so when AWS can’t be told', async () => {
    await emptyHome();
    const setup = await signedIn();
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
    expect(await setup.discard()).toEqual({ endedAtAws: false });
  });

  const cancelled = { ok: false, error: { kind: 'sign-in-failed', cause: 'cancelled', detail: '' } };
  const called = async (name: string) => (await bench.calls()).some(({ operation }) => operation === name);

  test('while AWS is asked for the accounts ends the sign-in at AWS', async () => {
    await emptyHome();
    await bench.steer('PUT', 'faults', [{ operation: 'ListAccounts', kind: 'hang' }]);
    const abort = new AbortController();
    const answer = signIn(newSession, { abort });
    await expect.poll(() => called('ListAccounts')).toBe(true);
    abort.abort();
    expect(await answer).toEqual(cancelled);
    expect(await logouts()).toBe(1);
  });

  test('while AWS is asked for the token ends the sign-in that comes of it', async () => {
    await emptyHome();
    const abort = new AbortController();
    const progress = { ...noProgress, finishing: () => abort.abort() };
    expect(await signIn(newSession, { abort, progress })).toEqual(cancelled);
    expect(await called('CreateToken')).toBe(true);
    expect(await called('ListAccounts')).toBe(false);
    expect(await logouts()).toBe(1);
  });

  test('because AWS doesn’t tell the accounts ends the sign-in at AWS', async () => {
    await emptyHome();
    await bench.steer('PUT', 'faults', [{ operation: 'ListAccounts', kind: 'html', times: 'always' }]);
    expect(await signIn()).toMatchObject({ ok: false, error: { kind: 'aws-unavailable' } });
    expect(await logouts()).toBe(1);
  });
});

describe('one more profile', () => {
  test('of a known SSO session uses its sign-in, and writes the profile alone', async () => {
    await createDesk((url) => void decide(url, 'allow')).connect('seller-ops');
    const before = await readFile(configPath(), 'utf8');
    const setup = await signedIn({ kind: 'known', ssoSession: 'practice' });
    const saved = await setup.save({ ...wanted, roleName: 'MarketplaceReadOnly' });
    const after = await readFile(configPath(), 'utf8');
    expect(after).toBe(
      `${before}\n[profile mine]\nsso_session = practice\nsso_account_id = 482913607251\nsso_role_name = MarketplaceReadOnly\nregion = us-east-1\n`,
    );
    expect(saved.ok && (await readFile(saved.value.backupPath ?? '', 'utf8'))).toBe(before);
  });

  test('with the address of a known session is of that session', async () => {
    expect((await signedIn()).session.name).toBe('practice');
  });

  test('with the same portal in another Region gets a session of its own', async () => {
    const setup = await signedIn({ ...newSession, region: 'eu-west-1' });
    expect(setup.session).toEqual({ name: 'd-9067a1c4e2', startUrl, region: 'eu-west-1' });
  });

  test('of a name that is taken is refused, and nothing is written', async () => {
    const before = await readFile(configPath(), 'utf8');
    const setup = await signedIn();
    expect(await setup.save({ ...wanted, profileName: 'read-only' })).toEqual({
      ok: false,
      error: { kind: 'config-conflict', path: configPath(), section: '[profile read-only]' },
    });
    await writeFile(process.env.AWS_SHARED_CREDENTIALS_FILE ?? '', '[mine]\naws_access_key_id = AKIA\n');
    expect(await setup.save(wanted)).toMatchObject({
      ok: false,
      error: { kind: 'config-conflict', section: '[mine]' },
    });
    expect(await readFile(configPath(), 'utf8')).toBe(before);
    expect((await readdir(dirname(configPath()))).filter((name) => name.includes('backup'))).toEqual([]);
  });
});

test.each([
  [
    'an address that is none',
    { kind: 'start-url-wrong', problem: 'no-https' },
    'http://kestrel.awsapps.com/start',
  ],
])('%s is told', async (_name, error, address) => {
  expect(await signIn({ ...newSession, startUrl: address })).toEqual({ ok: false, error });
});

test('a session that has gone from the file meanwhile is told', async () => {
  expect(await signIn({ kind: 'known', ssoSession: 'gone' })).toMatchObject({
    ok: false,
    error: { kind: 'profile-unusable' },
  });
});

test('a person without any account signs in to an empty list', async () => {
  const world = (await bench.steer('GET', 'world')) as { roles: object[] };
  await bench.steer('PUT', 'world', {
    ...world,
    roles: world.roles.map((role) => ({ ...role, assigned: false })),
  });
  expect((await signedIn()).accounts).toEqual([]);
});

describe('the file', () => {
  const profile = {
    name: 'mine',
    accountId: '482913607251',
    roleName: 'R',
    session: { name: 's', startUrl, region: 'eu-central-1' },
  };
  const paths = () => ({
    configPath: configPath(),
    credentialsPath: process.env.AWS_SHARED_CREDENTIALS_FILE ?? '',
  });
  const atMs = Date.UTC(2026, 10, 21, 14, 5);

  test('keeps its mode, and a link keeps leading to it', async () => {
    const real = join(bench.home, 'dotfiles', 'aws-config');
    await mkdir(dirname(real));
    await writeFile(real, '# mine\n');
    await chmod(real, 0o640);
    await rm(configPath());
    await symlink(real, configPath());
    const written = await addProfileToFiles(paths(), profile, atMs);
    expect(written).toEqual({
      ok: true,
      value: { configPath: configPath(), backupPath: `${configPath()}.backup-20261121T140500Z` },
    });
    expect(await readFile(real, 'utf8')).toMatch(/^# mine\n\n\[profile mine\]/);
    expect((await stat(real)).mode & 0o777).toBe(0o640);
  });

  test('has a backup for each change', async () => {
    await addProfileToFiles(paths(), profile, atMs);
    const second = await addProfileToFiles(paths(), { ...profile, name: 'other' }, atMs);
    expect(second).toMatchObject({
      ok: true,
      value: { backupPath: `${configPath()}.backup-20261121T140500Z-2` },
    });
  });

  test('is left alone where it is no text', async () => {
    const utf16 = Buffer.from('\uFEFF[default]\n', 'utf16le');
    await writeFile(configPath(), utf16);
    expect(await addProfileToFiles(paths(), profile, atMs)).toMatchObject({
      ok: false,
      error: { kind: 'config-unreadable' },
    });
    expect(await readFile(configPath())).toEqual(utf16);
  });

  test('that can’t be written is told', async () => {
    await rm(configPath());
    await mkdir(configPath());
    expect(await addProfileToFiles(paths(), profile, atMs)).toMatchObject({
      ok: false,
      error: { kind: 'save-failed', detail: 'EISDIR' },
    });
  });
});
