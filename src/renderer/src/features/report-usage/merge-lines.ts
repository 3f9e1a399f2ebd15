/**
 * Two quantities in one hour become one line: AWS takes one record for each dimension and hour. Pure; quantities are those that the
 * core has read.
 */
import type { CheckedEntry, EntryLine } from '../../../../contract/entry.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { checkedLineOf } from './entry-reading.ts';
import { startTextsOf } from './local-time.ts';

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_UsageRecord.html */
export const largestQuantity = 2_147_483_647;
export const longestDescription = 500;
export const mostLines = 100;

interface Part {
  readonly quantity: number;
  readonly description: string;
  /** The rejected record in whose place it stands. */
  readonly predecessorId?: string | null | undefined;
}

export type Merge =
  | {
      readonly kind: 'possible';
      readonly sum: number;
      readonly fields: Pick<
        EntryLine,
        'quantityText' | 'quantityMeaning' | 'nothingToReport' | 'description' | 'predecessorId'
      >;
    }
  /** One record would not hold it. */
  | { readonly kind: 'too-large'; readonly sum: number }
  | { readonly kind: 'descriptions-too-long' }
  /** Each stands in the place of a rejected record, and one record can stand in the place of one only. */
  | { readonly kind: 'two-predecessors' };

/** What two parts of one hour are together. */
export function mergeOf(first: Part, second: Part): Merge {
  // Both are whole and below 2^31, so the sum is exact.
  const sum = first.quantity + second.quantity;
  if (sum > largestQuantity) return { kind: 'too-large', sum };
  const [predecessorId = null, another] = [first.predecessorId, second.predecessorId].filter(isNamed);
  if (another !== undefined) return { kind: 'two-predecessors' };
  const description = joined(first.description, second.description);
  if (description.length > longestDescription) return { kind: 'descriptions-too-long' };
  const fields = {
    quantityText: String(sum),
    quantityMeaning: null,
    nothingToReport: sum === 0,
    description,
    predecessorId,
  };
  return { kind: 'possible', sum, fields };
}

function isNamed(predecessorId: string | null | undefined): predecessorId is string {
  return typeof predecessorId === 'string';
}

function joined(first: string, second: string): string {
  const parts = [first.trim(), second.trim()].filter((part) => part !== '');
  return [...new Set(parts)].join('; ');
}

export interface MergeOffer {
  /** The line that stays, with its start time. */
  readonly keptLineId: string;
  readonly keptQuantity: number;
  readonly quantity: number;
  readonly merge: Merge;
}

/** How a line can go into the earlier one that has its hour; null where none has, or a quantity isn't known yet. */
export function mergeOfferOf(
  lines: readonly EntryLine[],
  checked: CheckedEntry | null,
  lineId: string,
): MergeOffer | null {
  const own = partOf(lines, checked, lineId);
  const twice = checkedLineOf(checked, lineId)?.issues.find(({ code }) => code === 'hour-twice-in-this-form');
  const keptLineId = twice?.facts.lineId;
  if (own === null || typeof keptLineId !== 'string') return null;
  const kept = partOf(lines, checked, keptLineId);
  if (kept === null) return null;
  return { keptLineId, keptQuantity: kept.quantity, quantity: own.quantity, merge: mergeOf(kept, own) };
}

/** What a line and the record that has its hour are together; null while the line's quantity isn't known. */
export function mergeWithRecord(
  lines: readonly EntryLine[],
  checked: CheckedEntry | null,
  lineId: string,
  record: UsageRecordView,
): Merge | null {
  const own = partOf(lines, checked, lineId);
  return own === null ? null : mergeOf(record, own);
}

function partOf(lines: readonly EntryLine[], checked: CheckedEntry | null, lineId: string): Part | null {
  const line = lines.find((one) => one.lineId === lineId);
  const quantity = checkedLineOf(checked, lineId)?.quantity ?? null;
  if (line === undefined || quantity === null) return null;
  return { quantity, description: line.description, predecessorId: line.predecessorId };
}

/**
 * The lines of the form once a submission is taken back: the line in question holds the sum with the start time of the record that has
 * its hour, the submission's other records follow as lines of their own. Null where that can't be.
 */
export function linesTakenBack(form: {
  readonly lines: readonly EntryLine[];
  readonly checked: CheckedEntry | null;
  readonly lineId: string;
  readonly records: readonly UsageRecordView[];
  readonly newLineId: () => string;
  readonly timeZone: string;
}): { readonly lines: readonly EntryLine[]; readonly mergedLineId: string } | null {
  const { lines, checked, lineId, records, newLineId, timeZone } = form;
  const holderId = checkedLineOf(checked, lineId)?.issues.find(({ code }) => code === 'hour-taken')?.facts
    .recordId;
  const holder = records.find(({ recordId }) => recordId === holderId);
  if (holder === undefined || lines.length + records.length - 1 > mostLines) return null;
  const merge = mergeWithRecord(lines, checked, lineId, holder);
  if (merge?.kind !== 'possible') return null;
  const { fields } = merge;
  const start = startTextsOf(holder.startUtc, timeZone);
  return {
    lines: [
      ...lines.map((line) => (line.lineId === lineId ? { ...line, ...start, ...fields } : line)),
      ...records.filter((record) => record !== holder).map((record) => lineOf(record, newLineId(), timeZone)),
    ],
    mergedLineId: lineId,
  };
}

/** A record as the line that it was typed as. */
export function lineOf(record: UsageRecordView, lineId: string, timeZone: string): EntryLine {
  return {
    lineId,
    dimensionKey: record.dimensionKey,
    quantityText: String(record.quantity),
    quantityMeaning: null,
    nothingToReport: record.quantity === 0,
    ...startTextsOf(record.startUtc, timeZone),
    description: record.description,
    predecessorId: record.predecessorId,
  };
}
