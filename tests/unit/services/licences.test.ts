import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/contract/result.ts';
import type { AgreementSummary, Entitlement } from '../../../src/main/core/ports.ts';
import {
  createLicenceCheck,
  entitledNowOf,
  entitlementsOfContract,
  licencesOf,
} from '../../../src/main/core/services/licences.ts';
import { createMemoryPreferences } from '../../fakes/memory-preferences.ts';

const arn = (name: string) => `arn:aws:license-manager::294406891311:license:l-${name}`;
const agreement = (agreementId: string, changes: Partial<AgreementSummary> = {}): AgreementSummary => ({
  agreementId,
  buyerAccountId: '011122223333',
  proposerAccountId: null,
  productId: 'prod-1',
  resourceType: 'SaaSProduct',
  status: 'ACTIVE',
  startMs: 0,
  endMs: null,
  acceptedMs: null,
  lastUpdateMs: null,
  offerId: null,
  initialAgreementId: null,
  licenseArns: [],
  ...changes,
});
const entitled = (dimensionKey: string, quantity: string, licenseArn: string | null): Entitlement => ({
  dimensionKey,
  quantity,
  licenseArn,
  buyerAccountId: null,
});
const nothing = { states: [], entitlements: [], pasted: null, related: [] };

describe('the licences of a contract', () => {
  it('are told apart by kind, state, entitlements and the contracts that share them', () => {
    const licences = licencesOf(agreement('agmt-1', { licenseArns: [arn('a'), arn('b')] }), {
      ...nothing,
      states: [{ licenseArn: arn('b'), type: 'AWS::Marketplace::Discount', status: 'PROVISIONED' }],
      entitlements: [entitled('hosts', '250', arn('a'))],
      related: [agreement('agmt-0', { licenseArns: [arn('a')] })],
    });
    expect(licences).toMatchObject([
      { licenseArn: arn('a'), type: null, entitlements: [{ quantity: '250' }], alsoOn: ['agmt-0'] },
      { licenseArn: arn('b'), type: 'AWS::Marketplace::Discount', status: 'PROVISIONED', entitlements: [] },
    ]);
  });

  it('have the one that a person gave, and it counts once when AWS lists it later', () => {
    expect(licencesOf(agreement('agmt-1'), { ...nothing, pasted: arn('a') })).toMatchObject([
      { licenseArn: arn('a'), source: 'pasted' },
    ]);
    const listed = agreement('agmt-1', { licenseArns: [arn('a')] });
    expect(licencesOf(listed, { ...nothing, pasted: arn('a') })).toMatchObject([{ source: 'aws' }]);
  });
});

describe('the entitlement now', () => {
  it.each([
    ['of the contract’s licence', [arn('a')], [entitled('hosts', '250', arn('a'))], '250'],
    ['not of another contract’s', [arn('a')], [entitled('hosts', '250', arn('z'))], undefined],
    ['of a product from before licences', [], [entitled('hosts', '250', null)], '250'],
    [
      'of two licences that differ is not guessed',
      [arn('a'), arn('b')],
      [entitled('hosts', '250', arn('a')), entitled('hosts', '125', arn('b'))],
      null,
    ],
  ])('%s', (_, arns, rows, expected) => {
    const { own, hasUncertain } = entitlementsOfContract(arns, rows, []);
    expect(entitledNowOf(own).get('hosts')).toBe(expected);
    expect(hasUncertain).toBe(false);
  });

  it.each([
    ['another contract in force', agreement('agmt-2'), true],
    ['another one added by hand', agreement('by-hand-2', { status: '', addedByHand: true }), true],
    ['one that is over', agreement('agmt-2', { status: 'RENEWED' }), false],
  ])('without a licence is not counted beside %s, whose it could be', (_, other, isUncertain) => {
    const rows = [entitled('hosts', '250', null), entitled('seats', '5', arn('a'))];
    const { own, hasUncertain } = entitlementsOfContract([arn('a')], rows, [other]);
    expect(hasUncertain).toBe(isUncertain);
    expect(entitledNowOf(own).get('hosts')).toBe(isUncertain ? undefined : '250');
    expect(entitledNowOf(own).get('seats')).toBe('5');
  });
});

describe('a licence that a person brings', () => {
  const check = (found: readonly AgreementSummary[], typed = arn('a')) => {
    const preferences = createMemoryPreferences();
    const licences = createLicenceCheck({ agreements: { ofLicence: async () => ok(found) }, preferences });
    return { preferences, answer: licences.check(agreement('agmt-1'), typed) };
  };

  it('is remembered when AWS has it on this contract and this buyer', async () => {
    const { preferences, answer } = check([agreement('agmt-0'), agreement('agmt-1')], ` ${arn('a')} `);
    expect(await answer).toEqual({ ok: true, value: { licenseArn: arn('a') } });
    expect(preferences.get().pastedLicences).toEqual({ 'agmt-1': arn('a') });
  });

  it.each([
    ['not-found', [], null],
    ['other-contract', [agreement('agmt-7')], 'agmt-7'],
    ['other-contract', [agreement('agmt-6', { startMs: 1 }), agreement('agmt-7', { startMs: 2 })], 'agmt-7'],
    ['other-buyer', [agreement('agmt-7', { buyerAccountId: '11122223333' })], 'agmt-7'],
    [
      'other-buyer',
      [agreement('agmt-1', { startMs: 1 }), agreement('agmt-7', { buyerAccountId: '11122223333' })],
      'agmt-7',
    ],
  ] as const)('is refused: %s', async (cause, found, agreementId) => {
    const { preferences, answer } = check(found);
    expect(await answer).toEqual({ ok: false, error: { kind: 'licence-refused', cause, agreementId } });
    expect(preferences.get().pastedLicences).toEqual({});
  });

  it.each(['', 'l-0123', 'arn:aws:iam::1:role/x', `${arn('a')} ${arn('b')}`])(
    'is no ARN: %j',
    async (typed) => {
      expect(await check([agreement('agmt-1')], typed).answer).toMatchObject({
        error: { kind: 'licence-refused', cause: 'not-an-arn' },
      });
    },
  );
});
