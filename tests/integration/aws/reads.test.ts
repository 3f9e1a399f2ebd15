import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgreements } from '../../../src/main/adapters/aws/agreements.ts';
import { createCatalog } from '../../../src/main/adapters/aws/catalog.ts';
import type { AgreementSummary } from '../../../src/main/core/ports.ts';
import { createDesk, decide, type PracticeBench, startBench } from './practice-bench.ts';

let bench: PracticeBench;
let desk: ReturnType<typeof createDesk>;
beforeEach(async () => {
  bench = await startBench();
  desk = createDesk((url) => void decide(url, 'allow'));
  await desk.connect('static-key');
});
afterEach(() => bench.stop());

const agreements = () => createAgreements({ connection: desk.connection, clock: desk.clock });
const catalog = () => createCatalog({ connection: desk.connection, clock: desk.clock });

interface WorldAgreement {
  readonly agreementId: string;
  readonly proposerAccountId: string;
  readonly productId: string;
  readonly edge?: string;
}
const worldAgreements = async () =>
  ((await bench.steer('GET', 'world')) as { agreements: readonly WorldAgreement[] }).agreements;
const byEdge = async (edge: string) => {
  const found = (await worldAgreements()).find((agreement) => agreement.edge === edge);
  if (found === undefined) throw new Error(`No contract ${edge}`);
  return found;
};

async function readAll(): Promise<AgreementSummary[]> {
  const all: AgreementSummary[] = [];
  let nextToken: string | null = null;
  do {
    const page = await agreements().searchPage(nextToken, 'all');
    if (!page.ok) throw new Error(page.error.kind);
    all.push(...page.value.agreements);
    nextToken = page.value.nextToken;
  } while (nextToken !== null);
  return all;
}

test('all agreements as proposer are read, page by page, also over an empty page with a token', async () => {
  await bench.steer('PUT', 'faults', [{ operation: 'SearchAgreements', kind: 'empty-page' }]);
  const expected = (await worldAgreements()).filter((one) => one.proposerAccountId === '482913607251');
  const read = await readAll();
  expect(read.map((one) => one.agreementId).sort()).toEqual(expected.map((one) => one.agreementId).sort());
});

test('an agreement without an end has none, however AWS writes it', async () => {
  const all = await readAll();
  for (const edge of ['pay-as-you-go', 'pay-as-you-go-year-9999']) {
    const { agreementId } = await byEdge(edge);
    expect(all.find((one) => one.agreementId === agreementId)?.endMs).toBeNull();
  }
});

test('the terms give exact prices as text and what was bought upfront', async () => {
  const { agreementId } = await byEdge('contract-with-consumption');
  const terms = await agreements().terms(agreementId);
  expect(terms).toMatchObject({ ok: true, value: { hasUsageTerm: true } });
  if (!terms.ok) return;
  expect(terms.value.usagePrices.length).toBeGreaterThan(0);
  for (const price of terms.value.usagePrices) expect(price.unitPrice).toMatch(/^\d+(\.\d+)?$/);
  expect(terms.value.entitlements.length).toBeGreaterThan(0);
  for (const entitlement of terms.value.entitlements) expect(typeof entitlement.quantity).toBe('string');
});

test('products are read with their dimensions; one of another seller is missing from the map', async () => {
  const ids = [...new Set((await worldAgreements()).map((one) => one.productId))].slice(0, 18);
  const { productId } = await byEdge('contract-with-consumption');
  const read = await catalog().products([productId, 'prod-not-there', ...ids]);
  expect(read).toMatchObject({ ok: true });
  if (!read.ok) return;
  expect(read.value.has('prod-not-there')).toBe(false);
  expect(read.value.get(productId)).toMatchObject({
    title: expect.any(String),
    productCode: expect.any(String),
  });
  expect(read.value.get(productId)?.dimensions.some((one) => one.types.includes('ExternallyMetered'))).toBe(
    true,
  );
});

test.each([
  ['throttling', { kind: 'throttled', retryAfterMs: null }],
  ['internal-error', { kind: 'aws-unavailable' }],
  ['service-unavailable-empty', { kind: 'aws-unavailable' }],
  ['html', { kind: 'aws-unavailable' }],
  ['expired-token', { kind: 'sign-in-expired', profile: 'static-key' }],
  ['access-denied', { kind: 'not-allowed', action: 'aws-marketplace:SearchAgreements' }],
  ['cut-before-store', { kind: 'offline' }],
  ['ValidationException', { kind: 'aws-refused', awsErrorName: 'ValidationException' }],
  ['UnrecognizedClientException', { kind: 'unknown-credentials' }],
])('%s of a read is told as %o', async (kind, error) => {
  await bench.steer('PUT', 'faults', [{ operation: 'SearchAgreements', kind, times: 'always' }]);
  expect(await agreements().searchPage(null, 'all')).toMatchObject({ ok: false, error });
});

test('a role without reads is told which action it lacks, for both services', async () => {
  await bench.steer('PUT', 'faults', [{ operation: 'BatchDescribeEntities', kind: 'access-denied' }]);
  expect(await catalog().products(['prod-a'])).toMatchObject({
    ok: false,
    error: { kind: 'not-allowed', action: expect.stringContaining('aws-marketplace:') },
  });
});

test('nobody signed in reads nothing', async () => {
  desk.signIn.disconnect();
  expect(await agreements().searchPage(null, 'all')).toEqual({ ok: false, error: { kind: 'not-signed-in' } });
});

test('after a change of account the same port reads for the other one', async () => {
  const port = agreements();
  const first = await port.searchPage(null, 'all');
  await desk.connect('labs-ops');
  const second = await port.searchPage(null, 'all');
  expect(first.ok && first.value.agreements[0]?.proposerAccountId).toBe('482913607251');
  expect(second.ok && second.value.agreements.every((one) => one.proposerAccountId === '716024958833')).toBe(
    true,
  );
});

test('keys that AWS refuses as expired are fetched anew while the sign-in behind them holds', async () => {
  await desk.connect('seller-ops');
  const port = agreements();
  await port.searchPage(null, 'all');
  await bench.steer('PUT', 'faults', [{ operation: 'SearchAgreements', kind: 'expired-token' }]);
  expect(await port.searchPage(null, 'all')).toMatchObject({ ok: true });
  const keys = (await bench.calls())
    .filter((call) => call.operation === 'SearchAgreements')
    .map((call) => call.accessKeyId);
  expect(keys).toHaveLength(3);
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[1]);
});

test('the sign-in that AWS revoked meanwhile is told when its keys end', async () => {
  await desk.connect('seller-ops');
  await bench.steer('PUT', 'faults', [
    { operation: 'SearchAgreements', kind: 'expired-token' },
    { operation: 'GetRoleCredentials', kind: 'UnauthorizedException', httpStatus: 401 },
  ]);
  expect(await agreements().searchPage(null, 'all')).toEqual({
    ok: false,
    error: { kind: 'sign-in-expired', profile: 'seller-ops' },
  });
});
