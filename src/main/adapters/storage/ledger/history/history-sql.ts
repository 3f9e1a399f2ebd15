/** The filter of the history as SQL: which rows, by which index, in which order. */
import type { SQLInputValue } from 'node:sqlite';
import type { HistorySort } from '../../../../../contract/history.ts';
import type { HistoryRows } from '../../../../core/ports.ts';

export interface Where {
  /** `usage_record AS record` with its index. */
  readonly from: string;
  readonly conditions: string;
  readonly values: Record<string, SQLInputValue>;
}

/** What a text is looked for in, as one text. A line feed parts them, so that no match spans two. */
const searched = `concat_ws(char(10), ${[
  ...['record.description', 'record.product_title', 'record.dimension_name', 'record.dimension_key'],
  ...['record.product_id', 'record.agreement_id', 'record.buyer_account_id', 'record.record_id'],
  ...['record.metering_record_id', 'record.request_id', 'record.aws_error_name', 'record.aws_message'],
].join(', ')})`;

const isAscii = (text: string) => /^\p{ASCII}*$/u.test(text);

/**
 * Whether a record holds the text, which is in small letters. SQL's LIKE folds the capitals of ASCII only; a call of a function for each of a
 * million records takes three times as long, so that it is kept for records that hold more than ASCII.
 */
function holdsText(text: string): { readonly condition: string; readonly pattern: string } {
  if (isAscii(text))
    return {
      condition: `${searched} LIKE :pattern ESCAPE '\\'`,
      pattern: `%${text.replace(/[\\%_]/g, '\\$&')}%`,
    };
  return {
    condition: `(octet_length(${searched}) > length(${searched}) AND holds_text(${searched}, :pattern))`,
    pattern: text,
  };
}

const submissionOf = 'FROM submission WHERE submission.seq = record.submission_seq';

const openWriteOff = 'EXISTS (SELECT 1 FROM write_off WHERE record_seq = record.seq AND reopened_ms IS NULL)';
const successor = `EXISTS (SELECT 1 FROM usage_record AS next
  WHERE next.predecessor_id = record.record_id AND next.status <> 'withdrawn')`;

/** Names an index where one is known to be good: the ledger keeps no statistics for SQLite to choose by. */
function indexFor(
  rows: HistoryRows,
  isRarePrincipal: boolean,
  sort: HistorySort['by'] | null,
): string | null {
  if (rows.submissionId !== null) return 'usage_record_of_submission';
  if (isRarePrincipal) return 'usage_record_of_submission';
  if (rows.reason !== null) return 'usage_record_with_reason';
  if (rows.agreementIds !== null) return 'usage_record_of_agreement';
  if (rows.buyerAccountId !== null) return 'usage_record_of_buyer';
  if (rows.settled !== null || (rows.status !== null && rows.status !== 'accepted'))
    return 'usage_record_apart';
  const isUsagePeriod =
    rows.period.of === 'usage' &&
    (rows.period.fromMs > Number.MIN_SAFE_INTEGER || rows.period.untilMs < Number.MAX_SAFE_INTEGER);
  if (sort === 'usage' || isUsagePeriod) return 'usage_record_by_start';
  if (rows.dimensionKey !== null) return 'usage_record_of_dimension';
  if (rows.productId !== null) return 'usage_record_of_product';
  // A sum over everything is quickest in the order of the file.
  if (sort === null) return null;
  return rows.sellerAccountId === null ? 'usage_record_by_time' : 'usage_record_of_seller';
}

/**
 * The rows of a filter. `sort` is null for a sum over all of them. `isRarePrincipal`: so few submissions are of the filter's principal that
 * looking at each of them is quicker than passing over everybody else's.
 */
export function whereOf(rows: HistoryRows, isRarePrincipal: boolean, sort: HistorySort['by'] | null): Where {
  const values: Record<string, SQLInputValue> = {};
  const conditions: string[] = [];
  const must = (condition: string, given: Readonly<Record<string, SQLInputValue>> = {}) => {
    conditions.push(condition);
    Object.assign(values, given);
  };
  const { period, agreementIds } = rows;
  if (rows.submissionId !== null)
    must('record.submission_seq = (SELECT seq FROM submission WHERE submission_id = :submissionId)', {
      submissionId: rows.submissionId,
    });
  if (rows.principalArn !== null) {
    must(
      isRarePrincipal
        ? `record.submission_seq IN (SELECT seq FROM submission INDEXED BY submission_of_principal
            WHERE seller_principal_arn = :principalArn)`
        : `(SELECT seller_principal_arn ${submissionOf}) = :principalArn`,
      { principalArn: rows.principalArn },
    );
  }
  if (rows.reason !== null) must('record.reason = :reason', { reason: rows.reason });
  if (agreementIds !== null) {
    const marks = agreementIds.map((_, at) => `:agreement${at}`);
    must(
      marks.length === 1 ? `record.agreement_id = ${marks}` : `record.agreement_id IN (${marks})`,
      Object.fromEntries(agreementIds.map((id, at) => [`agreement${at}`, id])),
    );
  }
  if (rows.buyerAccountId !== null)
    must('record.buyer_account_id = :buyerAccountId', { buyerAccountId: rows.buyerAccountId });
  if (rows.dimensionKey !== null)
    must('record.dimension_key = :dimensionKey', { dimensionKey: rows.dimensionKey });
  if (rows.productId !== null) must('record.product_id = :productId', { productId: rows.productId });
  if (rows.status !== null) {
    // The first half lets SQLite see that the small index of the others has these rows.
    if (rows.status !== 'accepted') must("record.status <> 'accepted'");
    must(`record.status = '${rows.status}'`);
  }
  if (rows.settled !== null) {
    must("record.status <> 'accepted' AND record.status = 'rejected'");
    const isSettled = `(${openWriteOff} OR ${successor})`;
    must(rows.settled === 'settled' ? isSettled : `NOT ${isSettled}`);
  }
  if (rows.sellerAccountId !== null)
    must('record.seller_account_id = :sellerAccountId', { sellerAccountId: rows.sellerAccountId });
  if (period.fromMs > Number.MIN_SAFE_INTEGER)
    must(`${timeColumn(period.of)} >= :fromMs`, { fromMs: period.fromMs });
  if (period.untilMs < Number.MAX_SAFE_INTEGER)
    must(`${timeColumn(period.of)} < :untilMs`, { untilMs: period.untilMs });
  if (rows.text !== '') {
    const buyers = rows.textBuyerAccountIds.map((_, at) => `:textBuyer${at}`);
    const { condition, pattern } = holdsText(rows.text);
    must(
      `(${condition} OR record.buyer_account_id IN (${buyers.join(', ')})
        OR record.submission_seq = (SELECT seq FROM submission WHERE submission_id = :text))`,
      {
        pattern,
        text: rows.text,
        ...Object.fromEntries(rows.textBuyerAccountIds.map((id, at) => [`textBuyer${at}`, id])),
      },
    );
  }
  const index = indexFor(rows, isRarePrincipal, sort);
  return {
    from: `usage_record AS record ${index === null ? 'NOT INDEXED' : `INDEXED BY ${index}`}`,
    conditions: conditions.length === 0 ? '1' : conditions.join(' AND '),
    values,
  };
}

export const timeColumn = (of: 'usage' | 'submission') =>
  of === 'usage' ? 'record.start_ms' : 'record.submitted_ms';

export const sortColumns = {
  submitted: 'submitted_ms',
  usage: 'start_ms',
  quantity: 'quantity',
} as const satisfies Record<HistorySort['by'], string>;
