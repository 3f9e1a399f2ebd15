import { afterEach, beforeEach, expect, it } from 'vitest';
import { aLine, type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp();
});
afterEach(async () => {
  await app.stop();
});

const meterable = async () => {
  const rows = await app.contracts();
  const dayAgo = new Date(Date.now() - 86_400_000).toISOString();
  const found = rows.find(
    (row) =>
      row.addUsage.allowed &&
      row.productCode !== null &&
      row.status.kind === 'active' &&
      row.startUtc < dayAgo,
  );
  if (found === undefined) throw new Error('no contract takes usage');
  return found;
};

/** Reviews three units on a contract that takes them, and answers whatever has to be answered before. */
async function review(hoursAgo = 0) {
  const contract = await meterable();
  const { agreementId, productId } = contract;
  const details = await app.succeed('contracts.get', { agreementId });
  const dimensionKey = details.dimensions.find((one) => one.kind === 'metered')?.key ?? '';
  await app.succeed('products.chooseScheme', { productId, scheme: 'product-code' });
  const { nowUtc } = await app.succeed('system.status', {});
  const at = new Date(Date.parse(nowUtc) - hoursAgo * 3_600_000).toISOString();
  const lines = [aLine(at, { dimensionKey })];
  return app.call('reviews.create', { agreementId, lines, timeZone: 'UTC', locale: 'en-GB' });
}

const confirm = ({ reviewId, hash }: { readonly reviewId: string; readonly hash: string }) =>
  app.call('reviews.submit', { reviewId, hash, confirmed: true });

const hold = { operation: 'BatchMeterUsage', times: 'always', kind: 'access-denied' };

async function submitted() {
  const made = await review();
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  expect(await confirm(made.value)).toMatchObject({ ok: true });
  return made.value;
}

it('nothing that was reviewed under one account can be sent under another, and both are named', async () => {
  await app.signIn('static-key');
  const made = await review();
  if (!made.ok) throw new Error(made.error.kind);
  await app.signIn('labs-ops');
  expect(await confirm(made.value)).toEqual({
    ok: false,
    error: { kind: 'wrong-account', expectedAccountId: '482913607251', signedInAccountId: '716024958833' },
  });
});

it('counts and lists are of the account that is signed in, and what others have open is told apart', async () => {
  await app.practice.steer('PUT', 'faults', [hold]);
  await app.signIn('static-key');
  const { agreementId } = await submitted();
  const [held] = await app.usageWhen(agreementId, (record) => record.phase === 'held');
  expect(await app.succeed('usage.counts', {})).toEqual({ pending: 1, needPerson: 1, rejected: 0 });
  expect(await app.succeed('usage.ofOtherAccounts', {})).toEqual({ accounts: [] });

  await app.succeed('accounts.setName', { accountId: '482913607251', name: ' Kestrel ' });
  await app.signIn('labs-ops');
  expect(await app.succeed('usage.counts', {})).toEqual({ pending: 0, needPerson: 0, rejected: 0 });
  expect(await app.succeed('usage.ofOtherAccounts', {})).toEqual({
    accounts: [
      {
        accountId: '482913607251',
        accountName: 'Kestrel',
        counts: { pending: 1, needPerson: 1, rejected: 0 },
      },
    ],
  });
  const query = { agreementId: null, status: 'pending', cursor: null, limit: 10 } as const;
  const ofLabs = { ...query, sellerAccountId: '716024958833' };
  const ofKestrel = { ...query, sellerAccountId: '482913607251' };
  expect(await app.succeed('usage.list', ofLabs)).toMatchObject({ records: [], total: 0 });
  expect(await app.succeed('usage.list', ofKestrel)).toMatchObject({ records: [{}], total: 1 });
  expect(await app.call('usage.tryNow', { recordIds: [held?.recordId ?? ''] })).toMatchObject({
    error: { kind: 'wrong-account', expectedAccountId: '482913607251' },
  });
});

