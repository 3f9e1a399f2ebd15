/** The renewal that follows `aws login`, as it is on the wire: by hand, since the SDK's client for it is no package of its own. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { failure, noon, type StartedPractice, startAt } from './practice-fixture.ts';

const minuteS = 60;

interface Left {
  readonly loginSession: string;
  readonly fileName: string;
  readonly content: {
    readonly accessToken: Record<'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'accountId', string>;
    readonly refreshToken: string;
    readonly dpopKey: string;
    readonly clientId: string;
  };
}

const logIn = (practice: StartedPractice, of: object = {}) =>
  practice.steer('POST', 'console-sign-ins', of) as Promise<Left>;

interface Proof {
  readonly key?: KeyObject;
  readonly htu?: string;
  readonly iatMovedS?: number;
}

function proofOf(practice: StartedPractice, left: Left, over: Proof = {}): string {
  const key = over.key ?? createPrivateKey(left.content.dpopKey);
  const { kty, crv, x, y } = createPublicKey(key).export({ format: 'jwk' });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = part({ alg: 'ES256', typ: 'dpop+jwt', jwk: { kty, crv, x, y } });
  const iat = Math.floor(practice.nowMs / 1000) + (over.iatMovedS ?? 0);
  const body = part({ jti: 'one', htm: 'POST', htu: over.htu ?? `${practice.url}/v1/token`, iat });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), { key, dsaEncoding: 'ieee-p1363' });
  return `${head}.${body}.${signature.toString('base64url')}`;
}

async function renew(practice: StartedPractice, left: Left, proof: string | null, over: object = {}) {
  const { clientId, refreshToken } = left.content;
  const answer = await fetch(`${practice.url}/v1/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(proof === null ? {} : { dpop: proof }) },
    body: JSON.stringify({ clientId, grantType: 'refresh_token', refreshToken, ...over }),
  });
  return {
    status: answer.status,
    name: answer.headers.get('x-amzn-errortype'),
    body: (await answer.json()) as Record<string, unknown>,
  };
}

test('what is left is a file of the AWS CLI, and its keys are the user’s', async () => {
  const practice = await startAt(noon);
  const left = await logIn(practice);
  expect(left.loginSession).toBe('arn:aws:iam::482913607251:user/usage-scripts');
  expect(left.fileName).toBe(`${createHash('sha256').update(left.loginSession).digest('hex')}.json`);
  expect(left.content).toEqual({
    accessToken: {
      accessKeyId: expect.stringMatching(/^ASIA/),
      secretAccessKey: expect.any(String),
      sessionToken: expect.any(String),
      accountId: '482913607251',
      expiresAt: '2026-11-18T12:45:00Z',
    },
    tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
    clientId: 'arn:aws:signin:::devtools/same-device',
    refreshToken: expect.any(String),
    idToken: expect.stringMatching(/^[\w-]+\.[\w-]+\./),
    dpopKey: expect.stringMatching(/^-----BEGIN EC PRIVATE KEY-----\n/),
  });
  const { Arn } = await practice.sts(left.content.accessToken).send(new GetCallerIdentityCommand({}));
  expect(Arn).toBe(left.loginSession);
});

test('a renewal gives new keys for at most 15 minutes, without an id token, as often as it is asked', async () => {
  const practice = await startAt(noon);
  const left = await logIn(practice, { accountId: '716024958833' });
  const first = await renew(practice, left, proofOf(practice, left));
  expect(first).toMatchObject({ status: 200, body: { expiresIn: 900, refreshToken: expect.any(String) } });
  expect(Object.keys(first.body).sort()).toEqual(['accessToken', 'expiresIn', 'refreshToken', 'tokenType']);
  expect(await renew(practice, left, proofOf(practice, left))).toMatchObject({ status: 200 });
  const { Account } = await practice
    .sts(first.body.accessToken as Left['content']['accessToken'])
    .send(new GetCallerIdentityCommand({}));
  expect(Account).toBe('716024958833');
});

describe('refused is', () => {
  test.each([
    ['no proof', () => null],
    [
      'a proof of another key',
      () => ({ key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }),
    ],
    ['a proof for another address', () => ({ htu: 'http://127.0.0.1/token' })],
    ['an old proof', () => ({ iatMovedS: -6 * minuteS })],
  ])('%s', async (_name, over) => {
    const practice = await startAt(noon);
    const left = await logIn(practice);
    const proof = over();
    expect(await renew(practice, left, proof && proofOf(practice, left, proof))).toMatchObject({
      status: 400,
      name: 'ValidationException',
      body: { error: 'INVALID_REQUEST' },
    });
  });

  test.each([
    ['a refresh token that is none', { refreshToken: 'other' }],
    ['another client', { clientId: 'arn:aws:signin:::devtools/other' }],
    ['another grant', { grantType: 'password' }],
  ])('%s', async (_name, over) => {
    const practice = await startAt(noon);
    const left = await logIn(practice);
    expect(await renew(practice, left, proofOf(practice, left), over)).toMatchObject({
      name: 'ValidationException',
    });
  });

  test('whose session has ended, and who may not sign in so', async () => {
    const practice = await startAt(noon);
    const left = await logIn(practice);
    const key = (await practice.world()).accessKeys.find(({ userName }) => userName === 'usage-scripts');
    await practice.steer('PUT', `world/accessKeys/${key?.accessKeyId}`, { ...key, permissions: ['sts:*'] });
    expect(await renew(practice, left, proofOf(practice, left))).toMatchObject({
      status: 403,
      name: 'AccessDeniedException',
      body: { error: 'INSUFFICIENT_PERMISSIONS' },
    });
    await practice.steer('DELETE', 'sign-ins');
    expect(await renew(practice, left, proofOf(practice, left))).toMatchObject({
      status: 401,
      body: { error: 'TOKEN_EXPIRED' },
    });
  });

  test('a login to an account that sells nothing', async () => {
    const practice = await startAt(noon);
    await expect(logIn(practice, { accountId: '1' })).rejects.toThrow('one of the sellers');
  });
});

test('faults say their word, and throttling has this service’s own name', async () => {
  const practice = await startAt(noon);
  const left = await logIn(practice);
  await practice.steer('PUT', 'faults', [
    { operation: 'CreateOAuth2Token', kind: 'AccessDeniedException', error: 'USER_CREDENTIALS_CHANGED' },
    { operation: 'CreateOAuth2Token', kind: 'throttling' },
  ]);
  expect(await renew(practice, left, proofOf(practice, left))).toMatchObject({
    name: 'AccessDeniedException',
    body: { error: 'USER_CREDENTIALS_CHANGED' },
  });
  expect(await renew(practice, left, proofOf(practice, left))).toMatchObject({
    status: 429,
    name: 'TooManyRequestsError',
  });
});

test('keys that have run out are refused', async () => {
  const practice = await startAt(noon);
  const { content } = await logIn(practice);
  await practice.steer('PUT', 'clock', { mode: 'skew', ms: 16 * minuteS * 1000 });
  const sts = practice.sts(content.accessToken, 'us-east-1', practice.shiftMs + 16 * minuteS * 1000);
  expect((await failure(sts.send(new GetCallerIdentityCommand({})))).name).toBe('ExpiredToken');
});

test('the log of calls shows none of its secrets', async () => {
  const practice = await startAt(noon);
  const left = await logIn(practice);
  await renew(practice, left, proofOf(practice, left));
  const log = JSON.stringify(await practice.steer('GET', 'calls'));
  expect(log).toContain('CreateOAuth2Token');
  expect(log).not.toContain(left.content.refreshToken);
});
