/** How reasons and states of usage records read, made from the one catalogue. */
import { type ReasonEntry, reasonCatalogue } from '../../../contract/reason-catalogue.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { Phase, UsageRecordView } from '../../../contract/usage.ts';
import { formatTime } from './formats.ts';

export function reasonOf(code: ReasonCode): ReasonEntry {
  return reasonCatalogue[code];
}

/** AWS added what these were answered with since the app was made: AWS's own name says more than any word of ours. */
const inAwsWords: ReadonlySet<ReasonCode> = new Set(['aws-refused', 'unrecognised-answer']);
const longestName = 32;

/** What stands on the badge. */
export function badgeText(
  reason: ReasonCode,
  record?: Pick<UsageRecordView, 'reason' | 'awsErrorName'>,
): string {
  const name = record?.reason === reason ? (record.awsErrorName ?? '') : '';
  if (!inAwsWords.has(reason) || name === '') return reasonOf(reason).badge;
  return `AWS said “${name.length > longestName ? `${name.slice(0, longestName)}…` : name}”`;
}

/** Whether the record may be sent again, as a sentence. */
export function againSentence(again: ReasonEntry['again']): string {
  switch (again) {
    case 'yes':
      return 'The same record can be sent again.';
    case 'identical':
      return 'Only the identical record may be sent again; AWS bills it once.';
    case 'after-a-change':
      return 'It can be reported again once something has changed, here or at AWS.';
    case 'no':
      return 'Sending it again doesn’t help.';
  }
}

/** What is said first of a record of unknown outcome, whatever stands in the way of asking AWS again. */
export const mayBeRecorded = {
  title: 'This may or may not be recorded',
  text: 'The record left this computer, but AWS gave no clear answer: AWS may have recorded it. Its hour stays locked; don’t enter this usage again.',
} as const;

/** Reasons that say themselves that the record may be recorded. */
const ofUnknownOutcome: ReadonlySet<ReasonCode> = new Set([
  'outcome-unknown',
  'aws-unavailable',
  'unrecognised-answer',
]);

/**
 * What keeps AWS from being asked again about a record of unknown outcome; null where nothing does. Its own sentences tell
 * of the last try only, for which *nothing was recorded* holds: of the record it is not true.
 */
export function obstacleOf({ phase, reason }: Pick<UsageRecordView, 'phase' | 'reason'>): ReasonEntry | null {
  if (phase !== 'unknown' || reason === null || ofUnknownOutcome.has(reason)) return null;
  return reasonOf(reason);
}

export interface StatusWords {
  readonly type: 'success' | 'error' | 'pending' | 'in-progress' | 'warning' | 'info' | 'stopped';
  readonly text: string;
}

type StatusFacts = Pick<UsageRecordView, 'status' | 'phase' | 'nextTryUtc' | 'undoUntilUtc'>;

/** Status and phase in words with their icon. What is not known is never drawn as failed. */
export function statusWords(record: StatusFacts, zone: string): StatusWords {
  switch (record.status) {
    case 'accepted':
      return { type: 'success', text: 'Accepted' };
    case 'rejected':
      return { type: 'error', text: 'Rejected' };
    case 'withdrawn':
      return { type: 'stopped', text: 'Withdrawn' };
    case 'pending':
      return record.undoUntilUtc === null
        ? pendingWords(record.phase, record.nextTryUtc, zone)
        : { type: 'pending', text: 'Pending · can be taken back' };
  }
}

function pendingWords(phase: Phase | null, nextTryUtc: string | null, zone: string): StatusWords {
  switch (phase) {
    case 'sending':
      return { type: 'in-progress', text: 'Pending · sending' };
    case 'waiting':
      return {
        type: 'pending',
        text:
          nextTryUtc === null
            ? 'Pending · waiting to try again'
            : `Pending · trying again at ${formatTime(nextTryUtc, zone)}`,
      };
    case 'held':
      return { type: 'warning', text: 'Pending · needs you' };
    case 'unknown':
      return { type: 'info', text: 'Pending · outcome unknown: may be recorded' };
    case 'queued':
    case null:
      return { type: 'pending', text: 'Pending · queued' };
  }
}
