/**
 * The way of a record from confirmed to settled. One law above all: once a record may be at AWS, no later refusal, no
 * deadline and no wish takes it out of `pending` or frees its slot; only `recorded` settles it here.
 * Instants are epoch ms in AWS's time.
 */
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { pauseMs } from './resend-pause.ts';
import {
  type RecordChange,
  type RecordOutcome,
  type StoredRecord,
  stateOfRecord as unchanged,
} from './usage-record.ts';

export type Outcome = RecordOutcome | { readonly kind: 'unanswered' };

/** What an unknown record may say of itself; any other reason is about something else. */
const unknownReasons: ReadonlySet<ReasonCode> = new Set([
  'outcome-unknown',
  'aws-unavailable',
  'unrecognised-answer',
]);

/** Whether the reason of an unknown record says no more than that; any other is what a person can lift, such as a sign-in. */
export function isOfUnknown(reason: ReasonCode | null): boolean {
  return reason === null || unknownReasons.has(reason);
}

/** What one call (or `unanswered`: no answer was ever read) makes of a record. `random` is uniform in [0, 1). */
export function afterOutcome(
  record: StoredRecord,
  outcome: Outcome,
  nowMs: number,
  random: () => number,
): RecordChange {
  if (record.status === 'accepted') return unchanged(record);
  if (outcome.kind === 'recorded') {
    return {
      ...unchanged(record),
      ...nothingWrong,
      status: 'accepted',
      phase: null,
      meteringRecordId: outcome.meteringRecordId,
      nextTryMs: null,
      settledMs: nowMs,
    };
  }
  if (record.status !== 'pending') return unchanged(record);
  switch (outcome.kind) {
    case 'refused':
      return refused(record, outcome, nowMs);
    case 'not-recorded':
      return notRecorded(record, outcome, nowMs, random);
    case 'may-be-recorded':
      return unknown(record, outcome, nowMs, random);
    case 'unanswered':
      return unknown(record, { ...nothingWrong, reason: 'outcome-unknown' }, nowMs, random);
  }
}

type Answer = Pick<StoredRecord, 'awsErrorName' | 'awsMessage'>;
type Problem = Answer & { readonly reason: ReasonCode };

/** What a record says of its last answer when there is nothing to say. */
export const nothingWrong = { reason: null, awsErrorName: null, awsMessage: null } as const;

/**
 * After an own unknown attempt a refusal proves nothing: `DuplicateRecord` may name one's own record or a colleague's. It
 * stays unknown, and no resend can tell more.
 */
function refused(record: StoredRecord, outcome: Problem, nowMs: number): RecordChange {
  if (record.mayBeRecorded) {
    return {
      ...unchanged(record),
      ...answerOf(outcome),
      phase: 'unknown',
      reason: unknownReasonOf(record),
      nextTryMs: null,
    };
  }
  return {
    ...unchanged(record),
    ...problemOf(outcome),
    status: 'rejected',
    phase: null,
    nextTryMs: null,
    settledMs: nowMs,
  };
}

function notRecorded(
  record: StoredRecord,
  outcome: Extract<RecordOutcome, { kind: 'not-recorded' }>,
  nowMs: number,
  random: () => number,
): RecordChange {
  const triesAgainMs =
    outcome.next === 'hold' ? null : nowMs + pauseMs(record, outcome.reason, nowMs, random);
  if (record.mayBeRecorded) {
    return {
      ...unchanged(record),
      ...problemOf(outcome),
      phase: 'unknown',
      // What a person can lift (a sign-in) must be seen; a mere delay is no news beside the unknown outcome.
      reason: outcome.next === 'hold' ? outcome.reason : unknownReasonOf(record),
      nextTryMs: triesAgainMs !== null && triesAgainMs < record.deadlineMs ? triesAgainMs : null,
    };
  }
  return {
    ...unchanged(record),
    ...problemOf(outcome),
    phase: outcome.next === 'hold' ? 'held' : 'waiting',
    nextTryMs: triesAgainMs === null ? null : Math.min(triesAgainMs, Math.max(record.deadlineMs, nowMs)),
  };
}

