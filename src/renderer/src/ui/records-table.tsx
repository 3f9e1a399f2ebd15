/** Usage records as rows: on a contract, and on Pending, Rejected and History. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { HistorySort } from '../../../contract/history.ts';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { hrefOf } from '../app/routes.ts';
import {
  formatAccountId,
  formatDate,
  formatMinute,
  formatMoney,
  formatQuantity,
  formatTime,
  formatUtc,
  userTimeZone,
} from '../copy/formats.ts';
import { Instant } from './instant.tsx';
import { PendingFacts } from './pending-facts.tsx';
import { ReasonBadge } from './reason-badge.tsx';
import { actsOf, actWords, type RecordAct } from './record-acts.ts';
import { useFocusToRecord } from './record-focus.ts';
import { StatusBadge } from './status-badge.tsx';
import { useNow } from './use-now.tsx';
import './records-table.css';

export interface RecordsTableProps {
  /** Shown in this order; rows change in place. */
  readonly records: readonly UsageRecordView[];
  readonly loading?: boolean;
  readonly empty: ReactNode;
  /** Buyer and product in front, where the table is not of one contract. */
  readonly showContract?: boolean;
  /** With it, what tells which contract of a chain a record belongs to stands in a column of its own. */
  readonly contractOf?: (record: UsageRecordView) => ReactNode;
  readonly onOpenRecord: (recordId: string) => void;
  /** With it, what a person can do with a pending record stands below its status. */
  readonly onAct?: (record: UsageRecordView, act: RecordAct) => void;
  readonly header?: ReactNode;
  readonly footer?: ReactNode;
  readonly selectedRecordId?: string | null;
  /** With it, rows can be ticked, for an act on several. */
  readonly ticking?: {
    readonly ticked: readonly UsageRecordView[];
    readonly onTick: (records: readonly UsageRecordView[]) => void;
  };
  /** With it, the columns that the core can sort by are sorted by their heads. */
  readonly sorting?: {
    readonly sort: HistorySort;
    readonly onSort: (sort: HistorySort) => void;
  };
}

export function RecordsTable(props: RecordsTableProps) {
  const {
    records,
    loading = false,
    empty,
    showContract = false,
    contractOf,
    onOpenRecord,
    onAct,
    header,
    footer,
    selectedRecordId = null,
    sorting,
    ticking,
  } = props;
  const columns = [
    submittedColumn(onOpenRecord, selectedRecordId),
    ...(showContract ? [buyerColumn] : []),
    ...(contractOf === undefined ? [] : [chainColumn(contractOf)]),
    ...dataColumns,
    statusColumn(onAct),
    reasonColumn,
  ].map((column) => (sorting === undefined ? column : { ...column, ...sortable(column) }));
  return (
    <Table
      variant="container"
      trackBy="recordId"
      items={records}
      columnDefinitions={columns}
      loading={loading}
      loadingText="Reading usage records"
      empty={
        <Box textAlign="center" color="inherit" padding={{ vertical: 'l' }}>
          {empty}
        </Box>
      }
      wrapLines
      contentDensity="comfortable"
      header={header}
      footer={footer}
      {...sortingProps(columns, sorting)}
      {...tickingProps(ticking)}
      onRowClick={({ detail }) => onOpenRecord(detail.item.recordId)}
      enableKeyboardNavigation={false}
      ariaLabels={{
        tableLabel: 'Usage records',
        selectionGroupLabel: 'Choose records',
        allItemsSelectionLabel: () => 'Choose all records',
        itemSelectionLabel: (_, record) =>
          `Choose the record of ${record.dimensionName ?? record.dimensionKey}, ${formatUtc(record.startUtc)}`,
      }}
    />
  );
}

function tickingProps(ticking: RecordsTableProps['ticking']): Partial<TableProps<UsageRecordView>> {
  if (ticking === undefined) return {};
  return {
    selectionType: 'multi',
    selectedItems: ticking.ticked,
    onSelectionChange: ({ detail }) => ticking.onTick(detail.selectedItems),
  };
}

type Column = TableProps.ColumnDefinition<UsageRecordView>;

const sortedBy: Readonly<Record<string, HistorySort['by']>> = {
  submitted: 'submitted',
  'usage-time': 'usage',
  quantity: 'quantity',
};

const sortable = ({ id }: Column): Partial<Column> =>
  id !== undefined && Object.hasOwn(sortedBy, id) ? { sortingField: id } : {};

/** The core sorts: what is shown is a part of what there is. */
function sortingProps(columns: readonly Column[], sorting: RecordsTableProps['sorting']) {
  if (sorting === undefined) return {};
  const { sort, onSort } = sorting;
  const sortingColumn = columns.find(({ id }) => sortedBy[id ?? ''] === sort.by);
  return {
    ...(sortingColumn === undefined ? {} : { sortingColumn }),
    sortingDescending: sort.descending,
    onSortingChange: ({ detail }: { readonly detail: TableProps.SortingState<UsageRecordView> }) => {
      const by = sortedBy[detail.sortingColumn.sortingField ?? ''];
      if (by !== undefined) onSort({ by, descending: detail.isDescending ?? false });
    },
  };
}

