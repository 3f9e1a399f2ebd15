/** All contracts of the seller: found, filtered, sorted, and opened from here. */
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useMemo } from 'react';
import { usePageTitle } from '../../ui/page-title.tsx';
import { ContractsFilters, hasFilters, noFilters } from './contracts-filters.tsx';
import type { ContractsView } from './contracts-store.ts';
import { useContracts, useContractsStore } from './contracts-store-context.tsx';
import { ContractsTable } from './contracts-table.tsx';
import { isBeingRead } from './list-age.ts';
import { ListHeader } from './list-header.tsx';
import { ChangesNote, ListProblems, LoadProgress, NoContracts, NoMatch } from './list-states.tsx';
import { SiblingsProvider, siblingsAmong } from './siblings.ts';
import { useFoundContracts } from './use-found-contracts.ts';

export function ContractsPage() {
  usePageTitle('Contracts');
  const contracts = useContractsStore();
  const rows = useContracts((state) => state.rows);
  const isLoading = useContracts(isBeingRead);
  const isComplete = useContracts(({ list }) => list.kind === 'complete');
  const hasFailed = useContracts(({ list, callProblem }) => list.kind === 'failed' || callProblem !== null);
  const view = useFittingView();
  const found = useFoundContracts(rows, view);
  const { changeView } = contracts;
  const onRefresh = useCallback(() => void contracts.refresh(), [contracts]);
  const onClear = useCallback(() => changeView(noFilters), [changeView]);
  const onShowChanges = useCallback(() => changeView({ ...noFilters, traits: ['changed'] }), [changeView]);
  const onSeen = useCallback(() => {
    void contracts.dismissChanges();
    // Nothing would be left of a list of what changed.
    const { traits } = contracts.store.getState().view;
    if (traits.includes('changed')) changeView({ traits: traits.filter((trait) => trait !== 'changed') });
  }, [contracts, changeView]);
  const siblings = useMemo(() => siblingsAmong(found.rows), [found.rows]);
  const isNone = rows.length === 0;
  const shownCount = hasFilters(view) ? found.count : null;
  // The table is drawn anew only for other rows: what else stands in it must stay the same.
  const empty = useMemo(
    () =>
      isNone ? (
        <NoContracts failed={hasFailed} />
      ) : (
        <NoMatch isComplete={isComplete} isLoading={isLoading} onClear={onClear} />
      ),
    [isNone, hasFailed, isComplete, isLoading, onClear],
  );
  const header = useMemo(() => <ListHeader onRefresh={onRefresh} />, [onRefresh]);
  const filter = useMemo(() => <Filters found={shownCount} onClear={onClear} />, [shownCount, onClear]);
  return (
    <SpaceBetween size="m">
      <ListProblems onRetry={onRefresh} />
      <LoadProgress />
      <ChangesNote rows={rows} onShow={onShowChanges} onSeen={onSeen} />
      <SiblingsProvider value={siblings}>
        <ContractsTable
          items={found.items}
          pageIndex={found.pageIndex}
          pages={found.pages}
          pageSize={view.pageSize}
          columns={view.columns}
          sortBy={view.sortBy}
          descending={view.descending}
          isLoading={isLoading && isNone}
          onChange={changeView}
          empty={empty}
          header={header}
          filter={filter}
        />
      </SiblingsProvider>
    </SpaceBetween>
  );
}

/** Follows the typing by itself, also where the table around it stays as it is. */
function Filters({ found, onClear }: { readonly found: number | null; readonly onClear: () => void }) {
  const { changeView } = useContractsStore();
  const rows = useContracts((state) => state.rows);
  return (
    <ContractsFilters
      view={useFittingView()}
      rows={rows}
      found={found}
      onChange={changeView}
      onClear={onClear}
    />
  );
}

/** A remembered product or buyer of another account's list must not empty this one. */
function useFittingView(): ContractsView {
  const view = useContracts((state) => state.view);
  const rows = useContracts((state) => state.rows);
  const isComplete = useContracts(({ list }) => list.kind === 'complete');
  const { productId, buyerAccountId } = view;
  const hasProduct = useMemo(
    () => !isComplete || productId === null || rows.some((row) => row.productId === productId),
    [isComplete, rows, productId],
  );
  const hasBuyer = useMemo(
    () => !isComplete || buyerAccountId === null || rows.some((row) => row.buyerAccountId === buyerAccountId),
    [isComplete, rows, buyerAccountId],
  );
  return useMemo(
    () => ({
      ...view,
      productId: hasProduct ? view.productId : null,
      buyerAccountId: hasBuyer ? view.buyerAccountId : null,
    }),
    [view, hasProduct, hasBuyer],
  );
}
