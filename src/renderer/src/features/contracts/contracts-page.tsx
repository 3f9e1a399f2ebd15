/** All contracts of the seller: found, filtered, sorted, and opened from here. */
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useCallback, useMemo } from 'react';
import { useStore } from 'zustand';
import { usePageTitle } from '../../ui/page-title.tsx';
import { ContractsFilters, hasFilters, noFilters } from './contracts-filters.tsx';
import type { ContractsState, ContractsView } from './contracts-store.ts';
import { useContractsStore } from './contracts-store-context.tsx';
import { ContractsTable } from './contracts-table.tsx';
import { ListHeader } from './list-header.tsx';
import { ChangesNote, ListProblems, LoadProgress, NoContracts, NoMatch } from './list-states.tsx';
import { SiblingsProvider, siblingsAmong } from './siblings.ts';
import { useFoundContracts } from './use-found-contracts.ts';

export function ContractsPage() {
  usePageTitle('Contracts');
  const contracts = useContractsStore();
  const state = useStore(contracts.store);
  const found = useFoundContracts(state.rows, useFittingView(state));
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
  const isLoading = isBeingRead(state);
  const isNone = state.rows.length === 0;
  const hasFailed = state.list.kind === 'failed' || state.callProblem !== null;
  const isComplete = state.list.kind === 'complete';
  const shownCount = hasFilters(found.view) ? found.count : null;
  // The table is drawn once for a key, with the rows that were found: what stands in it must not change before.
  const empty = useMemo(
    () =>
      isNone ? (
        <NoContracts failed={hasFailed} />
      ) : (
        <NoMatch isComplete={isComplete} isLoading={isLoading} onClear={onClear} />
      ),
    [isNone, hasFailed, isComplete, isLoading, onClear],
  );
  const header = useMemo(() => <Head onRefresh={onRefresh} />, [onRefresh]);
  const filter = useMemo(() => <Filters found={shownCount} onClear={onClear} />, [shownCount, onClear]);
  return (
    <SpaceBetween size="m">
      <ListProblems state={state} onRetry={onRefresh} />
      <LoadProgress state={state} />
      <ChangesNote rows={state.rows} onShow={onShowChanges} onSeen={onSeen} />
      <SiblingsProvider value={siblings}>
        <ContractsTable
          items={found.items}
          pageIndex={found.pageIndex}
          pages={found.pages}
          pageSize={found.view.pageSize}
          columns={found.view.columns}
          sortBy={found.view.sortBy}
          descending={found.view.descending}
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

const isBeingRead = ({ list, callProblem }: ContractsState): boolean =>
  list.kind === 'loading' || (list.kind === 'idle' && callProblem === null);

function Head({ onRefresh }: { readonly onRefresh: () => void }) {
  const state = useStore(useContractsStore().store);
  return <ListHeader state={state} isLoading={isBeingRead(state)} onRefresh={onRefresh} />;
}

/** Follows the typing by itself, ahead of the table around it. */
function Filters({ found, onClear }: { readonly found: number | null; readonly onClear: () => void }) {
  const { store, changeView } = useContractsStore();
  const state = useStore(store);
  const view = useFittingView(state);
  return (
    <ContractsFilters view={view} rows={state.rows} found={found} onChange={changeView} onClear={onClear} />
  );
}

/** A remembered product or buyer of another account's list must not empty this one. */
function useFittingView({ view, rows, list }: ContractsState): ContractsView {
  const isComplete = list.kind === 'complete';
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
