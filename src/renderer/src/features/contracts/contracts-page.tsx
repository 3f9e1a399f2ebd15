/** All contracts of the seller: found, filtered, sorted, and opened from here. */
import { useCollection } from '@cloudscape-design/collection-hooks';
import Button from '@cloudscape-design/components/button';
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { formatCount, formatQuantity, userTimeZone } from '../../copy/formats.ts';
import { usePageTitle } from '../../ui/page-title.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { contractColumns } from './columns.tsx';
import {
  byUrgency,
  createContractSearch,
  passesStatus,
  type StatusFilter,
  statusFilters,
} from './contract-order.ts';
import type { ContractsState } from './contracts-store.ts';
import { useContractsStore } from './contracts-store-context.tsx';
import { listAge } from './list-age.ts';
import { ListProblems, LoadProgress, NoContracts, NoMatch } from './list-states.tsx';

const pageSizes = [10, 25, 50, 100];

export function ContractsPage() {
  usePageTitle('Contracts');
  const contracts = useContractsStore();
  const state = useStore(contracts.store);
  const collection = useContractCollection(state);
  const { view } = state;
  const isLoading =
    state.list.kind === 'loading' || (state.list.kind === 'idle' && state.callProblem === null);

  useEffect(() => collection.keep(contracts.changeView), [collection.keep, contracts.changeView]);

  const clear = () => {
    contracts.changeView({ status: 'all' });
    collection.actions.setFiltering('');
  };
  return (
    <SpaceBetween size="m">
      <ListProblems state={state} onRetry={() => void contracts.refresh()} />
      <LoadProgress list={state.list} lastCompleteUtc={state.lastCompleteUtc} rows={state.rows} />
      <Table
        {...collection.tableProps}
        variant="full-page"
        stickyHeader
        items={collection.items}
        columnDefinitions={contractColumns}
        trackBy="agreementId"
        wrapLines
        contentDensity="compact"
        stickyColumns={{ last: 1 }}
        loading={isLoading && state.rows.length === 0}
        loadingText="Reading the contracts from AWS"
        empty={
          state.rows.length === 0 ? (
            <NoContracts failed={state.list.kind === 'failed' || state.callProblem !== null} />
          ) : (
            <NoMatch isLoading={isLoading} onClear={clear} />
          )
        }
        header={<ListHeader state={state} isLoading={isLoading} onRefresh={() => void contracts.refresh()} />}
        filter={
          <div className="filter-row">
            <div className="filter-text">
              <TextFilter
                {...collection.filterProps}
                filteringPlaceholder="Find by buyer, product, agreement, status, date or licence"
                filteringAriaLabel="Find contracts"
                countText={foundText(collection.found)}
              />
            </div>
            <StatusSelect
              value={view.status}
              rows={state.rows}
              onChange={(status) => {
                contracts.changeView({ status });
                collection.actions.setCurrentPage(1);
              }}
            />
          </div>
        }
        pagination={<Pagination {...collection.paginationProps} />}
        preferences={
          <CollectionPreferences
            title="Preferences"
            confirmLabel="Apply"
            cancelLabel="Cancel"
            preferences={{ pageSize: view.pageSize }}
            pageSizePreference={{
              title: 'Contracts a page',
              options: pageSizes.map((size) => ({ value: size, label: formatCount(size, 'contract') })),
            }}
            onConfirm={({ detail }) => contracts.changeView({ pageSize: detail.pageSize ?? view.pageSize })}
          />
        }
      />
    </SpaceBetween>
  );
}

function useContractCollection(state: ContractsState) {
  const { view, rows } = state;
  const ordered = useMemo(
    () => rows.filter((row) => passesStatus(row, view.status)).sort(byUrgency),
    [rows, view.status],
  );
  // Its words count down, so it is made anew as time goes on.
  const now = useNow(60_000);
  const search = useMemo(() => createContractSearch(now, userTimeZone()), [now]);
  const sorted = contractColumns.find((column) => column.id === view.sortBy);
  const collection = useCollection(ordered, {
    filtering: { filteringFunction: search, defaultFilteringText: view.filterText },
    sorting:
      sorted === undefined ? {} : { defaultState: { sortingColumn: sorted, isDescending: view.descending } },
    pagination: { pageSize: view.pageSize, defaultPage: view.pageIndex },
  });
  const { filteringText } = collection.filterProps;
  const { currentPageIndex } = collection.paginationProps;
  const { sortingColumn, sortingDescending } = collection.collectionProps;
  const sortBy = contractColumns.find((column) => column === sortingColumn)?.id ?? null;
  const keep = useMemo(
    () => (change: (view: Partial<ContractsState['view']>) => void) =>
      change({
        filterText: filteringText,
        pageIndex: currentPageIndex,
        sortBy,
        descending: sortingDescending ?? false,
      }),
    [filteringText, currentPageIndex, sortBy, sortingDescending],
  );
  return {
    items: collection.items,
    actions: collection.actions,
    filterProps: collection.filterProps,
    paginationProps: collection.paginationProps,
    tableProps: collection.collectionProps,
    /** How many rows the search leaves; null while nothing is searched for. */
    found: filteringText === '' && view.status === 'all' ? null : (collection.filteredItemsCount ?? 0),
    /** Writes the person's view into the store, where it survives a visit to a contract. */
    keep,
  };
}

function ListHeader({
  state,
  isLoading,
  onRefresh,
}: {
  readonly state: ContractsState;
  readonly isLoading: boolean;
  readonly onRefresh: () => void;
}) {
  const now = useNow(30_000);
  return (
    <Header
      variant="awsui-h1-sticky"
      counter={`(${formatQuantity(state.rows.length)}${state.lastCompleteUtc === null ? '+' : ''})`}
      description={listAge(state, now)}
      actions={
        <Button
          iconName="refresh"
          loading={isLoading}
          loadingText="Reading the contracts"
          onClick={onRefresh}
        >
          Refresh
        </Button>
      }
    >
      Contracts
    </Header>
  );
}

const filterWords = {
  all: 'All contracts',
  'can-be-metered': 'Usage can be added',
  active: 'Active',
  'not-started': 'Not started',
  closing: 'Last hour to report',
  ended: 'Ended',
  'not-by-hand': 'Not by hand',
} as const satisfies Record<StatusFilter, string>;

function StatusSelect({
  value,
  rows,
  onChange,
}: {
  readonly value: StatusFilter;
  readonly rows: readonly ContractSummary[];
  readonly onChange: (status: StatusFilter) => void;
}) {
  const options = statusFilters.map((status) => ({
    value: status,
    label: filterWords[status],
    labelTag: formatQuantity(rows.filter((row) => passesStatus(row, status)).length),
  }));
  return (
    <div className="filter-select">
      <Select
        ariaLabel="Status"
        selectedOption={options.find((option) => option.value === value) ?? null}
        options={options}
        onChange={({ detail }) =>
          onChange(statusFilters.find((status) => status === detail.selectedOption.value) ?? 'all')
        }
      />
    </div>
  );
}

function foundText(found: number | null): string {
  return found === null ? '' : formatCount(found, 'contract');
}
