import { createContext, type ReactNode, useContext } from 'react';
import type { AppStores } from './app-stores.ts';

const StoresContext = createContext<AppStores | null>(null);

export function AppStoresProvider({
  stores,
  children,
}: {
  readonly stores: AppStores;
  readonly children: ReactNode;
}) {
  return <StoresContext value={stores}>{children}</StoresContext>;
}

export function useAppStores(): AppStores {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error('useAppStores needs an AppStoresProvider above it');
  return stores;
}
