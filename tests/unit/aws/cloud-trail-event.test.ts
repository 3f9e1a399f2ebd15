import { describe, expect, it } from 'vitest';
import { instantMs, readTrailEntry } from '../../../src/main/adapters/aws/cloud-trail-event.ts';

const at = Date.UTC(2018, 3, 19, 16, 32, 50);
const licenseArn = 'arn:aws:license-manager::294406891311:license:l-1';

describe('instants in CloudTrail’s events', () => {
  it.each([
    ['Apr 19, 2018 4:32:50 PM', at],
    ['Apr 19, 2018, 4:32:50\u202fPM', at],
    ['Apr 19, 2018 12:00:01 AM', Date.UTC(2018, 3, 19, 0, 0, 1)],
    ['Apr 19, 2018 12:00:01 PM', Date.UTC(2018, 3, 19, 12, 0, 1)],
    ['2018-04-19T16:32:50Z', at],
    ['2018-04-19T16:32:50.999Z', at],
    ['2018-04-19T18:32:50+02:00', at],
    ['2018-04-19T16:32:50', at],
    [at / 1_000, at],
    [at, at],
    [String(at / 1_000), at],
    ['yesterday', null],
    ['Foo 19, 2018 4:32:50 PM', null],
    [null, null],
    [undefined, null],
  ])('%s', (value, expected) => {
    expect(instantMs(value)).toBe(expected);
  });
});

const entry = (document: unknown) => ({
  EventId: 'event-1',
  EventTime: new Date(at),
  CloudTrailEvent: typeof document === 'string' ? document : JSON.stringify(document),
});

describe('an event of CloudTrail', () => {
  it.each(['customerAWSAccountID', 'customerAWSAccountId'])(
    'is read with %s, whatever the order of the answer',
    (name) => {
      const record = (dimension: string) => ({
        dimension,
        timestamp: 'Apr 19, 2018 4:32:50 PM',
        quantity: 3,
        [name]: '111122223333',
        licenseArn,
      });
      const call = readTrailEntry(
        entry({
          userAgent: 'aws-sdk-js/3 ua/2.1 os/linux app/UsageDesk md/nodejs',
          requestID: 'req-1',
          userIdentity: { arn: 'arn:aws:sts::1:assumed-role/A/b' },
          requestParameters: { usageRecords: [record('a'), record('b'), record('c')] },
          responseElements: {
            results: [{ usageRecord: record('b'), meteringRecordId: 'mr-b', status: 'Success' }],
            unprocessedRecords: [record('a')],
          },
        }),
      );
      expect(call).toMatchObject({ isOurApp: true, requestId: 'req-1', errorName: null, productCode: null });
      expect(call?.records.map((one) => [one.dimensionKey, one.status, one.meteringRecordId])).toEqual([
        ['a', 'UnprocessedRecords', null],
        ['b', 'Success', 'mr-b'],
        ['c', null, null],
      ]);
      expect(call?.records[0]).toMatchObject({
        startMs: at,
        quantity: 3,
        buyerAccountId: '111122223333',
        licenseArn,
      });
    },
  );

  it('of a refused call has its error and no statuses', () => {
    const call = readTrailEntry(
      entry({
        userAgent: 'app/UsageDeskPro',
        errorCode: 'ThrottlingException',
        requestParameters: { productCode: 'code', usageRecords: [{ dimension: 'a', timestamp: at / 1000 }] },
        responseElements: null,
      }),
    );
    expect(call).toMatchObject({ isOurApp: false, errorName: 'ThrottlingException', productCode: 'code' });
    expect(call?.records).toMatchObject([{ dimensionKey: 'a', status: null, quantity: null }]);
  });

  it.each([
    ['no JSON', 'not json'],
    ['a list', []],
    ['text', '"text"'],
  ])('that is %s is passed over', (_, document) => {
    expect(readTrailEntry(entry(document))).toBeNull();
  });

  it('whose parts have another shape is read as far as it goes', () => {
    expect(
      readTrailEntry(entry({ requestParameters: { usageRecords: 'many' }, userIdentity: 7 })),
    ).toMatchObject({
      records: [],
      principalArn: null,
    });
  });
});
