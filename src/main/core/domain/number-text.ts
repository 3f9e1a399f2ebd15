/** How locales write whole numbers: their digits, their grouping, their decimal mark. Data comes from `Intl`. */

export interface NumberMarks {
  /** Grouping mark, folded as `foldMark` does; null when the locale groups by none. */
  readonly group: string | null;
  /** Decimal mark, folded. */
  readonly decimal: string;
  /** Digits of the last group and of those before it: 3 and 3, or 3 and 2 in India. */
  readonly lastGroup: number;
  readonly otherGroups: number;
}

const marksOfLocale = new Map<string, NumberMarks>();

/** The marks of a BCP 47 locale. Throws RangeError for text that is no locale. */
export function numberMarksOf(locale: string): NumberMarks {
  const known = marksOfLocale.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(123456789012.5);
  const groups = parts.filter((part) => part.type === 'integer').map((part) => [...part.value].length);
  const groupMark = parts.find((part) => part.type === 'group');
  const marks: NumberMarks = {
    group: groupMark ? foldMarks(groupMark.value) : null,
    decimal: foldMarks(parts.find((part) => part.type === 'decimal')?.value ?? '.'),
    lastGroup: groups.at(-1) ?? 3,
    otherGroups: groups.at(-2) ?? 3,
  };
  marksOfLocale.set(locale, marks);
  return marks;
}

/** Direction marks and zero-width characters: they come along when a number is copied and can't be seen. */
const invisible = /[\u061C\u200B-\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu;
/** A tab or a line feed is none: it parts cells that were copied together. */
const anySpace = /\p{Zs}+/gu;
const anyApostrophe = /['\u2018\u2019\u02BC\u2032\uFF07]/gu;

/** Makes one of each kind: a run of spaces a space, apostrophes `'`, wide commas and points narrow; drops what can't be seen. */
export function foldMarks(text: string): string {
  return text
    .replace(invisible, '')
    .replace(anySpace, ' ')
    .replace(anyApostrophe, "'")
    .replaceAll('\uFF0C', ',')
    .replaceAll('\uFF0E', '.');
}

/** Writes the decimal digits of any script as 0 to 9; null when scripts are mixed, which no honest number is. */
export function foldDigits(text: string): string | null {
  const scripts = new Set<number>();
  const folded = text.replace(/\p{Nd}/gu, (digit) => {
    const zero = zeroOf(digit.codePointAt(0) ?? 0);
    scripts.add(zero);
    return String((digit.codePointAt(0) ?? 0) - zero);
  });
  return scripts.size > 1 ? null : folded;
}

/** Unicode keeps the digits of a script together, from 0 to 9, so the zero is found by walking back. */
function zeroOf(digit: number): number {
  let first = digit;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
  return digit - ((digit - first) % 10);
}
