/** What usage records come to by dimension, accepted, pending and rejected apart. Computed by the core, over all of them. */
import Box from '@cloudscape-design/components/box';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { UsageAmount, UsageTotal } from '../../../contract/history.ts';
import { formatMoneys } from '../copy/formats.ts';
import { monthName } from '../copy/months.ts';
import { sumText } from './price.ts';
import { DimensionName } from './records-table.tsx';

export interface UsageTotalsTableProps {
  readonly totals: readonly UsageTotal[];
  /** Products in front, where the totals are of more than one contract. */
  readonly showProduct?: boolean;
  readonly byMonth?: boolean;
  readonly header?: ReactNode;
  readonly label: string;
}

type Column = TableProps.ColumnDefinition<UsageTotal>;

export function UsageTotalsTable({
  totals,
  showProduct = false,
  byMonth = false,
  header,
  label,
}: UsageTotalsTableProps) {
  const columns: readonly Column[] = [
    ...(byMonth ? [monthColumn] : []),
    ...(showProduct ? [productColumn] : []),
    dimensionColumn,
    amountColumn('accepted', 'Quantity accepted'),
    amountColumn('pending', 'Quantity pending'),
    amountColumn('rejected', 'Quantity rejected'),
  ];
  return (
    <Table
      variant="embedded"
      items={totals}
      trackBy={({ month, productId, dimensionKey, unit }) =>
        JSON.stringify([month, productId, dimensionKey, unit])
      }
      columnDefinitions={columns}
      wrapLines
      contentDensity="compact"
      header={header}
      enableKeyboardNavigation={false}
      ariaLabels={{ tableLabel: label }}
      empty="Nothing"
    />
  );
}

const monthColumn: Column = {
  id: 'month',
  header: 'Month (UTC)',
  minWidth: 110,
  cell: ({ month }) => (month === null ? '–' : monthName(month)),
};

const productColumn: Column = {
  id: 'product',
  header: 'Product',
  minWidth: 130,
  cell: ({ productTitle, productId }) => productTitle ?? productId,
};

const dimensionColumn: Column = {
  id: 'dimension',
  header: 'Dimension',
  minWidth: 150,
  isRowHeader: true,
  cell: ({ dimensionName, dimensionKey }) => (
    <DimensionName name={dimensionName} dimensionKey={dimensionKey} />
  ),
};

const amountColumn = (status: 'accepted' | 'pending' | 'rejected', name: string): Column => ({
  id: status,
  header: <div className="number-head">{name}</div>,
  minWidth: 130,
  cell: (total) => <Amount amount={total[status]} unit={total.unit} />,
});

function Amount({ amount, unit }: { readonly amount: UsageAmount; readonly unit: string | null }) {
  if (amount.records === 0) return <div className="number">–</div>;
  return (
    <div className="number">
      {sumText(amount.quantity, unit)}
      <Box fontSize="body-s" color="text-body-secondary">
        {amount.money.length === 0 ? 'no price' : formatMoneys(amount.money)}
      </Box>
    </div>
  );
}
