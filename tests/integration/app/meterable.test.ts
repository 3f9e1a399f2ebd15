import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../../src/main/practice/world-schema.ts';
import { aLine, type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp();
  await app.signIn('static-key');
  await app.contracts();
});
afterEach(async () => {
  await app.stop();
});

const world = async () => (await app.practice.steer('GET', 'world')) as World;

async function edge(name: string) {
  const found = (await world()).agreements.find((agreement) => agreement.edge === name);
  if (!found) throw new Error(`the practice world has no ${name}`);
  return found;
}

const details = (agreementId: string) => app.succeed('contracts.get', { agreementId });

async function entryOn(agreementId: string, dimensionKey: string, minutesAgo = 5) {
  const { nowUtc } = await app.succeed('system.status', {});
  const startUtc = new Date(Date.parse(nowUtc) - minutesAgo * 60_000).toISOString();
  const typed = { dateText: startUtc.slice(0, 10), timeText: startUtc.slice(11, 19) };
  return {
    agreementId,
    lines: [aLine(nowUtc, { dimensionKey, ...typed })],
    timeZone: 'UTC',
    locale: 'en-US',
  };
}

const deny = (operation: string) =>
  app.practice.steer('PUT', 'faults', [{ operation, kind: 'access-denied', times: 1000 }]);

describe('what can be metered', () => {
  it('tells metered from prepaid with the entitlement now, and why a dimension is not offered', async () => {
    const { agreementId } = await edge('contract-with-consumption');
    const contract = await details(agreementId);
    expect(contract.entitlementsRead).toEqual({ kind: 'read' });
    const rows = contract.dimensions.map(({ key, kind, reason, entitledQuantity, entitledNow }) =>
      [key, kind, reason ?? [entitledQuantity, entitledNow]].flat(),
    );
    expect(rows).toEqual([
      ['data_ingested_gb', 'metered', null, null],
      ['custom_metrics', 'metered', null, null],
      ['synthetic_runs', 'metered', null, null],
      ['hosts', 'entitled', '250', '250'],
      ['data_ingested_gb', 'entitled', '5000', '5000'],
      ['profiler_hours', 'not-offered', 'dimension-not-in-this-contract'],
      ['legacy_traces', 'not-offered', 'dimension-not-listed'],
    ]);
  });

  it('stands without the entitlement where the role may not read it, and says so', async () => {
    await deny('GetEntitlements');
    const { agreementId } = await edge('contract-with-consumption');
    const contract = await details(agreementId);
    expect(contract.entitlementsRead).toMatchObject({ kind: 'failed', error: { kind: 'not-allowed' } });
    expect(contract).toMatchObject({ problem: null, summary: { addUsage: { allowed: true } } });
    const overage = { agreementId, dimensionKey: 'data_ingested_gb', licenseArn: null, locale: 'en-US' };
    expect(await app.succeed('entry.overage', { ...overage, usedText: '6200' })).toEqual({
      kind: 'known',
      used: 6200,
      entitled: 5000,
      over: 1200,
      alreadyReported: 0,
    });
  });

  it.each([
    ['no-usage-term', { kind: 'not-by-hand', cause: 'no-consumption' }],
    ['product-of-another-seller', { kind: 'active' }],
    ['unknown-status', { kind: 'not-by-hand', cause: 'unknown-type' }],
    ['unknown-product-type', { kind: 'not-by-hand', cause: 'unknown-type' }],
    ['container', { kind: 'not-by-hand', cause: 'container' }],
  ])('%s is explained and never metered by guess', async (name, status) => {
    const { agreementId } = await edge(name);
    const contract = await details(agreementId);
    expect(contract.summary).toMatchObject({ status, addUsage: { allowed: false } });
    const [key = ''] = contract.dimensions.map((dimension) => dimension.key);
    expect(await app.succeed('entry.check', await entryOn(agreementId, key))).toMatchObject({
      reviewable: false,
    });
  });

  it('shows a term of an unknown kind as AWS says it, and a mark that is not the seller’s as not offered', async () => {
    const contract = await details((await edge('unknown-term')).agreementId);
    expect(contract.termKinds).toContain('seasonalPricingTerm');
    expect(contract.summary.addUsage.allowed).toBe(true);
    expect(contract.dimensions.map(({ key, kind, reason }) => [key, kind, reason])).toEqual([
      ['jobs', 'metered', null],
      ['worker_hours', 'not-offered', 'dimension-of-other-kind'],
    ]);
  });

  it('names the product although the terms are denied', async () => {
    await deny('GetAgreementTerms');
    const contract = await details((await edge('pay-as-you-go')).agreementId);
    expect(contract).toMatchObject({ termsRead: false, summary: { productTitle: 'Larch Data Pipeline' } });
  });
});

