/** The facts of a contract in columns; every identifier can be copied. */
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import { formatAccountId, formatInstant, userTimeZone } from '../../copy/formats.ts';
import { Copyable } from '../../ui/copyable.tsx';

export function ContractOverview({ details }: { readonly details: ContractDetails }) {
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        items={[...timeItems(details), ...meteringItems(details), ...idItems(details)]}
      />
    </Container>
  );
}

function timeItems({ summary }: ContractDetails) {
  const zone = userTimeZone();
  const end = summary.endUtc === null ? 'None' : formatInstant(summary.endUtc, zone);
  return [
    { label: 'Start', value: formatInstant(summary.startUtc, zone) },
    { label: 'End', value: summary.endIsAbout ? `About ${end}; AWS decides` : end },
  ];
}

function meteringItems({ scheme, meteringRegion }: ContractDetails) {
  return [
    { label: 'Scheme', value: schemeWords[scheme ?? 'none'] },
    { label: 'Metering Region', value: meteringRegion },
  ];
}

function idItems({ summary, licenseArn }: ContractDetails) {
  const account = formatAccountId(summary.buyerAccountId);
  return [
    {
      label: 'Buyer account',
      value: <Copyable value={summary.buyerAccountId} shown={account} label="buyer account id" />,
    },
    { label: 'Buyer alias', value: summary.buyerAlias ?? 'None yet' },
    { label: 'Product', value: summary.productTitle ?? '–' },
    { label: 'Product code', value: <Copyable value={summary.productCode} label="product code" /> },
    { label: 'Agreement id', value: <Copyable value={summary.agreementId} label="agreement id" /> },
    { label: 'Offer id', value: <Copyable value={summary.offerId} label="offer id" /> },
    { label: 'Licence ARN', value: licence(licenseArn, summary.licenseArns) },
  ];
}

const schemeWords = {
  licence: 'By licence',
  'product-code': 'By product code',
  none: 'Asked before the first usage',
} as const;

function licence(chosen: string | null, all: readonly string[]) {
  const [first] = all;
  if (chosen !== null) return <Copyable value={chosen} label="licence ARN" />;
  if (all.length > 1) return `${all.length} licences, see Details`;
  return <Copyable value={first ?? null} label="licence ARN" />;
}
