import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { ContractsState, ContractsStore, ReadingFacts } from './contracts-store.ts';

const StoreContext = createContext<ContractsStore | null>(null);

export function ContractsStoreProvider({
  store,
  children,
}: {
  readonly store: ContractsStore;
  readonly children: ReactNode;
}) {
  return <StoreContext value={store}>{children}</StoreContext>;
}

export function useContractsStore(): ContractsStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('useContractsStore needs a ContractsStoreProvider above it');
  return store;
}

/** What the selector picks of the list: other changes draw nothing anew. */
export function useContracts<T>(pick: (state: ContractsState) => T): T {
  return useStore(useContractsStore().store, pick);
}

export function useReadingFacts(): ReadingFacts {
  return useContracts(
    useShallow(({ listId: _, version: __, rows: ___, view: ____, ...facts }: ContractsState) => facts),
  );
}
