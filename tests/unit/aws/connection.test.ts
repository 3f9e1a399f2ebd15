import { expect, test, vi } from 'vitest';
import { roleNameOf } from '../../../src/main/adapters/aws/caller-identity.ts';
import { toProduct } from '../../../src/main/adapters/aws/catalog.ts';
import { createAwsConnection, keepCredentials } from '../../../src/main/adapters/aws/connection.ts';
import { createNetwork } from '../../../src/main/adapters/aws/network.ts';

const keys = (accessKeyId: string, endMs?: number) => ({
  accessKeyId,
  secretAccessKey: 'not-a-secret',
  ...(endMs === undefined ? {} : { expiration: new Date(endMs) }),
});
const minute = 60_000;

test('credentials are kept until five minutes before their end', async () => {
  let nowMs = 0;
  let asked = 0;
  const kept = keepCredentials(
    async () => keys(`key-${++asked}`, nowMs + 60 * minute),
    () => nowMs,
    keys('first', 60 * minute),
  );
  nowMs = 54 * minute;
  expect((await kept.credentials()).accessKeyId).toBe('first');
  nowMs = 55 * minute;
  expect((await kept.credentials()).accessKeyId).toBe('key-1');
  expect((await kept.credentials()).accessKeyId).toBe('key-1');
});

test('many callers at once cause one resolution', async () => {
  let asked = 0;
  const kept = keepCredentials(
    async () => keys(`key-${++asked}`),
    () => 0,
    null,
  );
  const all = await Promise.all([kept.credentials(), kept.credentials(), kept.credentials()]);
  expect(all.map((one) => one.accessKeyId)).toEqual(['key-1', 'key-1', 'key-1']);
});

test('while the old ones hold, a failed renewal is no failure; afterwards it is', async () => {
  let nowMs = 56 * minute;
  const failing = async () => {
    throw new Error('offline');
  };
  const kept = keepCredentials(failing, () => nowMs, keys('first', 60 * minute));
  expect((await kept.credentials()).accessKeyId).toBe('first');
  nowMs = 60 * minute;
  await expect(kept.credentials()).rejects.toThrow('offline');
});

/** A provider whose end the test decides, as a program that waits for a person's answer. */
function aProvider() {
  const resolvers = [Promise.withResolvers<ReturnType<typeof keys>>()];
  const [first] = resolvers;
  let asked = 0;
  return {
    asked: () => asked,
    answer: (accessKeyId: string) => first?.resolve(keys(accessKeyId)),
    resolve: () => {
      asked += 1;
      return first?.promise ?? Promise.reject(new Error('no provider'));
    },
  };
}

test('a provider that never answers is waited for a minute, is not started twice, and its late answer counts', async () => {
  vi.useFakeTimers();
  try {
    const provider = aProvider();
    const kept = keepCredentials(provider.resolve, () => 0, null);
    for (let turn = 0; turn < 2; turn += 1) {
      const waiting = expect(kept.credentials()).rejects.toMatchObject({ appError: { kind: 'offline' } });
      await vi.advanceTimersByTimeAsync(minute);
      await waiting;
    }
    expect(provider.asked()).toBe(1);
    provider.answer('late');
    expect((await kept.credentials()).accessKeyId).toBe('late');
    expect(provider.asked()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('while the old ones hold, they bridge a provider that never answers', async () => {
  vi.useFakeTimers();
  try {
    const kept = keepCredentials(aProvider().resolve, () => 56 * minute, keys('first', 60 * minute));
    const waiting = kept.credentials();
    await vi.advanceTimersByTimeAsync(minute);
    expect((await waiting).accessKeyId).toBe('first');
  } finally {
    vi.useRealTimers();
  }
});

test('a new sign-in, or leaving, ends the wait for the former one’s provider', async () => {
  const snapshot = (kept: ReturnType<typeof keepCredentials>) => ({
    identity: {
      profile: 'sales',
      accountId: '111122223333',
      accountName: null,
      roleName: null,
      principalArn: 'arn:aws:iam::111122223333:user/ada',
    },
    region: null,
    credentials: kept.credentials,
    dropCredentials: kept.drop,
    stopWaiting: kept.stopWaiting,
    requestHandler: () => createNetwork({ isAcknowledged: () => true }).handler(null),
    errorContext: () => ({ profile: 'sales', offsetMs: null, signsInByBrowser: false }),
  });
  const connection = createAwsConnection();
  for (const next of [snapshot(keepCredentials(aProvider().resolve, () => 0, keys('new'))), null]) {
    const former = keepCredentials(aProvider().resolve, () => 0, null);
    connection.replace(snapshot(former));
    const waiting = former.credentials();
    connection.replace(next);
    await expect(waiting).rejects.toMatchObject({ appError: { kind: 'offline' } });
  }
});

test('dropped credentials are not used again, even if renewing fails', async () => {
  const kept = keepCredentials(
    async () => {
      throw new Error('offline');
    },
    () => 0,
    keys('refused-by-aws', 60 * minute),
  );
  kept.drop();
  await expect(kept.credentials()).rejects.toThrow('offline');
});

test.each([
  [
    'arn:aws:sts::111111111111:assumed-role/AWSReservedSSO_Metering_Ops_0123456789abcdef/me@x.example',
    'Metering_Ops',
  ],
  ['arn:aws:sts::111111111111:assumed-role/Reporter/session', 'Reporter'],
  ['arn:aws:iam::111111111111:user/scripts', null],
  ['arn:aws:iam::111111111111:root', null],
])('the role of %s is %s', (arn, role) => {
  expect(roleNameOf(arn)).toBe(role);
});

test('a product is read from the document or from its text, and odd parts are passed over', () => {
  const document = {
    Description: { ProductTitle: 'Title', ProductCode: 7 },
    Dimensions: [
      { Key: 'gb', Types: ['ExternallyMetered'], Unit: 'GB' },
      { Name: 'without key' },
      'odd',
      { Key: 'x', Types: 'Entitled' },
    ],
  };
  const expected = {
    productId: 'prod-1',
    title: 'Title',
    productCode: null,
    type: null,
    revision: null,
    dimensions: [
      { key: 'gb', name: null, unit: 'GB', description: null, types: ['ExternallyMetered'] },
      { key: 'x', name: null, unit: null, description: null, types: [] },
    ],
  };
  expect(toProduct('prod-1', { DetailsDocument: document })).toEqual(expected);
  expect(toProduct('prod-1', { Details: JSON.stringify(document) })).toEqual(expected);
  expect(toProduct('prod-1', { DetailsDocument: {} })).toEqual({
    productId: 'prod-1',
    title: null,
    productCode: null,
    type: null,
    revision: null,
    dimensions: [],
  });
  expect(toProduct('prod-1', { EntityType: 'SaaSProduct@1.0', DetailsDocument: {} })?.type).toBe(
    'SaaSProduct',
  );
  expect(toProduct('prod-1', { Details: 'no json' })).toBeNull();
});
