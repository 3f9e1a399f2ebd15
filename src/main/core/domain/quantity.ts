/**
 * Quantities as people type them. AWS takes whole numbers from 0 to 2147483647:
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_UsageRecord.html
 *
 * Three rules: digits are never joined unless they are grouped as numbers are; what a reader could take for a fraction is
 * never taken for a whole number; and where a text can stand for a whole number only by another locale's habits, or for
 * several, it is asked.
 */
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { foldDigits, foldMarks, type NumberMarks, numberMarksOf } from './number-text.ts';

export const largestQuantity = 2_147_483_647;

type QuantityCode = Extract<ReasonCode, `quantity-${string}`>;

export type QuantityReading =
  | { readonly kind: 'whole'; readonly value: number }
  /** What it could stand for, one or more, rising; the person picks. */
  | { readonly kind: 'ambiguous'; readonly readings: readonly number[] }
  | {
      readonly kind: 'refused';
      readonly code: Exclude<QuantityCode, 'quantity-ambiguous'>;
      readonly facts: Readonly<Record<string, string | number>>;
    };

/** Reads what was typed by the habits of a BCP 47 locale. */
export function parseQuantity(text: string, locale: string): QuantityReading {
  const folded = foldMarks(text).trim();
  if (folded === '') return refused('quantity-missing');
  if (minus.test(folded)) return refused('quantity-negative');
  if (fraction.test(folded)) return refused('quantity-not-whole');
  const plain = foldDigits(folded);
  if (plain === null) return refused('quantity-not-a-number');
  if (/^\d+$/u.test(plain)) return whole(plain);
  const parts = marked(plain);
  if (parts === null) return refused('quantity-not-a-number');
  return readMarked(parts, numberMarksOf(locale));
}

const minus = /^[-\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]\s?[.,\u066B]?\p{Nd}/u;
/** Fractions as one character or with a slash. */
const fraction = /^(?:\p{Nd}+ ?)?[\u00BC-\u00BE\u2150-\u215F\u2189]$|^\p{Nd}+ ?[/\u2044] ?\p{Nd}+$/u;

interface Marked {
  /** Digits between the marks; the first is empty when the text begins with a mark. */
  readonly groups: readonly string[];
  readonly marks: readonly string[];
}

/** Splits digits at their marks; null when anything else than digits and single marks stands there. */
function marked(plain: string): Marked | null {
  if (!/^(?:\d+|(?=[.,\u066B]))(?:[^\d\p{L}\p{N}+\-_/%]\d+)+$/u.test(plain)) return null;
  return { groups: plain.split(/\D/u), marks: plain.match(/\D/gu) ?? [] };
}

const arabicGroup = '\u066C';
const arabicDecimal = '\u066B';
/** What may be a decimal mark somewhere; the Arabic one always is. */
const decimalMarks: ReadonlySet<string> = new Set(['.', ',', arabicDecimal]);

function readMarked({ groups, marks }: Marked, locale: NumberMarks): QuantityReading {
  const [mark] = marks;
  const last = marks.at(-1);
  const known = new Set([' ', "'", arabicGroup, locale.group, locale.decimal, ...decimalMarks]);
  if (mark === undefined || last === undefined || !marks.every((one) => known.has(one))) {
    return refused('quantity-not-a-number');
  }
  if (new Set(marks).size > 1) {
    // Grouped, then a fraction: every reader sees the fraction, whatever its digits.
    const isFraction = decimalMarks.has(last) && isGrouped(groups.slice(0, -1), marks.slice(0, -1), locale);
    return refused(isFraction ? 'quantity-not-whole' : 'quantity-not-a-number');
  }
  const digits = groups.join('');
  const couldBeFraction = marks.length === 1 && decimalMarks.has(mark);
  if (!isGrouped(groups, marks, locale)) {
    return refused(couldBeFraction ? 'quantity-not-whole' : 'quantity-not-a-number');
  }
  const isOwnGrouping = mark === locale.group && fitsOwnGroups(groups, locale);
  if (isOwnGrouping || mark === ' ' || mark === arabicGroup) return whole(digits);
  if (mark === arabicDecimal) return refused('quantity-not-whole');
  return asked(couldBeFraction ? [wholeOf(groups), digits] : [digits]);
}

/** The part before the mark, where a fraction of zeros follows: `1.000` may be one. */
function wholeOf([integer = '', decimals = '']: readonly string[]): string | null {
  return /^0+$/u.test(decimals) ? integer : null;
}

/** Groups of three everywhere, or as the locale itself groups; never with a leading zero. */
function isGrouped(groups: readonly string[], marks: readonly string[], locale: NumberMarks): boolean {
  const [first = ''] = groups;
  if (new Set(marks).size > 1 || first.startsWith('0')) return false;
  if (groups.length === 1) return first !== '';
  const byThree = fits(groups, 3, 3);
  const [mark] = marks;
  return byThree || ((mark === locale.group || mark === ' ') && fitsOwnGroups(groups, locale));
}

function fitsOwnGroups(groups: readonly string[], { lastGroup, otherGroups }: NumberMarks): boolean {
  return fits(groups, lastGroup, otherGroups);
}

function fits(groups: readonly string[], lastGroup: number, otherGroups: number): boolean {
  const [first = '', ...rest] = groups;
  const last = rest.at(-1) ?? '';
  const isFirstFine = first.length >= 1 && first.length <= (rest.length === 0 ? lastGroup : otherGroups);
  return (
    isFirstFine && last.length === lastGroup && rest.slice(0, -1).every((one) => one.length === otherGroups)
  );
}

function whole(digits: string): QuantityReading {
  const value = amountOf(digits);
  return value === null
    ? refused('quantity-too-large', { limit: largestQuantity })
    : { kind: 'whole', value };
}

function asked(candidates: readonly (string | null)[]): QuantityReading {
  const readings = candidates
    .map((digits) => (digits === null ? null : amountOf(digits)))
    .filter((value) => value !== null);
  if (readings.length === 0) return refused('quantity-too-large', { limit: largestQuantity });
  return { kind: 'ambiguous', readings: [...new Set(readings)].sort((a, b) => a - b) };
}

/** Null when it is more than AWS takes. Ten digits are exact in a double. */
function amountOf(digits: string): number | null {
  const significant = digits.replace(/^0+(?=\d)/u, '');
  const value = Number(significant);
  return significant.length <= 10 && value <= largestQuantity ? value : null;
}

function refused(
  code: Exclude<QuantityCode, 'quantity-ambiguous'>,
  facts: Readonly<Record<string, string | number>> = {},
): QuantityReading {
  return { kind: 'refused', code, facts };
}
