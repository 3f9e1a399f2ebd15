import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestQuantity, parseQuantity } from '../../../src/main/core/domain/quantity.ts';

/** A number, `? readings`, or the refusal's code without its prefix. */
function read(text: string, locale: string): number | string {
  const reading = parseQuantity(text, locale);
  if (reading.kind === 'whole') return reading.value;
  if (reading.kind === 'ambiguous') return `? ${reading.readings.join(' ')}`;
  return reading.code.replace('quantity-', '');
}

const nbsp = '\u00A0';
const narrow = '\u202F';
const thin = '\u2009';

describe('quantities that have one meaning', () => {
  it.each([
    ['1250', 'en', 1250],
    ['0', 'en', 0],
    ['007', 'en', 7],
    ['  42\t', 'en', 42],
    ['\r\n\t 1 250 \t\n', 'en', 1250],
    ['2147483647', 'en', 2147483647],
    ['1,250', 'en', 1250],
    ['1,000', 'en', 1000],
    ['1,234,567', 'en', 1234567],
    ['1.234', 'de', 1234],
    ['1.234.567', 'de-DE', 1234567],
    ['1.234', 'es', 1234],
    [`1${narrow}234${narrow}567`, 'fr', 1234567],
    [`1${nbsp}234`, 'fr', 1234],
    ['1 234', 'fr', 1234],
    [`12${thin}345`, 'en', 12345],
    ['1 234 567', 'de', 1234567],
    ["1'234", 'de-CH', 1234],
    ['1’234’567', 'de-CH', 1234567],
    ['1,23,456', 'en-IN', 123456],
    ['12,34,567', 'hi-IN', 1234567],
    ['१२,३४,५६७', 'mr-IN', 1234567],
    ['१२३४', 'en', 1234],
    ['١٬٢٣٤', 'ar-EG', 1234],
    ['١٬٢٣٤', 'en', 1234],
    ['۱٬۲۳۴', 'fa', 1234],
    ['\u200F١٢٣٤\u200E', 'ar-EG', 1234],
    ['12３', 'ja', 'not-a-number'],
    ['１２３', 'ja', 123],
    ['１，２３４', 'ja', 1234],
    ['𝟙𝟚𝟛', 'en', 123],
  ])('%j in %s is %s', (text, locale, expected) => {
    expect(read(text, locale)).toBe(expected);
  });
});

describe('quantities that are asked about', () => {
  it.each([
    ['1,234', 'de', '? 1234'],
    ['1.234', 'en', '? 1234'],
    ['1.000', 'en', '? 1 1000'],
    ['1,000', 'de', '? 1 1000'],
    ['1.234', 'fr', '? 1234'],
    ['1,234', 'fr', '? 1234'],
    ['1,234', 'de-CH', '? 1234'],
    ['1.234', 'de-CH', '? 1234'],
    ['1.234', 'ar-EG', '? 1234'],
    ['1,234', 'ar-EG', '? 1234'],
    ["1'234", 'en', '? 1234'],
    ['1’234', 'de', '? 1234'],
    ['1.234.567', 'en', '? 1234567'],
    ['1,234,567', 'de', '? 1234567'],
    ['123,456', 'en-IN', '? 123456'],
    ['1,234,567', 'en-IN', '? 1234567'],
  ])('%j in %s: %s', (text, locale, expected) => {
    expect(read(text, locale)).toBe(expected);
  });
});

describe('quantities that are refused', () => {
  it.each([
    ['', 'en', 'missing'],
    [` ${nbsp}\t`, 'en', 'missing'],
    ['1.5', 'en', 'not-whole'],
    ['1,5', 'de', 'not-whole'],
    ['1,5', 'en', 'not-whole'],
    ['1.5', 'de', 'not-whole'],
    ['5.0', 'en', 'not-whole'],
    ['.5', 'en', 'not-whole'],
    ['0.234', 'en', 'not-whole'],
    ['0,234', 'en', 'not-whole'],
    ['1234.567', 'en', 'not-whole'],
    ['1,234.56', 'en', 'not-whole'],
    ['1.234,56', 'en', 'not-whole'],
    ['1,234.567', 'de', 'not-whole'],
    ['1 234,5', 'fr', 'not-whole'],
    ['١٫٥', 'ar-EG', 'not-whole'],
    ['١٫٢٣٤', 'ar-EG', 'not-whole'],
    ['12,34', 'en', 'not-whole'],
    ['½', 'en', 'not-whole'],
    ['1½', 'en', 'not-whole'],
    ['1/2', 'en', 'not-whole'],
    ['-5', 'en', 'negative'],
    ['−5', 'en', 'negative'],
    ['–5', 'en', 'negative'],
    ['- 5', 'en', 'negative'],
    ['-1.5', 'en', 'negative'],
    ['-0', 'en', 'negative'],
    ['-٥', 'ar-EG', 'negative'],
    ['2147483648', 'en', 'too-large'],
    ['2,147,483,648', 'en', 'too-large'],
    ['2.147.483.648', 'en', 'too-large'],
    ['99999999999999999999999', 'en', 'too-large'],
    ['1e6', 'en', 'not-a-number'],
    ['1E6', 'en', 'not-a-number'],
    ['+5', 'en', 'not-a-number'],
    ['5-', 'en', 'not-a-number'],
    ['-', 'en', 'not-a-number'],
    ['5.', 'en', 'not-a-number'],
    ['1,', 'en', 'not-a-number'],
    ['abc', 'en', 'not-a-number'],
    ['10k', 'en', 'not-a-number'],
    ['0x10', 'en', 'not-a-number'],
    ['5²', 'en', 'not-a-number'],
    ['Ⅻ', 'en', 'not-a-number'],
    ['十', 'ja', 'not-a-number'],
    ['5 %', 'en', 'not-a-number'],
    ['(5)', 'en', 'not-a-number'],
    ['$5', 'en', 'not-a-number'],
    ['1_234', 'en', 'not-a-number'],
    ['12\t345', 'en', 'not-a-number'],
    ['12\n345', 'en', 'not-a-number'],
    ['12\r\n345', 'en', 'not-a-number'],
    ['12\v345', 'en', 'not-a-number'],
    ['12\f345', 'en', 'not-a-number'],
    ['12\u0000345', 'en', 'not-a-number'],
    ['12\u0085345', 'en', 'not-a-number'],
    ['12\u2028345', 'en', 'not-a-number'],
    ['12 \t345', 'en', 'not-a-number'],
    ['\t12\t345\n', 'en', 'not-a-number'],
    ['1 2', 'en', 'not-a-number'],
    ['12 34', 'en', 'not-a-number'],
    ['1234 567', 'en', 'not-a-number'],
    ['0 123', 'en', 'not-a-number'],
    ['1,23,4', 'en', 'not-a-number'],
    ['1,23,456', 'en', 'not-a-number'],
    ['1,,234', 'en', 'not-a-number'],
    ['1, 234', 'en', 'not-a-number'],
    ['1.2.3', 'en', 'not-a-number'],
    ['1;234', 'en', 'not-a-number'],
    ['1٢3', 'en', 'not-a-number'],
    ['Infinity', 'en', 'not-a-number'],
  ])('%j in %s: %s', (text, locale, expected) => {
    expect(read(text, locale)).toBe(expected);
  });
});

