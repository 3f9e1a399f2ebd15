/** The words that stand at a field of a line. */
import { issueText } from '../../copy/entry-issues.ts';
import { shownIssues } from './entry-reading.ts';
import type { EntryField, ReportUsageState, ReportUsageStore } from './report-usage-store.ts';
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
  const texts = shownIssues(state, lineId, field)
    .filter((issue) => issue.severity === severity)
    .map((issue) => issueText(issue, zone));
  return texts.length === 0 ? null : texts.join(' ');
}
