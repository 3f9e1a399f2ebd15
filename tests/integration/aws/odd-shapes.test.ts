/** Answers that the real SDK takes from the wire, though nobody would expect them: parts are missing, or of a kind that is not known. */
import { createServer, type Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgreements } from '../../../src/main/adapters/aws/agreements.ts';
import { createCatalog } from '../../../src/main/adapters/aws/catalog.ts';
import { createEntitlements } from '../../../src/main/adapters/aws/entitlements.ts';
import { createDesk, type PracticeBench, startBench } from './practice-bench.ts';

let bench: PracticeBench;
let server: Server;
/** What is answered to each call after the sign-in. */
let answer: unknown;

beforeEach(async () => {
  bench = await startBench();
  server = createServer((request, response) => {
    request.resume();
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.close();
  await bench.stop();
});

async function signedIn() {
  const desk = createDesk();
  await desk.connect('static-key');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${address.port}`;
  return desk;
}

const startTime = Date.parse('2026-11-01T00:00:00Z') / 1000;
const whole = {
  agreementId: 'agmt-whole',
  acceptor: { accountId: '001268449709' },
  proposalSummary: { resources: [{ id: 'prod-example', type: 'SaaSProduct' }] },
  startTime,
};

test('an agreement of which little is told is kept with what there is', async () => {
  answer = { agreementViewSummaries: [whole] };
  const agreements = createAgreements(await signedIn());
  expect(await agreements.searchPage(null, 'all')).toEqual({
    ok: true,
    value: {
      agreements: [
        {
          agreementId: 'agmt-whole',
          buyerAccountId: '001268449709',
          proposerAccountId: null,
          productId: 'prod-example',
          resourceType: 'SaaSProduct',
          status: '',
          startMs: startTime * 1000,
          endMs: null,
          acceptedMs: null,
          lastUpdateMs: null,
          offerId: null,
          initialAgreementId: null,
          licenseArns: [],
        },
      ],
      unreadable: 0,
      nextToken: null,
    },
  });
});

test('agreements that lack what a row needs are counted, and hide none of the others', async () => {
  answer = {
    agreementViewSummaries: [
      { ...whole, agreementId: undefined },
      { ...whole, acceptor: null },
      { ...whole, acceptor: {} },
      { ...whole, proposalSummary: null },
      { ...whole, proposalSummary: { resources: [] } },
      { ...whole, proposalSummary: { resources: [{ type: 'SaaSProduct' }] } },
      { ...whole, startTime: null },
      {},
      {
        ...whole,
        agreementId: 'agmt-odd',
        startTime: null,
        acceptanceTime: startTime,
        futureMember: { a: 1 },
      },
      {
        ...whole,
        entitlements: [{}, { licenseArn: null }, { licenseArn: 'arn:aws:license-manager::1:license:l-1' }],
      },
    ],
    nextToken: 'more',
  };
  const page = await createAgreements(await signedIn()).searchPage(null, 'all');
  expect(page).toMatchObject({
    ok: true,
    value: {
      agreements: [
        { agreementId: 'agmt-odd', startMs: startTime * 1000 },
        { agreementId: 'agmt-whole', licenseArns: ['arn:aws:license-manager::1:license:l-1'] },
      ],
      unreadable: 8,
      nextToken: 'more',
    },
  });
});

test('an answer without its list is an empty page', async () => {
  answer = {};
  const desk = await signedIn();
  const empty = { ok: true, value: { agreements: [], unreadable: 0, nextToken: null } };
  expect(await createAgreements(desk).searchPage(null, 'all')).toEqual(empty);
  expect(await createAgreements(desk).terms('agmt-whole')).toMatchObject({
    ok: true,
    value: { hasUsageTerm: false, usagePrices: [], entitlements: [], kinds: [] },
  });
});

test('terms of unknown kinds and half-empty ones leave what the others say', async () => {
  answer = {
    acceptedTerms: [
      { seasonalPricingTerm: { type: 'SeasonalPricingTerm', seasons: [{ name: 'winter' }] } },
      { usageBasedPricingTerm: {} },
      { usageBasedPricingTerm: { currencyCode: 'USD', rateCards: [{}, { rateCard: [] }] } },
      {
        usageBasedPricingTerm: {
          currencyCode: 'JPY',
          rateCards: [
            { rateCard: [{ dimensionKey: 'rows', price: '0' }, { price: '1' }, { dimensionKey: 'hours' }] },
          ],
        },
      },
      { configurableUpfrontPricingTerm: { rateCards: [] } },
      { configurableUpfrontPricingTerm: { configuration: {} } },
      { fixedUpfrontPricingTerm: { grants: [{ dimensionKey: 'seats' }, {}] } },
      { freeTrialPricingTerm: {} },
    ],
  };
  expect(await createAgreements(await signedIn()).terms('agmt-whole')).toEqual({
    ok: true,
    value: {
      hasUsageTerm: true,
      usagePrices: [{ dimensionKey: 'rows', unitPrice: '0', currencyCode: 'JPY' }],
      entitlements: [{ dimensionKey: 'seats', quantity: null }],
      kinds: [
        'seasonalPricingTerm',
        'usageBasedPricingTerm',
        'configurableUpfrontPricingTerm',
        'fixedUpfrontPricingTerm',
        'freeTrialPricingTerm',
      ],
      freeTrial: { duration: null },
    },
  });
});

test('a product document without its parts, or with odd ones, hides no other product', async () => {
  answer = {
    EntityDetails: {
      'prod-bare': { EntityIdentifier: 'prod-bare@3' },
      'prod-empty': { EntityType: 'SaaSProduct@1.0', EntityIdentifier: 'prod-empty@1', DetailsDocument: {} },
      'prod-odd': {
        EntityType: 'SaaSProduct@1.0',
        EntityIdentifier: 'prod-odd@2',
        DetailsDocument: {
          Description: { ProductTitle: 'Odd' },
          Dimensions: [{ Name: 'no key' }, null, { Key: 'rows', Types: ['ExternallyMetered', 'Tomorrow'] }],
        },
      },
    },
    Errors: { 'prod-gone': { ErrorCode: 'ResourceNotFoundException' } },
  };
  const catalog = createCatalog(await signedIn());
  const read = await catalog.products(['prod-bare', 'prod-empty', 'prod-odd', 'prod-gone']);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  expect([...read.value.keys()]).toEqual(['prod-empty', 'prod-odd']);
  expect(read.value.get('prod-empty')).toMatchObject({ title: null, productCode: null, dimensions: [] });
  expect(read.value.get('prod-odd')).toMatchObject({
    title: 'Odd',
    dimensions: [{ key: 'rows', name: null, unit: null, types: ['ExternallyMetered', 'Tomorrow'] }],
  });
});

test('entitlements without a value or a dimension say nothing', async () => {
  answer = {
    Entitlements: [
      { Dimension: 'seats' },
      { Dimension: 'seats', Value: {} },
      { Value: { IntegerValue: 3 } },
      { Dimension: 'hosts', Value: { IntegerValue: 0 } },
    ],
  };
  const entitlements = createEntitlements(await signedIn());
  const read = await entitlements.of({
    productCode: 'code',
    buyerAccountId: '001268449709',
    licenseArn: null,
  });
  expect(read).toEqual({
    ok: true,
    value: [{ dimensionKey: 'hosts', quantity: '0', buyerAccountId: null, licenseArn: null }],
  });
});
