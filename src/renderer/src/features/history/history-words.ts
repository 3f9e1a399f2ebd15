/** Words of the history's filters, for the page and for exports alike. */
import type { HistoryForm, Period } from './history-form.ts';

export const statusNames = {
  pending: 'Pending',
  accepted: 'Accepted',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
} as const;

export const periodNames = {
  any: 'Any time',
  'this-month': 'This month (UTC)',
  'last-month': 'Last month (UTC)',
  'this-year': 'This year (UTC)',
  dates: 'From … until …',
} as const satisfies Record<Period, string>;

export const periodOfNames = {
  usage: 'The usage',
  submission: 'The submission',
} as const satisfies Record<HistoryForm['periodOf'], string>;

export const settledNames = {
  open: 'Rejected and open',
  settled: 'Rejected and settled',
} as const;

/** `kim` of `arn:aws:sts::111122223333:assumed-role/SalesOps/kim`, with the role: who, as people know them. */
export function principalName(arn: string): string {
  const [, role, ...session] = arn.split('/');
  return session.length === 0 || role === undefined ? arn : `${session.join('/')} (${role})`;
}
