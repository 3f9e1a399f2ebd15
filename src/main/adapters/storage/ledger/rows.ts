/** Between rows of the ledger and the core's records, both ways, by name. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { reasonCodes } from '../../../../contract/reason-codes.ts';
import type {
  NewSubmission,
  NewUsageRecord,
  RecordChange,
  RecordState,
  StoredAttempt,
} from '../../../core/domain/usage-record.ts';
import { holdsSlot } from '../../../core/domain/usage-record.ts';

/** By the names of the columns; or by their places, where the statement gives arrays. */
export type Row = Readonly<Record<string | number, SQLOutputValue>>;
export type Column = string | number;
export type Values = Record<string, SQLInputValue>;

const outcomes = ['recorded', 'refused', 'not-recorded', 'may-be-recorded', 'unanswered'] as const;

function unreadable(column: Column): Error {
  return new Error(`The ledger's column ${column} holds a value that this version does not know`);
}

export function text(row: Row, column: Column): string {
  const value = row[column];
  if (typeof value !== 'string') throw unreadable(column);
  return value;
}

export function integer(row: Row, column: Column): number {
  const value = row[column];
  if (typeof value !== 'number') throw unreadable(column);
  return value;
}

export const textOrNull = (row: Row, column: Column) => (row[column] === null ? null : text(row, column));
export const integerOrNull = (row: Row, column: Column) =>
  row[column] === null ? null : integer(row, column);

export function oneOf<T extends string>(known: readonly T[], row: Row, column: Column): T {
  const value = row[column];
  const found = known.find((word) => word === value);
  if (found === undefined) throw unreadable(column);
  return found;
}

export const oneOfOrNull = <T extends string>(known: readonly T[], row: Row, column: Column) =>
  row[column] === null ? null : oneOf(known, row, column);

export function toAttempt(row: Row): StoredAttempt {
  return {
    attemptId: text(row, 'attempt_id'),
    recordCount: integer(row, 'record_count'),
    accessKeyId: text(row, 'access_key_id'),
    startedMs: integer(row, 'started_ms'),
    endedMs: integerOrNull(row, 'ended_ms'),
    outcome: oneOfOrNull(outcomes, row, 'outcome'),
    reason: oneOfOrNull(reasonCodes, row, 'reason'),
    requestId: textOrNull(row, 'request_id'),
    httpStatus: integerOrNull(row, 'http_status'),
    awsErrorName: textOrNull(row, 'aws_error_name'),
    awsMessage: textOrNull(row, 'aws_message'),
  };
}

export function toSubmission(row: Row): Omit<NewSubmission, 'records'> {
  return {
    submissionId: text(row, 'submission_id'),
    reviewId: text(row, 'review_id'),
    reviewHash: text(row, 'review_hash'),
    reviewedMs: integer(row, 'reviewed_ms'),
    confirmedMs: integer(row, 'confirmed_ms'),
    confirmationText: text(row, 'confirmation_text'),
    reviewJson: text(row, 'review_json'),
    sellerAccountId: text(row, 'seller_account_id'),
    sellerRoleName: textOrNull(row, 'seller_role_name'),
    sellerPrincipalArn: text(row, 'seller_principal_arn'),
    profile: text(row, 'profile'),
  };
}

export const submissionValues = (submission: NewSubmission) =>
  ({
    submission_id: submission.submissionId,
    review_id: submission.reviewId,
    review_hash: submission.reviewHash,
    reviewed_ms: submission.reviewedMs,
    confirmed_ms: submission.confirmedMs,
    confirmation_text: submission.confirmationText,
    review_json: submission.reviewJson,
    seller_account_id: submission.sellerAccountId,
    seller_role_name: submission.sellerRoleName,
    seller_principal_arn: submission.sellerPrincipalArn,
    profile: submission.profile,
  }) satisfies Values;

export const recordValues = (record: NewUsageRecord) =>
  ({
    record_id: record.recordId,
    agreement_id: record.agreementId,
    product_id: record.productId,
    buyer_account_id: record.buyerAccountId,
    dimension_key: record.dimensionKey,
    quantity: record.quantity,
    start_ms: record.startMs,
    hour_slot_ms: record.hourSlotMs,
    scheme: record.scheme,
    metering_region: record.meteringRegion,
    license_arn: record.licenseArn,
    product_code: record.productCode,
    deadline_ms: record.deadlineMs,
    window_ms: record.windowMs,
    product_title: record.productTitle,
    dimension_name: record.dimensionName,
    unit: record.unit,
    description: record.description,
    time_zone: record.timeZone,
    unit_price: record.unitPrice,
    estimate_amount: record.estimate?.amount ?? null,
    estimate_currency: record.estimate?.currencyCode ?? null,
    predecessor_id: record.predecessorId,
  }) satisfies Values;

export const stateValues = (state: RecordState & Pick<RecordChange, 'decidedBy' | 'decisionNote'>) =>
  ({
    status: state.status,
    phase: state.phase,
    reason: state.reason,
    aws_error_name: state.awsErrorName,
    aws_message: state.awsMessage,
    metering_record_id: state.meteringRecordId,
    next_try_ms: state.nextTryMs,
    settled_ms: state.settledMs,
    may_be_recorded: state.mayBeRecorded ? 1 : 0,
    send_anyway: state.sendAnyway ? 1 : 0,
    held: holdsSlot(state) ? 1 : 0,
    billable: state.status === 'pending' || state.status === 'accepted' ? 1 : 0,
    decided_by: state.decidedBy ?? null,
    decision_note: state.decisionNote ?? null,
  }) satisfies Values;

/** The columns that `stateValues` writes. */
export const stateColumns = [
  ...['status', 'phase', 'reason', 'aws_error_name', 'aws_message', 'metering_record_id', 'next_try_ms'],
  ...['settled_ms', 'may_be_recorded', 'send_anyway', 'held', 'billable', 'decided_by', 'decision_note'],
] as const satisfies readonly (keyof ReturnType<typeof stateValues>)[];
