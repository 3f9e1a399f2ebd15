/** Profiles of `aws login`: the AWS CLI leaves a file, the real SDK renews by it at practice's AWS Sign-In. */
import { appendFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createAgreements } from '../../../src/main/adapters/aws/agreements.ts';
import { createProfiles } from '../../../src/main/adapters/aws/profiles.ts';
import { startCorporateNetwork } from '../../support/corporate-network.ts';
import { createDesk, type PracticeBench, startBench } from './practice-bench.ts';

const minuteMs = 60_000;
const session = 'arn:aws:iam::482913607251:user/usage-scripts';

interface LoginFile {
  readonly accessToken: Readonly<Record<string, string>>;
  readonly [more: string]: unknown;
}
interface Left {
  readonly loginSession: string;
  readonly fileName: string;
  readonly content: LoginFile;
}

let bench: PracticeBench;
let left: Left;
beforeEach(async () => {
  bench = await startBench();
  await appendFile(
    process.env.AWS_CONFIG_FILE ?? '',
    `\n[profile console]\nlogin_session = ${session}\nregion = eu-west-1\n`,
  );
  left = await logIn();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await bench.stop();
});

/** What a person and `aws login` do together; the file is not written yet. */
const logIn = async () => (await bench.steer('POST', 'console-sign-ins', {})) as Left;