describe('which licence', () => {
  it('is the person’s choice among several, and goes to review, record and AWS', async () => {
    const { agreementId, productId } = await edge('two-licences');
    await app.succeed('products.chooseScheme', { productId, scheme: 'licence' });
    const contract = await details(agreementId);
    expect(contract).toMatchObject({
      licenseArn: null,
      licences: [
        {
          type: 'AWS::Marketplace::Usage',
          status: 'PROVISIONED',
          entitlements: expect.arrayContaining([{ dimensionKey: 'hosts', quantity: '250' }]),
        },
        {
          type: 'AWS::Marketplace::Discount',
          entitlements: expect.arrayContaining([{ dimensionKey: 'hosts', quantity: '125' }]),
        },
      ],
    });
    const entry = await entryOn(agreementId, 'custom_metrics');
    expect(await app.succeed('entry.check', entry)).toMatchObject({
      blockers: ['licence-missing'],
      reviewable: false,
    });
    const foreign = (await edge('contract-with-consumption')).licenseArns[0] ?? '';
    expect(await app.succeed('entry.check', { ...entry, licenseArn: foreign })).toMatchObject({
      blockers: ['licence-missing'],
    });
    const licenseArn = contract.licences[1]?.licenseArn ?? '';
    const review = await app.succeed('reviews.create', { ...entry, licenseArn });
    expect(review.licenseArn).toBe(licenseArn);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    const [record] = await app.usageWhen(agreementId, (one) => one.status !== 'pending');
    expect(record).toMatchObject({ status: 'accepted', licenseArn });
    await app.succeed('drafts.save', { agreementId, lines: entry.lines, licenseArn, timeZone: 'UTC' });
    expect(await app.succeed('drafts.get', { agreementId })).toMatchObject({ licenseArn });
  });

  it('can be brought where AWS lists none, when AWS finds it on this very contract', async () => {
    const { agreementId, productId, unlistedLicenseArns = [] } = await edge('licence-not-provisioned');
    await app.succeed('products.chooseScheme', { productId, scheme: 'licence' });
    const [licenseArn = ''] = unlistedLicenseArns;
    const other = await edge('pay-as-you-go');
    expect(
      await app.call('licences.check', { agreementId, licenseArn: other.licenseArns[0] ?? '' }),
    ).toMatchObject({ error: { kind: 'licence-refused', agreementId: other.agreementId } });
    expect((await details(agreementId)).licences).toEqual([]);
    await app.succeed('licences.check', { agreementId, licenseArn });
    const contract = await details(agreementId);
    expect(contract).toMatchObject({ licenseArn, licences: [{ source: 'pasted' }] });
    const entry = await entryOn(agreementId, 'rows_processed', 1);
    expect(await app.succeed('entry.check', entry)).toMatchObject({ reviewable: true });
  });
});

