import { expect, test } from 'vitest';
import { toProduct } from '../../../src/main/adapters/aws/catalog.ts';
import { keepCredentials } from '../../../src/main/adapters/aws/connection.ts';
import { roleNameOf } from '../../../src/main/adapters/aws/sign-in.ts';

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
    dimensions: [],
  });
  expect(toProduct('prod-1', { Details: 'no json' })).toBeNull();
});
