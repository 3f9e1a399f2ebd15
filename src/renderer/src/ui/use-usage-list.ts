import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { HistoryQuery } from '../../../contract/history.ts';
import type { UsageQuery } from '../../../contract/usage.ts';
import { useApi } from '../api/api-context.tsx';
import {
  chainPages,
  createUsageListStore,
  pageLimit,
  type UsageListState,
  type UsageListStore,
  usagePages,
} from './usage-list-store.ts';

export interface UsageList {
  readonly state: UsageListState;
  readonly loadMore: () => Promise<void>;
  readonly reload: () => Promise<void>;
}

/**
 * Usage records of a contract (or of all) with a status (or any), of one seller account where one is given, newest first; it updates by
 * itself.
 */
export function useUsageList(
  agreementId: string | null,
  status: UsageQuery['status'],
  sellerAccountId?: string,
): UsageList {
  const api = useApi();
  return useList(
    useMemo(
      () => createUsageListStore(api, usagePages(api, agreementId, status, sellerAccountId)),
      [api, agreementId, status, sellerAccountId],
    ),
  );
}

/**
 * Usage records of the contracts of a chain together, newest first; it updates by itself. What was shown of other members stays until the new
 * list is there.
 */
export function useChainUsage(agreementIds: readonly string[]): UsageList {
  const api = useApi();
  const key = agreementIds.join(' ');
  const list = useList(useMemo(() => createUsageListStore(api, chainPages(api, key.split(' '))), [api, key]));
  const [shown, setShown] = useState(list);
  if (list.state.kind !== 'loading' && shown.state !== list.state) setShown(list);
  return shown;
}

/** Usage records by filter and in an order; it updates by itself. Its total is asked for apart. */
export function useHistory(query: Pick<HistoryQuery, 'filter' | 'sort'>): UsageList {
  const api = useApi();
  // Small and plain: its JSON tells whether it is the same as before.
  const key = JSON.stringify(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the query is compared by content, not by identity
  const list = useMemo(
    () =>
      createUsageListStore(api, {
        read: (cursor) => api.call('history.page', { ...query, cursor, limit: pageLimit }),
        agreementIds: null,
      }),
    [api, key],
  );
  return useList(list);
}

function useList(list: UsageListStore): UsageList {
  useEffect(() => list.start(), [list]);
  return { state: useStore(list.store), loadMore: list.loadMore, reload: list.reload };
}