it('a name for the account stands in the session at once, and goes with it', async () => {
  await app.signIn('static-key');
  await app.succeed('accounts.setName', { accountId: '482913607251', name: 'Kestrel' });
  expect(await app.succeed('session.get', {})).toMatchObject({ identity: { accountName: 'Kestrel' } });
  expect(await app.succeed('settings.get', {})).toMatchObject({
    accountNames: [{ accountId: '482913607251', name: 'Kestrel' }],
  });
  await app.succeed('accounts.setName', { accountId: '482913607251', name: '' });
  expect(await app.succeed('session.get', {})).toMatchObject({ identity: { accountName: null } });
});

it('AWS’s refusal to meter holds the records and makes every contract read-only, until a check passes', async () => {
  await app.practice.steer('PUT', 'faults', [hold]);
  await app.signIn('static-key');
  expect(await app.succeed('session.permissions', { again: false })).toMatchObject({
    metering: { state: 'unknown' },
  });
  const { agreementId } = await submitted();
  await app.usageWhen(agreementId, (record) => record.phase === 'held' && record.reason === 'not-allowed');
  expect(await app.succeed('session.permissions', { again: false })).toMatchObject({
    metering: { state: 'refused', action: 'aws-marketplace:BatchMeterUsage' },
  });
  const rows = await app.contracts();
  expect(rows.filter((row) => row.addUsage.allowed)).toEqual([]);
  expect(rows.find((row) => row.agreementId === agreementId)?.addUsage).toEqual({
    allowed: false,
    reason: 'not-allowed',
  });

  await app.practice.steer('PUT', 'faults', []);
  await app.succeed('session.permissions', { again: true });
  await app.usageWhen(agreementId, (record) => record.status === 'accepted');
  expect(await app.succeed('session.permissions', { again: false })).toMatchObject({
    metering: { state: 'allowed' },
  });
  expect((await app.contracts()).some((row) => row.addUsage.allowed)).toBe(true);
});

it('a review that was made before the refusal is not sent after it', async () => {
  await app.signIn('static-key');
  const made = await review(2);
  if (!made.ok) throw new Error(made.error.kind);
  await app.practice.steer('PUT', 'faults', [hold]);
  const { agreementId } = await submitted();
  await app.usageWhen(agreementId, (record) => record.phase === 'held');
  expect(await confirm(made.value)).toMatchObject({
    ok: false,
    error: { kind: 'review-changed', reasons: ['not-allowed'] },
  });
});

it('the reads are tried once, and what is refused is named with its action', async () => {
  await app.practice.steer('PUT', 'faults', [
    { operation: 'LookupEvents', times: 'always', kind: 'access-denied' },
  ]);
  await app.signIn('static-key');
  const { reads } = await app.succeed('session.permissions', { again: false });
  expect(Object.fromEntries(reads.map(({ purpose, state }) => [purpose, state]))).toEqual({
    contracts: 'allowed',
    terms: 'allowed',
    products: 'allowed',
    entitlements: 'allowed',
    trail: 'refused',
  });
  expect(reads.find(({ purpose }) => purpose === 'trail')).toMatchObject({
    action: 'cloudtrail:LookupEvents',
  });
  const made = async (wanted: string) =>
    (await app.practice.calls()).filter(({ operation }) => operation === wanted).length;
  const before = await made('LookupEvents');
  await app.succeed('session.permissions', { again: false });
  expect(await made('LookupEvents')).toBe(before);
  // The list was read for them: once the active contracts, once all.
  await app.contracts();
  expect(await made('SearchAgreements')).toBe(2);
});

it('a role that may not search is told once the list was refused', async () => {
  await app.practice.steer('PUT', 'faults', [
    { operation: 'SearchAgreements', times: 'always', kind: 'access-denied' },
  ]);
  await app.signIn('static-key');
  const { reads } = await app.succeed('session.permissions', { again: false });
  expect(reads[0]).toMatchObject({ purpose: 'contracts', state: 'refused' });
  expect(reads.slice(1, 4).map(({ state }) => state)).toEqual(['unknown', 'unknown', 'unknown']);
});
