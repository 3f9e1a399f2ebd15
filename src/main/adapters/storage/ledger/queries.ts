/** Everything that only reads the ledger. Each query names its index: without statistics SQLite would have to guess. */
import type { DatabaseSync } from 'node:sqlite';
import { schemes } from '../../../../contract/contracts.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { phases, type Status, statuses } from '../../../../contract/usage.ts';
import type { StoredRecord } from '../../../core/domain/usage-record.ts';
import type { Ledger, RecordQuery } from '../../../core/ports.ts';
import type { Guard } from './failures.ts';
import { recordColumns, toRecord } from './record-row.ts';
import { createRejectedSince } from './rejected-since.ts';
import { integer, oneOf, text, toAttempt, toSubmission } from './rows.ts';
import {
  addTo,
  createMeteringOfProduct,
  createOpenCounts,
  createUsageOfAgreement,
  type Sums,
  toMoney,
} from './usage-of-agreement.ts';
import type { LedgerWrites } from './writes.ts';

export type LedgerQueries = Omit<Ledger, keyof LedgerWrites | 'close'>;

/** Where a page ends: newest first by the moment of confirming, then by the order of writing. */
interface Place {
  readonly submittedMs: number;
  readonly seq: number;
}

const newest: Place = { submittedMs: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };
const oldest: Place = { submittedMs: Number.MIN_SAFE_INTEGER, seq: 0 };
const chunkSize = 500;

const writeCursor = ({ submittedMs, seq }: Place) =>
  Buffer.from(`${submittedMs}.${seq}`).toString('base64url');

function readCursor(cursor: string): Place | null {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null) return null;
  const place = { submittedMs: Number(match[1]), seq: Number(match[2]) };
  return writeCursor(place) === cursor ? place : null;
}

const recordsBy = (index: string) => `SELECT ${recordColumns} FROM usage_record AS record INDEXED BY ${index}
  CROSS JOIN submission ON submission.seq = record.submission_seq`;

/** Accepted records are the bulk, so that filtering for them on the way is cheap; the others have small indexes of their own. */
function pageSql(ofAgreement: boolean, status: Status | null): string {
  const isApart = status !== null && status !== 'accepted';
  const index = `usage_record${ofAgreement ? '_of_agreement' : ''}${isApart ? '_apart' : ofAgreement ? '' : '_by_time'}`;
  return `${recordsBy(index)} WHERE ${ofAgreement ? 'agreement_id = :agreementId AND' : ''}
    ${isApart ? "status <> 'accepted' AND" : ''} ${status === null ? '' : `status = '${status}' AND`}
    record.seller_account_id = coalesce(:sellerAccountId, record.seller_account_id) AND
    (submitted_ms, record.seq) < (:submittedMs, :seq)
    ORDER BY submitted_ms DESC, record.seq DESC LIMIT :limit`;
}

function createList(db: DatabaseSync): Ledger['list'] {
  const prepare = (sql: string) => {
    const statement = db.prepare(sql);
    statement.setAllowUnknownNamedParameters(true);
    return statement;
  };
  const shapes = [true, false].flatMap((ofAgreement) =>
    [null, ...statuses].map((status) => ({ ofAgreement, status })),
  );
  const pages = new Map(
    shapes.map(({ ofAgreement, status }) => [
      `${ofAgreement} ${status}`,
      prepare(pageSql(ofAgreement, status)),
    ]),
  );
  const ofOne = 'WHERE seller_account_id = coalesce(:sellerAccountId, seller_account_id)';
  const ofAgreement = prepare(
    `SELECT status, records FROM record_count ${ofOne} AND agreement_id = :agreementId`,
  );
  const ofAll = prepare(`SELECT status, sum(records) AS records FROM record_count ${ofOne} GROUP BY status`);

  const total = ({ agreementId, status, sellerAccountId }: RecordQuery) => {
    const counts = (agreementId === null ? ofAll : ofAgreement).all({
      agreementId: agreementId ?? '',
      sellerAccountId: sellerAccountId ?? null,
    });
    return counts
      .filter((row) => status === null || row.status === status)
      .reduce((sum, row) => sum + integer(row, 'records'), 0);
  };

  return (query) => {
    const { agreementId, status, sellerAccountId = null, cursor, limit } = query;
    const from = cursor === null ? newest : readCursor(cursor);
    if (from === null)
      return err({ kind: 'invalid-input', issues: [{ path: 'cursor', problem: 'invalid_cursor' }] });
    const page = pages.get(`${agreementId !== null} ${status}`);
    // One more than asked tells whether there is a next page.
    const rows = page?.all({ agreementId, sellerAccountId, ...from, limit: limit + 1 }) ?? [];
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return ok({
      records: shown.map(toRecord),
      nextCursor: hasMore
        ? writeCursor({ submittedMs: integer(last, 'submitted_ms'), seq: integer(last, 'seq') })
        : null,
      total: total(query),
    });
  };
}