const locales = [
  'en',
  'en-GB',
  'en-IN',
  'de',
  'de-AT',
  'de-CH',
  'fr',
  'fr-CA',
  'es',
  'es-MX',
  'it',
  'pl',
  'pt-BR',
  'pt-PT',
  'sv',
  'ru',
  'ja',
  'hi-IN',
  'mr-IN',
  'bn',
  'ar-EG',
  'ar-MA',
  'fa',
  'he',
  'th',
  'en-ZA',
  'bg',
  'my',
  'ff-Adlm',
  'ckb',
];
const anyLocale = fc.constantFrom(...locales);
const quantities = fc.oneof(
  fc.integer({ min: 0, max: largestQuantity }),
  fc.integer({ min: 0, max: 99_999 }),
  fc.constantFrom(0, 999, 1_000, 99_999, 100_000, largestQuantity),
);
/** Texts that look like numbers, of every mark that people use. */
const numberLike = fc
  .array(
    fc.constantFrom(
      '0',
      '1',
      '5',
      '23',
      '000',
      '234',
      '567',
      ',',
      '.',
      ' ',
      "'",
      '’',
      nbsp,
      narrow,
      '٬',
      '٫',
      '-',
      '+',
      'e',
    ),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((pieces) => pieces.join(''));

describe('laws of quantities', () => {
  it.each(['auto', 'always'] as const)(
    'what a locale writes, it reads again (grouping: %s)',
    (useGrouping) => {
      fc.assert(
        fc.property(quantities, anyLocale, (value, locale) => {
          const text = new Intl.NumberFormat(locale, { useGrouping }).format(value);
          expect(parseQuantity(text, locale)).toEqual({ kind: 'whole', value });
        }),
        { numRuns: 2_000 },
      );
    },
  );

  it('no text is two numbers in two locales without a question', () => {
    fc.assert(
      fc.property(numberLike, (text) => {
        const values = locales.flatMap((locale) => {
          const reading = parseQuantity(text, locale);
          return reading.kind === 'whole' ? [reading.value] : [];
        });
        expect(new Set(values).size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('what a locale writes as a fraction is never silently whole in it', () => {
    fc.assert(
      fc.property(quantities, fc.integer({ min: 0, max: 4 }), anyLocale, (value, digits, locale) => {
        const mark = new Intl.NumberFormat(locale)
          .formatToParts(0.5)
          .find((part) => part.type === 'decimal')?.value;
        const text = `${value}${mark}${'5'.padStart(digits + 1, '0')}`;
        expect(parseQuantity(text, locale).kind).not.toBe('whole');
      }),
    );
  });

  it('never reads more, fewer or other digits than were typed', () => {
    fc.assert(
      fc.property(numberLike, anyLocale, (text, locale) => {
        const reading = parseQuantity(text, locale);
        if (reading.kind !== 'whole') return;
        expect(String(reading.value)).toBe(text.replace(/\D/gu, '').replace(/^0+(?=\d)/u, ''));
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws and always stays in the bounds of AWS', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), numberLike), anyLocale, (text, locale) => {
        const reading = parseQuantity(text, locale);
        const values =
          reading.kind === 'whole' ? [reading.value] : reading.kind === 'ambiguous' ? reading.readings : [];
        for (const value of values)
          expect(Number.isInteger(value) && value >= 0 && value <= largestQuantity).toBe(true);
        if (reading.kind === 'ambiguous') expect(reading.readings.length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
