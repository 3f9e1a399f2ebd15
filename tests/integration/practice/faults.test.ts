import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { SearchAgreementsCommand } from '@aws-sdk/client-marketplace-agreement';
import { BatchMeterUsageCommand, MarketplaceMeteringClient } from '@aws-sdk/client-marketplace-metering';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { failure, noon, startAt, staticKeys } from './practice-fixture.ts';

async function prepare() {
  const practice = await startAt(noon);
  await practice.steer('PUT', 'behaviour', { rateLimits: false });
  const { agreement } = await practice.edge('pay-as-you-go');
  const records = [1, 2, 3].map((hours) => ({
    Timestamp: new Date(practice.nowMs - hours * 3_600_000),
    Dimension: 'rows_processed',
    Quantity: hours,
    CustomerAWSAccountId: agreement.acceptorAccountId,
    LicenseArn: agreement.licenseArns[0],
  }));
  const command = () => new BatchMeterUsageCommand({ UsageRecords: records });
  const send = () => practice.metering().send(command());
  const fault = (over: object) =>
    practice.steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', ...over }]);
  return { practice, command, send, fault };
}

test.each([
  ['throttling', {}, 'ThrottlingException', 400, 0],
  ['internal-error', {}, 'InternalServiceErrorException', 500, 0],
  ['internal-error', { store: true }, 'InternalServiceErrorException', 500, 3],
  ['expired-token', {}, 'ExpiredTokenException', 403, 0],
  ['access-denied', {}, 'AccessDeniedException', 403, 0],
  ['html', {}, 'SyntaxError', 502, 0],
  ['html', { store: true, httpStatus: 200 }, 'SyntaxError', 200, 3],
  ['service-unavailable-empty', {}, 'Unknown', 503, 0],
  ['DisabledApiException', {}, 'DisabledApiException', 400, 0],
  ['InternalServiceErrorException', {}, 'InternalServiceErrorException', 500, 0],
  ['InvalidCustomerIdentifierException', {}, 'InvalidCustomerIdentifierException', 400, 0],
  ['InvalidLicenseException', {}, 'InvalidLicenseException', 400, 0],
  ['InvalidProductCodeException', {}, 'InvalidProductCodeException', 400, 0],
  ['InvalidTagException', {}, 'InvalidTagException', 400, 0],
  ['InvalidUsageAllocationsException', {}, 'InvalidUsageAllocationsException', 400, 0],
  ['InvalidUsageDimensionException', {}, 'InvalidUsageDimensionException', 400, 0],
  ['TimestampOutOfBoundsException', { message: 'Too late.' }, 'TimestampOutOfBoundsException', 400, 0],
  ['RequestExpired', {}, 'RequestExpired', 400, 0],
] as const)(
  '%s %j reaches the SDK as %s %i with %i records stored, once',
  async (kind, over, name, status, stored) => {
    const { practice, send, fault } = await prepare();
    await fault({ kind, ...over });
    const refused = await failure(send());
    expect(refused).toMatchObject({ name, status });
    if ('message' in over) expect(refused.message).toBe(over.message);
    expect(await practice.metered()).toHaveLength(stored);
    expect((await failure(send())).name).toBe('(none)');
    expect(await practice.steer('GET', 'faults')).toEqual([]);
  },
);

test.each([
  ['cut-before-store', 0],
  ['cut-after-store', 3],
] as const)('%s loses the answer, with %i records stored', async (kind, stored) => {
  const { practice, send, fault } = await prepare();
  await fault({ kind });
  expect((await failure(send())).status).toBe(0);
  expect(await practice.metered()).toHaveLength(stored);
  const [call] = (await practice.steer('GET', 'calls')) as unknown[];
  expect(call).toMatchObject({ operation: 'BatchMeterUsage', fault: kind, cut: true });
  await practice.steer('PUT', 'behaviour', { cloudTrailDelayMs: 0 });
});

test('hang never answers, and does not keep the server from closing', async () => {
  const { practice, command, fault } = await prepare();
  await fault({ kind: 'hang' });
  const client = new MarketplaceMeteringClient({
    endpoint: practice.url,
    region: 'us-east-1',
    credentials: staticKeys,
    maxAttempts: 1,
    systemClockOffset: practice.shiftMs,
    requestHandler: { requestTimeout: 150, throwOnRequestTimeout: true },
  });
  expect((await failure(client.send(command()))).name).toBe('TimeoutError');
  expect(await practice.metered()).toEqual([]);
});

