/** What one contract has used, and how one product is metered, without a look at the others. */
import type { DatabaseSync } from 'node:sqlite';
import { Big } from 'big.js';
import { schemes } from '../../../../contract/contracts.ts';
import type { Money } from '../../../../contract/primitives.ts';
import { ok } from '../../../../contract/result.ts';
import type { Ledger } from '../../../core/ports.ts';
import { integer, oneOf, type Row, text } from './rows.ts';

/** Sums by currency. */
export type Sums = Map<string, Big>;

/** Adds a row's estimate. Here and not by SQL's SUM, which would read decimal text as binary floats. */
export function addTo(sums: Sums, row: Row): void {
  const currencyCode = text(row, 'estimate_currency');
  sums.set(currencyCode, (sums.get(currencyCode) ?? new Big(0)).plus(text(row, 'estimate_amount')));
}

export function toMoney(sums: Sums): readonly Money[] {
  return [...sums].map(([currencyCode, sum]) => ({ amount: sum.toFixed(), currencyCode }));
}

export function createUsageOfAgreement(db: DatabaseSync): Ledger['usageOfAgreement'] {
  const last = db.prepare(`SELECT start_ms FROM usage_record INDEXED BY usage_record_billable
    WHERE agreement_id = :agreementId AND billable = 1
      AND seller_account_id = :sellerAccountId
    ORDER BY start_ms DESC LIMIT 1`);
  const amounts = db.prepare(`SELECT estimate_currency, estimate_amount
    FROM usage_record INDEXED BY usage_record_billable
    WHERE agreement_id = :agreementId AND billable = 1
      AND start_ms >= :fromMs AND start_ms < :untilMs
      AND seller_account_id = :sellerAccountId AND estimate_currency IS NOT NULL`);

  return ({ agreementId, sellerAccountId, fromMs, untilMs }) => {
    const newest = last.get({ agreementId, sellerAccountId });
    const sums: Sums = new Map();
    for (const row of amounts.iterate({ agreementId, sellerAccountId, fromMs, untilMs })) addTo(sums, row);
    return ok({
      lastUsageMs: newest === undefined ? null : integer(newest, 'start_ms'),
      estimates: toMoney(sums),
    });
  };
}

/** From the counters that the ledger keeps: they are as few as the contracts, however many records there are. */
export function createOpenCounts(db: DatabaseSync): Ledger['openCounts'] {
  const columns = `SELECT agreement_id, status, records FROM record_count
    WHERE status IN ('pending', 'rejected') AND records > 0 AND seller_account_id = :sellerAccountId`;
  const ofAll = db.prepare(columns);
  const ofOne = db.prepare(`${columns} AND agreement_id = :agreementId`);
  return ({ sellerAccountId, agreementId }) => {
    const rows =
      agreementId === null ? ofAll.all({ sellerAccountId }) : ofOne.all({ sellerAccountId, agreementId });
    const counts = new Map<string, { pending: number; rejected: number }>();
    for (const row of rows) {
      const id = text(row, 'agreement_id');
      const known = counts.get(id) ?? { pending: 0, rejected: 0 };
      known[oneOf(['pending', 'rejected'] as const, row, 'status')] = integer(row, 'records');
      counts.set(id, known);
    }
    return ok(counts);
  };
}

export function createMeteringOfProduct(db: DatabaseSync): Ledger['meteringOfProduct'] {
  const held = db.prepare(`SELECT scheme, metering_region FROM usage_record INDEXED BY usage_record_held_hour
    WHERE product_id = ? AND held = 1 ORDER BY hour_slot_ms DESC LIMIT 1`);
  return (productId) => {
    const row = held.get(productId);
    return ok(
      row === undefined
        ? null
        : { scheme: oneOf(schemes, row, 'scheme'), meteringRegion: text(row, 'metering_region') },
    );
  };
}
