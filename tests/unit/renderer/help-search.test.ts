import { describe, expect, it } from 'vitest';
import { reasonCodes } from '../../../src/contract/reason-codes.ts';
import { findElsewhere, findReasons } from '../../../src/renderer/src/features/help/help-search.ts';

const codesFor = (search: string) => findReasons(search).map((entry) => entry.code);

describe('the search of the help page', () => {
  it('shows every reason while nothing is searched for', () => {
    expect(codesFor('  ')).toEqual(expect.arrayContaining([...reasonCodes]));
  });

  it.each([
    ['CustomerNotSubscribed', 'customer-not-subscribed'],
    ['InvalidUsageDimensionException', 'invalid-usage-dimension'],
    ['TimestampOutOfBoundsException', 'timestamp-out-of-bounds'],
    ['InvalidLicenseException', 'invalid-license'],
    ['InternalServiceErrorException', 'aws-unavailable'],
    ['UnprocessedRecords', 'not-processed'],
    ['DisabledApiException', 'region-disabled'],
    ['ValidationException', 'bad-request'],
    ['AccessDeniedException', 'not-allowed'],
    ['ExpiredTokenException', 'sign-in-expired'],
    ['UnrecognizedClientException', 'unknown-credentials'],
    ['SignatureDoesNotMatch', 'clock-wrong'],
    ['AuthorizationPendingException', 'sign-in-pending'],
    ['InvalidGrantException', 'sign-in-invalid-grant'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'certificate'],
  ] as const)('finds AWS’s %s', (name, code) => {
    expect(codesFor(name)).toContain(code);
  });

  it.each([
    ['The security token included in the request is expired', 'sign-in-expired'],
    [
      'User: arn:aws:sts::123456789012:assumed-role/Ops/jo is not authorized to perform: aws-marketplace:BatchMeterUsage',
      'not-allowed',
    ],
    ['The timestamp value passed in the UsageRecord is out of allowed range.', 'timestamp-out-of-bounds'],
    [
      'The usage dimension does not match one of the UsageDimensions associated with products.',
      'invalid-usage-dimension',
    ],
  ] as const)('finds the reason of a pasted message: %s', (message, code) => {
    expect(codesFor(message)).toContain(code);
  });

  it.each([
    ['clock', 'clock-wrong'],
    ['double billing', 'mixed-scheme'],
    ['refund', 'quantity-negative'],
    ['licence', 'invalid-license'],
    ['license', 'invalid-license'],
    ['407', 'proxy'],
  ] as const)('finds by the symptom “%s”', (symptom, code) => {
    expect(codesFor(symptom)).toContain(code);
  });

  it('finds nothing for words that mean nothing', () => {
    expect(codesFor('xylophone')).toEqual([]);
    expect(codesFor('xylophone zither marimba')).toEqual([]);
  });

  it.each([
    ['CustomerNotEntitledException', 'CustomerNotEntitledException'],
    ['DuplicateRequestException', 'DuplicateRequestException'],
    ['IdempotencyConflict', 'IdempotencyConflictException'],
    ['InvalidEndpointRegionException', 'InvalidEndpointRegionException'],
    ['registration token expired', 'InvalidTokenException'],
    ['PlatformNotSupportedException', 'PlatformNotSupportedException'],
    ['InvalidRegionException', 'InvalidRegionException'],
    ['InvalidPublicKeyVersionException', 'InvalidPublicKeyException'],
    ['GetEntitlements nothing', 'GetEntitlements returns nothing'],
  ])('recognises %s as an error that belongs elsewhere', (search, name) => {
    expect(findElsewhere(search).map((error) => error.names[0])).toContain(name);
  });

  it('says where RegisterUsage’s errors belong', () => {
    const found = findElsewhere('RegisterUsage');
    expect(found.length).toBeGreaterThanOrEqual(5);
  });
});
