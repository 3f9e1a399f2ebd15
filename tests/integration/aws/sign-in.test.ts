import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAgreements } from '../../../src/main/adapters/aws/agreements.ts';
import { callbackAfter, createDesk, decide, type PracticeBench, startBench } from './practice-bench.ts';

let bench: PracticeBench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

const sessionNameOf = async (): Promise<string> => {
  const config = await readFile(process.env.AWS_CONFIG_FILE ?? join(bench.home, '.aws', 'config'), 'utf8');
  return /\[sso-session ([^\]]+)\]/.exec(config)?.[1] ?? '';
};
const tokenPath = async (): Promise<string> => {
  const name = createHash('sha1')
    .update(await sessionNameOf())
    .digest('hex');
  return join(bench.home, '.aws', 'sso', 'cache', `${name}.json`);
};
const readToken = async () => JSON.parse(await readFile(await tokenPath(), 'utf8'));
const writeToken = async (token: unknown) => {
  const path = await tokenPath();
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, JSON.stringify(token));
};
const operations = async () => (await bench.calls()).map((call) => call.operation);

test('an SSO profile signs in through the browser and is then the named seller and role', async () => {
  const steps: string[] = [];
  const desk = createDesk((url) => void decide(url, 'allow'));
  const connected = await desk.connect('seller-ops', {
    progress: {
      page: ({ url, opened }) => steps.push(`${new URL(url).origin} ${opened}`),
      finishing: () => steps.push('finishing'),
    },
  });
  expect(connected).toMatchObject({
    ok: true,
    value: {
      identity: { profile: 'seller-ops', accountId: '482913607251', roleName: 'MarketplaceMetering' },
      renewsItself: true,
    },
  });
  expect(steps).toEqual([`${bench.url} true`, 'finishing']);
  expect(desk.connection.current()).toMatchObject({ ok: true });
  expect(desk.clock.offsetMs()).toBeGreaterThan(-3_000);
  expect(desk.clock.offsetMs()).toBeLessThan(3_000);
});

test('the authorize address carries what the AWS CLI sends, and the registration has no port', async () => {
  const desk = createDesk((url) => void decide(url, 'allow'));
  await desk.connect('seller-ops');
  const url = new URL(desk.opened[0] ?? '');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/oauth\/callback$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
  });
  const register = (await bench.calls()).find((call) => call.operation === 'RegisterClient');
  expect(register?.request).toMatchObject({
    clientType: 'public',
    redirectUris: ['http://127.0.0.1/oauth/callback'],
    grantTypes: ['authorization_code', 'refresh_token'],
    scopes: ['sso:account:access'],
    issuerUrl: expect.stringContaining('awsapps.com/start'),
  });
});

test('the token file is the one of the AWS CLI: fields, whole seconds, and for its owner only', async () => {
  const desk = createDesk((url) => void decide(url, 'allow'));
  const connected = await desk.connect('seller-ops');
  const token = await readToken();
  expect(Object.keys(token).sort()).toEqual([
    'accessToken',
    'clientId',
    'clientSecret',
    'expiresAt',
    'refreshToken',
    'region',
    'registrationExpiresAt',
    'startUrl',
  ]);
  for (const instant of [token.expiresAt, token.registrationExpiresAt]) {
    expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  }
  expect((await stat(await tokenPath())).mode & 0o777).toBe(0o600);
  expect(connected.ok && connected.value.expiresAtMs).toBe(Date.parse(token.expiresAt));
});

test('a cached token serves the next sign-in and every profile of its session, without the browser', async () => {
  await createDesk((url) => void decide(url, 'allow')).connect('seller-ops');
  const later = createDesk();
  expect(await later.connect('labs-ops')).toMatchObject({
    ok: true,
    value: { identity: { accountId: '716024958833' } },
  });
  expect(later.opened).toEqual([]);
});

