/** Hands the one connection to the core down to every screen. */
import { createContext, type ReactNode, useContext } from 'react';
import type { AppApi } from '../../../contract/api.ts';

const ApiContext = createContext<AppApi | null>(null);

/** Provides `api` to everything inside. */
export function ApiProvider(props: { readonly api: AppApi; readonly children: ReactNode }): ReactNode {
  return <ApiContext value={props.api}>{props.children}</ApiContext>;
}

/** The connection to the core. Throws outside an `ApiProvider`, which is a defect. */
export function useApi(): AppApi {
  const api = useContext(ApiContext);
  if (api === null) throw new Error('useApi was called outside an ApiProvider');
  return api;
}
