import { describe, expect, it } from 'vitest';
import { priceText, quantityText, sumText } from '../../../src/renderer/src/ui/price.ts';

const perUnit = (unit: string | null) => priceText({ unitPrice: '0.18', currencyCode: 'USD', unit });

describe('the price of a unit', () => {
  it('is that of one, in words', () => {
    expect(perUnit('Hrs')).toBe('0.18 USD per hour');
    expect(perUnit('Units')).toBe('0.18 USD per unit');
    expect(perUnit('Requests')).toBe('0.18 USD per request');
    expect(perUnit('HostHrs')).toBe('0.18 USD per host hour');
    expect(perUnit(null)).toBe('0.18 USD per unit');
  });

  it('keeps an abbreviation as AWS writes it', () => {
    expect(perUnit('GB')).toBe('0.18 USD per GB');
  });

  it('is not made up where the contract states none', () => {
    expect(priceText({ unitPrice: null, currencyCode: 'USD', unit: 'Hrs' })).toBeNull();
  });
});

describe('a quantity with its unit', () => {
  it('agrees in number', () => {
    expect(quantityText(1, 'Hrs')).toBe('1 hour');
    expect(quantityText(40, 'Hrs')).toBe('40 hours');
    expect(quantityText(3, 'GB')).toBe('3 GB');
    expect(quantityText(3, null)).toBe('3');
  });

  it('is called the same where it is added up', () => {
    expect(sumText('412', 'GB')).toBe('412 GB');
    expect(sumText('18400', 'Requests')).toBe('18,400 requests');
    expect(sumText('1', 'Hrs')).toBe('1 hour');
    expect(sumText('3', null)).toBe('3');
  });
});
