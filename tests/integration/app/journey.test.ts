import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContractDetails } from '../../../src/contract/contracts.ts';
import type { EntryInput } from '../../../src/contract/entry.ts';
import { everything } from '../../../src/contract/history.ts';
import { aLine, type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp();
});
afterEach(async () => {
  await app.stop();
});

/** An active contract on which something can be metered, its scheme chosen. */
async function aMeterableContract(): Promise<ContractDetails> {
  for (const summary of await app.contracts()) {
    if (summary.status.kind !== 'active' || summary.licenseArns.length !== 1) continue;
    const { agreementId, productId } = summary;
    const details = await app.succeed('contracts.get', { agreementId });
    if (!details.dimensions.some((dimension) => dimension.kind === 'metered')) continue;
    await app.succeed('products.chooseScheme', { productId, scheme: 'licence' });
    return app.succeed('contracts.get', { agreementId });
  }
  throw new Error('the practice world has no such contract');
}

async function entryFor(contract: ContractDetails, quantityText = '3'): Promise<EntryInput> {
  const { nowUtc } = await app.succeed('system.status', {});
  const dimensionKey = contract.dimensions.find((dimension) => dimension.kind === 'metered')?.key ?? '';
  return {
    agreementId: contract.summary.agreementId,
    lines: [aLine(nowUtc, { dimensionKey, quantityText })],
    timeZone: 'UTC',
    locale: 'en-US',
  };
}

