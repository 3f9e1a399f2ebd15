/** Which of several licences the usage of this form belongs to. It is never chosen for the person: a wrong one bills wrongly. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import RadioGroup from '@cloudscape-design/components/radio-group';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import { licenceFacts } from '../../ui/licence-facts.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState } from './report-usage-stores.ts';

export function LicenceChoice({
  report,
  details,
}: {
  readonly report: ReportUsageStore;
  readonly details: ContractDetails;
}) {
  const chosen = useReportState(report, (state) => state.licenseArn);
  const asked = useReportState(report, (state) => state.showAll);
  const { licences, scheme } = details;
  if (scheme !== 'licence' || licences.length < 2) return null;
  const isKnown = licences.some((licence) => licence.licenseArn === chosen);
  return (
    <Container header={<Header variant="h2">Which licence was it used on?</Header>}>
      <FormField
        label={`This contract has ${licences.length} licences`}
        description="Everything on this form is metered on the one that you choose. AWS bills each licence by itself."
        stretch
        {...(asked && !isKnown ? { errorText: 'Choose the licence that this usage belongs to.' } : {})}
      >
        <RadioGroup
          value={isKnown ? chosen : null}
          items={licences.map((licence) => ({
            value: licence.licenseArn,
            label: licence.licenseArn,
            description: licenceFacts(licence, details).join(' · '),
          }))}
          onChange={({ detail }) => report.chooseLicence(detail.value)}
        />
      </FormField>
      <Box color="text-body-secondary" fontSize="body-s" padding={{ top: 'xs' }}>
        If you can’t tell which one it is, ask whoever set up the deal before you report anything.
      </Box>
    </Container>
  );
}
