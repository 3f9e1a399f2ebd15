/** What usage records come to, by dimension and month, the statuses apart. Pure and exact. */
import Big from 'big.js';
import type { HistoryTotals, StatusTotal, UsageAmount, UsageTotal } from '../../../contract/history.ts';
import type { Status } from '../../../contract/usage.ts';
import type { TotalRow } from '../ports.ts';
import { addMoney } from './money.ts';

const nothing: UsageAmount = { records: 0, quantity: '0', money: [] };

function plus(amount: UsageAmount, row: TotalRow): UsageAmount {
  return {
    records: amount.records + row.records,
    quantity: new Big(amount.quantity).plus(row.quantity).toFixed(),
    money: row.estimate === null ? amount.money : addMoney([...amount.money, row.estimate]),
  };
}

const keyOf = (row: TotalRow) => JSON.stringify([row.month, row.productId, row.dimensionKey, row.unit]);

const recordsIn = ({ accepted, pending, rejected, withdrawn }: UsageTotal) =>
  accepted.records + pending.records + rejected.records + withdrawn.records;

/** By month, the newest first; and within one, or without months, those with the most records first. */
function order(a: UsageTotal, b: UsageTotal): number {
  const months = (b.month ?? '').localeCompare(a.month ?? '');
  return months || recordsIn(b) - recordsIn(a) || (a.dimensionKey < b.dimensionKey ? -1 : 1);
}

function statusTotal(rows: readonly TotalRow[], status: Status): StatusTotal {
  const ofStatus = rows.filter((row) => row.status === status);
  return {
    records: ofStatus.reduce((sum, row) => sum + row.records, 0),
    money: addMoney(ofStatus.flatMap(({ estimate }) => estimate ?? [])),
  };
}

/** Folds the ledger's rows, one a status and currency, into one a dimension, unit and month. */
export function foldTotals(rows: readonly TotalRow[]): HistoryTotals {
  const totals = new Map<string, UsageTotal>();
  for (const row of rows) {
    const { month, productId, productTitle, dimensionKey, dimensionName, unit, status } = row;
    const before: UsageTotal = totals.get(keyOf(row)) ?? {
      ...{ month, productId, productTitle, dimensionKey, dimensionName, unit },
      ...{ accepted: nothing, pending: nothing, rejected: nothing, withdrawn: nothing },
    };
    totals.set(keyOf(row), {
      ...before,
      productTitle: before.productTitle ?? productTitle,
      dimensionName: before.dimensionName ?? dimensionName,
      [status]: plus(before[status], row),
    });
  }
  return {
    records: rows.reduce((sum, row) => sum + row.records, 0),
    byStatus: {
      accepted: statusTotal(rows, 'accepted'),
      pending: statusTotal(rows, 'pending'),
      rejected: statusTotal(rows, 'rejected'),
      withdrawn: statusTotal(rows, 'withdrawn'),
    },
    totals: [...totals.values()].sort(order),
  };
}
