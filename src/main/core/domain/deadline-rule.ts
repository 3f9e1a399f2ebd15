/** Which of AWS's limits set a record's deadline. Pure. */
import type { GuideFacts } from '../../../contract/guide.ts';
import { deadlineMarginMs } from './usage-window.ts';
import { dayMs, monthClosesAt } from './utc-hours.ts';

/** `startMs` and `deadlineMs` as the record has them; a deadline sooner than age and month alone make it is the contract's end. */
export function deadlineRuleOf(record: {
  readonly startMs: number;
  readonly deadlineMs: number;
}): GuideFacts['deadlineRule'] {
  const limitMs = record.deadlineMs + deadlineMarginMs;
  const ageMs = record.startMs + dayMs;
  const monthMs = monthClosesAt(record.startMs);
  if (limitMs < Math.min(ageMs, monthMs)) return 'contract-end';
  return monthMs < ageMs ? 'month' : 'age';
}