const folder = () => process.env.AWS_LOGIN_CACHE_DIRECTORY ?? join(bench.home, '.aws', 'login', 'cache');
const path = () => join(folder(), left.fileName);
async function write(content: unknown): Promise<void> {
  await mkdir(folder(), { recursive: true });
  await writeFile(path(), typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
}
const endingIn = ({ content }: Left, ms: number): LoginFile => ({
  ...content,
  accessToken: { ...content.accessToken, expiresAt: new Date(Date.now() + ms).toISOString() },
});
const read = async (): Promise<LoginFile> => JSON.parse(await readFile(path(), 'utf8'));
const renewals = async () =>
  (await bench.calls()).filter(({ operation }) => operation === 'CreateOAuth2Token').length;
const fault = (kind: string, error?: string) =>
  bench.steer('PUT', 'faults', [{ operation: 'CreateOAuth2Token', kind, error, times: 'always' }]);
const needed = (problem: string) => ({
  ok: false,
  error: { kind: 'login-needed', profile: 'console', problem },
});
const card = async () => (await createProfiles().list()).profiles.find(({ name }) => name === 'console');

test('such a profile signs in by the file that aws login left, and reads contracts', async () => {
  expect(left.loginSession).toBe(session);
  await write(left.content);
  const desk = createDesk();
  expect(await desk.connect('console')).toMatchObject({
    ok: true,
    value: {
      identity: { profile: 'console', accountId: '482913607251', roleName: null, principalArn: session },
      expiresAtMs: Date.parse(left.content.accessToken.expiresAt ?? ''),
      renewsItself: true,
      isShared: false,
    },
  });
  const page = await createAgreements(desk).searchPage(null, 'all');
  expect(page.ok && page.value.agreements.length).toBeGreaterThan(0);
  expect([desk.opened, await renewals()]).toEqual([[], 0]);
});

test('a file whose keys have run out is renewed by its refresh token and its key, and keeps its mode', async () => {
  await write(endingIn(left, -minuteMs));
  expect(await createDesk().connect('console')).toMatchObject({ ok: true });
  const after = await read();
  expect(after.accessToken).toMatchObject({ accountId: '482913607251' });
  expect(after.accessToken.accessKeyId).not.toBe(left.content.accessToken.accessKeyId);
  expect(after.refreshToken).not.toBe(left.content.refreshToken);
  expect(after.dpopKey).toBe(left.content.dpopKey);
  expect((await stat(path())).mode & 0o777).toBe(0o600);
  expect(await renewals()).toBe(1);
  const call = (await bench.calls()).find(({ operation }) => operation === 'CreateOAuth2Token');
  expect(call?.userAgent).toContain('UsageDesk');
});

test('the folder may be another one, and a role may be assumed from it', async () => {
  vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', join(bench.home, 'elsewhere'));
  await write(left.content);
  await appendFile(
    process.env.AWS_CONFIG_FILE ?? '',
    '\n[profile over]\nrole_arn = arn:aws:iam::482913607251:role/UsageReporter\nsource_profile = console\n',
  );
  expect(await createDesk().connect('over')).toMatchObject({
    ok: true,
    value: { identity: { roleName: 'UsageReporter' }, renewsItself: true },
  });
  await rm(path());
  // The login belongs to the profile below.
  expect(await createDesk().connect('over')).toEqual(needed('missing'));
});

test('the card has its kind, its account, and whether it is signed in', async () => {
  expect(await card()).toMatchObject({
    ...{ kind: 'login-session', accountId: '482913607251', problem: null },
    signedInUntilUtc: null,
  });
  await write(left.content);
  expect(await card()).toMatchObject({ signedInUntilUtc: left.content.accessToken.expiresAt });
  await write(endingIn(left, -minuteMs));
  expect(await card()).toMatchObject({ signedInUntilUtc: null });
});

describe('what keeps it from working is told as that, and nothing is sent', () => {
  test('no file', async () => {
    expect(await createDesk().connect('console')).toEqual(needed('missing'));
  });

  test.each([
    ['that is no JSON', () => '{"accessToken":'],
    ['without its key', (content: LoginFile) => ({ ...content, dpopKey: undefined })],
    ['without keys', (content: LoginFile) => ({ ...content, accessToken: {} })],
    [
      'with an end that is none',
      (content: LoginFile) => ({ ...content, accessToken: { ...content.accessToken, expiresAt: 'soon' } }),
    ],
  ])('a file %s', async (_name, make) => {
    await write(make(left.content));
    expect(await createDesk().connect('console')).toEqual(needed('unreadable'));
    expect(await bench.calls()).toEqual([]);
  });
});

describe('a renewal that AWS refuses', () => {
  test.each([
    ['TOKEN_EXPIRED', 'ended'],
    ['USER_CREDENTIALS_CHANGED', 'password-changed'],
    ['INSUFFICIENT_PERMISSIONS', 'not-allowed'],
    ['AUTHCODE_EXPIRED', 'ended'],
  ])('with %s is told as %s', async (word, problem) => {
    await write(endingIn(left, -minuteMs));
    await fault('AccessDeniedException', word);
    expect(await createDesk().connect('console')).toEqual(needed(problem));
  });

  test('for a key that is none is a file that can’t be used', async () => {
    await write({ ...endingIn(left, -minuteMs), dpopKey: 'not a key' });
    expect(await createDesk().connect('console')).toEqual(needed('unreadable'));
  });

  test('for a refresh token that it does not know has ended', async () => {
    await write({ ...endingIn(left, -minuteMs), refreshToken: 'other' });
    expect(await createDesk().connect('console')).toEqual(needed('ended'));
  });

  test.each([
    ['throttling', { kind: 'throttled' }],
    ['internal-error', { kind: 'aws-unavailable', awsErrorName: 'InternalServerException' }],
    ['html', { kind: 'aws-unavailable' }],
    ['cut-before-store', { kind: 'offline', code: 'ECONNRESET' }],
  ])('because of %s is no end of the login', async (kind, error) => {
    await write(endingIn(left, -minuteMs));
    await fault(kind);
    expect(await createDesk().connect('console')).toMatchObject({ ok: false, error });
  });
});

describe('while signed in', () => {
  /** With keys that hold for four minutes: AWS Sign-In was out of order when they were to be renewed. */
  async function connectedWithOldKeys() {
    await write(endingIn(left, 4 * minuteMs));
    await fault('internal-error');
    const desk = createDesk();
    expect(await desk.connect('console')).toMatchObject({ ok: true, value: { renewsItself: true } });
    await bench.steer('DELETE', 'faults');
    return desk;
  }

  test('the keys are renewed before their end, and the new end is told', async () => {
    const desk = await connectedWithOldKeys();
    const renewed = await desk.signIn.renew();
    expect(renewed).toMatchObject({ ok: true, value: { renewsItself: true, problem: null, isNew: true } });
    expect(renewed.ok && renewed.value.expiresAtMs).toBeGreaterThan(Date.now() + 10 * minuteMs);
  });

  test.each([
    ['AWS can’t be reached', 'cut-before-store', 'offline'],
    ['AWS fails', 'internal-error', 'aws-unavailable'],
  ])('a renewal that fails because %s is told, though the old keys still hold', async (_name, kind, told) => {
    const desk = await connectedWithOldKeys();
    await fault(kind);
    expect(await desk.signIn.renew()).toMatchObject({
      ok: true,
      value: { renewsItself: true, isNew: false, problem: { kind: told } },
    });
  });

  test('a login that AWS renews no more is told before the keys end, and a new one is taken up', async () => {
    const desk = await connectedWithOldKeys();
    await bench.steer('DELETE', 'sign-ins');
    expect(await desk.signIn.renew()).toMatchObject({
      ok: true,
      value: { isNew: false, renewsItself: false, problem: { kind: 'login-needed', problem: 'ended' } },
    });
    left = await logIn();
    await write(left.content);
    expect(await desk.signIn.renew()).toMatchObject({
      ok: true,
      value: { isNew: true, renewsItself: true, problem: null },
    });
  });

  test('a login that has ended with its keys ends the sign-in, until a new one is there', async () => {
    const desk = await connectedWithOldKeys();
    await bench.steer('DELETE', 'sign-ins');
    const current = desk.connection.current();
    if (!current.ok) throw new Error(current.error.kind);
    current.value.dropCredentials();
    expect(await createAgreements(desk).searchPage(null, 'all')).toEqual(needed('ended'));
    expect(await desk.signIn.renew()).toEqual(needed('ended'));
    left = await logIn();
    await write(left.content);
    expect(await desk.signIn.renew()).toMatchObject({ ok: true, value: { isNew: true } });
    expect(await createAgreements(desk).searchPage(null, 'all')).toMatchObject({ ok: true });
  });

  test('a computer whose clock is off reckons the end in AWS’s time', async () => {
    await bench.steer('PUT', 'clock', { mode: 'skew', ms: 20 * minuteMs });
    const ahead = await logIn();
    // The AWS CLI reckons by the computer, which is 20 minutes behind.
    await write(endingIn(ahead, 15 * minuteMs));
    const desk = createDesk();
    const connected = await desk.connect('console');
    if (!connected.ok || connected.value.expiresAtMs === null) throw new Error(JSON.stringify(connected));
    const leftMs = connected.value.expiresAtMs - desk.clock.now();
    expect(Math.abs(leftMs - 15 * minuteMs)).toBeLessThan(10_000);
  });
});

describe('the guards of the network hold for its renewal', () => {
  beforeEach(() => write(endingIn(left, -minuteMs)));

  test('nothing leaves before the address is acknowledged', async () => {
    const desk = createDesk(undefined, undefined, () => false);
    expect(await desk.connect('console')).toMatchObject({ error: { kind: 'endpoints-unacknowledged' } });
    expect(await bench.calls()).toEqual([]);
  });

  test.each(['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_SIGNIN'])(
    '%s over plain http is refused',
    async (setting) => {
      vi.stubEnv(setting, 'http://aws.example');
      expect(await createDesk().connect('console')).toMatchObject({
        error: { kind: 'endpoint-insecure', setting, url: 'http://aws.example' },
      });
    },
  );

  test('AWS_ENDPOINT_URL_SIGNIN alone leads it there', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL_SIGNIN', bench.url);
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
    vi.stubEnv('AWS_ENDPOINT_URL_STS', bench.url);
    expect(await createDesk().connect('console')).toMatchObject({ ok: true });
  });

  test('it goes through the proxy, and trusts whom the settings name', async () => {
    const corporate = await startCorporateNetwork(bench.url);
    try {
      const authorityPath = join(bench.home, 'authority.pem');
      await writeFile(authorityPath, corporate.authority);
      vi.stubEnv('AWS_ENDPOINT_URL', corporate.awsUrl);
      vi.stubEnv('HTTPS_PROXY', corporate.proxyUrl);
      expect(await createDesk().connect('console')).toMatchObject({
        error: { kind: 'offline', code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
      });
      await appendFile(process.env.AWS_CONFIG_FILE ?? '', `ca_bundle = ${authorityPath}\n`);
      expect(await createDesk().connect('console')).toMatchObject({ ok: true });
      expect(new Set(corporate.tunnels)).toEqual(new Set([new URL(corporate.awsUrl).host]));
      expect(await renewals()).toBe(1);
      corporate.refuseWith = '502 Bad Gateway';
      await write(endingIn(left, -minuteMs));
      expect(await createDesk().connect('console')).toMatchObject({
        error: { kind: 'offline', code: 'ERR_PROXY_TUNNEL' },
      });
    } finally {
      await corporate.close();
    }
  });
});