describe('the scheme and the Region of a product', () => {
  it('change in Settings, but not for an hour that is held the other way', async () => {
    const { agreementId, productId } = await edge('product-code-with-licence');
    await app.succeed('products.chooseScheme', { productId, scheme: 'product-code' });
    const entry = await entryOn(agreementId, 'Envelopes');
    const review = await app.succeed('reviews.create', entry);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    await app.usageWhen(agreementId, (one) => one.status === 'accepted');
    expect(await app.succeed('products.held', { productId })).toEqual({ heldRecords: 1 });
    const code = (wanted: {
      scheme: 'licence' | 'product-code';
      meteringRegion: 'us-east-1' | 'eu-west-1';
    }) =>
      app
        .succeed('products.changeMetering', { productId, ...wanted })
        .then(() => app.succeed('entry.check', entry))
        .then((checked) => checked.lines[0]?.issues.map((issue) => issue.code));
    expect(await code({ scheme: 'licence', meteringRegion: 'us-east-1' })).toEqual(['mixed-scheme']);
    expect(await code({ scheme: 'product-code', meteringRegion: 'eu-west-1' })).toEqual(['other-region']);
    expect(await code({ scheme: 'product-code', meteringRegion: 'us-east-1' })).toEqual(['hour-taken']);
    const later = await entryOn(agreementId, 'SmsCodes');
    await app.succeed('products.changeMetering', {
      productId,
      scheme: 'licence',
      meteringRegion: 'us-east-1',
    });
    expect(await app.succeed('entry.check', later)).toMatchObject({ reviewable: true });
  });

  it('stand in the audit trail with who chose what and when, each change once', async () => {
    const { productId } = await edge('product-code-with-licence');
    await app.succeed('products.chooseScheme', { productId, scheme: 'product-code' });
    await app.succeed('products.chooseScheme', { productId, scheme: 'product-code' });
    const changed = { productId, scheme: 'licence', meteringRegion: 'eu-west-1' } as const;
    await app.succeed('products.changeMetering', changed);
    const session = await app.succeed('session.get', {});
    const db = new DatabaseSync(join(app.dataDir, 'ledger.sqlite'), { readOnly: true });
    const events = db.prepare("SELECT actor, content FROM event WHERE kind = 'metering-chosen'").all();
    db.close();
    const first = { scheme: 'product-code', meteringRegion: 'us-east-1' };
    expect(events.map(({ content }) => JSON.parse(String(content)))).toEqual([
      { productId, before: null, after: first },
      { productId, before: first, after: { scheme: 'licence', meteringRegion: 'eu-west-1' } },
    ]);
    const { principalArn } = 'identity' in session ? session.identity : { principalArn: null };
    expect(new Set(events.map(({ actor }) => actor))).toEqual(new Set([principalArn]));
    expect(await app.succeed('ledger.verify', { head: null })).toMatchObject({ intact: true });
  });
});

describe('concurrent and successive contracts', () => {
  it('stand apart by dates, licence and their own prices', async () => {
    const { agreementId } = await edge('concurrent-a');
    const other = await edge('concurrent-b');
    const { chain, concurrent, isComplete } = await app.succeed('contracts.related', { agreementId });
    expect(isComplete).toBe(true);
    expect(chain.map((one) => one.summary.agreementId)).toEqual([agreementId]);
    const rival = concurrent.find((one) => one.summary.agreementId === other.agreementId);
    expect(rival?.summary.licenseArns).toEqual(other.licenseArns);
    const own = chain[0]?.prices?.find((price) => price.dimensionKey === 'connector_hours')?.unitPrice;
    const theirs = rival?.prices?.find((price) => price.dimensionKey === 'connector_hours')?.unitPrice;
    expect([own, theirs]).toEqual(['0.18', '0.153']);
  });

  it('a moment before the switch is offered on the member whose it is', async () => {
    const before = await edge('replaced');
    const after = await edge('replacement');
    await app.succeed('products.chooseScheme', { productId: after.productId, scheme: 'licence' });
    const { chain } = await app.succeed('contracts.related', { agreementId: after.agreementId });
    expect(chain.map((one) => one.summary.agreementId)).toEqual([before.agreementId, after.agreementId]);
    const entry = await entryOn(after.agreementId, 'custom_metrics', 50);
    const checked = await app.succeed('entry.check', entry);
    expect(checked.lines[0]?.issues).toMatchObject([
      { code: 'before-contract-start', facts: { belongsTo: before.agreementId } },
    ]);
    expect(await app.succeed('entry.check', { ...entry, agreementId: before.agreementId })).toMatchObject({
      reviewable: true,
    });
  });
});

