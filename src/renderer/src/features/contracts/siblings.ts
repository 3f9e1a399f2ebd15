/** Contracts that stand beside another one of the same buyer and product: a row alone would not tell them apart. */
import { createContext, useContext } from 'react';
import type { ContractSummary } from '../../../../contract/contracts.ts';

/** The agreement ids of those that may take usage and are not the only one that does. */
export function siblingsAmong(rows: readonly ContractSummary[]): ReadonlySet<string> {
  const running = rows.filter(({ status }) => status.kind === 'active' || status.kind === 'closing');
  const groups = Map.groupBy(running, (row) => `${row.buyerAccountId} ${row.productId}`);
  return new Set(
    [...groups.values()]
      .filter((group) => group.length > 1)
      .flatMap((group) => group.map((row) => row.agreementId)),
  );
}

const Siblings = createContext<ReadonlySet<string>>(new Set());
export const SiblingsProvider = Siblings.Provider;

/** Whether this contract needs more than its buyer and product to be told. */
export function useHasSibling(agreementId: string): boolean {
  return useContext(Siblings).has(agreementId);
}
