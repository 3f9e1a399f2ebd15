/** The buyer's other running contracts for the product: told apart on the form, never chosen between for the person. */
import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import type { ContractDetails, RelatedContract } from '../../../../contract/contracts.ts';
import { hrefOf } from '../../app/routes.ts';
import { datesOf, licencesText, priceDifferences } from '../../ui/related-words.ts';
import { shownValue, useCall } from '../../ui/use-call.ts';

export function OtherContracts({ details }: { readonly details: ContractDetails }) {
  const { agreementId } = details.summary;
  const related = shownValue(useCall('contracts.related', { agreementId }).state);
  if (related === null) return null;
  const own = related.chain.find((one) => one.summary.agreementId === agreementId);
  const others = related.concurrent.filter(takesUsage);
  if (own === undefined || others.length === 0) return null;
  return (
    <Alert
      type="info"
      header={`This buyer has ${others.length === 1 ? 'another contract' : `${others.length} other contracts`} for this product`}
    >
      You are adding to <code>{agreementId}</code>: {datesOf(own.summary)}, {licencesText(own.summary)}. If
      the usage belongs to another one, open that:
      <ul className="plain-list">
        {others.map((other) => (
          <li key={other.summary.agreementId}>
            <Link href={hrefOf({ page: 'contract', agreementId: other.summary.agreementId, tab: 'usage' })}>
              {other.summary.agreementId}
            </Link>
            : {factsOf(own, other)}
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function takesUsage({ summary }: RelatedContract): boolean {
  return summary.status.kind === 'active' || summary.status.kind === 'closing';
}

function factsOf(own: RelatedContract, { summary, prices }: RelatedContract): string {
  const priced = priceDifferences(own.prices, prices);
  return [datesOf(summary), licencesText(summary), ...(priced === null ? [] : [priced])].join(', ');
}
