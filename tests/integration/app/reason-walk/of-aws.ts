/** Rows of AWS's answers for a record and its refusals of a call. Each gets its answer from the practice AWS over HTTP. */
import { BatchMeterUsageCommand, MarketplaceMeteringClient } from '@aws-sdk/client-marketplace-metering';
import { expect } from 'vitest';
import type { UsageRecordView } from '../../../../src/contract/usage.ts';
import { formatAccountId } from '../../../../src/renderer/src/copy/formats.ts';
import { minuteMs, type Walk } from './walk-desk.ts';

const rejected = ['rejected', null] as const;
const waiting = ['pending', 'waiting'] as const;
const held = ['pending', 'held'] as const;
const unknown = ['pending', 'unknown'] as const;

export const ofAws = {
  'customer-not-subscribed': async (walk: Walk) => {
    const entry = await walk.slot();
    const { acceptorAccountId } = await agreementOf(walk, entry.agreementId);
    const buyer = (await walk.world()).buyers.find(({ accountId }) => accountId === acceptorAccountId);
    const suspend = (suspended: boolean) =>
      walk.steer('PUT', `world/buyers/${acceptorAccountId}`, { ...buyer, suspended });
    await suspend(true);
    const record = await walk.shows(await walk.submit(entry), 'customer-not-subscribed', {
      state: rejected,
      badge: 'Customer not subscribed',
      severity: 'blocker',
      names: () => [formatAccountId(acceptorAccountId), 'AWS shows the contract as ACTIVE', 'suspended'],
      act: 'correct',
    });
    await suspend(false);
    await walk.correct(record);
  },

  'duplicate-record': async (walk: Walk) => {
    const entry = await walk.slot(10);
    const review = await walk.review(entry);
    const [line] = review.lines;
    const client = new MarketplaceMeteringClient({
      region: review.meteringRegion,
      credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'a-colleague' },
    });
    await client.send(
      new BatchMeterUsageCommand({
        UsageRecords: [
          {
            Timestamp: new Date(line?.startUtc ?? ''),
            Dimension: line?.dimensionKey ?? '',
            Quantity: 41,
            CustomerAWSAccountId: review.buyerAccountId,
            LicenseArn: review.licenseArn ?? '',
          },
        ],
      }),
    );
    client.destroy();
    const record = await walk.shows(await walk.confirm(review), 'duplicate-record', {
      state: rejected,
      badge: 'Duplicate record',
      severity: 'blocker',
      names: () => ['no other record for that hour', 'billed twice'],
      act: 'report-difference',
    });
    // Only what is missing, in an hour of its own.
    const otherHour = walk.startOf(Date.parse(record.startUtc) - 4 * 60 * minuteMs);
    await walk.correct(record, { ...otherHour, quantityText: '2' });
  },

  'not-processed': async (walk: Walk) => {
    await walk.faults({ kind: 'unprocessed', records: 'all', times: 'always' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'not-processed', {
      state: waiting,
      badge: 'Not processed yet',
      severity: 'information',
      names: (one) => [one.deadlineUtc.slice(11, 16), 'AWS handed the record back'],
      act: 'try-now',
    });
    await walk.faults();
    await walk.tryNow(record);
  },

  'unrecognised-answer': async (walk: Walk) => {
    await walk.faults({ kind: 'unknown-status', status: 'Deferred' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'unrecognised-answer', {
      state: unknown,
      badge: 'AWS said “Deferred”',
      severity: 'warning',
      names: () => ['AWS said “Deferred”'],
      act: 'decide',
    });
    const { recordId } = record;
    await walk.app.succeed('usage.decide', { recordId, decision: 'recorded', note: 'seen in CloudTrail' });
    await walk.accepted(recordId);
  },

  'invalid-usage-dimension': async (walk: Walk) => {
    const entry = await walk.entryOn('contract-with-consumption', { dimensionKey: 'custom_metrics' });
    const review = await walk.review(entry);
    await rename(walk, entry.agreementId, 'custom_metrics', 'Custom_Metrics');
    const recordId = await walk.confirm(review);
    await walk.reread(entry.agreementId);
    const record = await walk.shows(recordId, 'invalid-usage-dimension', {
      state: rejected,
      badge: 'Invalid usage dimension',
      severity: 'blocker',
      names: () => ['dimension key “custom_metrics”', '“Custom_Metrics”', 'only capitals differ'],
      act: 'correct',
    });
    await walk.correct(record, { dimensionKey: 'Custom_Metrics' });
    await rename(walk, entry.agreementId, 'Custom_Metrics', 'custom_metrics');
    await walk.reread(entry.agreementId);
  },

  'timestamp-out-of-bounds': async (walk: Walk) => {
    const entry = await walk.entryOn('product-code', { dimensionKey: 'Envelopes' });
    const review = await walk.review(entry);
    const agreement = await agreementOf(walk, entry.agreementId);
    const path = `world/agreements/${entry.agreementId}`;
    await walk.steer('PUT', path, { ...agreement, startTime: 'now-1m' });
    const record = await walk.shows(await walk.confirm(review), 'timestamp-out-of-bounds', {
      state: rejected,
      badge: 'Timestamp out of bounds',
      severity: 'blocker',
      names: (one) => [`Its start time is`, one.startUtc.slice(14, 19), 'after its start time'],
      act: 'correct',
    });
    await walk.steer('PUT', path, agreement);
    await walk.correct(record);
  },

  'invalid-license': async (walk: Walk) => {
    const entry = await walk.entryOn('free-trial', { dimensionKey: 'egress_gb' });
    const review = await walk.review(entry);
    const agreement = await agreementOf(walk, entry.agreementId);
    const renewed = `${agreement.licenseArns[0]?.slice(0, -4)}0000`;
    await walk.steer('PUT', `world/agreements/${entry.agreementId}`, {
      ...agreement,
      licenseArns: [renewed],
    });
    const recordId = await walk.confirm(review);
    await walk.reread(entry.agreementId);
    const record = await walk.shows(recordId, 'invalid-license', {
      state: rejected,
      badge: 'Invalid licence',
      severity: 'blocker',
      names: () => [`sent with the licence ${agreement.licenseArns[0]}`, `licences today: ${renewed}`],
      act: 'correct',
    });
    await walk.correct(record);
  },

  'invalid-customer': byFault(
    'invalid-customer',
    'InvalidCustomerIdentifierException',
    'Invalid customer',
    (one) => [`sent for the buyer ${formatAccountId(one.buyerAccountId)}`],
  ),
  'invalid-product-code': async (walk: Walk) => {
    const entry = await walk.entryOn('product-code', { dimensionKey: 'SmsCodes' });
    const review = await walk.review(entry);
    const product = await walk.productOf(await agreementOf(walk, entry.agreementId));
    const moved = { productCode: `moved${product.productCode.slice(5)}`, revision: product.revision + 1 };
    await walk.change('products', product, moved);
    const recordId = await walk.confirm(review);
    await walk.reread(entry.agreementId);
    const record = await walk.shows(recordId, 'invalid-product-code', {
      state: rejected,
      badge: 'Invalid product code',
      severity: 'blocker',
      names: () => [
        `sent with the product code ${product.productCode}`,
        `The catalog shows the code ${moved.productCode} today`,
      ],
      act: 'correct',
    });
    await walk.change('products', product, { revision: product.revision + 2 });
    await walk.reread(entry.agreementId);
    await walk.correct(record);
  },
  'invalid-tag': byFault('invalid-tag', 'InvalidTagException', 'Invalid tag'),
  'invalid-allocations': byFault(
    'invalid-allocations',
    'InvalidUsageAllocationsException',
    'Invalid allocations',
  ),

  throttled: async (walk: Walk) => {
    await walk.faults({ kind: 'throttling', times: 'always' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'throttled', {
      state: waiting,
      badge: 'AWS is busy',
      severity: 'information',
      names: () => ['Its deadline is', 'The record was not recorded'],
      act: 'try-now',
    });
    await walk.faults();
    await walk.tryNow(record);
  },

  'aws-unavailable': async (walk: Walk) => {
    await walk.faults({ kind: 'internal-error', times: 'always' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'aws-unavailable', {
      state: unknown,
      badge: 'AWS had a fault',
      severity: 'warning',
      names: () => ['Don’t enter the usage again', 'Its deadline is'],
      act: 'try-now',
    });
    await walk.faults();
    await walk.tryNow(record);
  },

  'region-disabled': byFault('region-disabled', 'DisabledApiException', 'Region not offered', (one) => [
    `It was sent to ${one.meteringRegion}.`,
  ]),

  'outcome-unknown': async (walk: Walk) => {
    await walk.faults({ kind: 'cut-after-store' }, { kind: 'cut-before-store', times: 'always' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'outcome-unknown', {
      state: unknown,
      badge: 'Outcome unknown',
      severity: 'warning',
      names: () => ['the hour stays locked', 'Its deadline is'],
      act: 'try-now',
    });
    await walk.faults();
    // AWS took it the first time; the identical record gets the same answer and is billed once.
    await walk.tryNow(record);
    const metered = (await walk.steer('GET', 'metered')) as readonly Record<string, unknown>[];
    const { record: settled } = await walk.app.succeed('usage.get', { recordId: record.recordId });
    expect(metered.filter((one) => one.meteringRecordId === settled.meteringRecordId)).toHaveLength(1);
  },

  'bad-request': async (walk: Walk) => {
    await walk.faults({ kind: 'ValidationException', message: 'UsageRecords is malformed' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'bad-request', {
      state: rejected,
      badge: 'Request not understood',
      severity: 'blocker',
      names: () => ['AWS said “ValidationException: UsageRecords is malformed”'],
      act: 'ask-aws',
    });
    const bundle = await walk.app.succeed('usage.supportBundle', { recordIds: [record.recordId] });
    for (const { text } of bundle.files) {
      expect(text).toContain(record.recordId);
      expect(text).toContain('ValidationException');
    }
  },

  'aws-refused': async (walk: Walk) => {
    await walk.faults({ kind: 'QuotaPausedException', message: 'Metering of this seller is paused.' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'aws-refused', {
      state: held,
      badge: 'AWS said “QuotaPausedException”',
      severity: 'blocker',
      names: () => ['AWS said “QuotaPausedException: Metering of this seller is paused.”'],
      act: 'try-now',
    });
    expect(await walk.popover(record)).not.toContain('mistake of Usage Desk');
    await walk.tryNow(record);
  },
} as const;

/** What AWS's rules answer only to what this app never sends, asked for by its name. */
function byFault(
  reason: 'invalid-customer' | 'invalid-tag' | 'invalid-allocations' | 'region-disabled',
  kind: string,
  badge: string,
  names: (record: UsageRecordView) => readonly string[] = (one) => [one.deadlineUtc.slice(11, 16)],
) {
  return async (walk: Walk): Promise<void> => {
    await walk.faults({ kind });
    const record = await walk.shows(await walk.submit(await walk.slot()), reason, {
      state: rejected,
      badge,
      severity: 'blocker',
      names,
      act: 'correct',
    });
    await walk.correct(record);
  };
}

async function agreementOf(walk: Walk, agreementId: string) {
  const found = (await walk.world()).agreements.find((one) => one.agreementId === agreementId);
  if (!found) throw new Error(`no agreement ${agreementId}`);
  return found;
}

/** Renames a dimension in the listing and in the contract's rate card, as a seller does who corrects its spelling. */
async function rename(walk: Walk, agreementId: string, from: string, to: string): Promise<void> {
  const agreement = await agreementOf(walk, agreementId);
  const product = await walk.productOf(agreement);
  const dimensions = product.dimensions?.map((one) => (one.Key === from ? { ...one, Key: to } : one));
  await walk.change('products', product, {
    revision: product.revision + 1,
    ...(dimensions ? { dimensions } : {}),
  });
  const terms = JSON.parse(JSON.stringify(agreement.terms).replaceAll(`"${from}"`, `"${to}"`)) as unknown;
  await walk.steer('PUT', `world/agreements/${agreementId}`, { ...agreement, terms });
}
