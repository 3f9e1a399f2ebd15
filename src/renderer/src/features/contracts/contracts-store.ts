/** The contract list as the core has read it so far, and how the person looks at it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppApi } from '../../../../contract/api.ts';
import type { ContractList, ContractSummary } from '../../../../contract/contracts.ts';
import { contractsViewSchema, type KeptContractsView } from '../../../../contract/contracts-view.ts';
import type { AppError } from '../../../../contract/errors.ts';
import type { EventName } from '../../../../contract/events.ts';
import { prepareSearch } from './contract-search.ts';

/** What the person searches, filters, sorts and pages by. It outlives a visit to a contract; all but the text also the app. */
export interface ContractsView extends KeptContractsView {
  readonly filterText: string;
  readonly pageIndex: number;
}

export interface ContractsState {
  readonly listId: string | null;
  readonly version: number;
  readonly list: ContractList['state'];
  /** When AWS had all of what the rows say (ISO 8601, UTC); null while the list never was complete. */
  readonly lastCompleteUtc: string | null;
  /** Of the rows that the core has; the page may be about to fetch some. */
  readonly count: number;
  readonly unreadable: number;
  readonly rows: readonly ContractSummary[];
  readonly catalogProblem: AppError | null;
  /** Why the core could not be asked at all. */
  readonly callProblem: AppError | null;
  readonly view: ContractsView;
}

/** How far the list has been read: all that the words around the table tell of. */
export type ReadingFacts = Omit<ContractsState, 'listId' | 'version' | 'rows' | 'view'>;

export interface ContractsStore {
  readonly store: StoreApi<ContractsState>;
  readonly changeView: (change: Partial<ContractsView>) => void;
  /** Takes what is new from the core. */
  readonly reload: () => Promise<void>;
  /** Has the core read the whole list from AWS once more, or go on where it stopped. */
  readonly refresh: () => Promise<void>;
  /** What changed has been seen. */
  readonly dismissChanges: () => Promise<void>;
  /** Writes what is due now: the page may be about to go. */
  readonly flushView: () => void;
  readonly start: () => () => void;
}

export const firstView: ContractsView = {
  filterText: '',
  status: 'all',
  productId: null,
  buyerAccountId: null,
  traits: [],
  sortBy: null,
  descending: false,
  pageIndex: 1,
  pageSize: 20,
  columns: [],
};

const emptyList = {
  listId: null,
  version: 0,
  list: { kind: 'idle' },
  lastCompleteUtc: null,
  count: 0,
  unreadable: 0,
  rows: [],
  catalogProblem: null,
  callProblem: null,
} as const satisfies Omit<ContractsState, 'view'>;

const rereadOn: readonly EventName[] = ['contracts.changed', 'usage.changed'];

/** Choices that come in a row, such as several boxes ticked, are written once. */
const keepAfterMs = 500;

/** One store for the page: a factory, so that a test makes a fresh one. */
export function createContractsStore(api: AppApi): ContractsStore {
  const store = createStore<ContractsState>()(() => ({ ...emptyList, view: firstView }));
  const held = createHeldRows();
  let running: Promise<void> | null = null;
  let again = false;
  let generation = 0;
  let viewTimer: ReturnType<typeof setTimeout> | undefined;

  const read = async (): Promise<void> => {
    do {
      again = false;
      const asked = generation;
      const { listId, version } = store.getState();
      const answer = await api.call('contracts.list', { listId, knownVersion: version });
      if (asked !== generation) again = true;
      else if (answer.ok) {
        take(answer.value);
        if (answer.value.hasMore) again = true;
      } else store.setState({ callProblem: answer.error });
    } while (again);
  };

  const take = (answer: ContractList): void => {
    // Here, in pieces as the rows come, and not when the first key is pressed.
    prepareSearch(answer.rows);
    const isSameList = store.getState().listId === answer.listId;
    const rows = isSameList ? held.merge(answer.rows) : held.replace(answer.rows);
    store.setState({
      listId: answer.listId,
      version: answer.version,
      list: answer.state,
      lastCompleteUtc: answer.lastCompleteUtc,
      count: answer.count,
      unreadable: answer.unreadable,
      rows,
      catalogProblem: answer.catalogProblem,
      callProblem: null,
    });
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

  const recallView = async (): Promise<void> => {
    const answer = await api.call('contracts.view', {});
    const { view } = answer.ok ? answer.value : { view: null };
    // Whoever was quicker to choose than the disk keeps the choice.
    if (view !== null && store.getState().view === firstView)
      store.setState({ view: { ...firstView, ...view } });
  };

  const keepView = (): void => {
    viewTimer = undefined;
    const { filterText: _, pageIndex: __, ...kept } = store.getState().view;
    void api.call('contracts.keepView', contractsViewSchema.parse(kept));
  };

  const flushView = (): void => {
    if (viewTimer === undefined) return;
    clearTimeout(viewTimer);
    keepView();
  };

  return {
    store,
    flushView,
    reload,
    refresh,
    dismissChanges: async () => {
      const answer = await api.call('contracts.dismissChanges', {});
      if (!answer.ok) store.setState({ callProblem: answer.error });
    },
    changeView: (change) => {
      // Another filter or order starts on its first page.
      const page = 'pageIndex' in change ? {} : { pageIndex: 1 };
      store.setState((state) => ({ view: { ...state.view, ...page, ...change } }));
      if (Object.keys(change).every((key) => key === 'filterText' || key === 'pageIndex')) return;
      clearTimeout(viewTimer);
      viewTimer = setTimeout(keepView, keepAfterMs);
    },
    start: () => {
      generation += 1;
      held.replace([]);
      store.setState({ ...emptyList });
      const ends = rereadOn.map((event) => api.subscribe(event, () => void reload()));
      void recallView();
      void begin();
      return () => {
        flushView();
        for (const end of ends) end();
      };
    },
  };
}

/** The rows in the order in which they first came, found by their id, so that a change costs as much as it changes. */
function createHeldRows() {
  let rows: readonly ContractSummary[] = [];
  const places = new Map<string, number>();

  function merge(changed: readonly ContractSummary[]): readonly ContractSummary[] {
    if (changed.length === 0) return rows;
    const next = rows.slice();
    for (const row of changed) {
      const place = places.get(row.agreementId) ?? next.length;
      places.set(row.agreementId, place);
      next[place] = row;
    }
    rows = next;
    return rows;
  }

  return {
    merge,
    replace: (all: readonly ContractSummary[]): readonly ContractSummary[] => {
      rows = [];
      places.clear();
      return merge(all);
    },
  };
}