test('a fresh sign-in leaves the cached token aside', async () => {
  await createDesk((url) => void decide(url, 'allow')).connect('seller-ops');
  const before = await readToken();
  const desk = createDesk((url) => void decide(url, 'allow'));
  expect(await desk.connect('seller-ops', { freshSignIn: true })).toMatchObject({ ok: true });
  expect(desk.opened).toHaveLength(1);
  expect((await readToken()).accessToken).not.toBe(before.accessToken);
});

test('an expired token is renewed by its refresh token, and other fields of the file stay', async () => {
  await createDesk((url) => void decide(url, 'allow')).connect('seller-ops');
  const token = await readToken();
  await writeToken({ ...token, expiresAt: '2020-01-01T00:00:00Z', ofAnotherTool: 'kept' });
  const desk = createDesk();
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
  expect(desk.opened).toEqual([]);
  const renewed = await readToken();
  expect(renewed).toMatchObject({ ofAnotherTool: 'kept', clientId: token.clientId });
  expect(renewed.accessToken).not.toBe(token.accessToken);
  expect(Date.parse(renewed.expiresAt)).toBeGreaterThan(Date.now());
});

test('an expired token that AWS no longer renews leads to the browser', async () => {
  await createDesk((url) => void decide(url, 'allow')).connect('seller-ops');
  await writeToken({ ...(await readToken()), expiresAt: '2020-01-01T00:00:00Z', refreshToken: 'used-up' });
  const desk = createDesk((url) => void decide(url, 'allow'));
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
  expect(desk.opened).toHaveLength(1);
});

test('a broken token file counts as none', async () => {
  const path = await tokenPath();
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, '{"accessToken": ');
  const desk = createDesk((url) => void decide(url, 'allow'));
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
});

test('a token that AWS has revoked is told as an ended sign-in, and the file stays', async () => {
  await writeToken({ accessToken: 'unknown-to-aws', expiresAt: new Date(Date.now() + 3.6e6).toISOString() });
  const desk = createDesk();
  expect(await desk.connect('seller-ops')).toEqual({
    ok: false,
    error: { kind: 'sign-in-expired', profile: 'seller-ops' },
  });
  expect(await readToken()).toMatchObject({ accessToken: 'unknown-to-aws' });
});

test('a role that the person does not have is told as such', async () => {
  await createDesk((url) => void decide(url, 'allow')).connect('seller-ops');
  await bench.steer('PUT', 'faults', [{ operation: 'GetRoleCredentials', kind: 'access-denied' }]);
  expect(await createDesk().connect('seller-ops')).toEqual({
    ok: false,
    error: { kind: 'role-not-assigned', profile: 'seller-ops' },
  });
});

test('a refusal in the browser is told as denied, and the person sees a page', async () => {
  let page: Response | undefined;
  const desk = createDesk((url) => void decide(url, 'deny').then((response) => (page = response)));
  expect(await desk.connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'denied' },
  });
  await expect.poll(() => page?.status).toBe(400);
  expect(desk.connection.current()).toMatchObject({ ok: false, error: { kind: 'not-signed-in' } });
});

test('the page after Allow is plain, strict and tells what to do; a second visit changes nothing', async () => {
  const callback = Promise.withResolvers<string>();
  const desk = createDesk((url) => void callbackAfter(url, 'allow').then(callback.resolve));
  const connecting = desk.connect('seller-ops');
  const url = await callback.promise;
  const first = await fetch(url);
  const html = await first.text();
  expect(first.status).toBe(200);
  expect(html).toContain('close this tab');
  expect(html).not.toContain(new URL(url).searchParams.get('code'));
  expect(first.headers.get('content-security-policy')).toContain("default-src 'none'");
  const second = await fetch(url);
  expect(second.status).toBe(410);
  expect(await connecting).toMatchObject({ ok: true });
});

test('a callback with a foreign state is not used', async () => {
  const desk = createDesk((url) => {
    void callbackAfter(url, 'allow').then((callback) => {
      const forged = new URL(callback);
      forged.searchParams.set('state', 'of-someone-else');
      return fetch(forged);
    });
  });
  expect(await desk.connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'state-mismatch' },
  });
  expect(await operations()).not.toContain('CreateToken');
});

