import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Submission } from '../../../src/contract/entry.ts';
import { aLine, type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp();
  await app.succeed('settings.change', { undoSeconds: 60 });
  await app.signIn('static-key');
});
afterEach(async () => {
  await app.stop();
});

async function submitted(lines = 1): Promise<Submission & { readonly agreementId: string }> {
  for (const { agreementId, productId, status, licenseArns } of await app.contracts()) {
    if (status.kind !== 'active' || licenseArns.length !== 1) continue;
    const details = await app.succeed('contracts.get', { agreementId });
    const metered = details.dimensions.filter((dimension) => dimension.kind === 'metered');
    if (metered.length < lines) continue;
    await app.succeed('products.chooseScheme', { productId, scheme: 'licence' });
    const { nowUtc } = await app.succeed('system.status', {});
    const review = await app.succeed('reviews.create', {
      agreementId,
      lines: metered.slice(0, lines).map(({ key }) => aLine(nowUtc, { dimensionKey: key })),
      timeZone: 'UTC',
      locale: 'en-US',
    });
    expect(review.undoSeconds).toBe((await app.succeed('settings.get', {})).undoSeconds);
    const submission = await app.succeed('reviews.submit', {
      reviewId: review.reviewId,
      hash: review.hash,
      confirmed: true,
    });
    return { ...submission, agreementId };
  }
  throw new Error('the practice world has no such contract');
}

const recordsOf = async (agreementId: string) =>
  (await app.succeed('usage.list', { agreementId, status: null, cursor: null, limit: 10 })).records;

it('takes a whole submission back before anything left, and frees its hours', async () => {
  const { submissionId, agreementId } = await submitted(2);
  for (const record of await recordsOf(agreementId)) {
    expect(record).toMatchObject({ status: 'pending', phase: 'queued' });
    expect(record.undoUntilUtc).not.toBeNull();
  }
  expect(await app.succeed('system.pendingUndo', {})).toMatchObject({
    submissions: [{ submissionId, agreementId, recordCount: 2 }],
  });
  await app.succeed('usage.undo', { submissionId });
  const records = await recordsOf(agreementId);
  expect(records.map((record) => record.status)).toEqual(['withdrawn', 'withdrawn']);
  expect(await app.succeed('system.pendingUndo', {})).toEqual({ submissions: [] });
  expect((await app.practice.calls()).map((call) => call.operation)).not.toContain('BatchMeterUsage');
  expect(await app.call('usage.undo', { submissionId })).toMatchObject({
    error: { kind: 'not-possible-now' },
  });
});

it('sends at once when told so, and then takes nothing back', async () => {
  const { submissionId, agreementId } = await submitted();
  await app.succeed('usage.sendNow', { submissionId });
  await app.usageWhen(agreementId, (record) => record.status === 'accepted');
  expect(await app.call('usage.undo', { submissionId })).toMatchObject({
    error: { kind: 'not-possible-now' },
  });
  expect(await app.practice.steer('GET', 'metered')).toHaveLength(1);
});

it('starts the window again when the app ended inside it', async () => {
  const { submissionId, agreementId } = await submitted();
  const before = (await recordsOf(agreementId))[0]?.undoUntilUtc ?? '';
  await app.restart();
  const after = (await recordsOf(agreementId))[0]?.undoUntilUtc ?? '';
  expect(Date.parse(after)).toBeGreaterThan(Date.parse(before));
  await app.succeed('usage.undo', { submissionId });
  expect((await recordsOf(agreementId))[0]?.status).toBe('withdrawn');
});

it('waits for nothing when the window is switched off', async () => {
  await app.succeed('settings.change', { undoSeconds: 0 });
  const { agreementId } = await submitted();
  await app.usageWhen(agreementId, (record) => record.status === 'accepted');
});

it('knows a submission by its id only', async () => {
  expect(await app.call('usage.undo', { submissionId: crypto.randomUUID() })).toMatchObject({
    error: { kind: 'not-found', what: 'submission' },
  });
});
