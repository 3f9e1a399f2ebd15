/** The history over all contracts: its pages, what they come to, and what it can be filtered by. */
import {
  everything,
  type HistoryChoices,
  type HistoryFilter,
  type HistoryPage,
  type HistoryQuery,
  type HistoryTotals,
} from '../../../contract/history.ts';
import { reasonCodes } from '../../../contract/reason-codes.ts';
import { ok, type Result } from '../../../contract/result.ts';
import { foldTotals } from '../domain/usage-totals.ts';
import type { Clock, HistoryReader, HistoryRows, Ledger, Preferences } from '../ports.ts';
import { recordView } from './record-view.ts';

export interface HistoryDeps {
  /** Only asked whether the ledger is open: the history is read beside it. */
  readonly ledger: () => Result<Ledger>;
  readonly reader: HistoryReader;
  readonly clock: Clock;
  readonly preferences: Preferences;
}

export interface History {
  readonly page: (query: HistoryQuery) => Promise<Result<HistoryPage>>;
  readonly totals: (query: {
    readonly filter: HistoryFilter;
    readonly byMonth: boolean;
  }) => Promise<Result<HistoryTotals>>;
  readonly choices: () => Promise<Result<HistoryChoices>>;
}

/** The filter in the core's terms: instants, and the buyers that a text means by their local names. */
export function rowsOf(filter: HistoryFilter, aliases: Readonly<Record<string, string>>): HistoryRows {
  const { of = 'submission', fromUtc = null, untilUtc = null } = filter.period ?? {};
  const text = filter.text.trim().toLowerCase();
  return {
    ...everything,
    ...filter,
    period: {
      of,
      fromMs: fromUtc === null ? Number.MIN_SAFE_INTEGER : Date.parse(fromUtc),
      untilMs: untilUtc === null ? Number.MAX_SAFE_INTEGER : Date.parse(untilUtc),
    },
    textBuyerAccountIds:
      text === ''
        ? []
        : Object.entries(aliases)
            .filter(([, alias]) => alias.toLowerCase().includes(text))
            .map(([accountId]) => accountId)
            .slice(0, 500),
  };
}

export function createHistory(deps: HistoryDeps): History {
  const aliases = () => deps.preferences.get().buyerAliases;

  return {
    page: async ({ filter, sort, cursor, limit }) => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      const page = await deps.reader.page({ rows: rowsOf(filter, aliases()), sort, cursor, limit });
      if (!page.ok) return page;
      const nowMs = deps.clock.now();
      return ok({
        records: page.value.records.map((record) => recordView(record, aliases(), nowMs)),
        nextCursor: page.value.nextCursor,
      });
    },
    totals: async ({ filter, byMonth }) => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      const rows = await deps.reader.totals({ rows: rowsOf(filter, aliases()), byMonth });
      return rows.ok ? ok(foldTotals(rows.value)) : rows;
    },
    choices: async () => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      const found = await deps.reader.choices();
      if (!found.ok) return found;
      const { sellerAccountIds, buyerAccountIds, products, dimensions, reasons, principalArns } = found.value;
      return ok({
        sellerAccountIds: [...sellerAccountIds],
        buyers: buyerAccountIds.map((id) => ({ buyerAccountId: id, alias: aliases()[id] ?? null })),
        products: products.map(({ value, name }) => ({ productId: value, productTitle: name })),
        dimensions: dimensions.map(({ value, name }) => ({ dimensionKey: value, dimensionName: name })),
        reasons: reasonCodes.filter((code) => reasons.includes(code)),
        principalArns: [...principalArns],
      });
    },
  };
}
