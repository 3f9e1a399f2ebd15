import { BatchMeterUsageCommand, type UsageRecord } from '@aws-sdk/client-marketplace-metering';
import { describe, expect, test } from 'vitest';
import { failure, noon, type StartedPractice, startAt } from './practice-fixture.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

async function licensed(
  practice: StartedPractice,
  edge: string,
  over: Partial<UsageRecord> = {},
): Promise<UsageRecord> {
  const { agreement } = await practice.edge(edge);
  return {
    Timestamp: new Date(practice.nowMs - 5 * minuteMs),
    Dimension: edge.startsWith('pay') || edge.startsWith('conc') ? 'rows_processed' : 'custom_metrics',
    Quantity: 7,
    CustomerAWSAccountId: agreement.acceptorAccountId,
    LicenseArn: agreement.licenseArns[0],
    ...over,
  };
}

const send = (
  practice: StartedPractice,
  records: UsageRecord[],
  ProductCode?: string,
  region = 'us-east-1',
) =>
  practice
    .metering(undefined, region)
    .send(new BatchMeterUsageCommand({ UsageRecords: records, ...(ProductCode ? { ProductCode } : {}) }));

const statuses = async (...args: Parameters<typeof send>) =>
  (await send(...args)).Results?.map(({ Status }) => Status);

describe('what is recorded', () => {
  test('a record under a licence is accepted, answered with its id and request id, and would be billed', async () => {
    const practice = await startAt(noon);
    const record = await licensed(practice, 'pay-as-you-go');
    const answer = await send(practice, [record]);
    expect(answer.Results).toEqual([
      { Status: 'Success', MeteringRecordId: expect.stringMatching(/^[0-9a-f-]{36}$/), UsageRecord: record },
    ]);
    expect(answer.UnprocessedRecords).toEqual([]);
    expect(await practice.metered()).toMatchObject([
      {
        requestId: answer.$metadata.requestId,
        meteringRecordId: answer.Results?.[0]?.MeteringRecordId,
        region: 'us-east-1',
        scheme: 'licence',
        subject: record.LicenseArn,
        customerAWSAccountId: record.CustomerAWSAccountId,
        dimension: 'rows_processed',
        quantity: 7,
        timestamp: '2026-11-18T12:25:00.000Z',
        hour: '2026-11-18T12:00:00.000Z',
      },
    ]);
  });

  test('a product code with either customer id names the same customer', async () => {
    const practice = await startAt(noon);
    const { agreement, product } = await practice.edge('product-code');
    const { buyers } = await practice.world();
    const buyer = buyers.find(({ accountId }) => accountId === agreement.acceptorAccountId);
    const base = { Timestamp: new Date(practice.nowMs), Dimension: 'Envelopes' };
    const byAccount = { ...base, Quantity: 3, CustomerAWSAccountId: agreement.acceptorAccountId };
    const byIdentifier = { ...base, Quantity: 4, CustomerIdentifier: buyer?.customerIdentifier };
    expect(await statuses(practice, [byAccount], product.productCode)).toEqual(['Success']);
    expect(await statuses(practice, [byIdentifier], product.productCode)).toEqual(['DuplicateRecord']);
  });

  test('no records at all are an empty answer, and a missing quantity is zero', async () => {
    const practice = await startAt(noon);
    expect((await send(practice, [])).Results).toEqual([]);
    const { Quantity: _, ...record } = await licensed(practice, 'pay-as-you-go');
    expect(await statuses(practice, [record])).toEqual(['Success']);
    expect(await practice.metered()).toMatchObject([{ quantity: 0 }]);
  });
});

describe('de-duplication', () => {
  test.each(['Success', 'DuplicateRecord'] as const)(
    'an identical resend is answered %s and billed once',
    async (word) => {
      const practice = await startAt(noon);
      await practice.steer('PUT', 'behaviour', { identicalResend: word });
      const record = await licensed(practice, 'pay-as-you-go');
      const first = await send(practice, [record]);
      const second = await send(practice, [record]);
      expect(second.Results?.[0]?.Status).toBe(word);
      const sameId = second.Results?.[0]?.MeteringRecordId === first.Results?.[0]?.MeteringRecordId;
      expect(sameId).toBe(word === 'Success');
      expect(await practice.metered()).toHaveLength(1);
    },
  );

  test('within one UTC hour the first quantity stays, also inside one call', async () => {
    const practice = await startAt(noon);
    const record = await licensed(practice, 'pay-as-you-go');
    const later = { ...record, Timestamp: new Date(practice.nowMs - minuteMs), Quantity: 9 };
    expect(await statuses(practice, [record, later])).toEqual(['Success', 'DuplicateRecord']);
    expect(await statuses(practice, [{ ...record, Quantity: 8 }])).toEqual(['DuplicateRecord']);
    expect(await practice.metered()).toMatchObject([{ quantity: 7 }]);
  });

  test('another hour, Region, licence or scheme is another record', async () => {
    const practice = await startAt(noon);
    const record = await licensed(practice, 'concurrent-a');
    const other = await licensed(practice, 'concurrent-b');
    const { product } = await practice.edge('concurrent-a');
    const { LicenseArn: _, ...bare } = record;
    expect(await statuses(practice, [record, other])).toEqual(['Success', 'Success']);
    const earlier = { ...record, Timestamp: new Date(practice.nowMs - 31 * minuteMs) };
    expect(await statuses(practice, [earlier])).toEqual(['Success']);
    expect(await statuses(practice, [record], undefined, 'eu-west-1')).toEqual(['Success']);
    expect(await statuses(practice, [bare], product.productCode)).toEqual(['Success']);
    expect(await practice.metered()).toHaveLength(5);
  });
});

