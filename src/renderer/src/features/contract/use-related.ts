import type { RelatedContract, RelatedContracts } from '../../../../contract/contracts.ts';
import { type CallState, shownValue } from '../../ui/call-state.ts';
import { useCall } from '../../ui/use-call.ts';

/** The buyer's other contracts for the product, read again when the list moves. */
export function useRelated(agreementId: string): CallState<RelatedContracts> {
  return useCall('contracts.related', { agreementId }, ['contracts.changed']).state;
}

export interface Chain {
  /** In the order of their start; none before it is known. */
  readonly members: readonly RelatedContract[];
  /** Of the whole chain; the contract's own alone before it is known: its usage is in the ledger, however long AWS takes. */
  readonly agreementIds: readonly string[];
}

/** The renewals and replacements that a contract stands in. */
export function useChain(agreementId: string): Chain {
  const members = shownValue(useRelated(agreementId))?.chain ?? [];
  const ids = members.map(({ summary }) => summary.agreementId);
  return { members, agreementIds: ids.includes(agreementId) ? ids : [agreementId] };
}
