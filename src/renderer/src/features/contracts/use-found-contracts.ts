/** The contracts that the person looks at: sorted, filtered, found, and cut to a page. */
import { useDeferredValue, useMemo, useRef } from 'react';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { userTimeZone } from '../../copy/formats.ts';
import { useNow } from '../../ui/use-now.tsx';
import { passes, sorted } from './contract-order.ts';
import { createContractSearch } from './contract-search.ts';
import type { ContractsView } from './contracts-store.ts';

export interface FoundContracts {
  /** All contracts among which they were found. */
  readonly rows: readonly ContractSummary[];
  /** The rows of the page. The same array as long as they are the same. */
  readonly items: readonly ContractSummary[];
  readonly count: number;
  readonly pageIndex: number;
  readonly pages: number;
}

/**
 * What a person does is answered at once: to put the answer off until nothing else is pressed costs a frame more than the answer takes. Rows
 * that come from AWS wait. Sorting is done once for all rows and kept while they are filtered.
 */
export function useFoundContracts(rows: readonly ContractSummary[], view: ContractsView): FoundContracts {
  // Its words count down, so it is made anew as time goes on.
  const now = useNow(60_000);
  const seenRows = useDeferredValue(rows);
  const { filterText, status, productId, buyerAccountId, traits, sortBy, descending, pageSize } = view;
  const inOrder = useMemo(() => sorted(seenRows, sortBy, descending), [seenRows, sortBy, descending]);
  const found = useMemo(() => {
    const search = createContractSearch(now, userTimeZone());
    const filter = { status, productId, buyerAccountId, traits };
    return inOrder.filter((row) => passes(row, filter, now) && search(row, filterText));
  }, [inOrder, filterText, status, productId, buyerAccountId, traits, now]);
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const pageIndex = Math.min(view.pageIndex, pages);
  const items = useStable(found.slice((pageIndex - 1) * pageSize, pageIndex * pageSize));
  return { rows: seenRows, items, count: found.length, pageIndex, pages };
}

function useStable<T>(list: readonly T[]): readonly T[] {
  const before = useRef(list);
  const isSame = before.current.length === list.length && before.current.every((one, at) => one === list[at]);
  if (!isSame) before.current = list;
  return before.current;
}
