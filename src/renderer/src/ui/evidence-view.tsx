/** What is known of a record of unknown outcome: our own attempts, and the calls that CloudTrail shows. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { Evidence } from '../../../contract/evidence.ts';
import { findingAnswer, findingWhose, trailSentence } from '../copy/evidence.ts';
import { formatInstant, formatQuantity, userTimeZone } from '../copy/formats.ts';
import { Attempts } from './attempts.tsx';
import { Copyable } from './copyable.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { Instant } from './instant.tsx';
import { type Call, shownValue } from './use-call.ts';
import { useNow } from './use-now.tsx';

export function EvidenceView({ call }: { readonly call: Call<Evidence> }) {
  const shown = shownValue(call.state);
  if (shown === null) {
    return call.state.kind === 'failed' ? (
      <ErrorAlert error={call.state.error} onRetry={() => void call.reload()} />
    ) : (
      <Box color="text-body-secondary">
        <Spinner /> Gathering the evidence: AWS CloudTrail is asked what it has.
      </Box>
    );
  }
  return (
    <SpaceBetween size="l">
      <section>
        <Header variant="h3" counter={`(${shown.attempts.length})`}>
          What Usage Desk sent
        </Header>
        <Attempts attempts={shown.attempts} />
      </section>
      <Trail trail={shown.trail} reload={call.reload} />
    </SpaceBetween>
  );
}

type TrailFacts = Evidence['trail'];
type Finding = TrailFacts['findings'][number];

function Trail({ trail, reload }: { readonly trail: TrailFacts; readonly reload: () => Promise<void> }) {
  const [looking, setLooking] = useState(false);
  const zone = userTimeZone();
  const now = useNow(30_000);
  const look = () => {
    setLooking(true);
    void reload().finally(() => setLooking(false));
  };
  return (
    <section>
      <SpaceBetween size="s">
        <Header
          variant="h3"
          actions={
            <Button loading={looking} onClick={look}>
              Look again
            </Button>
          }
        >
          What AWS CloudTrail shows
        </Header>
        <Box>{trailSentence(trail, now, zone)}</Box>
        {trail.problem !== null && <ErrorAlert error={trail.problem} />}
        {trail.findings.length > 0 && <Findings findings={trail.findings} />}
        <Box fontSize="body-s" color="text-body-secondary">
          {trail.lookedUtc !== null && `Looked up ${formatInstant(trail.lookedUtc, zone)}. `}
          {trail.nextLookUtc !== null &&
            `Looked up again by itself ${formatInstant(trail.nextLookUtc, zone)}.`}
        </Box>
      </SpaceBetween>
    </section>
  );
}

function Findings({ findings }: { readonly findings: readonly Finding[] }) {
  return (
    <Table<Finding>
      variant="embedded"
      wrapLines
      contentDensity="compact"
      trackBy="eventId"
      items={findings}
      ariaLabels={{ tableLabel: 'Calls that CloudTrail shows' }}
      columnDefinitions={[
        {
          id: 'when',
          header: 'When',
          minWidth: 110,
          isRowHeader: true,
          cell: (finding) => <Instant utc={finding.atUtc} />,
        },
        { id: 'answer', header: 'AWS’s answer', cell: findingAnswer },
        { id: 'whose', header: 'Whose call', cell: (finding) => <Whose finding={finding} /> },
        {
          id: 'quantity',
          header: 'Quantity',
          cell: ({ quantity }) => (quantity === null ? '–' : formatQuantity(quantity)),
        },
        {
          id: 'ids',
          header: 'Request id and record id',
          minWidth: 220,
          cell: ({ requestId, meteringRecordId }) => (
            <>
              <Copyable value={requestId} label="request id" />
              <br />
              <Copyable value={meteringRecordId} label="metering record id" />
            </>
          ),
        },
      ]}
    />
  );
}

function Whose({ finding }: { readonly finding: Finding }) {
  return (
    <>
      {findingWhose(finding)}
      {finding.principalArn !== null && (
        <Box fontSize="body-s" color="text-body-secondary">
          <span className="pre-wrap">{finding.principalArn}</span>
        </Box>
      )}
    </>
  );
}
