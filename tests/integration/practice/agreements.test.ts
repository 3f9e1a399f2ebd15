import {
  type AgreementViewSummary,
  DescribeAgreementCommand,
  type Filter,
  GetAgreementEntitlementsCommand,
  GetAgreementTermsCommand,
  paginateGetAgreementTerms,
  paginateSearchAgreements,
  SearchAgreementsCommand,
  type SearchAgreementsInput,
} from '@aws-sdk/client-marketplace-agreement';
import { describe, expect, test } from 'vitest';
import { failure, noon, type StartedPractice, startAt } from './practice-fixture.ts';

const always: Filter[] = [
  { name: 'AgreementType', values: ['PurchaseAgreement'] },
  { name: 'PartyType', values: ['Proposer'] },
];

const filter = (name: string, ...values: string[]): Filter => ({ name, values });

async function searchAll(practice: StartedPractice, input: Partial<SearchAgreementsInput> = {}) {
  const found: AgreementViewSummary[] = [];
  const pages = paginateSearchAgreements(
    { client: practice.agreements() },
    { maxResults: 50, ...input, filters: [...always, ...(input.filters ?? [])] },
  );
  for await (const page of pages) found.push(...(page.agreementViewSummaries ?? []));
  return found;
}

describe('SearchAgreements', () => {
  test('gives the first seller its forty agreements, and the second seller its own', async () => {
    const practice = await startAt(noon);
    const found = await searchAll(practice);
    expect(found).toHaveLength(40);
    expect(new Set(found.map(({ proposer }) => proposer?.accountId))).toEqual(new Set(['482913607251']));
    const { sellers, agreements } = await practice.world();
    const second = agreements.filter(({ proposerAccountId }) => proposerAccountId === sellers[1]?.accountId);
    expect(second.length).toBeGreaterThan(1);
  });

  test('a summary carries licence, buyer and times; pay as you go has no end time, or the year 9999', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('pay-as-you-go');
    const found = await searchAll(practice);
    const summary = found.find(({ agreementId }) => agreementId === agreement.agreementId);
    expect(summary).toMatchObject({
      acceptor: { accountId: agreement.acceptorAccountId },
      startTime: new Date(agreement.startTime),
      entitlements: [{ licenseArn: agreement.licenseArns[0] }],
      proposalSummary: {
        offerId: agreement.offerId,
        resources: [{ id: agreement.productId, type: 'SaaSProduct' }],
      },
      status: 'ACTIVE',
    });
    expect(summary?.endTime).toBeUndefined();
    const openEnded = await practice.edge('pay-as-you-go-year-9999');
    const other = found.find(({ agreementId }) => agreementId === openEnded.agreement.agreementId);
    expect(other?.endTime?.getUTCFullYear()).toBe(9999);
  });

  test.each(['StartTime', 'EndTime', 'LastUpdateTime'] as const)(
    'sorts by %s both ways and pages without loss',
    async (sortBy) => {
      const practice = await startAt(noon);
      await practice.steer('PUT', 'behaviour', { rateLimits: false });
      const up = await searchAll(practice, { maxResults: 7, sort: { sortBy, sortOrder: 'ASCENDING' } });
      const down = await searchAll(practice, { maxResults: 7, sort: { sortBy, sortOrder: 'DESCENDING' } });
      const key = { StartTime: 'startTime', EndTime: 'endTime', LastUpdateTime: 'lastUpdateTime' } as const;
      const times = up.map((one) => one[key[sortBy]]?.getTime() ?? Number.POSITIVE_INFINITY);
      expect(times).toEqual(times.toSorted((a, b) => (a === b ? 0 : a - b)));
      expect(new Set(up.map(({ agreementId }) => agreementId)).size).toBe(40);
      expect(down[0]?.agreementId).not.toBe(up[0]?.agreementId);
      expect(new Set(down.map(({ agreementId }) => agreementId)).size).toBe(40);
    },
  );

  test('every filter narrows to what it names', async () => {
    const practice = await startAt(noon);
    await practice.steer('PUT', 'behaviour', { rateLimits: false });
    const { agreement } = await practice.edge('replacement');
    const count = async (...filters: Filter[]) => (await searchAll(practice, { filters })).length;
    expect(await count(filter('LicenseArn', agreement.licenseArns[0] ?? ''))).toBe(1);
    expect(await count(filter('OfferId', agreement.offerId))).toBe(1);
    expect(await count(filter('InitialAgreementId', agreement.initialAgreementId))).toBe(2);
    expect(await count(filter('OfferSetId', 'offerset-none'))).toBe(0);
    expect(await count(filter('ResourceType', 'AmiProduct', 'ContainerProduct'))).toBe(2);
    expect(await count(filter('Status', 'REPLACED'))).toBe(1);
    expect(await count(filter('EndTimeBehaviorReasonCode', 'NO_RENEWAL_TERM'))).toBe(1);
    expect(await count(filter('EndTimeBehaviorType', 'RENEW'))).toBe(1);
    expect(
      await count(
        filter('AcceptorAccountId', agreement.acceptorAccountId),
        filter('ResourceIdentifier', agreement.productId),
      ),
    ).toBeGreaterThanOrEqual(2);
    expect(await count(filter('AfterStartTime', '2026-11-19T00:00:00Z'))).toBe(1);
    expect(
      await count(
        filter('BeforeEndTime', '2026-11-18T12:30:00Z'),
        filter('AfterEndTime', '2026-11-18T11:00:00Z'),
      ),
    ).toBe(2);
    expect(await count(filter('AfterLastUpdateTime', '2026-11-18T11:55:00Z'))).toBe(4);
  });

  test('an agreement that runs out while practising becomes EXPIRED', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('ends-in-40-minutes');
    const licence = filter('LicenseArn', agreement.licenseArns[0] ?? '');
    expect((await searchAll(practice, { filters: [licence] }))[0]?.status).toBe('ACTIVE');
    await practice.steer('PUT', 'clock', { mode: 'skew', ms: 41 * 60_000 });
    // The client's clock is now 41 minutes off, and refused; then it learns the time by itself.
    const client = practice.agreements();
    const command = () => new SearchAgreementsCommand({ filters: [...always, licence] });
    expect((await failure(client.send(command()))).message).toContain('Signature expired');
    expect((await client.send(command())).agreementViewSummaries?.[0]?.status).toBe('EXPIRED');
  });

  test.each<[string, SearchAgreementsInput]>([
    ['no AgreementType', { filters: [filter('PartyType', 'Proposer')] }],
    ['an unknown filter', { filters: [...always, filter('Buyer', 'x')] }],
    ['an unknown status', { filters: [...always, filter('Status', 'LIVE')] }],
    ['no values', { filters: [...always, filter('Status')] }],
    ['a date that is none', { filters: [...always, filter('AfterEndTime', 'soon')] }],
    ['too large a page', { filters: always, maxResults: 51 }],
    ['too small a page', { filters: always, maxResults: 0 }],
    ['a made-up token', { filters: always, nextToken: 'abc' }],
    ['another catalog', { catalog: 'AWSMarketplace2', filters: always }],
    ['an unknown order', { filters: always, sort: { sortBy: 'Price' } }],
    [
      'StartTime as acceptor',
      { filters: [filter('AgreementType', 'PurchaseAgreement')], sort: { sortBy: 'StartTime' } },
    ],
  ])('%s is a ValidationException', async (_, input) => {
    const practice = await startAt(noon);
    const refused = await failure(practice.agreements().send(new SearchAgreementsCommand(input)));
    expect(refused).toMatchObject({ name: 'ValidationException', status: 400 });
  });

  test('a token of another search is refused', async () => {
    const practice = await startAt(noon);
    const first = await practice
      .agreements()
      .send(new SearchAgreementsCommand({ filters: always, maxResults: 5 }));
    const other = new SearchAgreementsCommand({
      filters: [...always, filter('Status', 'ACTIVE')],
      nextToken: first.nextToken,
    });
    expect((await failure(practice.agreements().send(other))).name).toBe('ValidationException');
  });
});

