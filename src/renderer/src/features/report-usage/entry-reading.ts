/** What the form reads from the core's check: which issues stand where, and which comes first. */
import {
  type CheckedEntry,
  type CheckedLine,
  type EntryIssue,
  type EntryLine,
  entryFields,
} from '../../../../contract/entry.ts';
import type { EntryField, ReportUsageState } from './form-state.ts';

/** Whether something was entered that can't be guessed again. */
export function isWorthKeeping(lines: readonly EntryLine[]): boolean {
  return lines.length > 1 || lines.some((line) => line.quantityText.trim() !== '' || line.description !== '');
}

export function checkedLineOf(checked: CheckedEntry | null, lineId: string): CheckedLine | null {
  return checked?.lines.find((line) => line.lineId === lineId) ?? null;
}

/** The first field that is wrong, in the order of the form; null when none is. */
export function firstError(checked: CheckedEntry | null): { lineId: string; field: EntryField } | null {
  for (const line of checked?.lines ?? []) {
    for (const field of entryFields) {
      const found = line.issues.some((issue) => issue.field === field && issue.severity === 'error');
      if (found) return { lineId: line.lineId, field };
    }
  }
  return null;
}

/** Wrong however the typing goes on; the others may still become right and wait until the field is left. */
const certainAtOnce: ReadonlySet<EntryIssue['code']> = new Set([
  'quantity-not-a-number',
  'quantity-negative',
  'quantity-too-large',
  'in-the-future',
  'too-old',
  'month-closed',
  'before-contract-start',
  'after-contract-end',
  'contract-ended',
  'hour-taken',
  'hour-twice-in-this-form',
  'mixed-scheme',
  'other-region',
  'ambiguous-local-time',
  'impossible-local-time',
]);

/** The issues of a field that stand at it now. */
export function shownIssues(
  state: Pick<ReportUsageState, 'checked' | 'leftFields' | 'showAll'>,
  lineId: string,
  field: EntryField,
): readonly EntryIssue[] {
  const issues = checkedLineOf(state.checked, lineId)?.issues.filter((issue) => issue.field === field) ?? [];
  if (state.showAll || state.leftFields.has(`${lineId} ${field}`)) return issues;
  return issues.filter((issue) => issue.severity === 'warning' || certainAtOnce.has(issue.code));
}
