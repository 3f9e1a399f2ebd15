/** Everything that changes the ledger. Each method is one transaction with its event, durable when it returns. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '../../../../contract/result.ts';
import type {
  AttemptEnd,
  NewSubmission,
  NewUsageRecord,
  RecordChange,
  RecordOutcome,
} from '../../../core/domain/usage-record.ts';
import type { Ledger } from '../../../core/ports.ts';
import type { EventLog } from './events.ts';
import { type Guard, slotRefusal } from './failures.ts';
import { integer, type Row, recordValues, stateValues, submissionValues, text, type Values } from './rows.ts';
import { createTransaction } from './transaction.ts';
import { createWriteOffs } from './write-offs.ts';

export type LedgerWrites = Pick<
  Ledger,
  'submit' | 'beginAttempt' | 'endAttempt' | 'change' | 'writeOff' | 'reopen'
>;

type Outcome = AttemptEnd['records'][number]['outcome'];
type SlotReason = NonNullable<ReturnType<typeof slotRefusal>>;

const names = (values: Readonly<Values>) => Object.keys(values);

function insertInto(db: DatabaseSync, table: string, columns: readonly string[]) {
  const marks = columns.map((column) => `:${column}`).join(', ');
  return db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
}

/** Which held record stands in the way of another, by each rule on hour slots. */
function createHolderSearch(db: DatabaseSync) {
  const sameHour = `SELECT record_id FROM usage_record WHERE held = 1 AND product_id = :product_id
    AND buyer_account_id = :buyer_account_id AND hour_slot_ms = :hour_slot_ms AND dimension_key = :dimension_key`;
  const searches = {
    'hour-taken': db.prepare(`SELECT record_id FROM usage_record WHERE held = 1
      AND metering_region = :metering_region AND scheme = :scheme
      AND subject = coalesce(:license_arn, :product_code) AND buyer_account_id = :buyer_account_id
      AND hour_slot_ms = :hour_slot_ms AND dimension_key = :dimension_key`),
    'mixed-scheme': db.prepare(`${sameHour} AND scheme <> :scheme`),
    'other-region': db.prepare(`${sameHour} AND metering_region <> :metering_region`),
  } as const satisfies Record<SlotReason, unknown>;
  for (const search of Object.values(searches)) search.setAllowUnknownNamedParameters(true);

  return (reason: SlotReason, record: NewUsageRecord): string | null => {
    const holder = searches[reason].get(recordValues(record));
    return holder === undefined ? null : text(holder, 'record_id');
  };
}

function createSubmit(db: DatabaseSync, events: EventLog): Ledger['submit'] {
  const transaction = createTransaction(db);
  const findHolder = createHolderSearch(db);
  const ofReview = db.prepare('SELECT submission_id FROM submission WHERE review_id = ?');
  const submissionColumns: readonly (keyof ReturnType<typeof submissionValues>)[] = [
    ...(['submission_id', 'review_id', 'review_hash', 'reviewed_ms', 'confirmed_ms'] as const),
    ...(['confirmation_text', 'review_json', 'seller_account_id', 'seller_role_name'] as const),
    ...(['seller_principal_arn', 'profile'] as const),
  ];
  const insertSubmission = insertInto(db, 'submission', submissionColumns);
  let insertRecord: ReturnType<typeof insertInto> | null = null;

  const write = (
    submission: NewSubmission,
    notBeforeMs: number | null,
    at: (record: NewUsageRecord) => void,
  ): void => {
    const { lastInsertRowid } = insertSubmission.run(submissionValues(submission));
    for (const record of submission.records) {
      at(record);
      const values = {
        ...recordValues(record),
        submission_seq: Number(lastInsertRowid),
        submitted_ms: submission.confirmedMs,
        seller_account_id: submission.sellerAccountId,
        status: 'pending',
        phase: 'queued',
        next_try_ms: notBeforeMs,
      };
      insertRecord ??= insertInto(db, 'usage_record', names(values));
      insertRecord.run(values);
    }
    // The review's own text is bound by its hash; repeating it would double the ledger.
    const { reviewJson: _, ...confirmed } = submission;
    events.append({
      atMs: submission.confirmedMs,
      kind: 'submitted',
      actor: submission.sellerPrincipalArn,
      content: notBeforeMs === null ? confirmed : { ...confirmed, notBeforeMs },
    });
  };

  return (submission, notBeforeMs = null) => {
    let current: NewUsageRecord | null = null;
    try {
      return transaction(() => {
        const earlier = ofReview.get(submission.reviewId);
        if (earlier !== undefined)
          return err({ kind: 'already-submitted', submissionId: text(earlier, 'submission_id') });
        if (submission.records.length === 0)
          return err({ kind: 'not-possible-now', detail: 'submission-has-no-records' });
        write(submission, notBeforeMs, (record) => {
          current = record;
        });
        return ok({ submissionId: submission.submissionId });
      });
    } catch (cause) {
      const reason = slotRefusal(cause);
      if (reason === null || current === null) throw cause;
      // Searched after the rollback: a holder that stood in this very submission was never stored.
      return err({ kind: 'slot-taken', reason, recordId: findHolder(reason, current) });
    }
  };
}