describe('one agreement', () => {
  test('DescribeAgreement tells charges and parties, and no licence', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('ended-50-minutes-ago');
    const { agreementId } = agreement;
    const described = await practice.agreements().send(new DescribeAgreementCommand({ agreementId }));
    expect(described).toMatchObject({
      agreementId,
      status: 'EXPIRED',
      endTime: new Date(agreement.endTime ?? 0),
      estimatedCharges: { currencyCode: 'USD', agreementValue: expect.stringMatching(/^\d+$/) },
      endTimeBehavior: { type: 'EXPIRE', reasonCode: 'ACCEPTOR_RENEW_OPTED_OUT' },
    });
    expect(described).not.toHaveProperty('entitlements');
  });

  test('GetAgreementTerms gives the rate card, what was bought and the validity, by pages', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('contract-with-consumption');
    const terms = [];
    const pages = paginateGetAgreementTerms(
      { client: practice.agreements() },
      { agreementId: agreement.agreementId, maxResults: 1 },
    );
    for await (const page of pages) terms.push(...(page.acceptedTerms ?? []));
    const usage = terms.find(({ usageBasedPricingTerm }) => usageBasedPricingTerm)?.usageBasedPricingTerm;
    expect(usage?.rateCards?.[0]?.rateCard).toContainEqual({
      dimensionKey: 'synthetic_runs',
      price: '0.0015',
    });
    const upfront = terms.find((term) => term.configurableUpfrontPricingTerm)?.configurableUpfrontPricingTerm;
    expect(upfront?.configuration?.dimensions).toContainEqual({ dimensionKey: 'hosts', dimensionValue: 250 });
    const validity = terms.find(({ validityTerm }) => validityTerm)?.validityTerm;
    expect(validity?.agreementStartDate?.toISOString()).toBe(
      `${agreement.startTime.slice(0, 10)}T00:00:00.000Z`,
    );
  });

  test('a kind of term that AWS adds tomorrow is passed on', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('pay-as-you-go');
    const odd = { ...agreement, terms: [{ barterTerm: { type: 'BarterTerm', goods: 'salt' } }] };
    await practice.steer('PUT', `world/agreements/${agreement.agreementId}`, odd);
    const { acceptedTerms } = await practice
      .agreements()
      .send(new GetAgreementTermsCommand({ agreementId: agreement.agreementId }));
    expect(acceptedTerms).toEqual([{ $unknown: ['barterTerm', { type: 'BarterTerm', goods: 'salt' }] }]);
  });

  test('GetAgreementEntitlements tells the state of each licence', async () => {
    const practice = await startAt(noon);
    const read = async (edge: string) => {
      const { agreement } = await practice.edge(edge);
      const command = new GetAgreementEntitlementsCommand({ agreementId: agreement.agreementId });
      return (await practice.agreements().send(command)).agreementEntitlements?.map(({ status, type }) => [
        status,
        type,
      ]);
    };
    expect(await read('two-licences')).toEqual([
      ['PROVISIONED', 'AWS::Marketplace::Usage'],
      ['PROVISIONED', 'AWS::Marketplace::Discount'],
    ]);
    expect(await read('not-started')).toEqual([['SCHEDULED', 'AWS::Marketplace::Usage']]);
    expect(await read('terminated')).toEqual([['DEPROVISIONED', 'AWS::Marketplace::Usage']]);
    expect(await read('licence-not-provisioned')).toEqual([]);
  });

  test('somebody else’s agreement is not found, an id with blanks is invalid', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('labs-1');
    const read = (agreementId: string) =>
      failure(practice.agreements().send(new DescribeAgreementCommand({ agreementId })));
    expect(await read(agreement.agreementId)).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
    expect((await read('agmt x')).name).toBe('ValidationException');
  });
});
