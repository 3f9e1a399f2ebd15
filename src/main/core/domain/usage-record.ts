/** The words of the ledger: what a usage record is, and the states it may pass through. */
import type { Scheme } from '../../../contract/contracts.ts';
import type { Money } from '../../../contract/primitives.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { Phase, Status } from '../../../contract/usage.ts';

/** What goes to AWS for one record, and never changes after it was confirmed. */
export interface UsageRecordBody {
  readonly agreementId: string;
  readonly productId: string;
  readonly buyerAccountId: string;
  readonly dimensionKey: string;
  readonly quantity: number;
  /** Whole seconds, epoch ms. */
  readonly startMs: number;
  readonly scheme: Scheme;
  readonly meteringRegion: string;
  /** Set under the licence scheme, null under the other. */
  readonly licenseArn: string | null;
  /** Set under the product-code scheme, null under the other. */
  readonly productCode: string | null;
}

/** A confirmed record with what the person saw beside it. */
export interface NewUsageRecord extends UsageRecordBody {
  readonly recordId: string;
  /** Start of the UTC hour of `startMs`, epoch ms. */
  readonly hourSlotMs: number;
  /** AWS's own limit for it, epoch ms. */
  readonly deadlineMs: number;
  readonly productTitle: string | null;
  readonly dimensionName: string | null;
  readonly unit: string | null;
  readonly description: string;
  readonly timeZone: string;
  readonly unitPrice: string | null;
  readonly estimate: Money | null;
  /** Start times older than this at sending need a decision: the window when it was confirmed, in ms. */
  readonly windowMs: number;
  /** The rejected record in whose place this one stands; null for most. */
  readonly predecessorId: string | null;
}

/** A person's word that a rejected record will not be billed any more. */
export interface WriteOff {
  readonly atMs: number;
  /** The principal. */
  readonly actor: string;
  readonly note: string;
  /** What is given up, where it was said. */
  readonly amount: Money | null;
}

export interface NewSubmission {
  readonly submissionId: string;
  readonly reviewId: string;
  readonly reviewHash: string;
  readonly reviewedMs: number;
  readonly confirmedMs: number;
  readonly confirmationText: string;
  /** What stood on the review, as canonical JSON. */
  readonly reviewJson: string;
  readonly sellerAccountId: string;
  readonly sellerRoleName: string | null;
  readonly sellerPrincipalArn: string;
  readonly profile: string;
  readonly records: readonly NewUsageRecord[];
}

export interface StoredRecord extends NewUsageRecord {
  readonly submissionId: string;
  readonly submittedMs: number;
  readonly sellerAccountId: string;
  readonly sellerRoleName: string | null;
  readonly sellerPrincipalArn: string;
  readonly status: Status;
  readonly phase: Phase | null;
  readonly reason: ReasonCode | null;
  readonly awsErrorName: string | null;
  readonly awsMessage: string | null;
  readonly requestId: string | null;
  readonly meteringRecordId: string | null;
  readonly nextTryMs: number | null;
  readonly settledMs: number | null;
  readonly attemptCount: number;
  /** When the last call that carried it ended, or began where no answer came. Told of records in phase `unknown` alone; null without a call. */
  readonly lastSentMs: number | null;
  /** True once an attempt's outcome was unknown: no later refusal may then reject the record or free its slot. */
  readonly mayBeRecorded: boolean;
  /** A person decided to send it although it outgrew the window. */
  readonly sendAnyway: boolean;
  /** Who settled it where no answer of AWS did: a principal, or `CloudTrail`. */
  readonly decidedBy: string | null;
  readonly decisionNote: string | null;
  /** The record that stands in the place of this rejected one, unless it was withdrawn. */
  readonly successorId: string | null;
  /** Null unless it is written off, and was not reopened since. */
  readonly writeOff: WriteOff | null;
}

/** What one call says of one record: the four kinds of answers. */
export type RecordOutcome =
  | { readonly kind: 'recorded'; readonly meteringRecordId: string }
  | {
      readonly kind: 'refused';
      readonly reason: ReasonCode;
      readonly awsErrorName: string | null;
      readonly awsMessage: string | null;
    }
  | {
      readonly kind: 'not-recorded';
      /** `wait`: try again by itself. `hold`: a person is needed first. */
      readonly next: 'wait' | 'hold';
      readonly reason: ReasonCode;
      readonly awsErrorName: string | null;
      readonly awsMessage: string | null;
    }
  | {
      readonly kind: 'may-be-recorded';
      readonly reason: ReasonCode;
      readonly awsErrorName: string | null;
      readonly awsMessage: string | null;
    };

/** What becomes of a record, all its changing fields. */
export interface RecordState {
  readonly status: Status;
  readonly phase: Phase | null;
  readonly reason: ReasonCode | null;
  readonly awsErrorName: string | null;
  readonly awsMessage: string | null;
  readonly meteringRecordId: string | null;
  readonly nextTryMs: number | null;
  readonly settledMs: number | null;
  readonly mayBeRecorded: boolean;
  readonly sendAnyway: boolean;
}

export interface RecordChange extends RecordState {
  readonly recordId: string;
  /** Who decided that a record which may be recorded is settled: a principal, or `CloudTrail`. Only together with a final status. */
  readonly decidedBy?: string;
  /** On what evidence. */
  readonly decisionNote?: string;
}

export interface AttemptEnd {
  readonly attemptId: string;
  readonly atMs: number;
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  /** Outcome and new state, one a record of the attempt. */
  readonly records: readonly {
    readonly outcome: RecordOutcome | { readonly kind: 'unanswered' };
    readonly change: RecordChange;
  }[];
}

export interface StoredAttempt {
  readonly attemptId: string;
  /** How many records stood in the call. */
  readonly recordCount: number;
  readonly accessKeyId: string;
  readonly startedMs: number;
  readonly endedMs: number | null;
  readonly outcome: RecordOutcome['kind'] | 'unanswered' | null;
  readonly reason: ReasonCode | null;
  readonly requestId: string | null;
  readonly httpStatus: number | null;
  readonly awsErrorName: string | null;
  readonly awsMessage: string | null;
}

/** The state that a record is in, as a change that changes nothing yet. */
export function stateOfRecord(record: StoredRecord): RecordChange {
  const { recordId, status, phase, reason, awsErrorName, awsMessage } = record;
  const { meteringRecordId, nextTryMs, settledMs, mayBeRecorded, sendAnyway } = record;
  return {
    recordId,
    status,
    phase,
    reason,
    awsErrorName,
    awsMessage,
    meteringRecordId,
    nextTryMs,
    settledMs,
    mayBeRecorded,
    sendAnyway,
  };
}

/** A slot is held while the record may be at AWS, or someone else's record is there. */
export function holdsSlot(record: Pick<StoredRecord, 'status' | 'reason'>): boolean {
  return (
    record.status === 'pending' ||
    record.status === 'accepted' ||
    (record.status === 'rejected' && record.reason === 'duplicate-record')
  );
}
