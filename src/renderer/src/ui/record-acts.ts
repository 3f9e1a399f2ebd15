/** What a person can do with a record. Pure; the core decides again whether it can be done. */
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { UsageRecordView } from '../../../contract/usage.ts';

export type PendingAct = 'undo' | 'send-now' | 'sign-in' | 'try-now' | 'send-anyway' | 'decide' | 'give-up';
export type RejectedAct = 'correct' | 'report-difference' | 'send-again' | 'write-off' | 'reopen' | 'ask-aws';
export type RecordAct = PendingAct | RejectedAct;

export const actWords = {
  undo: 'Undo',
  'send-now': 'Send now',
  'sign-in': 'Sign in',
  'try-now': 'Try now',
  'send-anyway': 'Send anyway',
  decide: 'Decide',
  'give-up': 'Give up',
  correct: 'Correct and resend',
  'report-difference': 'Report a difference',
  'send-again': 'Send again',
  'write-off': 'Write off',
  reopen: 'Reopen',
  'ask-aws': 'Ask AWS',
} as const satisfies Record<RecordAct, string>;

/** Another profile or account is needed: the same sign-in once more would not help. */
const otherSignIn: ReadonlySet<ReasonCode> = new Set([
  'wrong-account',
  'role-not-assigned',
  'unknown-credentials',
]);
const sameSignIn: ReadonlySet<ReasonCode> = new Set(['sign-in-expired', 'session-revoked']);

/** Which sign-in lifts the reason; null where none does. */
export function signInFor(reason: ReasonCode | null): 'same-profile' | 'other-profile' | null {
  if (reason === null) return null;
  if (sameSignIn.has(reason)) return 'same-profile';
  return otherSignIn.has(reason) ? 'other-profile' : null;
}

type Facts = Pick<
  UsageRecordView,
  | 'status'
  | 'phase'
  | 'reason'
  | 'awsErrorName'
  | 'nextTryUtc'
  | 'undoUntilUtc'
  | 'settlement'
  | 'deadlineUtc'
>;

/** The acts to offer, the one that helps first. `nowMs` is AWS's time. */
export function actsOf(record: Facts, nowMs: number): readonly RecordAct[] {
  if (record.status === 'rejected') return actsOnRejected(record, nowMs);
  if (record.status !== 'pending') return [];
  switch (record.phase) {
    case 'queued':
      return record.undoUntilUtc === null ? [] : ['undo', 'send-now'];
    case 'waiting':
      return ['try-now', 'give-up'];
    case 'held':
      return [whatLifts(record.reason), 'give-up'];
    case 'unknown':
      return actsOnUnknown(record);
    case 'sending':
    case null:
      return [];
  }
}

function whatLifts(reason: ReasonCode | null): RecordAct {
  if (reason === 'became-too-old-while-waiting') return 'send-anyway';
  return signInFor(reason) === null ? 'try-now' : 'sign-in';
}

/**
 * It may be recorded, so it can't be given up. The identical record may be sent again, except where AWS's answer would tell no
 * more: after a duplicate, or where this app can't read it.
 */
function actsOnUnknown({ reason, awsErrorName, nextTryUtc }: Facts): readonly RecordAct[] {
  if (nextTryUtc !== null) return ['try-now'];
  if (signInFor(reason) !== null) return ['sign-in', 'decide'];
  const tellsNoMore = reason === 'unrecognised-answer' || awsErrorName === 'DuplicateRecord';
  return tellsNoMore ? ['decide'] : ['decide', 'try-now'];
}

/** What refused it can lie outside the record, such as in the listing or the subscription: then the identical one may pass. */
const mayPassUnchanged: ReadonlySet<ReasonCode> = new Set([
  'customer-not-subscribed',
  'invalid-usage-dimension',
  'invalid-license',
  'invalid-customer',
  'invalid-product-code',
  'timestamp-out-of-bounds',
  'region-disabled',
]);

/** A duplicate is never sent on: only a difference that is missing at AWS may be reported, in an hour of its own. */
function actsOnRejected({ settlement, reason, deadlineUtc }: Facts, nowMs: number): readonly RejectedAct[] {
  if (settlement?.kind === 'written-off') return ['reopen'];
  if (settlement?.kind !== 'open') return [];
  if (reason === 'duplicate-record') return ['report-difference', 'write-off', 'ask-aws'];
  const isInTime = Date.parse(deadlineUtc) > nowMs;
  // It may be at AWS after all: only the identical record is billed once whatever was decided.
  if (reason === 'decided-not-recorded') {
    return isInTime ? ['send-again', 'write-off', 'ask-aws'] : ['write-off', 'ask-aws'];
  }
  if (!isInTime) return ['write-off', 'correct', 'ask-aws'];
  if (reason === 'bad-request') return ['ask-aws', 'correct', 'write-off'];
  return reason !== null && mayPassUnchanged.has(reason)
    ? ['correct', 'send-again', 'write-off', 'ask-aws']
    : ['correct', 'write-off', 'ask-aws'];
}

/** Whether the identical record may be sent again, through a review of its own. */
export function canSendAgain(record: Facts, nowMs: number): boolean {
  return actsOf(record, nowMs).includes('send-again');
}