test.each([
  ['another path', (url: URL) => fetch(new URL('/favicon.ico', url)), 404],
  ['another method', (url: URL) => fetch(url, { method: 'POST' }), 405],
  ['neither code nor error', (url: URL) => fetch(new URL(url.pathname, url)), 400],
  ['the name of another host', (url: URL) => visitAs('rebound.example', url), 403],
])('a visit with %s is turned away and the sign-in goes on', async (_name, visit, status) => {
  const callback = Promise.withResolvers<string>();
  const desk = createDesk((url) => void callbackAfter(url, 'allow').then(callback.resolve));
  const connecting = desk.connect('seller-ops');
  const url = new URL(await callback.promise);
  expect(await visit(url)).toMatchObject({ status });
  await fetch(url);
  expect(await connecting).toMatchObject({ ok: true });
});

test('cancelling ends the wait at once, frees the port and keeps the former connection', async () => {
  const desk = createDesk();
  await desk.connect('static-key');
  const opened = Promise.withResolvers<string>();
  const abort = new AbortController();
  const connecting = desk.connect('seller-ops', {
    signal: abort.signal,
    progress: { page: ({ url }) => opened.resolve(url), finishing: () => undefined },
  });
  const redirectUri = new URL(await opened.promise).searchParams.get('redirect_uri') ?? '';
  abort.abort();
  expect(await connecting).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'cancelled' },
  });
  await expect(fetch(redirectUri)).rejects.toThrow();
  expect(desk.connection.current()).toMatchObject({
    ok: true,
    value: { identity: { profile: 'static-key' } },
  });
});

test('cancelling while AWS is asked for the token leaves no sign-in behind, here or at AWS', async () => {
  const desk = createDesk((url) => void decide(url, 'allow'));
  const abort = new AbortController();
  const connecting = desk.connect('seller-ops', {
    signal: abort.signal,
    progress: { page: () => undefined, finishing: () => abort.abort() },
  });
  expect(await connecting).toMatchObject({ ok: false, error: { cause: 'cancelled' } });
  await expect(stat(await tokenPath())).rejects.toThrow();
  expect(await operations()).toEqual(['RegisterClient', 'CreateToken', 'Logout']);
});

test('a person who does nothing is not waited for without end', async () => {
  const desk = createDesk(() => undefined, 20);
  expect(await desk.connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'timed-out' },
  });
});

test('a window that was closed can be opened again: the same page still leads in', async () => {
  const pages: string[] = [];
  const desk = createDesk();
  const connecting = desk.connect('seller-ops', {
    progress: { page: ({ url }) => pages.push(url), finishing: () => undefined },
  });
  await expect.poll(() => pages.length).toBe(1);
  // The page was read, and its window closed without a decision.
  await fetch(pages[0] ?? '');
  await decide(pages[0] ?? '', 'allow');
  expect(await connecting).toMatchObject({ ok: true });
});

test('a Region without the portal is told before any page is shown', async () => {
  await bench.steer('PUT', 'faults', [
    { operation: 'RegisterClient', kind: 'InvalidRequestRegionException' },
  ]);
  const desk = createDesk();
  expect(await desk.connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'wrong-region' },
  });
  expect(desk.opened).toEqual([]);
});

test('a second sign-in with the same profile leaves the first one’s page without effect', async () => {
  const urls: string[] = [];
  const desk = createDesk((url) => urls.push(url));
  const abort = new AbortController();
  const first = desk.connect('seller-ops', { signal: abort.signal });
  await expect.poll(() => urls.length).toBe(1);
  const second = desk.connect('seller-ops');
  abort.abort();
  expect(await first).toMatchObject({ ok: false, error: { cause: 'cancelled' } });
  await expect.poll(() => urls.length).toBe(2);
  await expect(decide(urls[0] ?? '', 'allow')).rejects.toThrow();
  await decide(urls[1] ?? '', 'allow');
  expect(await second).toMatchObject({ ok: true });
  expect((await operations()).filter((name) => name === 'CreateToken')).toHaveLength(1);
});

