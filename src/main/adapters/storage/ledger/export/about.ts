/** What an export says of itself: whose, of what, when, up to which row of the audit trail, and what it comes to. */

import type { HistoryTotals } from '../../../../../contract/history.ts';
import type { AuditHead } from '../../../../../contract/ledger.ts';
import type { ExportOrder } from '../../../../core/ports.ts';
import type { Cell } from './xlsx.ts';

export type About = ExportOrder['about'] & { readonly head: AuditHead; readonly totals: HistoryTotals };

const summedStatuses = ['accepted', 'pending', 'rejected', 'withdrawn'] as const;

/** JSON text, two spaces deep. Quantities and amounts are decimal text, exact. */
export function aboutJson(about: About, records: number): string {
  const { totals, head, filter, ...rest } = about;
  const content = {
    ...rest,
    records,
    auditHead: `${head.seq}:${head.hash}`,
    filter: Object.fromEntries(filter),
    totals: totals.byStatus,
    totalsByDimension: totals.totals.map(({ month: _, ...total }) => total),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const text = (value: string | null): Cell => (value === null ? null : { kind: 'text', text: value });
const number = (decimal: string | number): Cell => ({ kind: 'number', decimal: String(decimal) });

interface AboutRow {
  readonly cells: readonly Cell[];
  readonly bold: boolean;
}

/** The sheet behind the records. */
export function aboutRows(about: About, records: number): readonly AboutRow[] {
  const line = (...cells: readonly Cell[]): AboutRow => ({ cells, bold: false });
  const title = (...names: readonly string[]): AboutRow => ({ cells: names.map(text), bold: true });
  const { totals } = about;
  return [
    title('About this export'),
    ...(about.practice ? [line(text('Practice'), text('A simulated AWS. Nothing here is billed.'))] : []),
    line(text('Written by'), text(about.writtenBy)),
    line(text('Written at (UTC)'), text(about.writtenUtc)),
    line(text('Time zone of local times'), text(about.timeZone)),
    line(text('Audit head'), text(`${about.head.seq}:${about.head.hash}`)),
    line(text('Records'), number(records)),
    title('Filter'),
    ...about.filter.map(([name, value]) => line(text(name), text(value))),
    title('Totals', 'Records', 'Estimate', 'Currency'),
    ...summedStatuses.flatMap((status) => {
      const { records: count, money } = totals.byStatus[status];
      if (money.length === 0) return [line(text(status), number(count))];
      return money.map(({ amount, currencyCode }, index) =>
        line(text(status), index === 0 ? number(count) : null, number(amount), text(currencyCode)),
      );
    }),
    title(
      'Product',
      'Dimension',
      'Dimension name',
      'Unit',
      'Status',
      'Records',
      'Quantity',
      'Estimate',
      'Currency',
    ),
    ...totals.totals.flatMap((total) =>
      summedStatuses.flatMap((status) => {
        const { records: count, quantity, money } = total[status];
        if (count === 0) return [];
        const about = [
          total.productTitle ?? total.productId,
          total.dimensionKey,
          total.dimensionName,
          total.unit,
          status,
        ];
        const sums = [number(count), number(quantity)];
        if (money.length === 0) return [line(...about.map(text), ...sums)];
        return money.map(({ amount, currencyCode }, index) =>
          line(
            ...about.map(text),
            ...(index === 0 ? sums : [null, null]),
            number(amount),
            text(currencyCode),
          ),
        );
      }),
    ),
  ];
}
