/** What becomes of a sign-in while nobody does anything: by its token file, which the AWS CLI shares, and by AWS's answers. */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDesk, decide, type PracticeBench, startBench } from './practice-bench.ts';

const minuteMs = 60_000;

let bench: PracticeBench;
let desk: ReturnType<typeof createDesk>;
beforeEach(async () => {
  bench = await startBench();
  desk = createDesk((url) => void decide(url, 'allow'));
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
});
afterEach(() => bench.stop());

const path = () =>
  join(bench.home, '.aws', 'sso', 'cache', `${createHash('sha1').update('practice').digest('hex')}.json`);
const read = async () => JSON.parse(await readFile(path(), 'utf8'));
const change = async (members: object) =>
  writeFile(path(), JSON.stringify({ ...(await read()), ...members }));
const endsIn = (ms: number) => ({ expiresAt: new Date(Date.now() + ms).toISOString() });
const refuse = (kind: string) => bench.steer('PUT', 'faults', [{ operation: 'CreateToken', kind }]);

test('far from its end nothing is asked of AWS, and the next look is a quarter of an hour before it', async () => {
  const { expiresAt } = await read();
  const before = (await bench.calls()).length;
  expect(await desk.signIn.renew()).toEqual({
    ok: true,
    value: {
      expiresAtMs: Date.parse(expiresAt),
      renewsItself: true,
      lookAgainAtMs: Date.parse(expiresAt) - 15 * minuteMs,
      problem: null,
      isNew: false,
    },
  });
  expect(await bench.calls()).toHaveLength(before);
});

test('near its end it is renewed, and its new end is told', async () => {
  await change(endsIn(10 * minuteMs));
  const renewed = await desk.signIn.renew();
  expect(renewed).toMatchObject({ ok: true, value: { isNew: true, problem: null } });
  expect(renewed.ok && renewed.value.expiresAtMs).toBeGreaterThan(Date.now() + 15 * minuteMs);
  expect(await desk.signIn.renew()).toMatchObject({ value: { isNew: false } });
});

test('who asks for its renewal at once gets one answer to all: a refresh token may be good for one use', async () => {
  await change(endsIn(10 * minuteMs));
  const used = async () =>
    (await bench.calls()).filter(({ operation }) => operation === 'CreateToken').length;
  const before = await used();
  await Promise.all([desk.signIn.renew(), desk.signIn.renew(), desk.signIn.renew()]);
  expect((await used()) - before).toBe(1);
});

test('a renewal that AWS refuses is told, and with it that the sign-in renews itself no more', async () => {
  await change(endsIn(10 * minuteMs));
  await refuse('InvalidGrantException');
  const { expiresAt } = await read();
  expect(await desk.signIn.renew()).toEqual({
    ok: true,
    value: {
      expiresAtMs: Date.parse(expiresAt),
      renewsItself: false,
      lookAgainAtMs: Date.parse(expiresAt),
      problem: { kind: 'sign-in-failed', cause: 'invalid-grant', detail: '' },
      isNew: false,
    },
  });
});

test('a renewal for which AWS can’t be reached is told, and stays one that is tried again', async () => {
  await change(endsIn(10 * minuteMs));
  const url = process.env.AWS_ENDPOINT_URL;
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
  expect(await desk.signIn.renew()).toMatchObject({
    ok: true,
    value: { renewsItself: true, isNew: false, problem: { kind: 'offline' } },
  });
  await change(endsIn(-minuteMs));
  expect(await desk.signIn.renew()).toMatchObject({ ok: false, error: { kind: 'offline' } });
  process.env.AWS_ENDPOINT_URL = url;
  expect(await desk.signIn.renew()).toMatchObject({ ok: true, value: { isNew: true } });
});

test('past its end, and not to be renewed, it has ended', async () => {
  await change(endsIn(-minuteMs));
  await refuse('InvalidGrantException');
  const ended = { ok: false, error: { kind: 'sign-in-expired', profile: 'seller-ops' } };
  expect(await desk.signIn.renew()).toEqual(ended);
  await rm(path());
  expect(await desk.signIn.renew()).toEqual(ended);
});

