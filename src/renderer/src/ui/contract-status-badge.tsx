/** Status of a contract: icon and words that count down, the reason on hover and focus. */
import { memo } from 'react';
import type { ContractSummary } from '../../../contract/contracts.ts';
import { contractStatusWords } from '../copy/contract-status.ts';
import { userTimeZone } from '../copy/formats.ts';
import { Hint } from './hint.tsx';
import { StatusText } from './row-parts.tsx';
import { useNow } from './use-now.tsx';

export const ContractStatusBadge = memo(function ContractStatusBadge({
  contract,
}: {
  readonly contract: Pick<ContractSummary, 'status' | 'addUsage' | 'awsStatus' | 'resourceType'>;
}) {
  const counts = contract.status.kind === 'closing' || contract.status.kind === 'not-started';
  const now = useNow(counts ? 1000 : 60_000);
  const words = contractStatusWords(contract, now, userTimeZone());
  return (
    <Hint text={words.explanation}>
      <StatusText type={words.type}>{words.text}</StatusText>
    </Hint>
  );
});
