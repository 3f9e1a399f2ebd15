import { createContext, type ReactNode, useContext } from 'react';
import type { ContractsStore } from './contracts-store.ts';

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
