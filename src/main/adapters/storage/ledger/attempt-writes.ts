/** The two halves of an attempt: what is written before a call leaves, and what its answer makes of its records. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '../../../../contract/result.ts';
import type { AttemptEnd, RecordOutcome } from '../../../core/domain/usage-record.ts';
import type { Ledger } from '../../../core/ports.ts';
import type { EventLog } from './events.ts';
import { integer, type Row, text, type Values } from './rows.ts';
import { createStateUpdate } from './state-update.ts';
import { createTransaction } from './transaction.ts';

type Outcome = AttemptEnd['records'][number]['outcome'];

export function createBeginAttempt(db: DatabaseSync, events: EventLog): Ledger['beginAttempt'] {
  const transaction = createTransaction(db);
  const find = db.prepare(
    'SELECT seq, seller_account_id, metering_region, product_id FROM usage_record WHERE record_id = ?',
  );
  const insertAttempt = db.prepare(`INSERT INTO attempt
    (attempt_id, started_ms, seller_account_id, metering_region, product_id, principal_arn, access_key_id)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const insertLinks = db.prepare(
    `INSERT INTO attempt_record (record_seq, attempt_seq) SELECT value, ? FROM json_each(?)`,
  );
  const markSending =
    db.prepare(`UPDATE usage_record SET phase = 'sending', next_try_ms = NULL, attempt_count = attempt_count + 1
    WHERE seq IN (SELECT value FROM json_each(?))`);

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
      const seqs = JSON.stringify(rows.map((row) => integer(row, 'seq')));
      insertLinks.run(lastInsertRowid, seqs);
      markSending.run(seqs);
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

export function createEndAttempt(db: DatabaseSync, events: EventLog): Ledger['endAttempt'] {
  const transaction = createTransaction(db);
  const find = db.prepare('SELECT seq, ended_ms FROM attempt WHERE attempt_id = ?');
  const links = db.prepare(`SELECT record_id, record_seq FROM attempt_record
    JOIN usage_record ON usage_record.seq = attempt_record.record_seq WHERE attempt_seq = ?`);
  const close = db.prepare('UPDATE attempt SET ended_ms = ?, request_id = ?, http_status = ? WHERE seq = ?');
  const settle = db.prepare(`UPDATE attempt_record SET outcome = :outcome, reason = :reason,
    aws_error_name = :aws_error_name, aws_message = :aws_message, metering_record_id = :metering_record_id
    WHERE record_seq = :record_seq AND attempt_seq = :attempt_seq`);
  const update = createStateUpdate(db);

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
        update(change, { request_id: end.requestId });
      }
      if (recordSeqs.size > 0)
        return err({ kind: 'not-possible-now', detail: 'attempt-has-records-without-outcome' });
      const { atMs, ...content } = end;
      events.append({ atMs, kind: 'attempt-ended', actor: 'app', content });
      return ok(undefined);
    });
}