test('a callback that is visited twice is used once', async () => {
  const answers: number[] = [];
  const desk = createDesk((url) => {
    void callbackAfter(url, 'allow').then(async (callback) => {
      answers.push((await fetch(callback)).status, (await fetch(callback)).status);
    });
  });
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
  await expect.poll(() => answers).toEqual([200, 410]);
  expect((await operations()).filter((name) => name === 'CreateToken')).toHaveLength(1);
});

/** Every exception of the service's model: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
const oidcErrors = [
  ['AccessDeniedException', { kind: 'sign-in-failed', cause: 'denied' }],
  ['AuthorizationPendingException', { kind: 'aws-refused' }],
  ['ExpiredTokenException', { kind: 'sign-in-failed', cause: 'timed-out' }],
  ['InternalServerException', { kind: 'aws-unavailable' }],
  ['InvalidClientException', { kind: 'sign-in-failed', cause: 'invalid-client' }],
  ['InvalidClientMetadataException', { kind: 'sign-in-failed', cause: 'invalid-client' }],
  ['InvalidGrantException', { kind: 'sign-in-failed', cause: 'invalid-grant' }],
  ['InvalidRedirectUriException', { kind: 'sign-in-failed', cause: 'other' }],
  ['InvalidRequestException', { kind: 'sign-in-failed', cause: 'other' }],
  ['InvalidRequestRegionException', { kind: 'sign-in-failed', cause: 'wrong-region' }],
  ['InvalidScopeException', { kind: 'sign-in-failed', cause: 'other' }],
  ['SlowDownException', { kind: 'throttled' }],
  ['UnauthorizedClientException', { kind: 'sign-in-failed', cause: 'invalid-client' }],
  ['UnsupportedGrantTypeException', { kind: 'sign-in-failed', cause: 'other' }],
] as const;

describe.each(['RegisterClient', 'CreateToken'])('a refusal of %s', (operation) => {
  test.each(oidcErrors)('with %s is told as %o', async (kind, error) => {
    await bench.steer('PUT', 'faults', [{ operation, kind, times: 'always' }]);
    const desk = createDesk((url) => void decide(url, 'allow'));
    expect(await desk.connect('seller-ops')).toMatchObject({ ok: false, error });
    expect(desk.opened).toHaveLength(operation === 'RegisterClient' ? 0 : 1);
  });
});

test('of two sign-ins at once the later one holds', async () => {
  const urls: string[] = [];
  const desk = createDesk((url) => urls.push(url));
  const first = desk.connect('seller-ops');
  await expect.poll(() => urls.length).toBe(1);
  const second = desk.connect('static-key');
  expect(await second).toMatchObject({ ok: true });
  await decide(urls[0] ?? '', 'allow');
  expect(await first).toMatchObject({ ok: false, error: { cause: 'cancelled' } });
  expect(desk.connection.current()).toMatchObject({ value: { identity: { profile: 'static-key' } } });
});

test('static keys are their user, and no end is claimed', async () => {
  expect(await createDesk().connect('static-key')).toMatchObject({
    ok: true,
    value: {
      identity: {
        accountId: '482913607251',
        roleName: null,
        principalArn: expect.stringContaining(':user/'),
      },
      expiresAtMs: null,
      renewsItself: false,
    },
  });
});

test('a role profile assumes its role with the keys of its source', async () => {
  const connected = await createDesk().connect('via-role');
  expect(connected).toMatchObject({
    ok: true,
    value: { identity: { roleName: 'UsageReporter' }, renewsItself: true },
  });
  expect(connected.ok && connected.value.expiresAtMs).toBeGreaterThan(Date.now());
});

test('a role profile over an SSO profile signs in in the browser first', async () => {
  await appendConfig(
    '[profile role-over-sso]\nrole_arn = arn:aws:iam::482913607251:role/UsageReporter\nsource_profile = seller-ops\n',
  );
  const desk = createDesk((url) => void decide(url, 'allow'));
  expect(await desk.connect('role-over-sso')).toMatchObject({
    ok: true,
    value: { identity: { roleName: 'UsageReporter' }, renewsItself: true },
  });
  expect(desk.opened).toHaveLength(1);
});

test('a credential process is asked, and its failure is told', async () => {
  await appendConfig(
    `[profile process]\ncredential_process = ${process.execPath} -e "process.stdout.write(JSON.stringify({Version:1,AccessKeyId:'AKIAPRACTICEUSAGEKEY',SecretAccessKey:'not-a-secret'}))"\n[profile broken-process]\ncredential_process = ${process.execPath} -e "process.exit(3)"\n`,
  );
  expect(await createDesk().connect('process')).toMatchObject({
    ok: true,
    value: { identity: { accountId: '482913607251' } },
  });
  expect(await createDesk().connect('broken-process')).toMatchObject({
    ok: false,
    error: { kind: 'process-failed', profile: 'broken-process', detail: '' },
  });
});

test('a profile that joined the file since is found; one that is not there is told', async () => {
  const desk = createDesk();
  expect(await desk.connect('late')).toEqual({
    ok: false,
    error: { kind: 'profile-unknown', profile: 'late' },
  });
  await appendConfig(
    '[profile late]\naws_access_key_id = AKIAPRACTICEUSAGEKEY\naws_secret_access_key = not-a-secret\n',
  );
  expect(await desk.connect('late')).toMatchObject({ ok: true });
});

test('a retired key is told as unknown credentials', async () => {
  await appendConfig(
    '[profile retired]\naws_access_key_id = AKIAPRACTICERETIREDK\naws_secret_access_key = not-a-secret\n',
  );
  expect(await createDesk().connect('retired')).toMatchObject({
    ok: false,
    error: { kind: 'unknown-credentials' },
  });
});

test('a computer clock that is an hour off is learned while signing in', async () => {
  await bench.steer('PUT', 'clock', { mode: 'skew', ms: 3_600_000 });
  const desk = createDesk();
  expect(await desk.connect('static-key')).toMatchObject({ ok: true });
  expect(desk.clock.offsetMs()).toBeGreaterThan(3_590_000);
});

test('no network is told as offline', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
  expect(await createDesk().connect('static-key')).toMatchObject({
    ok: false,
    error: { kind: 'offline', code: 'ECONNREFUSED' },
  });
  expect(await createDesk().connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'offline', code: 'ECONNREFUSED' },
  });
});

test('credentials are renewed from the cached token while signed in', async () => {
  const desk = createDesk((url) => void decide(url, 'allow'));
  await desk.connect('seller-ops');
  const current = desk.connection.current();
  if (!current.ok) throw new Error('not connected');
  const before = await current.value.credentials();
  expect(await current.value.credentials()).toBe(before);
  current.value.dropCredentials();
  const after = await current.value.credentials();
  expect(after.accessKeyId).not.toBe(before.accessKeyId);
});

test('keys that changed on disk are taken when they are asked for anew', async () => {
  const keys = (id: string) => `[rotated]\naws_access_key_id = ${id}\naws_secret_access_key = not-a-secret\n`;
  const path = process.env.AWS_SHARED_CREDENTIALS_FILE ?? '';
  await writeFile(path, keys('AKIAPRACTICEUSAGEKEY'));
  const desk = createDesk();
  await desk.connect('rotated');
  await writeFile(path, keys('AKIAPRACTICEROTATED1'));
  const current = desk.connection.current();
  if (!current.ok) throw new Error('not connected');
  current.value.dropCredentials();
  expect((await current.value.credentials()).accessKeyId).toBe('AKIAPRACTICEROTATED1');
});

test('leaving forgets the connection', async () => {
  const desk = createDesk();
  await desk.connect('static-key');
  desk.signIn.disconnect();
  expect(desk.connection.current()).toEqual({ ok: false, error: { kind: 'not-signed-in' } });
});

test('signing out ends the sign-in at AWS and removes its one token file', async () => {
  const desk = createDesk((url) => void decide(url, 'allow'));
  await desk.connect('seller-ops');
  const token = await readToken();
  const other = join(bench.home, '.aws', 'sso', 'cache', 'of-another-session.json');
  await writeFile(other, '{}');
  expect(await desk.signIn.signOut()).toEqual({ ok: true, value: { endedAtAws: true } });
  expect(desk.connection.current()).toEqual({ ok: false, error: { kind: 'not-signed-in' } });
  await expect(stat(await tokenPath())).rejects.toThrow();
  expect((await stat(other)).isFile()).toBe(true);
  // AWS takes the token no more, wherever a copy of it may lie.
  await writeToken(token);
  expect(await createDesk().connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-expired' },
  });
});

test('signing out without a network removes the token file, and says that AWS was not told', async () => {
  const desk = createDesk((url) => void decide(url, 'allow'));
  await desk.connect('seller-ops');
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
  expect(await desk.signIn.signOut()).toEqual({ ok: true, value: { endedAtAws: false } });
  await expect(stat(await tokenPath())).rejects.toThrow();
  expect(desk.connection.current()).toMatchObject({ ok: false });
});

test('a legacy profile uses the token that the AWS CLI left', async () => {
  const startUrl = 'https://d-9067a1c4e2.awsapps.com/start';
  await appendConfig(
    `[profile legacy]\nsso_start_url = ${startUrl}\nsso_region = eu-central-1\nsso_account_id = 482913607251\nsso_role_name = MarketplaceMetering\n`,
  );
  await createDesk((url) => void decide(url, 'allow')).connect('seller-ops');
  const { accessToken, expiresAt } = await readToken();
  const name = createHash('sha1').update(startUrl).digest('hex');
  const path = join(bench.home, '.aws', 'sso', 'cache', `${name}.json`);
  await writeFile(path, JSON.stringify({ startUrl, region: 'eu-central-1', accessToken, expiresAt }));
  const desk = createDesk();
  expect(await desk.connect('legacy')).toMatchObject({
    ok: true,
    value: {
      identity: { roleName: 'MarketplaceMetering' },
      renewsItself: false,
      expiresAtMs: Date.parse(expiresAt),
    },
  });
  expect(desk.opened).toEqual([]);
});

/** A visit that claims another host, as a page does whose name was rebound to this computer. */
function visitAs(host: string, url: URL): Promise<{ readonly status: number | undefined }> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode });
    }).on('error', reject);
  });
}

