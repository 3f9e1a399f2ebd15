/** Which contract of a chain a record belongs to, as one of the chain's contracts sees it. */
import Box from '@cloudscape-design/components/box';
import Link from '@cloudscape-design/components/link';
import type { RelatedContract } from '../../../../contract/contracts.ts';
import { hrefOf } from '../../app/routes.ts';
import { datesOf } from '../../ui/related-words.ts';

export interface ChainMemberProps {
  /** In the order of their start. */
  readonly chain: readonly RelatedContract[];
  /** The contract whose page this is. */
  readonly agreementId: string;
  readonly ofAgreementId: string;
}

export function ChainMember({ chain, agreementId, ofAgreementId }: ChainMemberProps) {
  const placeOf = (id: string) => chain.findIndex(({ summary }) => summary.agreementId === id);
  const place = placeOf(ofAgreementId);
  const member = chain[place];
  return (
    <>
      {ofAgreementId === agreementId ? (
        'This one'
      ) : (
        <Link
          href={hrefOf({ page: 'contract', agreementId: ofAgreementId, tab: 'usage' })}
          ariaLabel={`${wordOf(place - placeOf(agreementId))}: ${ofAgreementId}`}
        >
          {wordOf(place - placeOf(agreementId))}
        </Link>
      )}
      {member !== undefined && (
        <Box fontSize="body-s" color="text-body-secondary">
          {datesOf(member.summary)}
        </Box>
      )}
    </>
  );
}

/** How far from this contract: -1 is the one before it. */
function wordOf(distance: number): string {
  const side = distance < 0 ? 'before' : 'after';
  const steps = Math.abs(distance);
  return steps === 1 ? `The one ${side}` : `${steps} contracts ${side}`;
}
