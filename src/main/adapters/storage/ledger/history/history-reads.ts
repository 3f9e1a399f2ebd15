/** The long reads of the history, over a connection that only reads. Plain data in, plain data out. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { HistorySort } from '../../../../../contract/history.ts';
import { type Status, statuses } from '../../../../../contract/usage.ts';
import type { StoredRecord } from '../../../../core/domain/usage-record.ts';
import type { HistoryRows, StoredChoices, TotalRow } from '../../../../core/ports.ts';
import { cellsToRecord, recordColumns, recordPlaces } from '../record-row.ts';
import { integer, oneOf, type Row, text, textOrNull } from '../rows.ts';
import { addExactSum } from './exact-sum.ts';
import { sortColumns, type Where, whereOf } from './history-sql.ts';

/** So few submissions of one person that each can be looked at. */
const fewSubmissions = 5_000;

/** Gives a connection the functions that the history's SQL calls. */
export function prepareForHistory(db: DatabaseSync): void {
  addExactSum(db);
  db.function('holds_text', { deterministic: true }, (searched, wanted) =>
    typeof searched === 'string' && typeof wanted === 'string' && searched.toLowerCase().includes(wanted)
      ? 1
      : 0,
  );
}

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();
const mostPrepared = 50;

/** A statement that is read to its end before the next: understanding its SQL takes as long as finding the rows of a page. */
function prepareOnce(db: DatabaseSync, sql: string, asArrays = false): StatementSync {
  const statements = prepared.get(db) ?? new Map<string, StatementSync>();
  prepared.set(db, statements);
  const known = statements.get(sql);
  if (known !== undefined) return known;
  if (statements.size >= mostPrepared) statements.clear();
  const statement = db.prepare(sql);
  statement.setReturnArrays(asArrays);
  statements.set(sql, statement);
  return statement;
}

function whereIn(db: DatabaseSync, rows: HistoryRows, sort: HistorySort['by'] | null): Where {
  const folded = { ...rows, text: rows.text.trim().toLowerCase() };
  return whereOf(folded, hasFewSubmissions(db, rows.principalArn), sort);
}

function hasFewSubmissions(db: DatabaseSync, principalArn: string | null): boolean {
  if (principalArn === null) return false;
  const found = prepareOnce(
    db,
    `SELECT count(*) AS found FROM (SELECT 1 FROM submission INDEXED BY submission_of_principal
      WHERE seller_principal_arn = ? LIMIT ${fewSubmissions + 1})`,
  ).get(principalArn);
  return integer(found ?? {}, 'found') <= fewSubmissions;
}

/** Where a page ends: the value that it is sorted by, then the order of writing. */
export interface HistoryPlace {
  readonly value: number;
  readonly seq: number;
}

const comparePlaces = (a: HistoryPlace, b: HistoryPlace) => a.value - b.value || a.seq - b.seq;

export interface HistoryPageInput {
  readonly rows: HistoryRows;
  readonly sort: HistorySort;
  readonly after: HistoryPlace | null;
  readonly limit: number;
}

export interface HistoryPageOutput {
  /** Rows for `cellsToRecord`: records would take twice as long from thread to thread. */
  readonly rows: readonly Row[];
  readonly next: HistoryPlace | null;
}

export function readHistoryPage(db: DatabaseSync, input: HistoryPageInput): HistoryPageOutput {
  const { rows, sort, after, limit } = input;
  const where = whereIn(db, rows, sort.by);
  const column = sortColumns[sort.by];
  const sorted = `record.${column}`;
  const [sign, direction] = sort.descending ? ['<', 'DESC'] : ['>', 'ASC'];
  const beyond = after === null ? '' : `AND (${sorted}, record.seq) ${sign} (:afterValue, :afterSeq)`;
  // Only the numbers of rows are sorted, and only the rows of the page are read in full.
  const chosen = `SELECT record.seq AS seq FROM ${where.from} WHERE ${where.conditions} ${beyond}
    ORDER BY ${sorted} ${direction}, record.seq ${direction} LIMIT :limit`;
  const found = prepareOnce(
    db,
    `SELECT ${recordColumns} FROM (${chosen}) AS chosen
      CROSS JOIN usage_record AS record ON record.seq = chosen.seq
      CROSS JOIN submission ON submission.seq = record.submission_seq`,
    true,
  ).all({
    ...where.values,
    limit: limit + 1,
    ...(after === null ? {} : { afterValue: after.value, afterSeq: after.seq }),
  });
  const placeOf = (row: Row): HistoryPlace => ({
    value: integer(row, recordPlaces[column]),
    seq: integer(row, recordPlaces.seq),
  });
  // SQL would copy whole rows to put them in order again.
  found.sort((a, b) => comparePlaces(placeOf(a), placeOf(b)) * (sort.descending ? -1 : 1));
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return { rows: shown, next: found.length > limit && last !== undefined ? placeOf(last) : null };
}