describe('who is subscribed', () => {
  test('an agreement that ended 50 minutes ago takes usage from before its end, one of 2 hours ago does not', async () => {
    const practice = await startAt(noon);
    const before = { Timestamp: new Date(practice.nowMs - 3 * hourMs) };
    expect(await statuses(practice, [await licensed(practice, 'ended-50-minutes-ago', before)])).toEqual([
      'Success',
    ]);
    expect(await statuses(practice, [await licensed(practice, 'ended-2-hours-ago', before)])).toEqual([
      'CustomerNotSubscribed',
    ]);
    const after = await licensed(practice, 'ended-50-minutes-ago');
    expect((await failure(send(practice, [after]))).name).toBe('InvalidLicenseException');
  });

  test('the last hour ends 60 minutes after the end', async () => {
    const practice = await startAt(noon);
    const record = await licensed(practice, 'ended-50-minutes-ago', {
      Timestamp: new Date(practice.nowMs - 3 * hourMs),
    });
    await practice.steer('PUT', 'clock', { mode: 'skew', ms: 11 * minuteMs });
    expect(await statuses(practice, [record])).toEqual(['CustomerNotSubscribed']);
  });

  test('a cancelled pay-as-you-go ends when it was cancelled, a renewal keeps the licence, a replacement does not', async () => {
    const practice = await startAt(noon);
    const at = (minutes: number) => ({ Timestamp: new Date(practice.nowMs - minutes * minuteMs) });
    const cancelled = await licensed(practice, 'cancelled-30-minutes-ago', {
      ...at(45),
      Dimension: 'rows_processed',
    });
    expect(await statuses(practice, [cancelled])).toEqual(['Success']);
    expect(await statuses(practice, [await licensed(practice, 'renewed')])).toEqual(['Success']);
    expect(await statuses(practice, [await licensed(practice, 'replaced', at(50))])).toEqual(['Success']);
    expect((await failure(send(practice, [await licensed(practice, 'replacement', at(50))]))).name).toBe(
      'InvalidLicenseException',
    );
  });

  test('a suspended buyer, and a customer without an agreement, are not subscribed', async () => {
    const practice = await startAt(noon);
    const suspended = await licensed(practice, 'buyer-suspended', { Dimension: 'rows_processed' });
    expect(await statuses(practice, [suspended])).toEqual(['CustomerNotSubscribed']);
    const { product } = await practice.edge('product-code');
    const stranger = { Timestamp: new Date(practice.nowMs), Dimension: 'Envelopes', Quantity: 1 };
    expect(
      await statuses(practice, [{ ...stranger, CustomerAWSAccountId: '999999999999' }], product.productCode),
    ).toEqual(['CustomerNotSubscribed']);
  });
});

