/** Rejected records as lines of their contract's form, each linked to the record in whose place it stands. */
import type { EntryLine } from '../../../../contract/entry.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import type { EntryField } from './form-state.ts';
import { lineOf } from './merge-lines.ts';
import type { ReportUsageStore } from './report-usage-store.ts';

export interface RejectedLines {
  readonly put: (
    records: readonly UsageRecordView[],
    how: 'correct' | 'identical' | 'difference',
    focus: EntryField,
  ) => Promise<{ readonly besideOthers: boolean }>;
  /** Whether the review stands; otherwise the form says what is in its way. */
  readonly review: () => Promise<boolean>;
}

/** `report` is the work on the contract that the records are of. */
export function rejectedLines(report: ReportUsageStore): RejectedLines {
  return {
    put: (records, how, focus) =>
      report.putBeside(
        records.map((record) => successorLine(record, crypto.randomUUID(), report.timeZone, how)),
        focus,
        licenceOf(records),
      ),
    review: async () => (await report.makeReview()).kind === 'reviewed',
  };
}

/** The one licence of them all, unless it is what AWS refused; null otherwise. */
function licenceOf(records: readonly UsageRecordView[]): string | null {
  const [arn, ...others] = new Set(records.map(({ licenseArn }) => licenseArn));
  const isRefused = records.some(({ reason }) => reason === 'invalid-license');
  return arn === undefined || others.length > 0 || isRefused ? null : arn;
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
