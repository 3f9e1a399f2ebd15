/** A stored record from its row of the ledger. */
import { z } from 'zod';
import { schemes } from '../../../../contract/contracts.ts';
import { moneySchema } from '../../../../contract/primitives.ts';
import { reasonCodes } from '../../../../contract/reason-codes.ts';
import { phases, statuses } from '../../../../contract/usage.ts';
import type { StoredRecord, WriteOff } from '../../../core/domain/usage-record.ts';
import {
  type Column,
  integer,
  integerOrNull,
  oneOf,
  oneOfOrNull,
  type Row,
  text,
  textOrNull,
} from './rows.ts';

const columns = {
  seq: 'record.seq',
  record_id: 'record.record_id',
  submission_id: 'submission.submission_id',
  submitted_ms: 'record.submitted_ms',
  seller_account_id: 'record.seller_account_id',
  seller_role_name: 'submission.seller_role_name',
  seller_principal_arn: 'submission.seller_principal_arn',
  agreement_id: 'record.agreement_id',
  product_id: 'record.product_id',
  buyer_account_id: 'record.buyer_account_id',
  dimension_key: 'record.dimension_key',
  quantity: 'record.quantity',
  start_ms: 'record.start_ms',
  hour_slot_ms: 'record.hour_slot_ms',
  scheme: 'record.scheme',
  metering_region: 'record.metering_region',
  license_arn: 'record.license_arn',
  product_code: 'record.product_code',
  deadline_ms: 'record.deadline_ms',
  window_ms: 'record.window_ms',
  product_title: 'record.product_title',
  dimension_name: 'record.dimension_name',
  unit: 'record.unit',
  description: 'record.description',
  time_zone: 'record.time_zone',
  unit_price: 'record.unit_price',
  estimate_amount: 'record.estimate_amount',
  estimate_currency: 'record.estimate_currency',
  status: 'record.status',
  phase: 'record.phase',
  reason: 'record.reason',
  aws_error_name: 'record.aws_error_name',
  aws_message: 'record.aws_message',
  request_id: 'record.request_id',
  metering_record_id: 'record.metering_record_id',
  next_try_ms: 'record.next_try_ms',
  settled_ms: 'record.settled_ms',
  attempt_count: 'record.attempt_count',
  last_sent_ms: `CASE WHEN record.phase = 'unknown' THEN (SELECT max(coalesce(ended_ms, started_ms)) FROM attempt_record
    JOIN attempt ON attempt.seq = attempt_record.attempt_seq
    WHERE attempt_record.record_seq = record.seq) END`,
  may_be_recorded: 'record.may_be_recorded',
  send_anyway: 'record.send_anyway',
  decided_by: 'record.decided_by',
  decision_note: 'record.decision_note',
  predecessor_id: 'record.predecessor_id',
  successor_id: `CASE WHEN record.status = 'rejected' THEN (SELECT next.record_id FROM usage_record AS next
    WHERE next.predecessor_id = record.record_id AND next.status <> 'withdrawn') END`,
  write_off: `CASE WHEN record.status = 'rejected' THEN (SELECT json_object('atMs', at_ms, 'actor', actor, 'note', note,
      'amount', iif(amount IS NULL, NULL, json_object('amount', amount, 'currencyCode', currency)))
    FROM write_off WHERE record_seq = record.seq AND reopened_ms IS NULL) END`,
} as const;

type Name = keyof typeof columns;
type Places = Readonly<Record<Name, Column>>;

/** Every column that a record is read from, and its `seq`; the tables are named `record` and `submission`. */
export const recordColumns: string = Object.entries(columns)
  .map(([name, source]) => `${source} AS ${name}`)
  .join(', ');

const names = Object.keys(columns) as Name[];
const byName = Object.fromEntries(names.map((name) => [name, name])) as Places;
/** Where each column stands in rows that come as arrays. */
export const recordPlaces = Object.fromEntries(names.map((name, place) => [name, place])) as Readonly<
  Record<Name, number>
>;

const writeOffSchema = z.object({
  atMs: z.number(),
  actor: z.string(),
  note: z.string(),
  amount: moneySchema.nullable(),
});

const writeOffOf = (json: string | null): WriteOff | null =>
  json === null ? null : writeOffSchema.parse(JSON.parse(json));

/** Of a row of `recordColumns`. */
export const toRecord = (row: Row): StoredRecord => recordOf(row, byName);

/** Of a row of `recordColumns` that came as an array, which is several times as quick to read and to hand on. */
export const cellsToRecord = (cells: Row): StoredRecord => recordOf(cells, recordPlaces);

function recordOf(row: Row, at: Places): StoredRecord {
  const amount = textOrNull(row, at.estimate_amount);
  return {
    recordId: text(row, at.record_id),
    submissionId: text(row, at.submission_id),
    submittedMs: integer(row, at.submitted_ms),
    sellerAccountId: text(row, at.seller_account_id),
    sellerRoleName: textOrNull(row, at.seller_role_name),
    sellerPrincipalArn: text(row, at.seller_principal_arn),
    agreementId: text(row, at.agreement_id),
    productId: text(row, at.product_id),
    buyerAccountId: text(row, at.buyer_account_id),
    dimensionKey: text(row, at.dimension_key),
    quantity: integer(row, at.quantity),
    startMs: integer(row, at.start_ms),
    hourSlotMs: integer(row, at.hour_slot_ms),
    scheme: oneOf(schemes, row, at.scheme),
    meteringRegion: text(row, at.metering_region),
    licenseArn: textOrNull(row, at.license_arn),
    productCode: textOrNull(row, at.product_code),
    deadlineMs: integer(row, at.deadline_ms),
    windowMs: integer(row, at.window_ms),
    productTitle: textOrNull(row, at.product_title),
    dimensionName: textOrNull(row, at.dimension_name),
    unit: textOrNull(row, at.unit),
    description: text(row, at.description),
    timeZone: text(row, at.time_zone),
    unitPrice: textOrNull(row, at.unit_price),
    estimate: amount === null ? null : { amount, currencyCode: text(row, at.estimate_currency) },
    status: oneOf(statuses, row, at.status),
    phase: oneOfOrNull(phases, row, at.phase),
    reason: oneOfOrNull(reasonCodes, row, at.reason),
    awsErrorName: textOrNull(row, at.aws_error_name),
    awsMessage: textOrNull(row, at.aws_message),
    requestId: textOrNull(row, at.request_id),
    meteringRecordId: textOrNull(row, at.metering_record_id),
    nextTryMs: integerOrNull(row, at.next_try_ms),
    settledMs: integerOrNull(row, at.settled_ms),
    attemptCount: integer(row, at.attempt_count),
    lastSentMs: integerOrNull(row, at.last_sent_ms),
    mayBeRecorded: integer(row, at.may_be_recorded) === 1,
    sendAnyway: integer(row, at.send_anyway) === 1,
    decidedBy: textOrNull(row, at.decided_by),
    decisionNote: textOrNull(row, at.decision_note),
    predecessorId: textOrNull(row, at.predecessor_id),
    successorId: textOrNull(row, at.successor_id),
    writeOff: writeOffOf(textOrNull(row, at.write_off)),
  };
}
