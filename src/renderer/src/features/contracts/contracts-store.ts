/** The contract list as the core has read it so far, and how the person looks at it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppApi } from '../../../../contract/api.ts';
import type { ContractList, ContractSummary } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import type { EventName } from '../../../../contract/events.ts';
import type { StatusFilter } from './contract-order.ts';

/** What the person searches, filters, sorts and pages by. It outlives a visit to a contract. */
export interface ContractsView {
  readonly filterText: string;
  readonly status: StatusFilter;
  /** Id of the column that is sorted by; null for the order by urgency. */
  readonly sortBy: string | null;
  readonly descending: boolean;
  readonly pageIndex: number;
  readonly pageSize: number;
}

export interface ContractsState {
  readonly listId: string | null;
  readonly version: number;
  readonly list: ContractList['state'];
  /** When AWS had what the rows say (ISO 8601, UTC), also while they are read anew or that failed; null before the first end. */
  readonly lastCompleteUtc: string | null;
  readonly count: number;
  readonly rows: readonly ContractSummary[];
  readonly catalogProblem: AppError | null;
  /** Why the core could not be asked at all. */
  readonly callProblem: AppError | null;
  readonly view: ContractsView;
}

export interface ContractsStore {
  readonly store: StoreApi<ContractsState>;
  readonly changeView: (change: Partial<ContractsView>) => void;
  /** Takes what is new from the core. */
  readonly reload: () => Promise<void>;
  /** Has the core read the whole list from AWS once more. */
  readonly refresh: () => Promise<void>;
  readonly start: () => () => void;
}

export const firstView: ContractsView = {
  filterText: '',
  status: 'all',
  sortBy: null,
  descending: false,
  pageIndex: 1,
  pageSize: 25,
};

const emptyList = {
  listId: null,
  version: 0,
  list: { kind: 'idle' },
  lastCompleteUtc: null,
  count: 0,
  rows: [],
  catalogProblem: null,
  callProblem: null,
} as const satisfies Omit<ContractsState, 'view'>;

const rereadOn: readonly EventName[] = ['contracts.changed', 'usage.changed'];

/** One store for the page: a factory, so that a test makes a fresh one. */
export function createContractsStore(api: AppApi): ContractsStore {
  const store = createStore<ContractsState>()(() => ({ ...emptyList, view: firstView }));
  let running: Promise<void> | null = null;
  let again = false;
  let generation = 0;

  const read = async (): Promise<void> => {
    do {
      again = false;
      const asked = generation;
      const { listId, version } = store.getState();
      const answer = await api.call('contracts.list', { listId, knownVersion: version });
      if (asked !== generation) again = true;
      else if (answer.ok) store.setState((state) => afterList(state, answer.value));
      else store.setState({ callProblem: answer.error });
    } while (again);
  };

  const reload = (): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = read().finally(() => {
      running = null;
    });
    return running;
  };

  const refresh = async (): Promise<void> => {
    const answer = await api.call('contracts.refresh', {});
    if (!answer.ok) store.setState({ callProblem: answer.error });
    else await reload();
  };

  const begin = async (): Promise<void> => {
    await reload();
    const { list, callProblem } = store.getState();
    if (list.kind === 'idle' && callProblem === null) await refresh();
  };

  return {
    store,
    reload,
    refresh,
    changeView: (change) => {
      // Another filter or order starts on its first page.
      const page = 'pageIndex' in change ? {} : { pageIndex: 1 };
      store.setState((state) => ({ view: { ...state.view, ...page, ...change } }));
    },
    start: () => {
      generation += 1;
      store.setState({ ...emptyList });
      const ends = rereadOn.map((event) => api.subscribe(event, () => void reload()));
      void begin();
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** The state after an answer: changed rows take the place of the old ones, another list replaces all. */
export function afterList(before: ContractsState, answer: ContractList): ContractsState {
  const isSameList = before.listId === answer.listId;
  return {
    ...before,
    listId: answer.listId,
    version: answer.version,
    list: answer.state,
    lastCompleteUtc:
      answer.state.kind === 'complete' ? answer.state.asOfUtc : isSameList ? before.lastCompleteUtc : null,
    count: answer.count,
    rows: isSameList ? merged(before.rows, answer.rows) : answer.rows,
    catalogProblem: answer.catalogProblem,
    callProblem: null,
  };
}

function merged(
  before: readonly ContractSummary[],
  changed: readonly ContractSummary[],
): readonly ContractSummary[] {
  if (changed.length === 0) return before;
  const byId = new Map(before.map((row) => [row.agreementId, row]));
  for (const row of changed) byId.set(row.agreementId, row);
  return [...byId.values()];
}