export interface HistoryTotalsInput {
  readonly rows: HistoryRows;
  readonly byMonth: boolean;
}

/** One row a dimension, unit, status and currency, and month where it is asked for. */
export function readHistoryTotals(db: DatabaseSync, input: HistoryTotalsInput): readonly TotalRow[] {
  const where = whereIn(db, input.rows, null);
  const month = input.byMonth ? "strftime('%Y-%m', record.start_ms / 1000, 'unixepoch')" : 'NULL';
  return db
    .prepare(`SELECT ${month} AS month, record.product_id, record.dimension_key, record.unit, record.status,
        record.estimate_currency AS currency, max(record.product_title) AS product_title,
        max(record.dimension_name) AS dimension_name, count(*) AS records,
        CAST(sum(record.quantity) AS TEXT) AS quantity, exact_sum(record.estimate_amount) AS amount
      FROM ${where.from} WHERE ${where.conditions} GROUP BY 1, 2, 3, 4, 5, 6`)
    .all(where.values)
    .map(toTotal);
}

function toTotal(row: Row): TotalRow {
  const currencyCode = textOrNull(row, 'currency');
  return {
    month: textOrNull(row, 'month'),
    productId: text(row, 'product_id'),
    productTitle: textOrNull(row, 'product_title'),
    dimensionKey: text(row, 'dimension_key'),
    dimensionName: textOrNull(row, 'dimension_name'),
    unit: textOrNull(row, 'unit'),
    status: oneOf<Status>(statuses, row, 'status'),
    records: integer(row, 'records'),
    quantity: text(row, 'quantity'),
    estimate: currencyCode === null ? null : { amount: text(row, 'amount'), currencyCode },
  };
}

/** Goes through the rows in the order of submission, oldest first. Nothing else may use the connection meanwhile. */
export function* iterateHistory(db: DatabaseSync, rows: HistoryRows): Generator<StoredRecord> {
  const where = whereIn(db, rows, 'submitted');
  const statement = db.prepare(`SELECT ${recordColumns} FROM ${where.from}
    CROSS JOIN submission ON submission.seq = record.submission_seq
    WHERE ${where.conditions} ORDER BY record.submitted_ms, record.seq`);
  statement.setReturnArrays(true);
  for (const row of statement.iterate(where.values)) yield cellsToRecord(row);
}

/** What each column holds, found by jumping from value to value in its index rather than by reading every row. */
export function readHistoryChoices(db: DatabaseSync): StoredChoices {
  const named = (column: string, name: string, index: string) =>
    distinct(db, 'usage_record', column, index).map((value) => {
      const newest = db
        .prepare(`SELECT ${name} AS name FROM usage_record INDEXED BY ${index} WHERE ${column} = ?
          ORDER BY submitted_ms DESC LIMIT 1`)
        .get(value);
      return { value, name: textOrNull(newest ?? { name: null }, 'name') };
    });
  return {
    sellerAccountIds: distinct(db, 'usage_record', 'seller_account_id', 'usage_record_of_seller'),
    buyerAccountIds: distinct(db, 'usage_record', 'buyer_account_id', 'usage_record_of_buyer'),
    products: named('product_id', 'product_title', 'usage_record_of_product'),
    dimensions: named('dimension_key', 'dimension_name', 'usage_record_of_dimension'),
    reasons: distinct(db, 'usage_record', 'reason', 'usage_record_with_reason', 'reason IS NOT NULL'),
    principalArns: distinct(db, 'submission', 'seller_principal_arn', 'submission_of_principal'),
  };
}

const mostChoices = 5_000;

function distinct(db: DatabaseSync, table: string, column: string, index: string, also = '1'): string[] {
  const next = (beyond: string) => `SELECT ${column} FROM ${table} INDEXED BY ${index}
    WHERE ${also} AND ${beyond} ORDER BY ${column} LIMIT 1`;
  return db
    .prepare(`WITH RECURSIVE found (value) AS (
        SELECT (${next('1')}) UNION ALL
        SELECT (${next(`${column} > found.value`)}) FROM found WHERE found.value IS NOT NULL
      ) SELECT value FROM found WHERE value IS NOT NULL LIMIT ${mostChoices}`)
    .all()
    .map((row) => text(row, 'value'));
}
