/** The facts of a contract in columns; every identifier can be copied. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import { formatAccountId } from '../../copy/formats.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { Instant } from '../../ui/instant.tsx';

export function ContractOverview({ details }: { readonly details: ContractDetails }) {
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        items={[...timeItems(details), ...meteringItems(details), ...idItems(details)]}
      />
      <Box padding={{ top: 'm' }}>
        <KeyValuePairs items={[{ label: 'Licence ARN', value: licence(details) }]} />
      </Box>
    </Container>
  );
}

function timeItems({ summary }: ContractDetails) {
  const end = summary.endUtc === null ? 'None' : <Instant utc={summary.endUtc} />;
  return [
    { label: 'Start', value: <Instant utc={summary.startUtc} /> },
    { label: 'End', value: summary.endIsAbout ? <>About {end}; AWS decides</> : end },
  ];
}

function meteringItems({ scheme, meteringRegion }: ContractDetails) {
  return [
    { label: 'Scheme', value: schemeWords[scheme ?? 'none'] },
    { label: 'Metering Region', value: meteringRegion },
  ];
}

function idItems({ summary }: ContractDetails) {
  const account = formatAccountId(summary.buyerAccountId);
  return [
    {
      label: 'Buyer account',
      value: <Copyable value={summary.buyerAccountId} shown={account} label="buyer account id" />,
    },
    { label: 'Product code', value: <Copyable value={summary.productCode} label="product code" /> },
    { label: 'Agreement id', value: <Copyable value={summary.agreementId} label="agreement id" /> },
    { label: 'Offer id', value: <Copyable value={summary.offerId} label="offer id" /> },
  ];
}

const schemeWords = {
  licence: 'By licence',
  'product-code': 'By product code',
  none: 'Asked before the first usage',
} as const;

function licence({ licenseArn, summary }: ContractDetails) {
  const [first = null] = summary.licenseArns;
  if (licenseArn === null && summary.licenseArns.length > 1) {
    return `${summary.licenseArns.length} licences, see Details`;
  }
  return <Copyable value={licenseArn ?? first} label="licence ARN" />;
}
