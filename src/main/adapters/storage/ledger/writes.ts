/** Everything that changes the ledger. Each method is one transaction with its event, durable when it returns. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { NewSubmission, NewUsageRecord } from '../../../core/domain/usage-record.ts';
import type { Ledger } from '../../../core/ports.ts';
import { createBeginAttempt, createEndAttempt } from './attempt-writes.ts';
import type { EventLog } from './events.ts';
import { type Guard, slotRefusal } from './failures.ts';
import { recordValues, submissionValues, text, type Values } from './rows.ts';
import { createStateUpdate } from './state-update.ts';
import { createTransaction } from './transaction.ts';
import { createWriteOffs } from './write-offs.ts';

export type LedgerWrites = Pick<
  Ledger,
  'submit' | 'beginAttempt' | 'endAttempt' | 'change' | 'together' | 'writeOff' | 'reopen' | 'noteMetering'
>;

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

function createChange(db: DatabaseSync, events: EventLog): Ledger['change'] {
  const transaction = createTransaction(db);
  const update = createStateUpdate(db);

  return ({ atMs, actor, records }) =>
    transaction(() => {
      const missing = update.byId(records);
      if (missing !== null) return err({ kind: 'not-found', what: 'record', id: missing });
      if (records.length > 0) events.append({ atMs, kind: 'changed', actor, content: { records } });
      return ok(undefined);
    });
}

function createTogether(db: DatabaseSync): Ledger['together'] {
  const transaction = createTransaction(db);
  return (writes) => {
    const [first] = writes;
    // A write alone is a transaction as it is: within another one SQLite would copy each page before it changes.
    if (first !== undefined && writes.length === 1) return ok([first()]);
    return transaction(() => {
      const results: Result<void>[] = [];
      for (const write of writes) {
        const result = write();
        // A full disk made SQLite take back everything: whatever came now would stand in a transaction of its own.
        if (!db.isTransaction)
          return result.ok ? err({ kind: 'not-possible-now', detail: 'transaction-is-over' }) : result;
        results.push(result);
      }
      return ok(results);
    });
  };
}

/** It changes no row: the choice itself is a preference, and this is who made it and when. */
function createNoteMetering(db: DatabaseSync, events: EventLog): Ledger['noteMetering'] {
  const transaction = createTransaction(db);
  return ({ atMs, actor, productId, before, after }) =>
    transaction(() => {
      events.append({ atMs, kind: 'metering-chosen', actor, content: { productId, before, after } });
      return ok(undefined);
    });
}

/** The writing half of the ledger over an open database. */
export function createLedgerWrites(db: DatabaseSync, events: EventLog, guard: Guard): LedgerWrites {
  const submit = createSubmit(db, events);
  const beginAttempt = createBeginAttempt(db, events);
  const endAttempt = createEndAttempt(db, events);
  const change = createChange(db, events);
  const together = createTogether(db);
  const { writeOff, reopen } = createWriteOffs(db, events);
  const noteMetering = createNoteMetering(db, events);
  return {
    submit: (submission, notBeforeMs) => guard('submit', () => submit(submission, notBeforeMs)),
    beginAttempt: (attempt) => guard('beginAttempt', () => beginAttempt(attempt)),
    endAttempt: (end) => guard('endAttempt', () => endAttempt(end)),
    change: (changes) => guard('change', () => change(changes)),
    together: (writes) => guard('together', () => together(writes)),
    writeOff: (given) => guard('writeOff', () => writeOff(given)),
    reopen: (given) => guard('reopen', () => reopen(given)),
    noteMetering: (given) => guard('noteMetering', () => noteMetering(given)),
  };
}
