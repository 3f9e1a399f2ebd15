import { type LookupAttribute, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { BatchMeterUsageCommand } from '@aws-sdk/client-marketplace-metering';
import { expect, test } from 'vitest';
import { failure, noon, startAt, staticKeys } from './practice-fixture.ts';

const byKey: LookupAttribute[] = [{ AttributeKey: 'AccessKeyId', AttributeValue: staticKeys.accessKeyId }];

async function metered() {
  const practice = await startAt(noon);
  const { agreement } = await practice.edge('pay-as-you-go');
  const record = {
    Timestamp: new Date(practice.nowMs - 60_000),
    Dimension: 'rows_processed',
    Quantity: 7,
    CustomerAWSAccountId: agreement.acceptorAccountId,
    LicenseArn: agreement.licenseArns[0],
  };
  const send = (over: object = {}) =>
    practice.metering().send(new BatchMeterUsageCommand({ UsageRecords: [{ ...record, ...over }] }));
  const lookUp = async () =>
    (await practice.cloudTrail().send(new LookupEventsCommand({ LookupAttributes: byKey }))).Events ?? [];
  return { practice, record, send, lookUp };
}

test('a call shows after 15 minutes, in its Region, with request id, identifiers and answer', async () => {
  const { practice, record, send, lookUp } = await metered();
  await practice.steer('PUT', 'behaviour', { rateLimits: false });
  const answer = await send();
  expect(await lookUp()).toEqual([]);
  await practice.steer('PUT', 'clock', { mode: 'skew', ms: 14 * 60_000 });
  expect(await lookUp()).toEqual([]);
  await practice.steer('PUT', 'clock', { mode: 'skew', ms: 15 * 60_000 });
  // A minute ahead of the skew that AWS would refuse.
  const later = practice.cloudTrail(staticKeys, 'us-east-1', practice.shiftMs + 14 * 60_000);
  const elsewhere = practice.cloudTrail(staticKeys, 'eu-west-1', practice.shiftMs + 14 * 60_000);
  const command = () => new LookupEventsCommand({ LookupAttributes: byKey });
  expect((await elsewhere.send(command())).Events).toEqual([]);
  const events = (await later.send(command())).Events ?? [];
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    EventName: 'BatchMeterUsage',
    EventSource: 'metering-marketplace.amazonaws.com',
    EventTime: expect.any(Date),
    AccessKeyId: staticKeys.accessKeyId,
  });
  const document = JSON.parse(events[0]?.CloudTrailEvent ?? '');
  expect(document).toMatchObject({
    awsRegion: 'us-east-1',
    requestID: answer.$metadata.requestId,
    userAgent: expect.stringContaining('aws-sdk-js'),
    requestParameters: {
      usageRecords: [
        {
          dimension: 'rows_processed',
          quantity: 7,
          timestamp: 'Nov 18, 2026 12:29:00 PM',
          customerAWSAccountID: record.CustomerAWSAccountId,
          licenseArn: record.LicenseArn,
        },
      ],
    },
    responseElements: {
      results: [{ status: 'Success', meteringRecordId: answer.Results?.[0]?.MeteringRecordId }],
      unprocessedRecords: [],
    },
  });
});

test('a refused call has its error and no response elements; the plain style has ISO instants', async () => {
  const { practice, send, lookUp } = await metered();
  await practice.steer('PUT', 'behaviour', { cloudTrailDelayMs: 0, cloudTrailStyle: 'plain' });
  await failure(send({ Dimension: 'nothing' }));
  const [event] = await lookUp();
  expect(JSON.parse(event?.CloudTrailEvent ?? '')).toMatchObject({
    errorCode: 'InvalidUsageDimensionException',
    requestParameters: {
      usageRecords: [{ timestamp: '2026-11-18T12:29:00.000Z', customerAWSAccountId: expect.any(String) }],
    },
    responseElements: null,
  });
});

test('two attributes, an unknown one, a turned range and a page too large are refused', async () => {
  const { practice } = await metered();
  await practice.steer('PUT', 'behaviour', { rateLimits: false });
  const read = async (input: object) =>
    (await failure(practice.cloudTrail().send(new LookupEventsCommand(input)))).name;
  expect(await read({ LookupAttributes: [...byKey, ...byKey] })).toBe('InvalidLookupAttributesException');
  expect(await read({ StartTime: new Date(2000), EndTime: new Date(1000) })).toBe(
    'InvalidTimeRangeException',
  );
  expect(await read({ MaxResults: 51 })).toBe('InvalidMaxResultsException');
  expect(await read({ NextToken: 'abc' })).toBe('InvalidNextTokenException');
});

test('newest first, by pages, two calls a second', async () => {
  const { practice, send } = await metered();
  await practice.steer('PUT', 'behaviour', { cloudTrailDelayMs: 0 });
  for (const Quantity of [1, 2, 3]) await send({ Quantity });
  const client = practice.cloudTrail();
  const first = await client.send(new LookupEventsCommand({ MaxResults: 2 }));
  const second = await client.send(new LookupEventsCommand({ MaxResults: 2, NextToken: first.NextToken }));
  const all = [...(first.Events ?? []), ...(second.Events ?? [])];
  const quantities = all.map(
    ({ CloudTrailEvent }) => JSON.parse(CloudTrailEvent ?? '').requestParameters.usageRecords[0].quantity,
  );
  expect(quantities).toEqual([3, 2, 1]);
  expect((await failure(client.send(new LookupEventsCommand({})))).name).toBe('ThrottlingException');
});
