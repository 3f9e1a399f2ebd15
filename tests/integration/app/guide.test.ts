import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aLine, type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp();
  await app.signIn('static-key');
});
afterEach(async () => {
  await app.stop();
});

/** Submits one record that AWS refuses with the exception, and waits until it is rejected. */
async function aRejectedRecord(exception: string) {
  await app.practice.steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', kind: exception, times: 1 }]);
  for (const { agreementId, productId, status, licenseArns } of await app.contracts()) {
    if (status.kind !== 'active' || licenseArns.length !== 1) continue;
    const details = await app.succeed('contracts.get', { agreementId });
    const dimension = details.dimensions.find(({ kind }) => kind === 'metered');
    if (!dimension) continue;
    await app.succeed('products.chooseScheme', { productId, scheme: 'licence' });
    const { nowUtc } = await app.succeed('system.status', {});
    const review = await app.succeed('reviews.create', {
      agreementId,
      lines: [aLine(nowUtc, { dimensionKey: dimension.key })],
      timeZone: 'UTC',
      locale: 'en-US',
    });
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    const [record] = await app.usageWhen(agreementId, (one) => one.status === 'rejected');
    if (record) return { agreementId, recordId: record.recordId, details };
  }
  throw new Error('the practice world has no such contract');
}

it('knows the record’s contract, its dimensions and its last try', async () => {
  const { recordId, details } = await aRejectedRecord('InvalidUsageDimensionException');
  const facts = await app.succeed('usage.guide', { recordId });
  expect(facts).toMatchObject({
    recordId,
    deadlineRule: 'age',
    nearestKey: null,
    contract: {
      awsStatus: 'ACTIVE',
      buyerAccountId: details.summary.buyerAccountId,
      licenseArns: details.summary.licenseArns,
      meteredKeys: details.dimensions.filter(({ kind }) => kind === 'metered').map(({ key }) => key),
    },
  });
  expect(facts.lastTriedUtc).not.toBeNull();
});

it('does without the contract once nobody is signed in', async () => {
  const { recordId } = await aRejectedRecord('InvalidUsageDimensionException');
  await app.succeed('session.leave', {});
  expect(await app.succeed('usage.guide', { recordId })).toMatchObject({
    contract: null,
    signedInAccountId: null,
  });
});

it('writes a rejected record off with its note and amount, and reopens it', async () => {
  const { recordId } = await aRejectedRecord('InvalidUsageDimensionException');
  const settlement = async () => (await app.succeed('usage.get', { recordId })).record.settlement;
  expect(await settlement()).toEqual({ kind: 'open' });
  expect((await app.succeed('usage.counts', {})).rejected).toBe(1);
  const amount = { amount: '12.50', currencyCode: 'USD' };
  await app.succeed('usage.writeOff', { recordId, note: '  settled by invoice 4711 ', amount });
  expect(await settlement()).toMatchObject({ kind: 'written-off', note: 'settled by invoice 4711', amount });
  expect((await app.succeed('usage.counts', {})).rejected).toBe(0);
  expect(await app.call('usage.writeOff', { recordId, note: 'again', amount: null })).toMatchObject({
    ok: false,
    error: { kind: 'not-possible-now' },
  });
  await app.succeed('usage.reopen', { recordId });
  expect(await settlement()).toEqual({ kind: 'open' });
});

it('links what is reported anew to the rejected record, which then can neither be followed twice nor written off', async () => {
  const { agreementId, recordId } = await aRejectedRecord('InvalidUsageDimensionException');
  const rejected = (await app.succeed('usage.get', { recordId })).record;
  const { nowUtc } = await app.succeed('system.status', {});
  const entry = {
    agreementId,
    lines: [aLine(nowUtc, { dimensionKey: rejected.dimensionKey, predecessorId: recordId })],
    timeZone: 'UTC',
    locale: 'en-US',
  };
  const review = await app.succeed('reviews.create', entry);
  expect(review.lines[0]?.predecessor).toMatchObject({ recordId, reason: 'invalid-usage-dimension' });
  await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
  const records = await app.usageWhen(agreementId, (one) => one.status !== 'pending');
  const successor = records.find((one) => one.predecessorId === recordId);
  expect(successor?.status).toBe('accepted');
  const settlement = (await app.succeed('usage.get', { recordId })).record.settlement;
  expect(settlement).toEqual({ kind: 'followed', successorId: successor?.recordId });
  const refused = { ok: false, error: { kind: 'not-possible-now', detail: 'record-has-a-successor' } };
  const further = {
    ...entry,
    lines: [aLine(nowUtc, { predecessorId: recordId, dimensionKey: rejected.dimensionKey })],
  };
  expect(await app.call('reviews.create', further)).toMatchObject({ ok: false });
  expect(await app.call('usage.writeOff', { recordId, note: 'n', amount: null })).toMatchObject(refused);
});

it('shows the support bundle, and saves exactly that', async () => {
  const { recordId } = await aRejectedRecord('InvalidUsageDimensionException');
  const bundle = await app.succeed('usage.supportBundle', { recordIds: [recordId] });
  expect(await app.succeed('usage.saveSupportBundle', { recordIds: [recordId] })).toMatchObject({
    kind: 'saved',
  });
  const [zip] = app.savedBytes.values();
  const files = unzipSync(zip ?? new Uint8Array());
  expect(Object.keys(files)).toEqual(['support.txt', 'records.json']);
  const json: unknown = JSON.parse(strFromU8(files['records.json'] ?? new Uint8Array()));
  expect(json).toMatchObject({
    app: 'Usage Desk',
    practice: true,
    records: [{ record: { recordId }, attempts: [{}] }],
  });
  const text = bundle.files.find(({ name }) => name === 'support.txt')?.text ?? '';
  expect(text).toContain(recordId);
  expect(text).toContain('InvalidUsageDimensionException');
  expect(text).toContain('request id');
  expect(
    strFromU8(files['support.txt'] ?? new Uint8Array())
      .split('\n')
      .slice(2),
  ).toEqual(text.split('\n').slice(2));
  // The static key of the practice profile: whoever reads the bundle must not be able to sign with it.
  for (const { text: one } of bundle.files) expect(one).not.toMatch(/AKIA|ASIA|secret/i);
});
