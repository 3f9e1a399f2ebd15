/** Signing in by a code. Time between two questions passes at AWS alone: its clock is moved by as long as the app would wait. */
import { createHash } from 'node:crypto';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDesk, decideCode, type PracticeBench, startBench } from './practice-bench.ts';

let bench: PracticeBench;
beforeEach(async () => {
  bench = await startBench();
});
afterEach(() => bench.stop());

interface Shown {
  readonly url: string;
  readonly userCode: string | null;
  readonly leftMs: number;
}

/** A desk whose pauses each do the next of `steps` in place of waiting. */
function deskWith(...steps: readonly ((shown: Shown) => unknown)[]) {
  const pauses: number[] = [];
  const shown: Shown[] = [];
  let passedMs = 0;
  const desk = createDesk(undefined, 5_000, undefined, async (ms) => {
    const step = steps[pauses.length];
    pauses.push(ms);
    const [page] = shown;
    if (step === undefined || page === undefined) throw new Error('asked more often than expected');
    passedMs += ms;
    await bench.steer('PUT', 'clock', { mode: 'skew', ms: passedMs });
    await step(page);
  });
  const connect = (profile: string, signal?: AbortSignal) =>
    desk.connect(profile, {
      way: 'device-code',
      progress: { page: (page) => shown.push(page), finishing: () => undefined },
      ...(signal === undefined ? {} : { signal }),
    });
  return { ...desk, connect, pauses, shown };
}

const nothing = () => undefined;
const allow = ({ url }: Shown) => decideCode(url, 'allow');
const deny = ({ url }: Shown) => decideCode(url, 'deny');
const fault = (kind: string) => () =>
  bench.steer('POST', 'faults', [{ operation: 'CreateToken', kind, times: 1 }]);

test('the code is shown with its page, and the sign-in goes on once it is allowed there', async () => {
  const desk = deskWith(nothing, nothing, allow);
  expect(await desk.connect('seller-ops')).toMatchObject({
    ok: true,
    value: { identity: { roleName: 'MarketplaceMetering' }, renewsItself: true },
  });
  expect(desk.shown).toEqual([
    expect.objectContaining({
      url: expect.stringContaining('/device?user_code='),
      userCode: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      leftMs: 600_000,
      opened: true,
    }),
  ]);
  expect(desk.pauses).toEqual([1_000, 1_000, 1_000]);
});

test('AWS is asked five seconds later each time that it asks to slow down', async () => {
  const desk = deskWith(fault('SlowDownException'), fault('SlowDownException'), allow);
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
  expect(desk.pauses).toEqual([1_000, 6_000, 11_000]);
});

test('a code that nobody allows runs out', async () => {
  const lapse = () => bench.steer('PUT', 'clock', { mode: 'skew', ms: 3_600_000 });
  expect(await deskWith(lapse).connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'code-expired' },
  });
});

test('a refusal on the page is told as denied', async () => {
  expect(await deskWith(deny).connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'denied' },
  });
});

test('cancelling ends the asking', async () => {
  const abort = new AbortController();
  const desk = deskWith(() => abort.abort());
  expect(await desk.connect('seller-ops', abort.signal)).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'cancelled' },
  });
  expect(desk.pauses).toHaveLength(1);
});

test.each([
  ['AccessDeniedException', 'denied'],
  ['ExpiredTokenException', 'code-expired'],
  ['InvalidGrantException', 'invalid-grant'],
  ['InvalidClientException', 'invalid-client'],
  ['UnauthorizedClientException', 'invalid-client'],
  ['InvalidClientMetadataException', 'invalid-client'],
  ['InvalidRequestRegionException', 'wrong-region'],
  ['InvalidRequestException', 'other'],
  ['InvalidScopeException', 'other'],
  ['InvalidRedirectUriException', 'other'],
  ['UnsupportedGrantTypeException', 'other'],
])('%s of the token call is told as %s', async (kind, cause) => {
  expect(await deskWith(fault(kind)).connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause },
  });
});

test('a Region without the portal is told before any page is shown', async () => {
  await bench.steer('PUT', 'faults', [
    { operation: 'StartDeviceAuthorization', kind: 'InvalidRequestRegionException' },
  ]);
  const desk = deskWith();
  expect(await desk.connect('seller-ops')).toMatchObject({
    ok: false,
    error: { kind: 'sign-in-failed', cause: 'wrong-region' },
  });
  expect(desk.opened).toEqual([]);
});

test('a legacy profile signs in by a code, and its token lies where the AWS CLI looks for it', async () => {
  const startUrl = 'https://d-9067a1c4e2.awsapps.com/start';
  await appendFile(
    process.env.AWS_CONFIG_FILE ?? '',
    `\n[profile legacy]\nsso_start_url = ${startUrl}\nsso_region = eu-central-1\nsso_account_id = 482913607251\nsso_role_name = MarketplaceMetering\n`,
  );
  const desk = deskWith(allow);
  expect(await desk.connect('legacy')).toMatchObject({
    ok: true,
    value: { identity: { roleName: 'MarketplaceMetering' }, renewsItself: false },
  });
  const name = createHash('sha1').update(startUrl).digest('hex');
  expect(name).not.toBe('');
  const path = join(bench.home, '.aws', 'sso', 'cache', `${name}.json`);
  const token = JSON.parse(await readFile(path, 'utf8'));
  expect(token).toMatchObject({ startUrl, region: 'eu-central-1', clientId: expect.any(String) });
  expect(token).not.toHaveProperty('refreshToken');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const register = (await bench.calls()).find(({ operation }) => operation === 'RegisterClient');
  expect(register?.request).not.toHaveProperty('scopes');
});
