/** The facts of a contract in columns; every identifier can be copied. */
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import { formatAccountId } from '../../copy/formats.ts';
import { schemeNames } from '../../copy/schemes.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Instant } from '../../ui/instant.tsx';

export interface ContractOverviewProps {
  readonly details: ContractDetails;
  readonly onEditAlias: () => void;
}

export function ContractOverview({ details, onEditAlias }: ContractOverviewProps) {
  return (
    <Container>
      <div className="contract-facts">
        <KeyValuePairs
          columns={4}
          minColumnWidth={190}
          items={[...timeAndMetering(details), ...buyerAndOffer(details, onEditAlias)]}
        />
        <div className="contract-ids">
          {longIds(details).map((item) => (
            <KeyValuePairs key={item.label} items={[item]} />
          ))}
        </div>
      </div>
    </Container>
  );
}

function timeAndMetering({ summary, scheme, meteringRegion }: ContractDetails) {
  const none = summary.addedByHand ? 'Not known' : 'None';
  const end = summary.endUtc === null ? none : <Instant utc={summary.endUtc} />;
  return [
    { label: 'Start', value: summary.addedByHand ? 'Not known' : <Instant utc={summary.startUtc} /> },
    { label: 'End', value: summary.endIsAbout ? <>About {end}; AWS decides</> : end },
    { label: 'Scheme', value: scheme === null ? unknownScheme(summary) : schemeNames[scheme] },
    { label: 'Metering Region', value: meteringRegion },
  ];
}

/** Only where usage may be entered one day is there something to ask. */
function unknownScheme({ status }: ContractDetails['summary']): string {
  if (status.kind === 'not-by-hand') return 'None: not reported by hand';
  return status.kind === 'ended' ? 'Never asked' : 'Asked before the first usage';
}

function buyerAndOffer({ summary }: ContractDetails, onEditAlias: () => void) {
  const { buyerAccountId, buyerAlias, productTitle, productId, offerId } = summary;
  const account = formatAccountId(buyerAccountId);
  return [
    {
      label: 'Buyer alias',
      value: (
        <>
          {buyerAlias ?? 'None yet'}{' '}
          <Button variant="inline-link" ariaLabel="Edit the buyer’s alias" onClick={onEditAlias}>
            Edit
          </Button>
        </>
      ),
    },
    {
      label: 'Buyer account',
      value: <Copyable value={buyerAccountId} shown={account} label="buyer account id" />,
    },
    { label: 'Product', value: productTitle ?? productId },
    { label: 'Offer id', value: <Copyable value={offerId} label="offer id" /> },
  ];
}

function longIds(details: ContractDetails) {
  const { agreementId, productCode } = details.summary;
  return [
    { label: 'Agreement id', value: <Copyable value={agreementId} label="agreement id" /> },
    { label: 'Product code', value: <Copyable value={productCode} label="product code" /> },
    { label: 'Licence ARN', value: licence(details) },
  ];
}

function licence({ licenseArn, licences, scheme, summary }: ContractDetails) {
  if (licences.length === 0 && summary.addUsage.allowed) {
    return scheme === 'product-code'
      ? 'None shown by AWS; not needed, as the product is metered by product code'
      : 'None shown by AWS. A new contract gets it some minutes after it was accepted; with its ARN at hand it can be entered in Add usage.';
  }
  if (licences.length > 1) return `${licences.length} licences, see Details`;
  return <Copyable value={licenseArn} label="licence ARN" />;
}