function createIterate(db: DatabaseSync): Ledger['iterate'] {
  const after = '(submitted_ms, record.seq) > (?, ?) ORDER BY submitted_ms, record.seq LIMIT ?';
  const ofAgreement = db.prepare(
    `${recordsBy('usage_record_of_agreement')} WHERE agreement_id = ? AND ${after}`,
  );
  const ofAll = db.prepare(`${recordsBy('usage_record_by_time')} WHERE ${after}`);

  // In chunks, because a statement that stays open across writes would see some of them and miss others.
  return function* iterate({ agreementId }): Generator<StoredRecord> {
    let place = oldest;
    for (;;) {
      const from = [place.submittedMs, place.seq, chunkSize];
      const rows = agreementId === null ? ofAll.all(...from) : ofAgreement.all(agreementId, ...from);
      for (const row of rows) {
        place = { submittedMs: integer(row, 'submitted_ms'), seq: integer(row, 'seq') };
        yield toRecord(row);
      }
      if (rows.length < chunkSize) return;
    }
  };
}

function createCounts(db: DatabaseSync): Ledger['counts'] {
  const pending = db.prepare(`SELECT coalesce(sum(records), 0) AS pending FROM record_count
    WHERE status = 'pending' AND seller_account_id = coalesce(?, seller_account_id)`);
  const rejected = db.prepare(`SELECT coalesce(sum(records), 0) AS rejected FROM record_count
    WHERE status = 'rejected' AND seller_account_id = coalesce(?, seller_account_id)`);
  // Both hold only of rejected records, and never together.
  const settled = db.prepare(`SELECT
    (SELECT count(*) FROM usage_record INDEXED BY usage_record_successor
      WHERE predecessor_id IS NOT NULL AND status <> 'withdrawn'
        AND seller_account_id = coalesce(:sellerAccountId, seller_account_id))
    + (SELECT count(*) FROM write_off JOIN usage_record ON usage_record.seq = write_off.record_seq
      WHERE reopened_ms IS NULL AND seller_account_id = coalesce(:sellerAccountId, seller_account_id)) AS settled`);

  return (sellerAccountId) => {
    const open = pending.get(sellerAccountId) ?? {};
    const closed = rejected.get(sellerAccountId) ?? {};
    return ok({
      pending: integer(open, 'pending'),
      rejected: integer(closed, 'rejected') - integer(settled.get({ sellerAccountId }) ?? {}, 'settled'),
    });
  };
}