const submittedColumn = (onOpen: (recordId: string) => void, selectedRecordId: string | null): Column => ({
  id: 'submitted',
  header: 'Submitted',
  minWidth: 120,
  isRowHeader: true,
  cell: (record) => (
    // The name begins with what is in sight; the rest tells apart what was submitted in the same minute.
    <span data-record-link={record.recordId}>
      <Link
        ariaLabel={`${formatDate(record.submittedUtc, userTimeZone())}, ${formatMinute(record.submittedUtc, userTimeZone())}: open the record of ${record.dimensionName ?? record.dimensionKey}, ${formatUtc(record.startUtc)}`}
        onFollow={(event) => {
          event.preventDefault();
          onOpen(record.recordId);
        }}
      >
        <Box
          variant="span"
          color="inherit"
          fontWeight={record.recordId === selectedRecordId ? 'bold' : 'normal'}
        >
          <Instant utc={record.submittedUtc} toTheMinute />
        </Box>
      </Link>
    </span>
  ),
});

const buyerColumn: Column = {
  id: 'buyer',
  header: 'Buyer and product',
  minWidth: 150,
  cell: (record) => (
    <>
      <Link href={hrefOf({ page: 'contract', agreementId: record.agreementId, tab: 'usage' })}>
        {record.buyerAlias ?? formatAccountId(record.buyerAccountId)}
      </Link>
      <Box fontSize="body-s" color="text-body-secondary">
        {record.productTitle ?? record.productId}
      </Box>
    </>
  ),
};

const chainColumn = (contractOf: (record: UsageRecordView) => ReactNode): Column => ({
  id: 'contract',
  header: 'Contract',
  minWidth: 110,
  cell: contractOf,
});

/** Few and narrow: status and reason must be in sight on a small window, whatever the numbers are. */
const dataColumns: readonly Column[] = [
  {
    id: 'usage-time',
    header: 'Usage time',
    minWidth: 130,
    cell: (record) => <UsageTime startUtc={record.startUtc} />,
  },
  {
    id: 'dimension',
    header: 'Dimension and description',
    minWidth: 130,
    cell: (record) => (
      <>
        <DimensionName name={record.dimensionName} dimensionKey={record.dimensionKey} />
        {record.description !== '' && (
          <div className="records-description">
            <Box fontSize="body-s">“{record.description}”</Box>
          </div>
        )}
      </>
    ),
  },
  {
    id: 'quantity',
    header: <div className="number-head">Quantity and estimate</div>,
    minWidth: 120,
    cell: (record) => (
      <div className="number">
        {formatQuantity(record.quantity)}
        <Box fontSize="body-s" color="text-body-secondary">
          {record.estimate === null ? 'no price' : formatMoney(record.estimate)}
        </Box>
      </div>
    ),
  },
];

const reasonColumn: Column = {
  id: 'reason',
  header: 'Reason',
  minWidth: 135,
  cell: (record) => <ReasonBadge reason={record.reason} record={record} />,
};

/** Date and time here, and below them in UTC; the UTC date only where it is another. */
function UsageTime({ startUtc }: { readonly startUtc: string }) {
  const sameDate = formatDate(startUtc, 'UTC') === formatDate(startUtc, userTimeZone());
  return (
    <>
      <Instant utc={startUtc} />
      <Box fontSize="body-s" color="text-body-secondary">
        {sameDate ? formatTime(startUtc, 'UTC') : <Instant utc={startUtc} zone="UTC" />}
      </Box>
    </>
  );
}

/** A dimension's name over its key; the key alone where there is no name. */
export function DimensionName({
  name,
  dimensionKey,
}: {
  readonly name: string | null;
  readonly dimensionKey: string;
}) {
  if (name === null || name === dimensionKey) return <>{dimensionKey}</>;
  return (
    <>
      {name}
      <Box fontSize="body-s" color="text-body-secondary">
        {dimensionKey}
      </Box>
    </>
  );
}

const statusColumn = (onAct: RecordsTableProps['onAct']): Column => ({
  id: 'status',
  header: 'Status',
  minWidth: 155,
  cell: (record) => (
    <>
      <StatusBadge record={record} />
      <PendingFacts record={record} />
      {onAct !== undefined && <Acts record={record} onAct={onAct} />}
    </>
  ),
});

interface ActsProps {
  readonly record: UsageRecordView;
  readonly onAct: (record: UsageRecordView, act: RecordAct) => void;
}

/** A row has room for two; the panel has them all. */
const mostActsInRow = 2;

function Acts({ record, onAct }: ActsProps) {
  const acts = actsOf(record, useNow(30_000)).slice(0, mostActsInRow);
  if (acts.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps a press from opening the row that it stands in
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys don't open rows
    <div onClick={(event) => event.stopPropagation()}>
      <SpaceBetween size="xs" direction="horizontal">
        {acts.map((act) => (
          <ActButton key={act} record={record} act={act} onAct={onAct} />
        ))}
      </SpaceBetween>
    </div>
  );
}

function ActButton({ record, act, onAct }: ActsProps & { readonly act: RecordAct }) {
  const place = useFocusToRecord(record.recordId);
  return (
    <span ref={place}>
      <Button
        variant="inline-link"
        ariaLabel={`${actWords[act]}: ${record.dimensionName ?? record.dimensionKey}, ${formatUtc(record.startUtc)}`}
        onClick={() => onAct(record, act)}
      >
        {actWords[act]}
      </Button>
    </span>
  );
}