test('slow waits and then answers as ever', async () => {
  const { practice, send, fault } = await prepare();
  await fault({ kind: 'slow', ms: 120 });
  const startedMs = performance.now();
  await send();
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(115);
  expect(await practice.metered()).toHaveLength(3);
});

test('unprocessed leaves the named records, or all of them', async () => {
  const { practice, send, fault } = await prepare();
  await fault({ kind: 'unprocessed', records: [1] });
  const some = await send();
  expect(some.Results?.map(({ UsageRecord }) => UsageRecord?.Quantity)).toEqual([1, 3]);
  expect(some.UnprocessedRecords?.map(({ Quantity }) => Quantity)).toEqual([2]);
  await fault({ kind: 'unprocessed' });
  const none = await send();
  expect(none.Results).toEqual([]);
  expect(none.UnprocessedRecords).toHaveLength(3);
  expect(await practice.metered()).toHaveLength(2);
});

test('unknown-status stores the records under a word that AWS may add', async () => {
  const { practice, send, fault } = await prepare();
  await fault({ kind: 'unknown-status', status: 'Postponed' });
  expect((await send()).Results?.map(({ Status }) => Status)).toEqual([
    'Postponed',
    'Postponed',
    'Postponed',
  ]);
  expect(await practice.metered()).toHaveLength(3);
});

describe('which calls a fault meets', () => {
  const search = () =>
    new SearchAgreementsCommand({ filters: [{ name: 'AgreementType', values: ['PurchaseAgreement'] }] });

  test('skip, times and always', async () => {
    const { practice, fault } = await prepare();
    await fault({ operation: 'SearchAgreements', kind: 'throttling', skip: 1, times: 2 });
    const client = practice.agreements();
    const names = [];
    for (let call = 0; call < 4; call += 1) names.push((await failure(client.send(search()))).name);
    expect(names).toEqual(['(none)', 'ThrottlingException', 'ThrottlingException', '(none)']);
    await fault({ operation: '*', kind: 'internal-error', times: 'always' });
    for (let call = 0; call < 3; call += 1) {
      expect(await failure(client.send(search()))).toMatchObject({
        name: 'InternalServerException',
        status: 500,
      });
    }
    await practice.steer('DELETE', 'faults');
    expect((await failure(client.send(search()))).name).toBe('(none)');
  });

  test('a text that the call must contain', async () => {
    const { practice, send, fault } = await prepare();
    await fault({ kind: 'throttling', containing: 'connector_hours' });
    expect((await failure(send())).name).toBe('(none)');
    expect(await practice.steer('GET', 'faults')).toHaveLength(1);
  });

  test('an empty page with a token loses nothing', async () => {
    const { practice, fault } = await prepare();
    await fault({ operation: 'SearchAgreements', kind: 'empty-page' });
    const first = await practice.agreements().send(search());
    expect(first.agreementViewSummaries).toEqual([]);
    const rest = await practice
      .agreements()
      .send(new SearchAgreementsCommand({ ...search().input, nextToken: first.nextToken }));
    expect(rest.agreementViewSummaries).toHaveLength(40);
  });

  test('STS and CloudTrail fail in their own words', async () => {
    const { practice, fault } = await prepare();
    await fault({ operation: '*', kind: 'throttling', times: 2 });
    expect((await failure(practice.sts().send(new GetCallerIdentityCommand({})))).name).toBe('Throttling');
    expect((await failure(practice.cloudTrail().send(new LookupEventsCommand({})))).name).toBe(
      'ThrottlingException',
    );
  });

  test.each([
    [{ operation: 'BatchMeterUsage' }],
    [{ operation: 'BatchMeterUsage', kind: 'nonsense' }],
    [{ operation: 'BatchMeterUsage', kind: 'slow', ms: -1 }],
    [{ operation: 'BatchMeterUsage', kind: 'slow', whenever: true }],
  ])('%j is refused, and the faults stay as they were', async (wrong) => {
    const { practice, fault } = await prepare();
    await fault({ kind: 'throttling' });
    await expect(practice.steer('PUT', 'faults', [wrong])).rejects.toThrow('400');
    expect(await practice.steer('GET', 'faults')).toMatchObject([{ kind: 'throttling' }]);
  });
});
