import { describe, expect, it } from 'vitest';
import { toTerms } from '../../../src/main/adapters/aws/agreement-terms.ts';
import { mergeDimensions } from '../../../src/main/core/domain/dimensions.ts';

const usageTerm = (price: string, currencyCode?: string) => ({
  usageBasedPricingTerm: {
    type: 'UsageBasedPricingTerm',
    rateCards: [{ rateCard: [{ dimensionKey: 'api_calls', price }] }],
    ...(currencyCode === undefined ? {} : { currencyCode }),
  },
});
const pricesOf = (price: string, currencyCode?: string) =>
  toTerms([usageTerm(price, currencyCode)]).usagePrices;

describe('the price of a dimension', () => {
  it.each(['0.00025', '0', '12', '50.50', '-1.5'])('is kept as AWS writes it: %s', (price) => {
    expect(pricesOf(price, 'USD')).toEqual([
      { dimensionKey: 'api_calls', unitPrice: price, currencyCode: 'USD' },
    ]);
  });

  it.each(['', ' ', 'n/a', '1,5', '1e-7', 'NaN', '.5', '5.', '1'.repeat(31)])(
    'is unknown where AWS writes no decimal text, and the dimension stays: %j',
    (price) => {
      expect(pricesOf(price, 'USD')).toEqual([
        { dimensionKey: 'api_calls', unitPrice: null, currencyCode: 'USD' },
      ]);
    },
  );

  it.each([undefined, '', 'a currency of nobody'])(
    'has no currency where AWS names none: %j',
    (currencyCode) => {
      expect(pricesOf('0.5', currencyCode)).toEqual([
        { dimensionKey: 'api_calls', unitPrice: '0.5', currencyCode: null },
      ]);
    },
  );

  it('keeps no dimension from being metered when it is unknown', () => {
    const listed = {
      key: 'api_calls',
      name: 'API calls',
      unit: 'Calls',
      description: null,
      types: ['ExternallyMetered'],
    };
    expect(mergeDimensions([listed], toTerms([usageTerm('n/a')]))).toMatchObject([
      { key: 'api_calls', kind: 'metered', unitPrice: null, currencyCode: null },
    ]);
  });
});