async function appendConfig(text: string): Promise<void> {
  const path = process.env.AWS_CONFIG_FILE ?? join(bench.home, '.aws', 'config');
  await writeFile(path, `${await readFile(path, 'utf8')}\n${text}`);
}

test('nothing leaves before the endpoints are acknowledged, and an answer to it lets the sign-in go on', async () => {
  let acknowledged = false;
  const desk = createDesk(
    (url) => void decide(url, 'allow'),
    5_000,
    () => acknowledged,
  );
  expect(await desk.connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'endpoints-unacknowledged' },
  });
  expect(desk.opened).toEqual([]);
  expect(await bench.calls()).toEqual([]);
  acknowledged = true;
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
});

test('an override that comes up while signed in stops the next call too', async () => {
  let acknowledged = true;
  const desk = createDesk(
    (url) => void decide(url, 'allow'),
    5_000,
    () => acknowledged,
  );
  await desk.connect('seller-ops');
  const before = (await bench.calls()).length;
  acknowledged = false;
  expect(await createAgreements(desk).searchPage(null, 'all')).toMatchObject({
    ok: false,
    error: { kind: 'endpoints-unacknowledged' },
  });
  expect((await bench.calls()).length).toBe(before);
});

test('plain http to another computer is refused, acknowledged or not', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://aws.example:8080';
  expect(await createDesk().connect('static-key')).toMatchObject({
    ok: false,
    error: { kind: 'endpoint-insecure', setting: 'AWS_ENDPOINT_URL', url: 'http://aws.example:8080' },
  });
});
