import { afterEach, beforeEach, expect, it } from 'vitest';
import { aLine, type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp();
  await app.practice.steer('PUT', 'behaviour', { cloudTrailDelayMs: 0 });
  await app.signIn('static-key');
});
afterEach(async () => {
  await app.stop();
});

const fault = (...faults: readonly Record<string, unknown>[]) =>
  app.practice.steer(
    'PUT',
    'faults',
    faults.map((one) => ({ operation: 'BatchMeterUsage', ...one })),
  );

/** Submits one record and waits until it can only be settled by CloudTrail or a person. */
async function anUnknownRecord() {
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
    const [record] = await app.usageWhen(
      agreementId,
      (one) => one.phase === 'unknown' && one.nextTryUtc === null,
    );
    if (record) return { agreementId, recordId: record.recordId };
  }
  throw new Error('the practice world has no such contract');
}

const recordOf = async (recordId: string) => (await app.succeed('usage.get', { recordId })).record;

it('settles a record by our own recorded call, which a later answer called a duplicate', async () => {
  await app.practice.steer('PUT', 'behaviour', { identicalResend: 'DuplicateRecord' });
  await fault({ kind: 'cut-after-store', times: 1 });
  const { recordId } = await anUnknownRecord();
  const evidence = await app.succeed('usage.evidence', { recordId });
  expect(evidence).toMatchObject({ status: 'accepted', canDecide: false });
  const metered = (await app.practice.steer('GET', 'metered')) as readonly { meteringRecordId: string }[];
  expect(await recordOf(recordId)).toMatchObject({
    status: 'accepted',
    reason: null,
    meteringRecordId: metered[0]?.meteringRecordId,
    decidedBy: 'CloudTrail',
  });
});

it('shows what CloudTrail has, and leaves what it does not prove to a person', async () => {
  await fault({ kind: 'cut-before-store', times: 1 }, { kind: 'unknown-status', times: 1 });
  const { recordId } = await anUnknownRecord();
  const evidence = await app.succeed('usage.evidence', { recordId });
  expect(evidence).toMatchObject({
    status: 'pending',
    canDecide: true,
    attempts: [{ outcome: 'may-be-recorded' }, { outcome: 'may-be-recorded' }],
    trail: {
      problem: null,
      isComplete: true,
      findings: [{ isOurApp: true, isSameRecord: true, status: 'AcceptedForReview' }],
    },
  });
  expect(Date.parse(evidence.trail.nextLookUtc ?? '')).toBeGreaterThan(
    Date.parse(evidence.trail.lookedUtc ?? ''),
  );
  const decision = { recordId, decision: 'recorded', note: 'It stands on the usage dashboard.' } as const;
  await app.succeed('usage.decide', decision);
  expect(await recordOf(recordId)).toMatchObject({
    status: 'accepted',
    decisionNote: 'It stands on the usage dashboard.',
  });
  expect((await recordOf(recordId)).decidedBy).toMatch(/^arn:aws/);
  expect(await app.call('usage.decide', decision)).toMatchObject({ error: { kind: 'not-possible-now' } });
});

it('says plainly when the role may not read CloudTrail', async () => {
  await fault({ kind: 'unknown-status', times: 1 });
  await app.practice.steer('POST', 'faults', [
    { operation: 'LookupEvents', times: 'always', kind: 'access-denied' },
  ]);
  const { recordId } = await anUnknownRecord();
  expect(await app.succeed('usage.evidence', { recordId })).toMatchObject({
    canDecide: true,
    trail: { findings: [], problem: { kind: 'not-allowed', action: 'cloudtrail:LookupEvents' } },
  });
});
