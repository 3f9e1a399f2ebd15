import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { UsageQuery } from '../../../contract/usage.ts';
import { useApi } from '../api/api-context.tsx';
import { createUsageListStore, type UsageListState } from './usage-list-store.ts';

export interface UsageList {
  readonly state: UsageListState;
  readonly loadMore: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

/** Usage records of a contract (or of all) with a status (or any), newest first; it updates by itself. */
export function useUsageList(agreementId: string | null, status: UsageQuery['status']): UsageList {
  const api = useApi();
  const list = useMemo(() => createUsageListStore(api, { agreementId, status }), [api, agreementId, status]);
  useEffect(() => list.start(), [list]);
  return { state: useStore(list.store), loadMore: list.loadMore, reload: list.reload };
}
