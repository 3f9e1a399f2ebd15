/** Reads and judges the single fields of a line: dimension, quantity, start time. */
import type { Dimension } from '../../../contract/contracts.ts';
import type { EntryIssue, EntryLine } from '../../../contract/entry.ts';
import { nearestKey } from './dimensions.ts';
import { type LocalTimeReading, readLocalTime } from './local-time.ts';
import { parseQuantity } from './quantity.ts';
import { judgeEntry, type TimeIssue, type TimeRules } from './usage-window.ts';
import { utc } from './utc-hours.ts';

type Facts = EntryIssue['facts'];

function error(field: EntryIssue['field'], code: EntryIssue['code'], facts: Facts = {}): EntryIssue {
  return { field, code, severity: 'error', facts };
}

/** The metered dimension of that very key (capitals count), or why it can't be entered. */
export function checkDimension(
  dimensionKey: string,
  dimensions: readonly Dimension[],
): { readonly dimension: Dimension | null; readonly issues: EntryIssue[] } {
  const rows = dimensions.filter((row) => row.key === dimensionKey);
  const dimension = rows.find((row) => row.kind === 'metered') ?? null;
  if (dimension !== null) return { dimension, issues: [] };
  return { dimension, issues: [whyNoDimension(dimensionKey, rows, dimensions)] };
}

function whyNoDimension(
  dimensionKey: string,
  rows: readonly Dimension[],
  dimensions: readonly Dimension[],
): EntryIssue {
  if (dimensionKey === '') return error('dimension', 'dimension-missing');
  const notOffered = rows.find((row) => row.kind === 'not-offered');
  if (notOffered) return error('dimension', notOffered.reason ?? 'dimension-not-in-this-contract');
  if (rows.length > 0) return error('dimension', 'dimension-not-metered');
  const metered = dimensions.filter((row) => row.kind === 'metered').map((row) => row.key);
  const nearest = nearestKey(dimensionKey, metered);
  return error('dimension', 'dimension-unknown', nearest === null ? {} : { nearestKey: nearest });
}

/** The quantity that is surely meant, or the readings to choose from, or why there is none. */
export function checkQuantity(
  line: Pick<EntryLine, 'quantityText' | 'quantityMeaning' | 'nothingToReport'>,
  locale: string,
): {
  readonly quantity: number | null;
  readonly quantityReadings: readonly number[];
  readonly issues: EntryIssue[];
} {
  const reading = parseQuantity(line.quantityText, locale);
  if (reading.kind === 'refused') {
    return { quantity: null, quantityReadings: [], issues: [error('quantity', reading.code, reading.facts)] };
  }
  if (reading.kind === 'ambiguous') {
    const { readings } = reading;
    const meant = readings.find((value) => value === line.quantityMeaning) ?? null;
    const asks = error('quantity', 'quantity-ambiguous', {
      readings: readings.join(' '),
      ...fractionOf(line.quantityText, readings),
    });
    return {
      quantity: meant,
      quantityReadings: readings,
      issues: meant === null ? [asks] : zeroIssues(meant, line.nothingToReport),
    };
  }
  return {
    quantity: reading.value,
    quantityReadings: [],
    issues: zeroIssues(reading.value, line.nothingToReport),
  };
}

/** The other number that a text such as `1.234` may be: one that AWS doesn't take, so it is no reading to choose. */
function fractionOf(text: string, [only = 0, second]: readonly number[]): Facts {
  const hasOneGroup = only >= 1_000 && only < 1_000_000;
  if (second !== undefined || !hasOneGroup || !/[.,]/u.test(text)) return {};
  return { fraction: `${Math.floor(only / 1_000)}.${String(only % 1_000).padStart(3, '0')}` };
}

/** A zero takes its hour from any later real quantity, so it must be said on purpose. */
function zeroIssues(quantity: number, nothingToReport: boolean): EntryIssue[] {
  return quantity === 0 && !nothingToReport ? [error('quantity', 'zero-without-statement')] : [];
}

/** The start time that is surely meant, or the two to choose from, and every rule that it breaks. */
export function checkStart(
  line: Pick<EntryLine, 'dateText' | 'timeText' | 'repeatedHour'>,
  rules: TimeRules & { readonly timeZone: string },
): {
  readonly startMs: number | null;
  readonly startReadingsMs: readonly number[];
  readonly issues: EntryIssue[];
} {
  const reading = readLocalTime(line.dateText, line.timeText, rules.timeZone);
  const startReadingsMs = reading.kind === 'ambiguous' ? [reading.earlierMs, reading.laterMs] : [];
  const startMs = chosen(reading, line.repeatedHour);
  if (startMs === null) return { startMs, startReadingsMs, issues: [whyNoStart(reading)] };
  const issues = judgeEntry({ ...rules, startMs }).map((issue) =>
    error(fieldOf(issue), issue.code, { ...issue.facts }),
  );
  return { startMs, startReadingsMs, issues };
}

function chosen(reading: LocalTimeReading, repeatedHour: EntryLine['repeatedHour']): number | null {
  if (reading.kind === 'instant') return reading.startMs;
  if (reading.kind !== 'ambiguous' || repeatedHour === null) return null;
  return repeatedHour === 'earlier' ? reading.earlierMs : reading.laterMs;
}

function whyNoStart(reading: LocalTimeReading): EntryIssue {
  switch (reading.kind) {
    case 'ambiguous':
      return error('time', 'ambiguous-local-time', {
        earlierUtc: utc(reading.earlierMs),
        laterUtc: utc(reading.laterMs),
      });
    case 'impossible':
      return error('time', 'impossible-local-time', {
        changeUtc: utc(reading.changeMs),
        skippedFrom: reading.skippedFrom,
        skippedUntil: reading.skippedUntil,
      });
    case 'not-understood':
      return error(reading.field, reading.field === 'date' ? 'date-not-understood' : 'time-not-understood');
    case 'missing':
      return error(reading.field, 'start-missing');
    case 'instant':
      throw new Error('A start time that is known needs no reason');
  }
}

/** Rules about the day stand at the date, rules about the moment at the time. */
function fieldOf({ code }: TimeIssue): EntryIssue['field'] {
  return code === 'month-closed' || code === 'before-contract-start' ? 'date' : 'time';
}
