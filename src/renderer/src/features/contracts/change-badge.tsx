/** What is new about a contract since the list was last complete. */
import Badge from '@cloudscape-design/components/badge';
import type { ContractChange } from '../../../../contract/contracts.ts';

const words = {
  new: 'New',
  ended: 'Ended since',
  renewed: 'Renewed since',
  replaced: 'Replaced since',
} as const satisfies Record<ContractChange, string>;

export function ChangeBadge({ change }: { readonly change: ContractChange }) {
  return <Badge color={change === 'new' ? 'green' : 'blue'}>{words[change]}</Badge>;
}
