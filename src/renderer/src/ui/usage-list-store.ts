/** Usage records of one query, page after page, kept up to date. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppApi } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import { everything } from '../../../contract/history.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { UsageQuery, UsageRecordView } from '../../../contract/usage.ts';

export interface UsageListState {
  readonly kind: 'loading' | 'ready' | 'failed';
  readonly records: readonly UsageRecordView[];
  readonly nextCursor: string | null;
  /** Null where the pages don't tell. */
  readonly total: number | null;
  readonly loadingMore: boolean;
  /** Why the newest reading failed; what was read before stays in `records`. */
  readonly error: AppError | null;
}

export interface UsageListStore {
  readonly store: StoreApi<UsageListState>;
  readonly loadMore: () => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly start: () => () => void;
}

export const pageLimit = 100;

export interface RecordPages {
  /** Reads the page at a cursor, or the first. */
  readonly read: (cursor: string | null) => Promise<
    Result<{
      readonly records: UsageRecordView[];
      readonly nextCursor: string | null;
      readonly total?: number;
    }>
  >;
  /** Null when a change of any contract concerns it. */
  readonly agreementIds: readonly string[] | null;
}

/** Of a contract, or of all, with a status, or any; of one seller account where it is given. */
export const usagePages = (
  api: AppApi,
  agreementId: string | null,
  status: UsageQuery['status'],
  sellerAccountId?: string,
): RecordPages => ({
  read: (cursor) =>
    api.call('usage.list', {
      ...{ agreementId, status, cursor, limit: pageLimit },
      ...(sellerAccountId === undefined ? {} : { sellerAccountId }),
    }),
  agreementIds: agreementId === null ? null : [agreementId],
});

/** Of the contracts of a chain together; one alone is a chain too. */
export function chainPages(api: AppApi, agreementIds: readonly string[]): RecordPages {
  const [only] = agreementIds;
  if (only !== undefined && agreementIds.length === 1) return usagePages(api, only, null);
  const filter = { ...everything, agreementIds: [...agreementIds] };
  const sort = { by: 'submitted', descending: true } as const;
  return {
    read: async (cursor) => {
      const [page, totals] = await Promise.all([
        api.call('history.page', { filter, sort, cursor, limit: pageLimit }),
        api.call('history.totals', { filter, byMonth: false }),
      ]);
      if (!page.ok) return page;
      return totals.ok ? ok({ ...page.value, total: totals.value.records }) : totals;
    },
    agreementIds,
  };
}

export function createUsageListStore(api: AppApi, pages: RecordPages): UsageListStore {
  const page = pages.read;
  const store = createStore<UsageListState>()(() => ({
    kind: 'loading',
    records: [],
    nextCursor: null,
    total: null,
    loadingMore: false,
    error: null,
  }));
  let running: Promise<void> | null = null;
  let again = false;
  let active = false;

  /** Reads as many pages as are shown, so that a change far down is seen too and nothing collapses. */
  const readShown = async (): Promise<void> => {
    const wanted = Math.max(1, store.getState().records.length);
    const records: UsageRecordView[] = [];
    let cursor: string | null = null;
    do {
      const answer = await page(cursor);
      if (!answer.ok) {
        store.setState({ kind: 'failed', error: answer.error, loadingMore: false });
        return;
      }
      records.push(...answer.value.records);
      cursor = answer.value.nextCursor;
      if (cursor === null || records.length >= wanted) {
        const { total = null } = answer.value;
        store.setState({
          kind: 'ready',
          records,
          nextCursor: cursor,
          total,
          error: null,
          loadingMore: false,
        });
        return;
      }
    } while (cursor !== null);
  };

  /** One reading at a time; what is asked for meanwhile runs once afterwards. */
  const run = (read: () => Promise<void>): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = (async () => {
      await read();
      while (again && active) {
        again = false;
        await readShown();
      }
    })().finally(() => {
      running = null;
    });
    return running;
  };

  const readNext = async (): Promise<void> => {
    const { nextCursor, records } = store.getState();
    if (nextCursor === null) return;
    const answer = await page(nextCursor);
    if (!answer.ok) {
      store.setState({ kind: 'failed', error: answer.error, loadingMore: false });
      return;
    }
    const known = new Set(records.map((record) => record.recordId));
    store.setState({
      kind: 'ready',
      records: [...records, ...answer.value.records.filter((record) => !known.has(record.recordId))],
      nextCursor: answer.value.nextCursor,
      total: answer.value.total ?? null,
      loadingMore: false,
      error: null,
    });
  };

  const concerns = (agreementIds: readonly string[]) =>
    agreementIds.length === 0 ||
    pages.agreementIds === null ||
    pages.agreementIds.some((agreementId) => agreementIds.includes(agreementId));

  return {
    store,
    reload: () => run(readShown),
    loadMore: async () => {
      store.setState({ loadingMore: true });
      await running;
      await run(readNext);
    },
    start: () => {
      active = true;
      const end = api.subscribe('usage.changed', ({ agreementIds }) => {
        if (concerns(agreementIds)) void run(readShown);
      });
      void run(readShown);
      return () => {
        active = false;
        end();
      };
    },
  };
}