describe('a contract that AWS doesn’t list', () => {
  it('is added by licence, buyer and product, metered like others, and removed', async () => {
    const sold = await edge('sold-by-channel-partner');
    const wanted = {
      licenseArn: sold.licenseArns[0] ?? '',
      buyerAccountId: sold.acceptorAccountId,
      productId: sold.productId,
    };
    const { agreementId } = await app.succeed('contracts.addByHand', wanted);
    await app.succeed('products.chooseScheme', { productId: sold.productId, scheme: 'licence' });
    const contract = await details(agreementId);
    expect(contract.summary).toMatchObject({ addedByHand: true, status: { kind: 'active' }, endUtc: null });
    expect(contract.dimensions.filter((one) => one.kind === 'metered')).toMatchObject(
      Array.from({ length: 4 }, () => ({ unitPrice: null })),
    );
    const review = await app.succeed('reviews.create', await entryOn(agreementId, 'custom_metrics'));
    expect(review.totals).toEqual([]);
    await app.succeed('reviews.submit', { reviewId: review.reviewId, hash: review.hash, confirmed: true });
    const [record] = await app.usageWhen(agreementId, (one) => one.status !== 'pending');
    expect(record).toMatchObject({ status: 'accepted' });
    expect(await app.call('contracts.addByHand', wanted)).toMatchObject({
      error: { kind: 'not-addable', cause: 'already-added', agreementId },
    });
    await app.succeed('contracts.removeByHand', { agreementId });
    expect((await app.contracts()).some((row) => row.agreementId === agreementId)).toBe(false);
  });

  it('stands in the list at once, without the list being read again, and where AWS refuses the search', async () => {
    const sold = await edge('sold-by-channel-partner');
    const wanted = {
      licenseArn: sold.licenseArns[0] ?? '',
      buyerAccountId: sold.acceptorAccountId,
      productId: sold.productId,
    };
    const pages = async () =>
      (await app.practice.calls()).filter(
        ({ operation, request }) =>
          operation === 'SearchAgreements' && !JSON.stringify(request).includes('LicenseArn'),
      ).length;
    const before = await pages();
    const { agreementId } = await app.succeed('contracts.addByHand', wanted);
    const { rows, state } = await app.succeed('contracts.list', { listId: null, knownVersion: 0 });
    expect(state).toEqual({ kind: 'complete' });
    expect(rows.find((row) => row.agreementId === agreementId)).toMatchObject({ addedByHand: true });
    expect(await pages()).toBe(before);

    await deny('SearchAgreements');
    await app.restart(() => rmSync(join(app.dataDir, 'contracts'), { recursive: true, force: true }));
    await app.signIn('static-key');
    const refused = await app.until(async () => {
      const list = await app.succeed('contracts.list', { listId: null, knownVersion: 0 });
      return list.state.kind === 'failed' && list.rows[0]?.productTitle ? list : null;
    });
    expect(refused).toMatchObject({
      state: { kind: 'failed', found: 0, error: { kind: 'not-allowed' } },
      rows: [{ agreementId, addedByHand: true, productTitle: 'Kestrel Observability Cloud' }],
    });
  });

  it('is refused where AWS lists it, knows another buyer, or has nothing to meter', async () => {
    const sold = await edge('sold-by-channel-partner');
    const listed = await edge('pay-as-you-go');
    const backup = await edge('no-consumption');
    const ami = await edge('ami');
    const add = (licenseArn: string, buyerAccountId: string, productId: string) =>
      app.call('contracts.addByHand', { licenseArn, buyerAccountId, productId });
    const [soldArn = ''] = sold.licenseArns;
    expect(await add(listed.licenseArns[0] ?? '', listed.acceptorAccountId, listed.productId)).toMatchObject({
      error: { cause: 'in-the-list', agreementId: listed.agreementId },
    });
    expect(await add(soldArn, '999988887777', sold.productId)).toMatchObject({
      error: { cause: 'other-buyer' },
    });
    expect(await add(soldArn, sold.acceptorAccountId, backup.productId)).toMatchObject({
      error: { cause: 'nothing-metered' },
    });
    expect(await add(soldArn, sold.acceptorAccountId, ami.productId)).toMatchObject({
      error: { cause: 'product-not-saas' },
    });
    expect(await add(soldArn, sold.acceptorAccountId, 'prod-nowhere')).toMatchObject({
      error: { cause: 'product-unknown' },
    });
    expect(await add('nonsense', sold.acceptorAccountId, sold.productId)).toMatchObject({
      error: { kind: 'licence-refused', cause: 'not-an-arn' },
    });
  });
});
