/**
 * What the ledger says of each listed contract, kept so that a change of one contract is read for that one alone: the sums over
 * all of a large ledger take long, and a list of thousands asks often.
 */
import type { Money } from '../../../contract/primitives.ts';
import { monthStart, nextMonthStart } from '../domain/utc-hours.ts';
import type { Clock, Ledger } from '../ports.ts';

export interface UsageOfContract {
  /** Start of the newest pending or accepted usage, epoch ms. */
  readonly lastUsageMs: number | null;
  /** Of this UTC month, pending and accepted. */
  readonly estimates: readonly Money[];
  /** Records by status. */
  readonly pending: number;
  readonly rejected: number;
}

export interface ListedUsage {
  readonly of: (agreementId: string) => UsageOfContract;
  /** Reads every contract of the seller anew. */
  readonly readAll: () => void;
  readonly read: (agreementIds: readonly string[]) => void;
  /** Whether another UTC month has begun since all was read: its estimates start anew. */
  readonly isOfAnotherMonth: () => boolean;
}

const noRecords = { pending: 0, rejected: 0 };
const none: UsageOfContract = { lastUsageMs: null, estimates: [], ...noRecords };

export function createListedUsage(deps: {
  readonly ledger: () => Ledger | null;
  readonly clock: Clock;
  /** The seller account whose usage is listed, or null. */
  readonly sellerAccountId: () => string | null;
}): ListedUsage {
  let known = new Map<string, UsageOfContract>();
  let monthMs = Number.NaN;

  function month(): { readonly fromMs: number; readonly untilMs: number } {
    const nowMs = deps.clock.now();
    return { fromMs: monthStart(nowMs), untilMs: nextMonthStart(nowMs) };
  }

  return {
    of: (agreementId) => known.get(agreementId) ?? none,
    readAll: () => {
      known = new Map();
      const span = month();
      monthMs = span.fromMs;
      const ledger = deps.ledger();
      const sellerAccountId = deps.sellerAccountId();
      if (ledger === null || sellerAccountId === null) return;
      const lastUsage = ledger.lastUsage(sellerAccountId);
      const estimates = ledger.estimates({ sellerAccountId, ...span });
      const counts = ledger.openCounts({ sellerAccountId, agreementId: null });
      if (!lastUsage.ok || !estimates.ok || !counts.ok) return;
      for (const agreementId of new Set([...lastUsage.value.keys(), ...counts.value.keys()])) {
        known.set(agreementId, {
          lastUsageMs: lastUsage.value.get(agreementId) ?? null,
          estimates: estimates.value.get(agreementId) ?? [],
          ...(counts.value.get(agreementId) ?? noRecords),
        });
      }
    },
    read: (agreementIds) => {
      const ledger = deps.ledger();
      const sellerAccountId = deps.sellerAccountId();
      if (ledger === null || sellerAccountId === null) return;
      for (const agreementId of agreementIds) {
        const usage = ledger.usageOfAgreement({ sellerAccountId, agreementId, ...month() });
        const counts = ledger.openCounts({ sellerAccountId, agreementId });
        if (!usage.ok || !counts.ok) continue;
        known.set(agreementId, { ...usage.value, ...(counts.value.get(agreementId) ?? noRecords) });
      }
    },
    isOfAnotherMonth: () => month().fromMs !== monthMs,
  };
}
