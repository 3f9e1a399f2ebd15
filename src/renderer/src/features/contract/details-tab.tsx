/** Everything else that AWS says of a contract, in AWS's own words. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import { formatInstant, formatUtc, userTimeZone } from '../../copy/formats.ts';
import { Copyable } from '../../ui/copyable.tsx';

export function DetailsTab({ details }: { readonly details: ContractDetails }) {
  const { summary } = details;
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'AWS’s status', value: summary.awsStatus },
          { label: 'AWS’s resource type', value: summary.resourceType },
          { label: 'Product', value: summary.productTitle ?? '–' },
          { label: 'Buyer alias', value: summary.buyerAlias ?? 'None yet' },
          { label: 'Product id', value: <Copyable value={summary.productId} label="product id" /> },
          { label: 'Accepted', value: both(summary.acceptedUtc) },
          { label: 'Start', value: both(summary.startUtc) },
          { label: summary.endIsAbout ? 'End, about' : 'End', value: both(summary.endUtc) },
          {
            label: 'First agreement of the chain',
            value: <Copyable value={summary.initialAgreementId} label="first agreement id" />,
          },
          {
            label: summary.licenseArns.length > 1 ? 'Licence ARNs' : 'Licence ARN',
            value: <Licences arns={summary.licenseArns} />,
          },
        ]}
      />
    </Container>
  );
}

function Licences({ arns }: { readonly arns: readonly string[] }) {
  if (arns.length === 0) return <>–</>;
  return (
    <SpaceBetween size="xxs">
      {arns.map((arn) => (
        <Copyable key={arn} value={arn} label="licence ARN" />
      ))}
      {arns.length > 1 && (
        <Box color="text-body-secondary" fontSize="body-s">
          With several licences, the one to meter can’t be picked here yet.
        </Box>
      )}
    </SpaceBetween>
  );
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
