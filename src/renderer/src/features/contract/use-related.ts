import type { RelatedContracts } from '../../../../contract/contracts.ts';
import type { CallState } from '../../ui/call-state.ts';
import { useCall } from '../../ui/use-call.ts';

/** The buyer's other contracts for the product, read again when the list moves. */
export function useRelated(agreementId: string): CallState<RelatedContracts> {
  return useCall('contracts.related', { agreementId }, ['contracts.changed']).state;
}
