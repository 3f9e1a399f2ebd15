/** Records in the order of their confirming: page by page, newest first, or all of them, oldest first. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '../../../../contract/result.ts';
import { type Status, statuses } from '../../../../contract/usage.ts';
import type { StoredRecord } from '../../../core/domain/usage-record.ts';
import type { Ledger, RecordQuery } from '../../../core/ports.ts';
import { recordColumns, toRecord } from './record-row.ts';
import { integer } from './rows.ts';

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

/** Whole records by one index; where and in which order is the query's. */
export const recordsBy = (
  index: string,
) => `SELECT ${recordColumns} FROM usage_record AS record INDEXED BY ${index}
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

/** Pages of one contract's records or of all, of one status or of all, with their exact total. */
export function createList(db: DatabaseSync): Ledger['list'] {
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

export function createIterate(db: DatabaseSync): Ledger['iterate'] {
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
