import { describe, expect, it } from 'vitest';
import {
  meteringBodyOf,
  meteringRequestText,
  subjectOf,
} from '../../../src/main/core/domain/metering-body.ts';
import { licence, storedRecord } from './records.ts';

const byLicence = storedRecord();
const byCode = storedRecord({ scheme: 'product-code', licenseArn: null, productCode: 'abc123code' });

describe('the metering request', () => {
  it('carries the licence per record and no product code under the licence scheme', () => {
    expect(meteringBodyOf([byLicence])).toEqual({
      UsageRecords: [
        {
          Timestamp: 1_795_183_500,
          CustomerAWSAccountId: '011122223333',
          Dimension: 'api_calls',
          Quantity: 1250,
          LicenseArn: licence,
        },
      ],
    });
  });

  it('carries the product code once and no licence under the product-code scheme', () => {
    expect(meteringBodyOf([byCode])).toEqual({
      UsageRecords: [
        {
          Timestamp: 1_795_183_500,
          CustomerAWSAccountId: '011122223333',
          Dimension: 'api_calls',
          Quantity: 1250,
        },
      ],
      ProductCode: 'abc123code',
    });
  });

  it('sends a zero as a zero', () => {
    expect(meteringBodyOf([storedRecord({ quantity: 0 })]).UsageRecords[0]).toMatchObject({ Quantity: 0 });
  });

  it('is read by people as the very same request', () => {
    expect(JSON.parse(meteringRequestText(byCode))).toEqual(meteringBodyOf([byCode]));
    expect(meteringRequestText(byCode)).toContain('\n  "UsageRecords"');
  });

  it.each([
    ['both schemes', byCode],
    ['another product', storedRecord({ productId: 'prod-other' })],
    ['another Region', storedRecord({ meteringRegion: 'eu-west-1' })],
  ])('refuses to mix: %s', (_, other) => {
    expect(() => meteringBodyOf([byLicence, other])).toThrow('do not fit');
  });

  it('takes 25 records of one product and not one more', () => {
    const rest = Array.from({ length: 24 }, () => byLicence);
    expect(meteringBodyOf([byLicence, ...rest]).UsageRecords).toHaveLength(25);
    expect(() => meteringBodyOf([byLicence, byLicence, ...rest])).toThrow('do not fit');
  });

  it('refuses a record without the identifier of its scheme, and a start time with a fraction', () => {
    expect(subjectOf(byLicence)).toBe(licence);
    expect(() => subjectOf({ ...byLicence, licenseArn: null })).toThrow('without its identifier');
    expect(() => meteringBodyOf([storedRecord({ startMs: 1_500 })])).toThrow('whole second');
  });
});
