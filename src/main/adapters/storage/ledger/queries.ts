/** Everything that only reads the ledger. Each query names its index: without statistics SQLite would have to guess. */
import type { DatabaseSync } from 'node:sqlite';
import { schemes } from '../../../../contract/contracts.ts';
import { ok, type Result } from '../../../../contract/result.ts';
import { phases, statuses } from '../../../../contract/usage.ts';
import type { StoredRecord } from '../../../core/domain/usage-record.ts';
import type { Ledger } from '../../../core/ports.ts';
import type { Guard } from './failures.ts';
import { createIterate, createList, recordsBy } from './record-pages.ts';
import { cellsToRecord, recordColumns, toRecord } from './record-row.ts';
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
  // Thousands of rows, where a person was offline for long.
  pending.setReturnArrays(true);
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
      guard('pending', () => ok(pending.all(JSON.stringify(ofPhases)).map(cellsToRecord))),
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
