/** This month and the last, a line a dimension: accepted first, what is not (yet) accepted below it. */
import Box from '@cloudscape-design/components/box';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { UsageAmount, UsageTotal } from '../../../../contract/history.ts';
import { formatMoneys } from '../../copy/formats.ts';
import { monthName } from '../../copy/months.ts';
import { sumText } from '../../ui/price.ts';
import { DimensionName } from '../../ui/records-table.tsx';
import { dimensionsIn } from './months.ts';

export interface RecentTotalsProps {
  readonly totals: readonly UsageTotal[];
  readonly months: readonly [string, string];
}

type DimensionRow = ReturnType<typeof dimensionsIn>[number];

export function RecentTotals({ totals, months }: RecentTotalsProps) {
  return (
    <Table<DimensionRow>
      variant="borderless"
      items={dimensionsIn(totals, months)}
      trackBy="key"
      columnDefinitions={columnsOf(months)}
      wrapLines
      contentDensity="compact"
      enableKeyboardNavigation={false}
      ariaLabels={{ tableLabel: 'Totals of this month and the last' }}
      empty={
        <Box color="text-body-secondary">
          No usage in {monthName(months[0])} or {monthName(months[1])}
        </Box>
      }
    />
  );
}

function columnsOf(months: readonly [string, string]): TableProps.ColumnDefinition<DimensionRow>[] {
  return [
    {
      id: 'dimension',
      header: 'Dimension',
      isRowHeader: true,
      minWidth: 120,
      cell: ({ byMonth }) => {
        const total = byMonth.find((one) => one !== null);
        return total ? <DimensionName name={total.dimensionName} dimensionKey={total.dimensionKey} /> : null;
      },
    },
    ...months.map((month, index) => ({
      id: month,
      header: <div className="number-head">{monthName(month)}</div>,
      minWidth: 130,
      cell: ({ byMonth }: DimensionRow) => <MonthCell total={byMonth[index] ?? null} />,
    })),
  ];
}

function MonthCell({ total }: { readonly total: UsageTotal | null }) {
  if (total === null) return <div className="number">–</div>;
  const { accepted, pending, rejected, unit } = total;
  return (
    <div className="number">
      {accepted.records > 0 && (
        <>
          <Box variant="strong">{sumText(accepted.quantity, unit)}</Box>
          <Box fontSize="body-s" color="text-body-secondary">
            {moneyOf(accepted)} accepted
          </Box>
        </>
      )}
      <Apart amount={pending} unit={unit} word="pending" />
      <Apart amount={rejected} unit={unit} word="rejected" />
      {accepted.records + pending.records + rejected.records === 0 && '–'}
    </div>
  );
}

interface ApartProps {
  readonly amount: UsageAmount;
  readonly unit: string | null;
  readonly word: string;
}

function Apart({ amount, unit, word }: ApartProps) {
  if (amount.records === 0) return null;
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      {sumText(amount.quantity, unit)} · {moneyOf(amount)} {word}
    </Box>
  );
}

const moneyOf = ({ money }: UsageAmount) => (money.length === 0 ? 'no price' : formatMoneys(money));