describe('what refuses the whole call', () => {
  const arn = `arn:aws:license-manager::294406891311:license:l-${'0'.repeat(32)}`;
  test.each<[string, Partial<UsageRecord>, string]>([
    ['a dimension in other capitals', { Dimension: 'Rows_Processed' }, 'InvalidUsageDimensionException'],
    ['an unknown licence', { LicenseArn: arn }, 'InvalidLicenseException'],
    ['another buyer’s account', { CustomerAWSAccountId: '123456789012' }, 'InvalidLicenseException'],
    ['both customer ids', { CustomerIdentifier: 'abcdefghijk' }, 'ValidationException'],
    ['no identifier of the product', { LicenseArn: undefined }, 'InvalidProductCodeException'],
    ['a negative quantity', { Quantity: -1 }, 'ValidationException'],
    ['a quantity beyond 32 bits', { Quantity: 2_147_483_648 }, 'ValidationException'],
    ['a fraction', { Quantity: 1.5 }, 'SerializationException'],
    ['no dimension', { Dimension: undefined }, 'ValidationException'],
    ['an account id with letters', { CustomerAWSAccountId: '12345678901a' }, 'ValidationException'],
    [
      'parts that do not add up',
      { UsageAllocations: [{ AllocatedUsageQuantity: 6 }] },
      'InvalidUsageAllocationsException',
    ],
    [
      'six tags',
      {
        UsageAllocations: [
          { AllocatedUsageQuantity: 7, Tags: [...'abcdef'].map((Key) => ({ Key, Value: 'x' })) },
        ],
      },
      'InvalidTagException',
    ],
  ])('%s', async (_, over, name) => {
    const practice = await startAt(noon);
    const good = await licensed(practice, 'pay-as-you-go');
    expect((await failure(send(practice, [good, { ...good, ...over }]))).name).toBe(name);
    expect(await practice.metered()).toEqual([]);
  });

  test('a text in the place of a number is a SerializationException', async () => {
    const practice = await startAt(noon);
    const good = await licensed(practice, 'pay-as-you-go');
    // @ts-expect-error A text is what a careless caller would send.
    expect((await failure(send(practice, [{ ...good, Quantity: '7' }]))).name).toBe('SerializationException');
  });

  test('26 records, a licence with a product code, two products, an entitled dimension, a product id', async () => {
    const practice = await startAt(noon);
    const payg = await licensed(practice, 'pay-as-you-go');
    const contract = await licensed(practice, 'contract-with-consumption');
    const { product } = await practice.edge('pay-as-you-go');
    const { LicenseArn: _, ...bare } = payg;
    const name = async (...args: Parameters<typeof send>) => (await failure(send(...args))).name;
    expect(
      await name(
        practice,
        Array.from({ length: 26 }, () => payg),
      ),
    ).toBe('ValidationException');
    expect(await name(practice, [payg], product.productCode)).toBe('ValidationException');
    expect(await name(practice, [payg, contract])).toBe('InvalidLicenseException');
    expect(await name(practice, [{ ...contract, Dimension: 'hosts' }])).toBe(
      'InvalidUsageDimensionException',
    );
    expect(await name(practice, [bare], product.id)).toBe('InvalidProductCodeException');
    expect(
      await name(
        practice,
        [{ ...bare, CustomerAWSAccountId: undefined, CustomerIdentifier: 'nobody' }],
        product.productCode,
      ),
    ).toBe('InvalidCustomerIdentifierException');
    expect(await name(practice, [payg], undefined, 'ca-west-1')).toBe('DisabledApiException');
    expect(await name(practice, [await licensed(practice, 'product-of-another-seller')])).toBe(
      'InvalidLicenseException',
    );
    expect(await name(practice, [await licensed(practice, 'not-started')])).toBe('InvalidLicenseException');
  });
});

describe('the window', () => {
  const outcome = async (instant: string, timestampMs: number, windowHours = 24) => {
    const practice = await startAt(instant);
    await practice.steer('PUT', 'behaviour', { windowHours });
    const record = await licensed(practice, 'pay-as-you-go', { Timestamp: new Date(timestampMs) });
    return (await failure(send(practice, [record]))).name;
  };
  // A margin of seconds: the practice clock runs while the test does.
  test.each([
    ['a minute short of 24 hours is taken', noon, -24 * hourMs + minuteMs, 24, '(none)'],
    ['24 hours are too old', noon, -24 * hourMs, 24, 'TimestampOutOfBoundsException'],
    ['a minute short of six hours is taken', noon, -6 * hourMs + minuteMs, 6, '(none)'],
    ['more than six hours are too old', noon, -6 * hourMs - 1000, 6, 'TimestampOutOfBoundsException'],
    ['the future is refused', noon, minuteMs, 24, 'TimestampOutOfBoundsException'],
    ['last month is open at 05:59 on the 1st', '2026-12-01T05:59:00.000Z', -6 * hourMs, 24, '(none)'],
    [
      'last month is closed at 06:00 on the 1st',
      '2026-12-01T06:00:00.000Z',
      -6 * hourMs - 1000,
      24,
      'TimestampOutOfBoundsException',
    ],
    ['this month is open after 06:00 on the 1st', '2026-12-01T06:00:00.000Z', -6 * hourMs, 24, '(none)'],
  ] as const)('%s', async (_, instant, offsetMs, windowHours, name) => {
    expect(await outcome(instant, Date.parse(instant) + offsetMs, windowHours)).toBe(name);
  });
});

test('eleven calls in one moment are too many; another Region has a bucket of its own; the limit can be lifted', async () => {
  const practice = await startAt(noon);
  const burst = async (region: string) => {
    const names = await Promise.all(
      Array.from({ length: 30 }, async () => (await failure(send(practice, [], undefined, region))).name),
    );
    return names.filter((name) => name === 'ThrottlingException').length;
  };
  expect(await burst('us-east-1')).toBeGreaterThan(5);
  expect((await failure(send(practice, [], undefined, 'eu-west-1'))).name).toBe('(none)');
  await practice.steer('PUT', 'behaviour', { rateLimits: false });
  expect(await burst('us-east-1')).toBe(0);
});