function createHeldSlots(db: DatabaseSync): Ledger['heldSlots'] {
  const held =
    db.prepare(`SELECT record_id, dimension_key, hour_slot_ms, scheme, metering_region, subject, quantity, status
    FROM usage_record INDEXED BY usage_record_held_hour
    WHERE held = 1 AND product_id = ? AND buyer_account_id = ? AND hour_slot_ms BETWEEN ? AND ?
    ORDER BY hour_slot_ms, dimension_key`);

  return ({ productId, buyerAccountId, fromMs, untilMs }) =>
    ok(
      held.all(productId, buyerAccountId, fromMs, untilMs).map((row) => ({
        recordId: text(row, 'record_id'),
        dimensionKey: text(row, 'dimension_key'),
        hourSlotMs: integer(row, 'hour_slot_ms'),
        scheme: oneOf(schemes, row, 'scheme'),
        meteringRegion: text(row, 'metering_region'),
        subject: text(row, 'subject'),
        quantity: integer(row, 'quantity'),
        status: oneOf(statuses, row, 'status'),
      })),
    );
}

/** The agreements of a seller come from the counters: finding them among the records would read every record. */
const agreementsOfSeller = `(SELECT DISTINCT agreement_id FROM record_count
  WHERE seller_account_id = :sellerAccountId AND records > 0) AS of_seller`;

function createLastUsage(db: DatabaseSync): Ledger['lastUsage'] {
  const lastStarts = db.prepare(`SELECT agreement_id, (
      SELECT start_ms FROM usage_record INDEXED BY usage_record_billable
      WHERE agreement_id = of_seller.agreement_id AND billable = 1
        AND seller_account_id = :sellerAccountId
      ORDER BY start_ms DESC LIMIT 1) AS last_ms
    FROM ${agreementsOfSeller}`);

  return (sellerAccountId) =>
    ok(
      new Map(
        lastStarts
          .all({ sellerAccountId })
          .filter((row) => row.last_ms !== null)
          .map((row) => [text(row, 'agreement_id'), integer(row, 'last_ms')]),
      ),
    );
}

function createEstimates(db: DatabaseSync): Ledger['estimates'] {
  const amounts = db.prepare(`SELECT record.agreement_id, estimate_currency, estimate_amount
    FROM ${agreementsOfSeller} CROSS JOIN usage_record AS record INDEXED BY usage_record_billable
      ON record.agreement_id = of_seller.agreement_id
    WHERE record.billable = 1 AND record.start_ms >= :fromMs AND record.start_ms < :untilMs
      AND record.seller_account_id = :sellerAccountId AND record.estimate_currency IS NOT NULL`);

  return (query) => {
    const sums = new Map<string, Sums>();
    for (const row of amounts.iterate({ ...query })) {
      const agreementId = text(row, 'agreement_id');
      const ofAgreement = sums.get(agreementId) ?? new Map();
      addTo(ofAgreement, row);
      sums.set(agreementId, ofAgreement);
    }
    return ok(new Map([...sums].map(([agreementId, ofAgreement]) => [agreementId, toMoney(ofAgreement)])));
  };
}

function createUnanswered(db: DatabaseSync): Ledger['unanswered'] {
  const open = db.prepare(`SELECT attempt_id, record_id FROM attempt INDEXED BY attempt_open
    CROSS JOIN attempt_record ON attempt_record.attempt_seq = attempt.seq
    CROSS JOIN usage_record ON usage_record.seq = attempt_record.record_seq
    WHERE ended_ms IS NULL ORDER BY attempt.seq, usage_record.seq`);

  return () => {
    const attempts = new Map<string, string[]>();
    for (const row of open.all()) {
      const attemptId = text(row, 'attempt_id');
      attempts.set(attemptId, [...(attempts.get(attemptId) ?? []), text(row, 'record_id')]);
    }
    return ok([...attempts].map(([attemptId, recordIds]) => ({ attemptId, recordIds })));
  };
}

