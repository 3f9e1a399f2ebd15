/** What came of one call to AWS, in words. */
import { reasonCatalogue } from '../../../contract/reason-catalogue.ts';
import type { Attempt } from '../../../contract/usage.ts';
import { formatCount } from './formats.ts';
import type { StatusWords } from './reasons.ts';

type Facts = Pick<Attempt, 'outcome' | 'recordCount' | 'reason'>;

/** The answer of one attempt. */
export function attemptWords(attempt: Facts): StatusWords {
  switch (attempt.outcome) {
    case 'recorded':
      return { type: 'success', text: 'Recorded' };
    case 'refused':
      return { type: 'error', text: 'Refused by AWS' };
    case 'not-recorded':
      return { type: 'pending', text: notRecorded(attempt) };
    case 'may-be-recorded':
      return { type: 'info', text: 'Answer unclear: may be recorded' };
    case 'unanswered':
      return { type: 'info', text: 'App stopped before the answer: may be recorded' };
    case 'in-flight':
      return { type: 'in-progress', text: 'Under way' };
  }
}

/** AWS refuses a call as a whole for what may be the fault of one of its records. */
function notRecorded({ recordCount, reason }: Facts): string {
  if (recordCount < 2 || reason === null || reasonCatalogue[reason].again !== 'after-a-change') {
    return 'Not recorded';
  }
  return `Refused together with ${formatCount(recordCount - 1, 'other')}, for what may be the fault of one of them. Sent again apart.`;
}

/** AWS's name of an error, to be shown; null for `Unknown`, which the SDK puts where an answer names none. */
export function shownErrorName(awsErrorName: string | null): string | null {
  return awsErrorName === 'Unknown' ? null : awsErrorName;
}
