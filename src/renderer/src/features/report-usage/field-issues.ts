/** The words that stand at a field of a line. */
import { issueText } from '../../copy/entry-issues.ts';
import { shownIssues } from './entry-reading.ts';
import type { EntryField, ReportUsageState } from './form-state.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState } from './report-usage-stores.ts';

export interface FieldWords {
  readonly errorText: string | null;
  readonly warningText: string | null;
}

export function useFieldWords(report: ReportUsageStore, lineId: string, field: EntryField): FieldWords {
  const errorText = useReportState(report, (state) =>
    wordsOf(state, lineId, field, 'error', report.timeZone),
  );
  const warningText = useReportState(report, (state) =>
    wordsOf(state, lineId, field, 'warning', report.timeZone),
  );
  return { errorText, warningText: errorText === null ? warningText : null };
}

function wordsOf(
  state: ReportUsageState,
  lineId: string,
  field: EntryField,
  severity: 'error' | 'warning',
  zone: string,
): string | null {
  // One at a time: what is corrected for the first may well end the others.
  const first = shownIssues(state, lineId, field).find((issue) => issue.severity === severity);
  return first === undefined ? null : issueText(first, zone);
}