function unknown(record: StoredRecord, problem: Problem, nowMs: number, random: () => number): RecordChange {
  const triesAgainMs = nowMs + pauseMs(record, problem.reason, nowMs, random);
  // An answer that this app can't read would be no clearer the second time.
  const helps = problem.reason !== 'unrecognised-answer' && triesAgainMs < record.deadlineMs;
  return {
    ...unchanged(record),
    ...problemOf(problem),
    phase: 'unknown',
    nextTryMs: helps ? triesAgainMs : null,
    mayBeRecorded: true,
  };
}

function unknownReasonOf({ reason }: StoredRecord): ReasonCode {
  return reason !== null && unknownReasons.has(reason) ? reason : 'outcome-unknown';
}

/**
 * A whole call was refused for what may be another record's fault: nothing was recorded, and this one goes again, alone or with others.
 * What AWS said stays to be seen until then.
 */
export function narrowed(record: StoredRecord, refusal: Problem, nowMs: number): RecordChange {
  if (record.status !== 'pending') return unchanged(record);
  return {
    ...unchanged(record),
    ...answerOf(refusal),
    phase: record.mayBeRecorded ? 'unknown' : 'queued',
    reason: record.mayBeRecorded ? unknownReasonOf(record) : null,
    nextTryMs: nowMs,
  };
}

/** Brings a pending record to the front, as the identical record: a person asked, or what held it is lifted. */
export function requeued(record: StoredRecord, nowMs: number): RecordChange {
  if (!canBeTriedNow(record, nowMs)) return unchanged(record);
  return {
    ...unchanged(record),
    ...nothingWrong,
    phase: record.mayBeRecorded ? 'unknown' : 'queued',
    reason: record.mayBeRecorded ? unknownReasonOf(record) : null,
    nextTryMs: nowMs,
  };
}

/** Whether `requeued` changes anything: not in flight, not waiting for a decision, and AWS may still take it. */
export function canBeTriedNow(record: StoredRecord, nowMs: number): boolean {
  return (
    record.status === 'pending' &&
    record.phase !== 'sending' &&
    record.reason !== 'became-too-old-while-waiting' &&
    record.reason !== 'unrecognised-answer' &&
    nowMs < record.deadlineMs
  );
}

/** The decision to send a record although it outgrew its window; null when it isn't held for that or its deadline is past. */
export function sentAnyway(record: StoredRecord, nowMs: number): RecordChange | null {
  const asks =
    record.status === 'pending' &&
    record.phase === 'held' &&
    record.reason === 'became-too-old-while-waiting' &&
    nowMs < record.deadlineMs;
  if (!asks) return null;
  return { ...unchanged(record), ...nothingWrong, phase: 'queued', nextTryMs: nowMs, sendAnyway: true };
}

/** The decision to take a record back; null when it is settled, in flight or may be at AWS. */
export function givenUp(record: StoredRecord, nowMs: number): RecordChange | null {
  if (record.status !== 'pending' || record.phase === 'sending' || record.mayBeRecorded) return null;
  return { ...unchanged(record), status: 'withdrawn', phase: null, nextTryMs: null, settledMs: nowMs };
}

/** Status and phase in words of the ledger, for a message: `pending, held: sign-in-expired`. */
export function stateOf({ status, phase, reason }: StoredRecord): string {
  const state = phase === null ? status : `${status}, ${phase}`;
  return reason === null ? state : `${state}: ${reason}`;
}

function answerOf({ awsErrorName, awsMessage }: Answer): Answer {
  return { awsErrorName, awsMessage };
}

function problemOf({ reason, awsErrorName, awsMessage }: Problem): Problem {
  return { reason, awsErrorName, awsMessage };
}