describe('from sign-in to an accepted usage record', () => {
  it('signs in by the browser, reviews, submits, and sees the record accepted and exported', async () => {
    expect(await app.signIn('seller-ops')).toMatchObject({ state: 'signed-in' });
    const contract = await aMeterableContract();
    const entry = await entryFor(contract);
    expect(await app.succeed('entry.check', entry)).toMatchObject({ reviewable: true, blockers: [] });
    const review = await app.succeed('reviews.create', entry);
    expect(review.totals).toHaveLength(1);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    const { agreementId } = contract.summary;
    const [record] = await app.usageWhen(agreementId, (one) => one.status !== 'pending');
    expect(record).toMatchObject({ status: 'accepted', quantity: 3, reason: null });
    expect(record?.meteringRecordId).toBeTruthy();
    expect(await app.practice.steer('GET', 'metered')).toMatchObject([{ quantity: 3 }]);
    const filter = { ...everything, agreementIds: [agreementId] };
    const begun = await app.succeed('exports.start', { filter, format: 'csv', timeZone: 'Europe/Berlin' });
    const { exportId } = begun;
    await app.until(async () => {
      const { state } = await app.succeed('exports.get', { exportId });
      return state === 'ready' ? state : null;
    });
    await app.succeed('exports.save', { exportId });
    expect(String([...app.savedBytes.values()][0])).toContain(record?.meteringRecordId ?? 'nothing');
    const page = { filter, sort: { by: 'submitted', descending: true } as const, cursor: null, limit: 10 };
    expect((await app.succeed('history.page', page)).records).toEqual([record]);
    const receipt = await app.succeed('submissions.get', { submissionId: record?.submissionId ?? '' });
    expect(receipt).toMatchObject({ records: [record], practice: true });
    expect(app.incidents).toEqual([]);
  });

  it('takes a review once: a second click gets the same submission, a wrong hash nothing', async () => {
    await app.signIn('static-key');
    const entry = await entryFor(await aMeterableContract());
    const review = await app.succeed('reviews.create', entry);
    const confirmation = { reviewId: review.reviewId, hash: review.hash, confirmed: true };
    expect(await app.call('reviews.submit', { ...confirmation, confirmed: false })).toMatchObject({
      error: { kind: 'not-confirmed' },
    });
    expect(await app.call('reviews.submit', { ...confirmation, hash: 'f'.repeat(64) })).toMatchObject({
      error: { kind: 'review-changed' },
    });
    const [first, second] = await Promise.all([
      app.call('reviews.submit', confirmation),
      app.call('reviews.submit', confirmation),
    ]);
    expect(first.ok).toBe(true);
    expect(second).toMatchObject({ ok: false, error: { kind: 'already-submitted' } });
    expect(await app.call('reviews.submit', confirmation)).toMatchObject({
      error: { kind: 'already-submitted' },
    });
    await app.usageWhen(entry.agreementId, (one) => one.status === 'accepted');
    expect(await app.practice.steer('GET', 'metered')).toHaveLength(1);
  });

  it('refuses a second record in a taken hour, and names what holds it', async () => {
    await app.signIn('static-key');
    const contract = await aMeterableContract();
    const entry = await entryFor(contract);
    const review = await app.succeed('reviews.create', entry);
    const rival = await app.succeed('reviews.create', {
      ...entry,
      lines: entry.lines.map((line) => ({ ...line, quantityText: '9' })),
    });
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    expect(
      await app.call('reviews.submit', { reviewId: rival.reviewId, hash: rival.hash, confirmed: true }),
    ).toMatchObject({
      error: { kind: 'review-changed', reasons: ['hour-taken'] },
    });
    const checked = await app.succeed('entry.check', entry);
    expect(checked.lines[0]?.issues).toMatchObject([{ code: 'hour-taken', facts: { recordQuantity: 3 } }]);
  });

  it('does not send a review of one account as another', async () => {
    await app.signIn('static-key');
    const entry = await entryFor(await aMeterableContract());
    const review = await app.succeed('reviews.create', entry);
    await app.signIn('labs-ops');
    const answer = await app.call('reviews.submit', {
      reviewId: review.reviewId,
      hash: review.hash,
      confirmed: true,
    });
    expect(answer).toMatchObject({ ok: false, error: { kind: 'wrong-account' } });
    expect(await app.practice.steer('GET', 'metered')).toEqual([]);
  });

  it('shows a dimension that the listing lost as rejected, with its reason', async () => {
    await app.signIn('static-key');
    const contract = await aMeterableContract();
    const entry = await entryFor(contract);
    const review = await app.succeed('reviews.create', entry);
    await app.practice.steer('PUT', 'faults', [
      { operation: 'BatchMeterUsage', times: 1, kind: 'InvalidUsageDimensionException' },
    ]);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    const [record] = await app.usageWhen(entry.agreementId, (one) => one.status !== 'pending');
    expect(record).toMatchObject({ status: 'rejected', reason: 'invalid-usage-dimension' });
  });

  it('holds a record that the role may not meter, and names the reason', async () => {
    await app.signIn('read-only');
    const contract = await aMeterableContract();
    const entry = await entryFor(contract);
    const review = await app.succeed('reviews.create', entry);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    const [record] = await app.usageWhen(entry.agreementId, (one) => one.phase === 'held');
    expect(record).toMatchObject({ status: 'pending', reason: 'not-allowed' });
    await app.signIn('static-key');
    await app.usageWhen(entry.agreementId, (one) => one.status === 'accepted');
  });

  it('takes up after a restart what was pending, once somebody signs in', async () => {
    await app.signIn('static-key');
    const entry = await entryFor(await aMeterableContract());
    const review = await app.succeed('reviews.create', entry);
    await app.practice.steer('PUT', 'faults', [
      { operation: 'BatchMeterUsage', times: 1, kind: 'cut-after-store' },
    ]);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    await app.usageWhen(entry.agreementId, (one) => one.phase === 'unknown');
    await app.restart();
    await app.signIn('static-key');
    await app.usageWhen(entry.agreementId, (one) => one.status === 'accepted');
    expect(await app.practice.steer('GET', 'metered')).toHaveLength(1);
  });

  it('does not ask for the scheme again, nor takes another, when the preferences are lost', async () => {
    await app.signIn('static-key');
    const contract = await aMeterableContract();
    const entry = await entryFor(contract);
    const review = await app.succeed('reviews.create', entry);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    await app.usageWhen(entry.agreementId, (one) => one.status === 'accepted');
    await app.restart(() => writeFileSync(join(app.dataDir, 'preferences.json'), '{ broken'));
    await app.signIn('static-key');
    await app.contracts();
    expect(await app.succeed('contracts.get', { agreementId: entry.agreementId })).toMatchObject({
      scheme: 'licence',
    });
    const { productId } = contract.summary;
    expect(await app.call('products.chooseScheme', { productId, scheme: 'product-code' })).toMatchObject({
      ok: false,
      error: { kind: 'scheme-locked', heldRecords: 1 },
    });
  });

  it('tells prices without dimensions apart from a contract without consumption', async () => {
    await app.signIn('static-key');
    const { agreements } = (await app.practice.steer('GET', 'world')) as {
      readonly agreements: readonly { readonly agreementId: string; readonly edge?: string }[];
    };
    const statusOf = async (edge: string) => {
      const agreementId = agreements.find((agreement) => agreement.edge === edge)?.agreementId ?? '';
      await app.contracts();
      await app.call('contracts.get', { agreementId });
      return (await app.contracts()).find((row) => row.agreementId === agreementId);
    };
    expect(await statusOf('no-dimensions-in-catalog')).toMatchObject({
      status: { kind: 'active' },
      addUsage: { allowed: false, reason: 'dimensions-not-in-catalog' },
    });
    expect(await statusOf('no-consumption')).toMatchObject({
      status: { kind: 'not-by-hand', cause: 'no-consumption' },
      addUsage: { allowed: false, reason: 'no-metered-dimension' },
    });
  });
});
