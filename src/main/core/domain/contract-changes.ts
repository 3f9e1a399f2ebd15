/** What became of an agreement since the list was last complete. */
import type { ContractChange } from '../../../contract/contracts.ts';
import type { AgreementSummary } from '../ports.ts';

/** Statuses that say that another agreement took over. */
const successions: Readonly<Record<string, ContractChange>> = { RENEWED: 'renewed', REPLACED: 'replaced' };

/**
 * `before` is what the last complete list said; undefined where it had no such agreement. Null when nothing happened that a person
 * should look at. An end that comes by the date alone is in the status already, and no news of AWS.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_DescribeAgreement.html
 */
export function changeOf(
  before: Pick<AgreementSummary, 'status'> | undefined,
  after: Pick<AgreementSummary, 'status'>,
): ContractChange | null {
  if (before === undefined) return 'new';
  if (before.status !== 'ACTIVE' || after.status === 'ACTIVE') return null;
  return Object.hasOwn(successions, after.status) ? (successions[after.status] ?? null) : 'ended';
}
