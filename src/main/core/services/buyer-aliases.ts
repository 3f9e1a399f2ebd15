/** The names that people here have for buyers, since AWS tells none: one by one, and as a file. */
import type { AliasPreview } from '../../../contract/aliases.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, Preferences, SaveTarget } from '../ports.ts';
import { type ListedBuyer, readAliases, writeAliases } from './alias-file.ts';
import type { ContractListService } from './contract-list.ts';

export interface BuyerAliasesDeps {
  readonly list: Pick<ContractListService, 'all' | 'buyersRenamed'>;
  readonly preferences: Preferences;
  readonly clock: Clock;
  readonly save: SaveTarget;
}

interface Alias {
  readonly buyerAccountId: string;
  readonly alias: string;
}

export interface BuyerAliases {
  /** An empty alias takes the name away. Durable when it resolves, and all of them or none. */
  readonly set: (aliases: readonly Alias[]) => Promise<Result<Record<string, never>>>;
  /** Every buyer in the list, and every one that has a name. */
  readonly export: () => Promise<Result<SavedFile>>;
  /** Changes nothing. */
  readonly preview: (text: string) => AliasPreview;
}

export function createBuyerAliases(deps: BuyerAliasesDeps): BuyerAliases {
  function buyers(): readonly ListedBuyer[] {
    const { buyerAliases } = deps.preferences.get();
    const byBuyer = Map.groupBy(deps.list.all(), (row) => row.buyerAccountId);
    const accountIds = new Set([...byBuyer.keys(), ...Object.keys(buyerAliases)]);
    return [...accountIds].sort().map((accountId) => {
      const rows = byBuyer.get(accountId) ?? [];
      return {
        accountId,
        alias: Object.hasOwn(buyerAliases, accountId) ? (buyerAliases[accountId] ?? null) : null,
        contracts: rows.length,
        products: [...new Set(rows.map((row) => row.productTitle ?? row.productId))].sort(),
      };
    });
  }

  return {
    set: async (aliases) => {
      const stored = await deps.preferences.update((before) => {
        const changed = { ...before.buyerAliases };
        for (const { buyerAccountId, alias } of aliases) {
          const name = alias.trim();
          if (name === '') delete changed[buyerAccountId];
          else changed[buyerAccountId] = name;
        }
        return { ...before, buyerAliases: changed };
      });
      if (!stored.ok) return stored;
      deps.list.buyersRenamed(new Set(aliases.map(({ buyerAccountId }) => buyerAccountId)));
      return ok({});
    },
    export: () =>
      deps.save.saveText({
        suggestedName: `buyer-aliases-${utc(deps.clock.now()).slice(0, 10)}.csv`,
        mediaType: 'text/csv; charset=utf-8',
        chunks: once(writeAliases(buyers())),
      }),
    preview: (text) =>
      readAliases(text, {
        aliases: deps.preferences.get().buyerAliases,
        listed: new Set(deps.list.all().map((row) => row.buyerAccountId)),
      }),
  };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
