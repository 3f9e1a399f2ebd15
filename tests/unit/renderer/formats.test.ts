import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatAccountId,
  formatAge,
  formatCount,
  formatCountdown,
  formatInstant,
  formatMoney,
  formatMoneys,
  formatQuantity,
  formatUtc,
  localeInWords,
} from '../../../src/renderer/src/copy/formats.ts';

describe('formatInstant', () => {
  it('tells the time in the zone, and the zone with it', () => {
    expect(formatInstant('2026-11-20T19:05:00Z', 'Europe/Berlin')).toBe('20 Nov 2026, 20:05:00 CET');
    expect(formatInstant('2026-11-20T19:05:00Z', 'Asia/Kolkata')).toContain('21 Nov 2026, 00:35:00');
    expect(formatUtc('2026-11-20T00:05:00Z')).toBe('20 Nov 2026, 00:05:00 UTC');
  });

  it('tells the two hours apart when the clocks go back', () => {
    expect(formatInstant('2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('25 Oct 2026, 02:30:00 CEST');
    expect(formatInstant('2026-10-25T01:30:00Z', 'Europe/Berlin')).toBe('25 Oct 2026, 02:30:00 CET');
  });
});

describe('formatMoney', () => {
  it.each([
    ['50.5', 'USD', '50.50 USD'],
    ['2.500', 'USD', '2.50 USD'],
    ['0.00025', 'USD', '0.00025 USD'],
    ['1234567.1', 'EUR', '1,234,567.10 EUR'],
    ['1200', 'JPY', '1,200 JPY'],
    ['1', 'KWD', '1.000 KWD'],
    ['-12', 'USD', '-12.00 USD'],
    ['-0.5', 'USD', '-0.50 USD'],
    ['3', 'CREDITS', '3.00 CREDITS'],
    ['0', 'USD', '0.00 USD'],
  ])('writes %s %s as %s', (amount, currencyCode, words) => {
    expect(formatMoney({ amount, currencyCode }, 'en-US')).toBe(words);
  });

  it('groups and points as the locale does', () => {
    expect(formatMoney({ amount: '1234567.25', currencyCode: 'EUR' }, 'de-DE')).toBe('1.234.567,25 EUR');
    expect(formatMoney({ amount: '1234567.25', currencyCode: 'INR' }, 'en-IN')).toBe('12,34,567.25 INR');
  });

  it('writes the fraction in the digits of the locale too', () => {
    expect(formatMoney({ amount: '12.25', currencyCode: 'EGP' }, 'ar-EG')).toBe('١٢٫٢٥ EGP');
  });

  it('keeps every digit, however long the amount', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[1-9]\d{0,28}\.\d{0,28}[1-9]$/), (amount) => {
        const [shown = ''] = formatMoney({ amount, currencyCode: 'USD' }, 'en-US').split(' ');
        expect(shown.replaceAll(',', '').replace(/(\.\d)0$/, '$1')).toBe(amount);
      }),
    );
  });

  it('adds nothing up across currencies', () => {
    const amounts = [
      { amount: '1', currencyCode: 'USD' },
      { amount: '2', currencyCode: 'EUR' },
    ];
    expect(formatMoneys(amounts, 'en-US')).toBe('1.00 USD + 2.00 EUR');
    expect(formatMoneys([], 'en-US')).toBe('–');
  });
});

describe('the language of numbers', () => {
  it('is named, and shown by a number', () => {
    expect(localeInWords('de')).toBe('German: 1.250,5');
    expect(localeInWords('en-GB')).toBe('British English: 1,250.5');
  });
});

describe('identifiers and counts', () => {
  it('groups an account id of twelve digits and leaves any other alone', () => {
    expect(formatAccountId('012345678901')).toBe('0123-4567-8901');
    expect(formatAccountId('12345')).toBe('12345');
  });

  it('groups the largest quantity', () => {
    expect(formatQuantity(2_147_483_647, 'en-US')).toBe('2,147,483,647');
    expect(formatQuantity(0, 'de-DE')).toBe('0');
  });

  it('puts one thing in the singular', () => {
    expect(formatCount(1, 'line')).toBe('1 line');
    expect(formatCount(2, 'line')).toBe('2 lines');
  });
});

describe('formatCountdown', () => {
  it.each([
    [-5, '0 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [38.9 * 60_000, '38 min'],
    [60 * 60_000, '1 h'],
    [72 * 60_000, '1 h 12 min'],
    [24 * 3_600_000, '1 day'],
    [34 * 3_600_000, '1 day 10 h'],
    [48 * 3_600_000, '2 days'],
  ])('says %d ms as %s', (leftMs, words) => {
    expect(formatCountdown(leftMs)).toBe(words);
  });

  it('calls less than a minute just now', () => {
    expect(formatAge(20_000)).toBe('just now');
    expect(formatAge(240_000)).toBe('4 min ago');
  });
});
