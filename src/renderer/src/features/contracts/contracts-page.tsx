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
import { useFoundContracts } from './use-found-contracts.ts';

export function ContractsPage() {
  usePageTitle('Contracts');
  const contracts = useContractsStore();
  const state = useStore(contracts.store);
  const view = useFittingView(state);
  const found = useFoundContracts(state.rows, view);
  const { changeView } = contracts;
  const onRefresh = useCallback(() => void contracts.refresh(), [contracts]);
  const onClear = useCallback(() => changeView(noFilters), [changeView]);
  const isLoading =
    state.list.kind === 'loading' || (state.list.kind === 'idle' && state.callProblem === null);
  const isNarrowed = hasFilters(view);
  return (
    <SpaceBetween size="m">
      <ListProblems state={state} onRetry={onRefresh} />
      <LoadProgress state={state} />
      <ChangesNote
        rows={state.rows}
        onShow={() => changeView({ ...noFilters, traits: ['changed'] })}
        onSeen={() => {
          void contracts.dismissChanges();
          // Nothing would be left of a list of what changed.
          if (view.traits.includes('changed'))
            changeView({ traits: view.traits.filter((trait) => trait !== 'changed') });
        }}
      />
      <ContractsTable
        items={found.items}
        pageIndex={found.pageIndex}
        pages={found.pages}
        pageSize={view.pageSize}
        columns={view.columns}
        sortBy={view.sortBy}
        descending={view.descending}
        isLoading={isLoading && state.rows.length === 0}
        onChange={changeView}
        empty={
          state.rows.length === 0 ? (
            <NoContracts failed={state.list.kind === 'failed' || state.callProblem !== null} />
          ) : (
            <NoMatch isComplete={state.list.kind === 'complete'} isLoading={isLoading} onClear={onClear} />
          )
        }
        header={<ListHeader state={state} isLoading={isLoading} onRefresh={onRefresh} />}
        filter={
          <ContractsFilters
            view={view}
            rows={state.rows}
            found={isNarrowed ? found.count : null}
            onChange={changeView}
            onClear={onClear}
          />
        }
      />
    </SpaceBetween>
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