/** The reading half of the ledger over an open database. */
export function createLedgerQueries(db: DatabaseSync, guard: Guard): LedgerQueries {
  const ofReview = db.prepare('SELECT submission_id FROM submission WHERE review_id = ?');
  const submission = db.prepare('SELECT * FROM submission WHERE submission_id = ?');
  const record = db.prepare(`SELECT ${recordColumns} FROM usage_record AS record
    CROSS JOIN submission ON submission.seq = record.submission_seq WHERE record_id = ?`);
  const ofSubmission = db.prepare(`SELECT ${recordColumns} FROM submission
    CROSS JOIN usage_record AS record INDEXED BY usage_record_of_submission
      ON record.submission_seq = submission.seq
    WHERE submission_id = ? ORDER BY record.seq`);
  const attempts =
    db.prepare(`SELECT attempt.*, said.outcome, said.reason, said.aws_error_name, said.aws_message,
      (SELECT count(*) FROM attempt_record AS sent WHERE sent.attempt_seq = attempt.seq) AS record_count
    FROM usage_record
    CROSS JOIN attempt_record AS said ON said.record_seq = usage_record.seq
    CROSS JOIN attempt ON attempt.seq = said.attempt_seq
    WHERE record_id = ? ORDER BY attempt.seq`);
  const pending = db.prepare(`${recordsBy('usage_record_apart')}
    WHERE status <> 'accepted' AND status = 'pending' AND phase IN (SELECT value FROM json_each(?))
    ORDER BY submitted_ms, record.seq`);
  const heldOfProduct = db.prepare(`SELECT count(*) AS held FROM usage_record
    INDEXED BY usage_record_held_hour WHERE held = 1 AND product_id = ?`);
  const sellerAccounts = db.prepare('SELECT DISTINCT seller_account_id FROM record_count ORDER BY 1');
  const list = createList(db);
  const counts = createCounts(db);
  const heldSlots = createHeldSlots(db);
  const lastUsage = createLastUsage(db);
  const estimates = createEstimates(db);
  const usageOfAgreement = createUsageOfAgreement(db);
  const openCounts = createOpenCounts(db);
  const meteringOfProduct = createMeteringOfProduct(db);
  const unanswered = createUnanswered(db);
  const rejectedSince = createRejectedSince(db);

  return {
    submissionOfReview: (reviewId) => {
      const row = ofReview.get(reviewId);
      return row === undefined ? null : { submissionId: text(row, 'submission_id') };
    },
    submission: (submissionId) =>
      guard('submission', () => {
        const row = submission.get(submissionId);
        return ok(row === undefined ? null : toSubmission(row));
      }),
    record: (recordId) =>
      guard('record', (): Result<StoredRecord | null> => {
        const row = record.get(recordId);
        return ok(row === undefined ? null : toRecord(row));
      }),
    recordsOfSubmission: (submissionId) =>
      guard('recordsOfSubmission', () => ok(ofSubmission.all(submissionId).map(toRecord))),
    attempts: (recordId) => guard('attempts', () => ok(attempts.all(recordId).map(toAttempt))),
    pending: (ofPhases = phases) =>
      guard('pending', () => ok(pending.all(JSON.stringify(ofPhases)).map(toRecord))),
    heldCountOfProduct: (productId) =>
      guard('heldCountOfProduct', () => ok(integer(heldOfProduct.get(productId) ?? {}, 'held'))),
    meteringOfProduct: (productId) => guard('meteringOfProduct', () => meteringOfProduct(productId)),
    list: (query) => guard('list', () => list(query)),
    counts: (sellerAccountId) => guard('counts', () => counts(sellerAccountId)),
    sellerAccounts: () =>
      guard('sellerAccounts', () => ok(sellerAccounts.all().map((row) => text(row, 'seller_account_id')))),
    heldSlots: (query) => guard('heldSlots', () => heldSlots(query)),
    lastUsage: (sellerAccountId) => guard('lastUsage', () => lastUsage(sellerAccountId)),
    estimates: (query) => guard('estimates', () => estimates(query)),
    usageOfAgreement: (query) => guard('usageOfAgreement', () => usageOfAgreement(query)),
    openCounts: (query) => guard('openCounts', () => openCounts(query)),
    unanswered: () => guard('unanswered', unanswered),
    rejectedSince: (trail) => guard('rejectedSince', () => rejectedSince(trail)),
    iterate: createIterate(db),
  };
}