function createBeginAttempt(db: DatabaseSync, events: EventLog): Ledger['beginAttempt'] {
  const transaction = createTransaction(db);
  const find = db.prepare(
    'SELECT seq, seller_account_id, metering_region, product_id FROM usage_record WHERE record_id = ?',
  );
  const insertAttempt = db.prepare(`INSERT INTO attempt
    (attempt_id, started_ms, seller_account_id, metering_region, product_id, principal_arn, access_key_id)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const insertLink = db.prepare('INSERT INTO attempt_record (record_seq, attempt_seq) VALUES (?, ?)');
  const markSending = db.prepare(`UPDATE usage_record
    SET phase = 'sending', next_try_ms = NULL, attempt_count = attempt_count + 1 WHERE seq = ?`);

  return (attempt) =>
    transaction(() => {
      const rows: Row[] = [];
      for (const recordId of attempt.recordIds) {
        const row = find.get(recordId);
        if (row === undefined) return err({ kind: 'not-found', what: 'record', id: recordId });
        rows.push(row);
      }
      const first = rows[0];
      if (first === undefined) return err({ kind: 'not-possible-now', detail: 'attempt-has-no-records' });
      const { lastInsertRowid } = insertAttempt.run(
        ...[
          attempt.attemptId,
          attempt.atMs,
          text(first, 'seller_account_id'),
          text(first, 'metering_region'),
        ],
        ...[text(first, 'product_id'), attempt.principalArn, attempt.accessKeyId],
      );
      for (const row of rows) {
        insertLink.run(integer(row, 'seq'), Number(lastInsertRowid));
        markSending.run(integer(row, 'seq'));
      }
      const { atMs, principalArn: actor, ...content } = attempt;
      events.append({ atMs, kind: 'attempt-begun', actor, content });
      return ok(undefined);
    });
}

/** The part of an outcome that its row keeps. */
function outcomeValues(outcome: Outcome): Values {
  const said = (from: Extract<RecordOutcome, { reason: unknown }>) => ({
    reason: from.reason,
    aws_error_name: from.awsErrorName,
    aws_message: from.awsMessage,
    metering_record_id: null,
  });
  const nothing = { reason: null, aws_error_name: null, aws_message: null, metering_record_id: null };
  if (outcome.kind === 'recorded')
    return { ...nothing, outcome: outcome.kind, metering_record_id: outcome.meteringRecordId };
  if (outcome.kind === 'unanswered') return { ...nothing, outcome: outcome.kind };
  return { ...said(outcome), outcome: outcome.kind };
}

function createStateUpdate(db: DatabaseSync, more: string) {
  return db.prepare(`UPDATE usage_record SET
    status = :status, phase = :phase, reason = :reason, aws_error_name = :aws_error_name,
    aws_message = :aws_message, metering_record_id = :metering_record_id, next_try_ms = :next_try_ms,
    settled_ms = :settled_ms, may_be_recorded = :may_be_recorded, send_anyway = :send_anyway,
    decided_by = :decided_by, decision_note = :decision_note ${more}
    WHERE record_id = :record_id`);
}

function createEndAttempt(db: DatabaseSync, events: EventLog): Ledger['endAttempt'] {
  const transaction = createTransaction(db);
  const find = db.prepare('SELECT seq, ended_ms FROM attempt WHERE attempt_id = ?');
  const links = db.prepare(`SELECT record_id, record_seq FROM attempt_record
    JOIN usage_record ON usage_record.seq = attempt_record.record_seq WHERE attempt_seq = ?`);
  const close = db.prepare('UPDATE attempt SET ended_ms = ?, request_id = ?, http_status = ? WHERE seq = ?');
  const settle = db.prepare(`UPDATE attempt_record SET outcome = :outcome, reason = :reason,
    aws_error_name = :aws_error_name, aws_message = :aws_message, metering_record_id = :metering_record_id
    WHERE record_seq = :record_seq AND attempt_seq = :attempt_seq`);
  const update = createStateUpdate(db, ', request_id = :request_id');

  return (end) =>
    transaction(() => {
      const attempt = find.get(end.attemptId);
      if (attempt === undefined || attempt.ended_ms !== null)
        return err({ kind: 'not-possible-now', detail: 'attempt-is-not-open' });
      const attemptSeq = integer(attempt, 'seq');
      const recordSeqs = new Map(
        links.all(attemptSeq).map((row) => [text(row, 'record_id'), integer(row, 'record_seq')]),
      );
      // The call is over before its records change: a record in flight can't be changed by anything else.
      close.run(end.atMs, end.requestId, end.httpStatus, attemptSeq);
      for (const { outcome, change } of end.records) {
        const recordSeq = recordSeqs.get(change.recordId);
        if (recordSeq === undefined)
          return err({ kind: 'not-possible-now', detail: 'record-does-not-fit-the-attempt' });
        recordSeqs.delete(change.recordId);
        settle.run({ ...outcomeValues(outcome), record_seq: recordSeq, attempt_seq: attemptSeq });
        update.run({ ...stateValues(change), record_id: change.recordId, request_id: end.requestId });
      }
      if (recordSeqs.size > 0)
        return err({ kind: 'not-possible-now', detail: 'attempt-has-records-without-outcome' });
      const { atMs, ...content } = end;
      events.append({ atMs, kind: 'attempt-ended', actor: 'app', content });
      return ok(undefined);
    });
}

function createChange(db: DatabaseSync, events: EventLog): Ledger['change'] {
  const transaction = createTransaction(db);
  const update = createStateUpdate(db, '');
  const apply = (change: RecordChange) =>
    Number(update.run({ ...stateValues(change), record_id: change.recordId }).changes);

  return ({ atMs, actor, records }) =>
    transaction(() => {
      for (const change of records) {
        if (apply(change) === 0) return err({ kind: 'not-found', what: 'record', id: change.recordId });
      }
      if (records.length > 0) events.append({ atMs, kind: 'changed', actor, content: { records } });
      return ok(undefined);
    });
}

/** The writing half of the ledger over an open database. */
export function createLedgerWrites(db: DatabaseSync, events: EventLog, guard: Guard): LedgerWrites {
  const submit = createSubmit(db, events);
  const beginAttempt = createBeginAttempt(db, events);
  const endAttempt = createEndAttempt(db, events);
  const change = createChange(db, events);
  const { writeOff, reopen } = createWriteOffs(db, events);
  return {
    submit: (submission, notBeforeMs) => guard('submit', () => submit(submission, notBeforeMs)),
    beginAttempt: (attempt) => guard('beginAttempt', () => beginAttempt(attempt)),
    endAttempt: (end) => guard('endAttempt', () => endAttempt(end)),
    change: (changes) => guard('change', () => change(changes)),
    writeOff: (given) => guard('writeOff', () => writeOff(given)),
    reopen: (given) => guard('reopen', () => reopen(given)),
  };
}
