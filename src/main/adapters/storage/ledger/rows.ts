/** Between rows of the ledger and the core's records, both ways, by name. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import { z } from 'zod';
import { schemes } from '../../../../contract/contracts.ts';
import { moneySchema } from '../../../../contract/primitives.ts';
import { reasonCodes } from '../../../../contract/reason-codes.ts';
import { phases, statuses } from '../../../../contract/usage.ts';
import type {
  NewSubmission,
  NewUsageRecord,
  RecordChange,
  RecordState,
  StoredAttempt,
  StoredRecord,
  WriteOff,
} from '../../../core/domain/usage-record.ts';
import { holdsSlot } from '../../../core/domain/usage-record.ts';

export type Row = Readonly<Record<string, SQLOutputValue>>;
export type Values = Record<string, SQLInputValue>;

const outcomes = ['recorded', 'refused', 'not-recorded', 'may-be-recorded', 'unanswered'] as const;

function unreadable(column: string): Error {
  return new Error(`The ledger's column ${column} holds a value that this version does not know`);
}

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw unreadable(column);
  return value;
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw unreadable(column);
  return value;
}

const textOrNull = (row: Row, column: string) => (row[column] === null ? null : text(row, column));
const integerOrNull = (row: Row, column: string) => (row[column] === null ? null : integer(row, column));

export function oneOf<T extends string>(known: readonly T[], row: Row, column: string): T {
  const value = row[column];
  const found = known.find((word) => word === value);
  if (found === undefined) throw unreadable(column);
  return found;
}

const oneOfOrNull = <T extends string>(known: readonly T[], row: Row, column: string) =>
  row[column] === null ? null : oneOf(known, row, column);

/** Every column that a StoredRecord is read from; the tables are named `record` and `submission`. */
export const recordColumns = `record.*, submission.submission_id, submission.seller_role_name,
  submission.seller_principal_arn,
  CASE WHEN record.phase = 'unknown' THEN (SELECT max(coalesce(ended_ms, started_ms)) FROM attempt_record
    JOIN attempt ON attempt.seq = attempt_record.attempt_seq
    WHERE attempt_record.record_seq = record.seq) END AS last_sent_ms,
  CASE WHEN record.status = 'rejected' THEN (SELECT next.record_id FROM usage_record AS next
    WHERE next.predecessor_id = record.record_id AND next.status <> 'withdrawn') END AS successor_id,
  CASE WHEN record.status = 'rejected' THEN (SELECT json_object('atMs', at_ms, 'actor', actor, 'note', note,
      'amount', iif(amount IS NULL, NULL, json_object('amount', amount, 'currencyCode', currency)))
    FROM write_off WHERE record_seq = record.seq AND reopened_ms IS NULL) END AS write_off`;

const writeOffSchema = z.object({
  atMs: z.number(),
  actor: z.string(),
  note: z.string(),
  amount: moneySchema.nullable(),
});

function writeOffOf(row: Row): WriteOff | null {
  const json = textOrNull(row, 'write_off');
  return json === null ? null : writeOffSchema.parse(JSON.parse(json));
}

export function toRecord(row: Row): StoredRecord {
  const amount = textOrNull(row, 'estimate_amount');
  return {
    recordId: text(row, 'record_id'),
    submissionId: text(row, 'submission_id'),
    submittedMs: integer(row, 'submitted_ms'),
    sellerAccountId: text(row, 'seller_account_id'),
    sellerRoleName: textOrNull(row, 'seller_role_name'),
    sellerPrincipalArn: text(row, 'seller_principal_arn'),
    agreementId: text(row, 'agreement_id'),
    productId: text(row, 'product_id'),
    buyerAccountId: text(row, 'buyer_account_id'),
    dimensionKey: text(row, 'dimension_key'),
    quantity: integer(row, 'quantity'),
    startMs: integer(row, 'start_ms'),
    hourSlotMs: integer(row, 'hour_slot_ms'),
    scheme: oneOf(schemes, row, 'scheme'),
    meteringRegion: text(row, 'metering_region'),
    licenseArn: textOrNull(row, 'license_arn'),
    productCode: textOrNull(row, 'product_code'),
    deadlineMs: integer(row, 'deadline_ms'),
    windowMs: integer(row, 'window_ms'),
    productTitle: textOrNull(row, 'product_title'),
    dimensionName: textOrNull(row, 'dimension_name'),
    unit: textOrNull(row, 'unit'),
    description: text(row, 'description'),
    timeZone: text(row, 'time_zone'),
    unitPrice: textOrNull(row, 'unit_price'),
    estimate: amount === null ? null : { amount, currencyCode: text(row, 'estimate_currency') },
    status: oneOf(statuses, row, 'status'),
    phase: oneOfOrNull(phases, row, 'phase'),
    reason: oneOfOrNull(reasonCodes, row, 'reason'),
    awsErrorName: textOrNull(row, 'aws_error_name'),
    awsMessage: textOrNull(row, 'aws_message'),
    requestId: textOrNull(row, 'request_id'),
    meteringRecordId: textOrNull(row, 'metering_record_id'),
    nextTryMs: integerOrNull(row, 'next_try_ms'),
    settledMs: integerOrNull(row, 'settled_ms'),
    attemptCount: integer(row, 'attempt_count'),
    lastSentMs: integerOrNull(row, 'last_sent_ms'),
    mayBeRecorded: integer(row, 'may_be_recorded') === 1,
    sendAnyway: integer(row, 'send_anyway') === 1,
    decidedBy: textOrNull(row, 'decided_by'),
    decisionNote: textOrNull(row, 'decision_note'),
    predecessorId: textOrNull(row, 'predecessor_id'),
    successorId: textOrNull(row, 'successor_id'),
    writeOff: writeOffOf(row),
  };
}

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
