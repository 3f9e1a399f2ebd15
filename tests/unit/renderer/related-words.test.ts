import { describe, expect, it } from 'vitest';
import type { RelatedContract } from '../../../src/contract/contracts.ts';
import { priceDifferences, pricesSideBySide } from '../../../src/renderer/src/ui/related-words.ts';
import { aContract } from '../../support/sample-views.ts';

type Price = NonNullable<RelatedContract['prices']>[number];

const price = (dimensionKey: string, unitPrice: string | null, more: Partial<Price> = {}): Price => ({
  dimensionKey,
  dimensionName: null,
  unit: 'Units',
  unitPrice,
  currencyCode: 'USD',
  ...more,
});
const contract = (agreementId: string, prices: RelatedContract['prices']): RelatedContract => ({
  summary: aContract({ agreementId }),
  prices,
});

describe('prices that tell two contracts apart', () => {
  it('names each with its own beside it, and counts what is too many', () => {
    const own = [price('rows', '0.2', { dimensionName: 'Rows' }), price('egress', '1')];
    const other = [
      price('rows', '0.25', { dimensionName: 'Rows' }),
      price('egress', '1'),
      price('hours', '3'),
    ];
    expect(priceDifferences(own, other)).toBe(
      'Rows 0.25 USD per unit (here 0.20 USD per unit), hours 3.00 USD per unit (here not metered)',
    );
    expect(priceDifferences(own, other, 1)).toBe(
      'Rows 0.25 USD per unit (here 0.20 USD per unit) and 1 more',
    );
  });

  it('says so when they are the same, fewer, or not known', () => {
    const own = [price('rows', '0.2'), price('egress', '1')];
    expect(priceDifferences(own, own)).toBe('the same prices');
    expect(priceDifferences(own, [price('rows', '0.2')])).toBe('fewer metered dimensions, the same prices');
    expect(priceDifferences(null, own)).toBeNull();
    expect(priceDifferences(own, null)).toBeNull();
  });

  it('stand side by side in the same order, for each contract that has been read', () => {
    const sides = pricesSideBySide([
      contract('a', [price('rows', '0.2'), price('egress', '1')]),
      contract('b', [price('egress', '1'), price('rows', '0.2', { currencyCode: 'EUR' })]),
      contract('c', [price('egress', '1'), price('rows', null), price('hours', '3')]),
      contract('unread', null),
    ]);
    expect(sides.get('a')).toEqual([
      { name: 'rows', price: '0.20 USD per unit' },
      { name: 'hours', price: 'not metered' },
    ]);
    expect(sides.get('b')).toEqual([
      { name: 'rows', price: '0.20 EUR per unit' },
      { name: 'hours', price: 'not metered' },
    ]);
    expect(sides.get('c')).toEqual([
      { name: 'rows', price: 'without a price' },
      { name: 'hours', price: '3.00 USD per unit' },
    ]);
    expect(sides.has('unread')).toBe(false);
  });

  it('are none where all contracts have the same', () => {
    const sides = pricesSideBySide([
      contract('a', [price('rows', '1')]),
      contract('b', [price('rows', '1')]),
    ]);
    expect([...sides.values()]).toEqual([[], []]);
  });
});