describe('a token that the AWS CLI has put there', () => {
  /** Another program signs in to the same session. */
  const signInElsewhere = () =>
    createDesk((url) => void decide(url, 'allow')).connect('seller-ops', { freshSignIn: true });

  test('is taken up', async () => {
    await bench.steer('DELETE', 'sign-ins');
    expect(await desk.signIn.renew()).toMatchObject({ value: { isNew: false } });
    await signInElsewhere();
    expect(await desk.signIn.renew()).toMatchObject({ value: { isNew: true } });
    const current = desk.connection.current();
    if (!current.ok) throw new Error('not connected');
    current.value.dropCredentials();
    expect(await current.value.credentials()).toMatchObject({ accessKeyId: expect.any(String) });
  });

  test('serves a fresh sign-in, which then asks nobody', async () => {
    await bench.steer('DELETE', 'sign-ins');
    await signInElsewhere();
    const before = desk.opened.length;
    expect(await desk.connect('seller-ops', { freshSignIn: true })).toMatchObject({ ok: true });
    expect(desk.opened).toHaveLength(before);
    expect(await desk.connect('seller-ops', { freshSignIn: true })).toMatchObject({ ok: true });
    expect(desk.opened).toHaveLength(before + 1);
  });
});

describe('files as the AWS CLI v2 and other tools write them', () => {
  test.each([
    ['whole seconds', (iso: string) => iso.replace(/\.\d+Z$/, 'Z')],
    ['milliseconds', (iso: string) => iso],
    ['a zone of its own', (iso: string) => iso.replace(/\.\d+Z$/, '+00:00')],
  ])('with ends in %s and fields of their own are used as they are', async (_name, write) => {
    const expiresAt = write(new Date(Date.now() + 120 * minuteMs).toISOString());
    await change({
      expiresAt,
      scopes: ['sso:account:access'],
      registrationExpiresAt: expiresAt,
      x: { y: 1 },
    });
    const before = await readFile(path(), 'utf8');
    const other = createDesk();
    expect(await other.connect('seller-ops')).toMatchObject({ ok: true, value: { renewsItself: true } });
    expect(other.opened).toEqual([]);
    expect(await readFile(path(), 'utf8')).toBe(before);
  });

  test.each([
    ['UTC in letters', () => new Date(Date.now() + 120 * minuteMs).toISOString().replace(/\.\d+Z$/, 'UTC')],
    ['no instant', () => 'soon'],
  ])('with an end in %s ask nobody: what can be renewed is', async (_name, write) => {
    await change({ expiresAt: write() });
    const other = createDesk();
    expect(await other.connect('seller-ops')).toMatchObject({ ok: true });
    expect(other.opened).toEqual([]);
  });

  test('keep their fields when they are renewed, and get times as the CLI writes them', async () => {
    await change({ ...endsIn(minuteMs), scopes: ['sso:account:access'], x: { y: 1 } });
    expect(await createDesk().connect('seller-ops')).toMatchObject({ ok: true });
    const after = await read();
    expect(after).toMatchObject({ scopes: ['sso:account:access'], x: { y: 1 } });
    expect(after.expiresAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test.each([
    [
      'a registration that has run out',
      { ...endsIn(-minuteMs), registrationExpiresAt: '2020-01-01T00:00:00Z' },
    ],
    ['no registration', { ...endsIn(-minuteMs), clientId: undefined }],
    ['no token', { accessToken: undefined }],
    ['a token that is no text', { accessToken: 7 }],
  ])('with %s lead to a sign-in', async (_name, members) => {
    await change(members);
    const other = createDesk((url) => void decide(url, 'allow'));
    expect(await other.connect('seller-ops')).toMatchObject({ ok: true });
    expect(other.opened).toHaveLength(1);
  });
});

test('the credentials of a role are renewed shortly before their end, and a failure is told', async () => {
  const other = createDesk();
  const connected = await other.connect('via-role');
  if (!connected.ok || connected.value.expiresAtMs === null) throw new Error('not connected');
  expect(connected.value.lookAgainAtMs).toBe(connected.value.expiresAtMs - 5 * minuteMs);
  expect(await other.signIn.renew()).toMatchObject({
    ok: true,
    value: { renewsItself: true, problem: null, isNew: false },
  });
});
