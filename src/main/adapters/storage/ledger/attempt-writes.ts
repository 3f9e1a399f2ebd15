/** The two halves of an attempt: what is written before a call leaves, and what its answer makes of its records. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '../../../../contract/result.ts';
import type { AttemptEnd } from '../../../core/domain/usage-record.ts';
import type { Ledger } from '../../../core/ports.ts';
import type { EventLog } from './events.ts';
import { integer, type Row, text } from './rows.ts';
import { createStateUpdate, updatedColumns } from './state-update.ts';
import { createTransaction } from './transaction.ts';

type Outcome = AttemptEnd['records'][number]['outcome'];

export function createBeginAttempt(db: DatabaseSync, events: EventLog): Ledger['beginAttempt'] {
  const transaction = createTransaction(db);
  const find = db.prepare(`SELECT record_id, seq, seller_account_id, metering_region, product_id
    FROM json_each(?) AS given CROSS JOIN usage_record ON usage_record.record_id = given.value ORDER BY given.id`);
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
      const rows = find.all(JSON.stringify(attempt.recordIds));
      if (rows.length < attempt.recordIds.length) {
        const found = new Set(rows.map((row) => row.record_id));
        const missing = attempt.recordIds.find((recordId) => !found.has(recordId));
        return err({ kind: 'not-found', what: 'record', id: missing ?? '' });
      }
      const [first] = rows;
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

/** The part of an outcome that its row keeps and that a call's records may share. */
function sharedValues(outcome: Outcome): readonly (string | null)[] {
  if (outcome.kind === 'recorded' || outcome.kind === 'unanswered') return [outcome.kind, null, null, null];
  return [outcome.kind, outcome.reason, outcome.awsErrorName, outcome.awsMessage];
}

const sharedKey = (outcome: Outcome): string =>
  outcome.kind === 'recorded' ? outcome.kind : JSON.stringify(sharedValues(outcome));

const meteringRecordIdOf = (outcome: Outcome): string | null =>
  outcome.kind === 'recorded' ? outcome.meteringRecordId : null;

/** Writes what was said of an attempt's records, with one statement for all of whom the same was said. */
function createOutcomes(db: DatabaseSync) {
  const write =
    db.prepare(`UPDATE attempt_record SET outcome = ?, reason = ?, aws_error_name = ?, aws_message = ?,
    metering_record_id = ? ->> CAST(record_seq AS TEXT)
    WHERE attempt_seq = ? AND record_seq IN (SELECT CAST(key AS INTEGER) FROM json_each(?))`);

  return (attemptSeq: number, said: readonly { readonly recordSeq: number; readonly outcome: Outcome }[]) => {
    const groups = Map.groupBy(said, ({ outcome }) => sharedKey(outcome));
    for (const group of groups.values()) {
      const [first] = group;
      if (first === undefined) continue;
      const own = JSON.stringify(
        Object.fromEntries(group.map(({ recordSeq, outcome }) => [recordSeq, meteringRecordIdOf(outcome)])),
      );
      write.run(...sharedValues(first.outcome), own, attemptSeq, own);
    }
  };
}

export function createEndAttempt(db: DatabaseSync, events: EventLog): Ledger['endAttempt'] {
  const transaction = createTransaction(db);
  const find = db.prepare('SELECT seq, ended_ms FROM attempt WHERE attempt_id = ?');
  const links = db.prepare(`SELECT ${updatedColumns} FROM attempt_record
    JOIN usage_record ON usage_record.seq = attempt_record.record_seq WHERE attempt_seq = ?`);
  const close = db.prepare('UPDATE attempt SET ended_ms = ?, request_id = ?, http_status = ? WHERE seq = ?');
  const settle = createOutcomes(db);
  const update = createStateUpdate(db);

  return (end) =>
    transaction(() => {
      const attempt = find.get(end.attemptId);
      if (attempt === undefined || attempt.ended_ms !== null)
        return err({ kind: 'not-possible-now', detail: 'attempt-is-not-open' });
      const attemptSeq = integer(attempt, 'seq');
      const rows = new Map(links.all(attemptSeq).map((row) => [text(row, 'record_id'), row]));
      const withoutOutcome = new Map<string, Row>(rows);
      const said: { readonly recordSeq: number; readonly outcome: Outcome }[] = [];
      for (const { outcome, change } of end.records) {
        const row = withoutOutcome.get(change.recordId);
        if (row === undefined)
          return err({ kind: 'not-possible-now', detail: 'record-does-not-fit-the-attempt' });
        withoutOutcome.delete(change.recordId);
        said.push({ recordSeq: integer(row, 'seq'), outcome });
      }
      if (withoutOutcome.size > 0)
        return err({ kind: 'not-possible-now', detail: 'attempt-has-records-without-outcome' });
      // The call is over before its records change: a record in flight can't be changed by anything else.
      close.run(end.atMs, end.requestId, end.httpStatus, attemptSeq);
      settle(attemptSeq, said);
      update.byRow(
        rows,
        end.records.map(({ change }) => change),
        { request_id: end.requestId },
      );
      const { atMs, ...content } = end;
      events.append({ atMs, kind: 'attempt-ended', actor: 'app', content });
      return ok(undefined);
    });
}
