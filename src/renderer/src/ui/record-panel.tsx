/** One usage record in full, for the side panel: what stood on the review, who, the attempts, AWS's ids. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { hrefOf } from '../app/routes.ts';
import { formatAccountId, formatInstant, formatMoney, userTimeZone } from '../copy/formats.ts';
import { Attempts } from './attempts.tsx';
import { Copyable } from './copyable.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { Instant } from './instant.tsx';
import { useRecordPanel } from './open-record.tsx';
import { PendingFacts } from './pending-facts.tsx';
import { quantityText } from './price.ts';
import { actsOf, actWords } from './record-acts.ts';
import { RecordGuide } from './record-guide.tsx';
import { StatusBadge } from './status-badge.tsx';
import { shownValue, useCall } from './use-call.ts';
import { useNow } from './use-now.tsx';
import { useRecordActs } from './use-record-acts.tsx';

/** The content of the side panel, without its frame. Reads anew when usage changes. */
export function RecordPanel({ recordId }: { readonly recordId: string }) {
  const { state, reload } = useCall('usage.get', { recordId }, ['usage.changed']);
  const shown = shownValue(state);
  if (shown === null) {
    return state.kind === 'failed' ? (
      <ErrorAlert error={state.error} onRetry={() => void reload()} />
    ) : (
      <Spinner size="large" />
    );
  }
  const { record, attempts } = shown;
  return (
    <SpaceBetween size="l">
      <SpaceBetween size="xs">
        <StatusBadge record={record} />
        <PendingFacts record={record} />
        <RecordGuide record={record} />
        <RejectedActs record={record} />
      </SpaceBetween>
      <Decided record={record} />
      <Settled record={record} />
      <Linked record={record} />
      <Reviewed record={record} />
      <Sent record={record} />
      <section>
        <Header variant="h3" counter={`(${attempts.length})`}>
          Attempts
        </Header>
        <Attempts attempts={attempts} />
      </section>
      <ExpandableSection headerText="What was confirmed">
        <SpaceBetween size="xs">
          <Box>“{shown.confirmationText}”</Box>
          <Box variant="awsui-key-label">Hash of the review</Box>
          <Copyable value={shown.reviewHash} label="hash of the review" />
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}

/** What can be done with a rejected record; a pending one has its acts in its row. */
function RejectedActs({ record }: { readonly record: UsageRecordView }) {
  const acts = useRecordActs();
  const now = useNow(30_000);
  const offered = record.status === 'rejected' ? actsOf(record, now) : [];
  return (
    <>
      {offered.length > 0 && (
        <SpaceBetween direction="horizontal" size="xs">
          {offered.map((act, at) => (
            <Button key={act} variant={at === 0 ? 'primary' : 'normal'} onClick={() => acts.act(record, act)}>
              {actWords[act]}
            </Button>
          ))}
        </SpaceBetween>
      )}
      {acts.dialog}
    </>
  );
}

/** What became of a rejected record. */
function Settled({ record }: { readonly record: UsageRecordView }) {
  if (record.settlement?.kind !== 'written-off') return null;
  const { atUtc, by, note, amount } = record.settlement;
  return (
    <section>
      <Header variant="h3">Written off</Header>
      <SpaceBetween size="xs">
        <span className="pre-wrap">{note}</span>
        {amount !== null && <Box>Given up: {formatMoney(amount)}</Box>}
        <Box color="text-body-secondary">{formatInstant(atUtc, userTimeZone())}</Box>
        <Copyable value={by} label="who wrote it off" />
      </SpaceBetween>
    </section>
  );
}

/** The ways to what belongs to it: its submission, and the records before and after it. */
function Linked({ record }: { readonly record: UsageRecordView }) {
  const { predecessorId, settlement, submissionId } = record;
  return (
    <SpaceBetween size="xs">
      <Link href={hrefOf({ page: 'submission', submissionId })}>Its submission, with a receipt to print</Link>
      {predecessorId !== null && (
        <OtherRecord recordId={predecessorId}>
          The rejected record that this one takes the place of
        </OtherRecord>
      )}
      {settlement?.kind === 'followed' && (
        <OtherRecord recordId={settlement.successorId}>The record that took its place</OtherRecord>
      )}
    </SpaceBetween>
  );
}

function OtherRecord({ recordId, children }: { readonly recordId: string; readonly children: string }) {
  const panel = useRecordPanel();
  return (
    <Link
      onFollow={(event) => {
        event.preventDefault();
        panel.open(recordId);
      }}
    >
      {children}
    </Link>
  );
}

function Reviewed({ record }: { readonly record: UsageRecordView }) {
  return (
    <section>
      <Header variant="h3">What stood on the review</Header>
      <KeyValuePairs
        columns={2}
        items={[
          {
            label: 'Buyer',
            value: (
              <Link href={hrefOf({ page: 'contract', agreementId: record.agreementId, tab: 'usage' })}>
                {record.buyerAlias ?? formatAccountId(record.buyerAccountId)}
              </Link>
            ),
          },
          { label: 'Product', value: record.productTitle ?? record.productId },
          { label: 'Dimension', value: record.dimensionName ?? record.dimensionKey },
          { label: 'Dimension key', value: <Copyable value={record.dimensionKey} label="dimension key" /> },
          {
            label: 'Quantity',
            value: quantityText(record.quantity, record.unit),
          },
          { label: 'Estimate', value: record.estimate === null ? '–' : formatMoney(record.estimate) },
          { label: 'Usage time', value: <Instant utc={record.startUtc} /> },
          { label: 'Usage time in UTC', value: <Instant utc={record.startUtc} zone="UTC" /> },
          { label: 'Entered in time zone', value: record.timeZone },
          { label: 'Description', value: record.description || '–' },
        ]}
      />
    </section>
  );
}

function Sent({ record }: { readonly record: UsageRecordView }) {
  const endUtc = record.status === 'pending' ? record.deadlineUtc : record.settledUtc;
  return (
    <section>
      <Header variant="h3">Who and where</Header>
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={2}
          items={[
            { label: 'Submitted', value: <Instant utc={record.submittedUtc} /> },
            {
              label: record.status === 'pending' ? 'AWS may take it until' : 'Settled',
              value: endUtc === null ? '–' : <Instant utc={endUtc} />,
            },
            { label: 'Seller account', value: formatAccountId(record.sellerAccountId) },
            { label: 'Role', value: record.sellerRoleName ?? '–' },
            { label: 'Metering Region', value: record.meteringRegion },
          ]}
        />
        <KeyValuePairs columns={1} items={longIds(record)} />
      </SpaceBetween>
    </section>
  );
}

/** Each takes the whole width. */
function longIds(record: UsageRecordView) {
  const byLicence = record.scheme === 'licence';
  return [
    { label: 'Submitted by', value: <Copyable value={record.sellerPrincipalArn} label="principal" /> },
    {
      label: byLicence ? 'Licence ARN' : 'Product code',
      value: byLicence ? (
        <Copyable value={record.licenseArn} label="licence ARN" />
      ) : (
        <Copyable value={record.productCode} label="product code" />
      ),
    },
    {
      label: 'AWS’s metering record id',
      value: <Copyable value={record.meteringRecordId} label="metering record id" />,
    },
    { label: 'Request id', value: <Copyable value={record.requestId} label="request id" /> },
    { label: 'Record id', value: <Copyable value={record.recordId} label="record id" /> },
  ];
}

/** Where no answer of AWS settled it: who did, and on what. */
function Decided({ record }: { readonly record: UsageRecordView }) {
  if (record.decidedBy === null) return null;
  const byTrail = record.decidedBy === 'CloudTrail';
  return (
    <section>
      <Header variant="h3">How it was settled</Header>
      <SpaceBetween size="xs">
        <Box>
          {byTrail
            ? 'AWS’s answer never arrived or was unclear. AWS CloudTrail showed what became of the record.'
            : 'AWS’s answer never arrived or was unclear. A person decided it on the evidence.'}
        </Box>
        {!byTrail && <Copyable value={record.decidedBy} label="who decided" />}
        {record.decisionNote !== null && (
          <div>
            <Box variant="awsui-key-label">{byTrail ? 'Evidence' : 'Note'}</Box>
            <span className="pre-wrap">{record.decisionNote}</span>
          </div>
        )}
      </SpaceBetween>
    </section>
  );
}
