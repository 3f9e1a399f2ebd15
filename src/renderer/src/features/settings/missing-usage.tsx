/** After a restore: what AWS took through this app and the ledger doesn't have, as CloudTrail shows it. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { MissingUsage as Missing } from '../../../../contract/ledger.ts';
import type { Result } from '../../../../contract/result.ts';
import { useApi } from '../../api/api-context.tsx';
import {
  formatAccountId,
  formatCount,
  formatInstant,
  formatQuantity,
  userTimeZone,
} from '../../copy/formats.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';

const spans = [
  { value: '1', label: 'The last 24 hours' },
  { value: '7', label: 'The last 7 days' },
  { value: '30', label: 'The last 30 days' },
  { value: '90', label: 'The last 90 days: all that CloudTrail keeps' },
];

export function MissingUsage() {
  const api = useApi();
  const [daysBack, setDaysBack] = useState('7');
  const [looking, setLooking] = useState(false);
  const [result, setResult] = useState<Result<Missing> | null>(null);

  const look = async () => {
    setLooking(true);
    setResult(await api.call('ledger.missing', { daysBack: Number(daysBack) }));
    setLooking(false);
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="After a restore: what AWS accepted from Usage Desk and this ledger doesn’t have, as AWS CloudTrail shows it."
        >
          Usage that only AWS has
        </Header>
      }
    >
      <SpaceBetween size="m">
        <FormField
          label="How far back"
          secondaryControl={
            <Button loading={looking} loadingText="Asking CloudTrail" onClick={() => void look()}>
              Look in CloudTrail
            </Button>
          }
        >
          <Select
            selectedOption={spans.find(({ value }) => value === daysBack) ?? null}
            options={spans}
            onChange={({ detail }) => setDaysBack(detail.selectedOption.value ?? '7')}
          />
        </FormField>
        <LiveRegion>{result === null || looking ? null : <Found result={result} />}</LiveRegion>
      </SpaceBetween>
    </Container>
  );
}

function Found({ result }: { readonly result: Result<Missing> }) {
  if (!result.ok) return <ErrorAlert error={result.error} />;
  const { records, isComplete, fromUtc, untilUtc, meteringRegions } = result.value;
  const zone = userTimeZone();
  const looked = `Calls from ${formatInstant(fromUtc, zone)} to ${formatInstant(untilUtc, zone)} in ${meteringRegions.join(', ')} were looked at. Those of the last 15 minutes may not show yet.`;
  return (
    <SpaceBetween size="s">
      {!isComplete && (
        <Alert type="warning">CloudTrail had more calls than could be read. Choose a shorter time.</Alert>
      )}
      {records.length === 0 ? (
        <Alert
          type={isComplete ? 'success' : 'info'}
          header={isComplete ? 'Nothing is missing' : 'Nothing was found in what could be read'}
        >
          {looked}
        </Alert>
      ) : (
        <Alert
          type="warning"
          header={`AWS has ${formatCount(records.length, 'record')} that this ledger lacks`}
        >
          They are billed already: don’t enter them again. {looked}
        </Alert>
      )}
      <ul className="plain-list">
        {records.map((record) => (
          <li
            key={`${record.requestId} ${record.meteringRecordId} ${record.startUtc} ${record.dimensionKey}`}
          >
            <Box variant="strong">
              {record.buyerAlias ??
                (record.buyerAccountId === null ? 'Unknown buyer' : formatAccountId(record.buyerAccountId))}
            </Box>
            : {formatQuantity(record.quantity)} × {record.dimensionKey},{' '}
            {formatInstant(record.startUtc, zone)}. Accepted {formatInstant(record.acceptedUtc, zone)},
            metering record id <Copyable value={record.meteringRecordId} label="metering record id" />
          </li>
        ))}
      </ul>
    </SpaceBetween>
  );
}
