/** Rejected records as lines of their contract's form, each linked to the record in whose place it stands. */
import type { AppApi } from '../../../../contract/api.ts';
import type { EntryLine } from '../../../../contract/entry.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { lineOf } from './merge-lines.ts';
import type { EntryField } from './report-usage-store.ts';
import { reportUsageOf } from './report-usage-stores.ts';

export interface RejectedLines {
  readonly put: (
    records: readonly UsageRecordView[],
    how: 'correct' | 'identical' | 'difference',
    focus: EntryField,
  ) => Promise<{ readonly besideOthers: boolean }>;
  /** Whether the review stands; otherwise the form says what is in its way. */
  readonly review: () => Promise<boolean>;
}

export function rejectedLines(api: AppApi, agreementId: string): RejectedLines {
  const report = reportUsageOf(api, agreementId);
  return {
    put: (records, how, focus) =>
      report.putBeside(
        records.map((record) => successorLine(record, crypto.randomUUID(), report.timeZone, how)),
        focus,
      ),
    review: async () => (await report.makeReview()).kind === 'reviewed',
  };
}

/** The line that takes the record's place. A difference is another quantity of another hour: neither is guessed. */
export function successorLine(
  record: UsageRecordView,
  lineId: string,
  timeZone: string,
  how: 'correct' | 'identical' | 'difference',
): EntryLine {
  const line = { ...lineOf(record, lineId, timeZone), predecessorId: record.recordId };
  if (how !== 'difference') return line;
  return {
    ...line,
    quantityText: '',
    nothingToReport: false,
    dateText: '',
    timeText: '',
    repeatedHour: null,
  };
}
