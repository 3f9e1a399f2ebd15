import { describe, expect, it } from 'vitest';
import { mergeDimensions, nearestKey } from '../../../src/main/core/domain/dimensions.ts';
import type { AgreementTerms, CatalogDimension } from '../../../src/main/core/ports.ts';

const listed = (key: string, ...types: string[]): CatalogDimension => ({
  key,
  name: `Name of ${key} ${types.join('+')}`,
  unit: 'Units',
  description: null,
  types,
});
const price = (dimensionKey: string, unitPrice = '0.5', currencyCode = 'USD') => ({
  dimensionKey,
  unitPrice,
  currencyCode,
});
const terms = (changes: Partial<AgreementTerms>): AgreementTerms => ({
  usagePrices: [],
  hasUsageTerm: true,
  entitlements: [],
  kinds: [],
  freeTrial: null,
  ...changes,
});
const rows = (catalog: CatalogDimension[], agreement: Partial<AgreementTerms>) =>
  mergeDimensions(catalog, terms(agreement)).map(({ key, kind, reason }) => [key, kind, reason]);

describe('what can be metered', () => {
  it.each([
    [
      'listed and priced',
      [listed('a', 'ExternallyMetered')],
      { usagePrices: [price('a')] },
      [['a', 'metered', null]],
    ],
    [
      'listed only',
      [listed('a', 'ExternallyMetered')],
      {},
      [['a', 'not-offered', 'dimension-not-in-this-contract']],
    ],
    ['priced only', [], { usagePrices: [price('a')] }, [['a', 'not-offered', 'dimension-not-listed']]],
    [
      'priced, but listed as prepaid',
      [listed('a', 'Entitled')],
      { usagePrices: [price('a')] },
      [['a', 'not-offered', 'dimension-not-metered']],
    ],
    [
      'other capitals are another key',
      [listed('Calls', 'ExternallyMetered')],
      { usagePrices: [price('calls')] },
      [
        ['Calls', 'not-offered', 'dimension-not-in-this-contract'],
        ['calls', 'not-offered', 'dimension-not-listed'],
      ],
    ],
    [
      'bought upfront',
      [listed('a', 'Entitled')],
      { entitlements: [{ dimensionKey: 'a', quantity: '10' }] },
      [['a', 'entitled', null]],
    ],
    [
      'bought, but no longer listed',
      [],
      { entitlements: [{ dimensionKey: 'a', quantity: '10' }] },
      [['a', 'entitled', null]],
    ],
    [
      'prepaid, but not bought',
      [listed('a', 'Entitled')],
      {},
      [['a', 'not-offered', 'dimension-not-bought']],
    ],
    [
      'both at once in one entry',
      [listed('a', 'ExternallyMetered', 'Entitled')],
      { usagePrices: [price('a')], entitlements: [{ dimensionKey: 'a', quantity: '5' }] },
      [
        ['a', 'metered', null],
        ['a', 'entitled', null],
      ],
    ],
    [
      'metered by the hour, as AMIs are',
      [listed('a', 'Metered')],
      { usagePrices: [price('a')] },
      [['a', 'not-offered', 'dimension-of-other-kind']],
    ],
    [
      'of a kind that AWS added since',
      [listed('a', 'PrepaidByDrone')],
      {},
      [['a', 'not-offered', 'dimension-of-other-kind']],
    ],
    [
      'bought, and metered only in the listing',
      [listed('a', 'ExternallyMetered', 'Entitled')],
      { entitlements: [{ dimensionKey: 'a', quantity: '5' }] },
      [
        ['a', 'entitled', null],
        ['a', 'not-offered', 'dimension-not-in-this-contract'],
      ],
    ],
    ['nothing at all', [], {}, []],
  ])('%s', (_, catalog, agreement, expected) => {
    expect(rows(catalog, agreement)).toEqual(expected);
  });

  it('describes each kind of one key by its own entry of the listing', () => {
    const merged = mergeDimensions(
      [listed('a', 'Entitled'), listed('a', 'ExternallyMetered')],
      terms({ usagePrices: [price('a', '0')], entitlements: [{ dimensionKey: 'a', quantity: null }] }),
    );
    expect(merged.map(({ kind, name, unitPrice }) => [kind, name, unitPrice])).toEqual([
      ['metered', 'Name of a ExternallyMetered', '0'],
      ['entitled', 'Name of a Entitled', null],
    ]);
  });

  it('sorts metered before prepaid before not offered, each as listed', () => {
    const catalog = [
      listed('z', 'Entitled'),
      listed('y', 'ExternallyMetered'),
      listed('x', 'ExternallyMetered'),
      listed('w', 'ExternallyMetered'),
    ];
    const keys = rows(catalog, {
      usagePrices: [price('w'), price('x')],
      entitlements: [{ dimensionKey: 'z', quantity: '1' }],
    });
    expect(keys.map(([key]) => key)).toEqual(['x', 'w', 'z', 'y']);
  });

  it('names no price where rate cards contradict each other', () => {
    const [row] = mergeDimensions(
      [listed('a', 'ExternallyMetered')],
      terms({ usagePrices: [price('a', '1'), price('a', '2')] }),
    );
    expect(row).toMatchObject({ kind: 'metered', unitPrice: null, currencyCode: null });
  });
});

describe('the nearest key', () => {
  it.each([
    ['API_Calls', ['gpu_hours', 'api_calls'], 'api_calls'],
    ['api_cals', ['gpu_hours', 'api_calls'], 'api_calls'],
    ['apicalls', ['api_calls'], 'api_calls'],
    ['storage', ['gpu_hours', 'api_calls'], null],
    ['ab', ['cd'], null],
    ['x', [], null],
  ])('%s among %j is %s', (typed, keys, expected) => {
    expect(nearestKey(typed, keys)).toBe(expected);
  });
});
