/** What is wrong with a ledger, in plain words for a terminal and for a log. */
import type { LedgerDefect } from '../../../../contract/ledger.ts';

const rowNames = {
  event: 'row of the audit trail',
  submission: 'submission',
  record: 'usage record',
  attempt: 'attempt',
  'write-off': 'write-off of usage record',
} as const satisfies Record<LedgerDefect['row'], string>;

/** One or two sentences that name the first row that doesn't fit. */
export function wordsOfDefect(defect: LedgerDefect): string {
  const { problem, row, id, seq, column } = defect;
  const named = row === 'event' ? `row ${seq} of the audit trail` : `${rowNames[row]} ${id}`;
  switch (problem) {
    case 'changed':
      return `The first row that does not fit is ${named}: it is not what was written there.`;
    case 'missing':
      return `The first row that does not fit is ${named}: it was taken out.`;
    case 'cut-off':
      return `The audit trail ends before the given head: ${named} and what followed are gone.`;
    case 'other-head':
      return `The given head is not in this ledger: at ${named} stands another one, so that row or one before it was replaced.`;
    case 'differs':
      return `The first row that does not fit is ${named}: its ${column} is not what row ${seq} of the audit trail says.`;
    case 'lost':
      return `The first row that does not fit is ${named}: row ${seq} of the audit trail tells of it, but it is gone.`;
    case 'not-in-trail':
      return `The first row that does not fit is ${named}: the audit trail does not know it.`;
  }
}
