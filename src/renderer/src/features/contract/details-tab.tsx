/** Everything else that AWS says of a contract, in AWS's own words. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import { formatInstant, formatUtc, userTimeZone } from '../../copy/formats.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { licenceFacts } from '../../ui/licence-facts.ts';

export function DetailsTab({ details }: { readonly details: ContractDetails }) {
  const { summary } = details;
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'AWS’s status', value: summary.awsStatus || 'Not known: added by hand' },
          { label: 'AWS’s resource type', value: summary.resourceType },
          { label: 'Product', value: summary.productTitle ?? '–' },
          { label: 'Buyer alias', value: summary.buyerAlias ?? 'None yet' },
          { label: 'Product id', value: <Copyable value={summary.productId} label="product id" /> },
          { label: 'Accepted', value: both(summary.acceptedUtc) },
          { label: 'Start', value: summary.addedByHand ? 'Not known' : both(summary.startUtc) },
          {
            label: summary.endIsAbout ? 'End, about' : 'End',
            value: summary.addedByHand ? 'Not known' : both(summary.endUtc),
          },
          {
            label: 'First agreement of the chain',
            value: <Copyable value={summary.initialAgreementId} label="first agreement id" />,
          },
          {
            label: details.licences.length > 1 ? 'Licence ARNs' : 'Licence ARN',
            value: <Licences details={details} />,
          },
          { label: 'Terms, as AWS names them', value: termsOf(details) },
        ]}
      />
    </Container>
  );
}

function Licences({ details }: { readonly details: ContractDetails }) {
  const { licences } = details;
  if (licences.length === 0) return <>None shown by AWS</>;
  return (
    <SpaceBetween size="xs">
      {licences.map((licence) => (
        <div key={licence.licenseArn}>
          <Copyable value={licence.licenseArn} label="licence ARN" />
          {licences.length > 1 && (
            <Box color="text-body-secondary" fontSize="body-s">
              {licenceFacts(licence, details).join(' · ')}
            </Box>
          )}
        </div>
      ))}
    </SpaceBetween>
  );
}

function termsOf({ termsRead, termKinds }: ContractDetails): string {
  if (!termsRead) return 'Could not be read';
  return termKinds.length === 0 ? 'None' : termKinds.join(', ');
}

function both(utc: string | null) {
  if (utc === null) return '–';
  return (
    <>
      {formatInstant(utc, userTimeZone())}
      <Box color="text-body-secondary" fontSize="body-s">
        {formatUtc(utc)}
      </Box>
    </>
  );
}
