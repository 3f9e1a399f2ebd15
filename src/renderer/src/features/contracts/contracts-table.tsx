/** The table itself: one page of rows. */
import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import { memo, type ReactNode, useMemo } from 'react';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { formatCount } from '../../copy/formats.ts';
import { type ColumnChoice, columnDisplay, columnOptions, contractColumns } from './columns.tsx';
import type { ContractsView } from './contracts-store.ts';

interface ContractsTableProps {
  readonly items: readonly ContractSummary[];
  readonly pageIndex: number;
  readonly pages: number;
  readonly pageSize: number;
  readonly columns: readonly ColumnChoice[];
  readonly sortBy: string | null;
  readonly descending: boolean;
  readonly isLoading: boolean;
  readonly header: ReactNode;
  readonly filter: ReactNode;
  readonly empty: ReactNode;
  readonly onChange: (change: Partial<ContractsView>) => void;
}

const pageSizes = [10, 20, 50, 100];
const columnDefinitions = [...contractColumns];
const stickyColumns = { last: 1 };

export const ContractsTable = memo(function ContractsTable({
  header,
  filter,
  empty,
  onChange,
  ...shown
}: ContractsTableProps) {
  const { columns, sortBy, descending, pageIndex, pages, pageSize } = shown;
  const display = useMemo(() => [...columnDisplay(columns)], [columns]);
  const sortingColumn = columnDefinitions.find((column) => column.id === sortBy);
  return (
    <Table
      variant="full-page"
      stickyHeader
      items={shown.items}
      columnDefinitions={columnDefinitions}
      columnDisplay={display}
      trackBy="agreementId"
      wrapLines
      contentDensity="compact"
      stickyColumns={stickyColumns}
      loading={shown.isLoading}
      loadingText="Reading the contracts from AWS"
      {...(sortingColumn === undefined ? {} : { sortingColumn })}
      sortingDescending={descending}
      onSortingChange={({ detail }) =>
        onChange({
          sortBy: detail.sortingColumn.sortingField ?? null,
          descending: detail.isDescending ?? false,
        })
      }
      ariaLabels={tableLabels}
      empty={empty}
      header={header}
      filter={filter}
      pagination={<Pages pageIndex={pageIndex} pages={pages} onChange={onChange} />}
      preferences={<Preferences pageSize={pageSize} display={display} onChange={onChange} />}
    />
  );
});

const tableLabels = { tableLabel: 'Contracts' };

const Pages = memo(function Pages({
  pageIndex,
  pages,
  onChange,
}: Pick<ContractsTableProps, 'pageIndex' | 'pages' | 'onChange'>) {
  return (
    <Pagination
      currentPageIndex={pageIndex}
      pagesCount={pages}
      onChange={({ detail }) => onChange({ pageIndex: detail.currentPageIndex })}
    />
  );
});

const Preferences = memo(function Preferences({
  pageSize,
  display,
  onChange,
}: Pick<ContractsTableProps, 'pageSize' | 'onChange'> & { readonly display: readonly ColumnChoice[] }) {
  const confirm: CollectionPreferencesProps['onConfirm'] = ({ detail }) =>
    onChange({
      pageSize: detail.pageSize ?? pageSize,
      columns: (detail.contentDisplay ?? display).map(({ id, visible }) => ({ id, visible })),
    });
  return (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Apply"
      cancelLabel="Cancel"
      preferences={{ pageSize, contentDisplay: display }}
      pageSizePreference={{
        title: 'Contracts a page',
        options: pageSizes.map((size) => ({ value: size, label: formatCount(size, 'contract') })),
      }}
      contentDisplayPreference={{
        title: 'Columns',
        description: 'Choose which columns stand in the list, and in which order.',
        options: columnOptions,
      }}
      onConfirm={confirm}
    />
  );
});
