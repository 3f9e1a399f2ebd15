/** The reason of a usage record as a badge that explains itself when it is pressed. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import Popover from '@cloudscape-design/components/popover';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { Phase } from '../../../contract/usage.ts';
import { shownErrorName } from '../copy/attempts.ts';
import { againSentence, mayBeRecorded, obstacleOf, reasonOf } from '../copy/reasons.ts';
import './reason-badge.css';

export interface RawAnswer {
  readonly awsErrorName: string | null;
  readonly awsMessage: string | null;
  readonly requestId: string | null;
  readonly phase: Phase | null;
}

const badgeColors = { blocker: 'red', warning: 'severity-medium', information: 'blue' } as const;

/** A dash when there is no reason. */
export function ReasonBadge({
  reason,
  raw,
}: {
  readonly reason: ReasonCode | null;
  readonly raw?: RawAnswer;
}) {
  if (reason === null) return <>–</>;
  const entry = reasonOf(reason);
  const isObstacle = raw !== undefined && obstacleOf({ phase: raw.phase, reason }) !== null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps a press from opening the row that it stands in
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys don't open rows
    <span onClick={(event) => event.stopPropagation()}>
      <Popover
        triggerType="text-inline"
        triggerAriaLabel={`${entry.badge}: explain`}
        header={isObstacle ? mayBeRecorded.title : entry.title}
        size="large"
        position="left"
        renderWithPortal
        dismissAriaLabel="Close the explanation"
        content={<ReasonText reason={reason} {...(raw === undefined ? {} : { raw })} />}
      >
        <Badge color={badgeColors[entry.severity]}>{entry.badge}</Badge>
      </Popover>
    </span>
  );
}

/** What happened, why, what to do, whether it can be sent again; AWS's own words folded. */
export function ReasonText({ reason, raw }: { readonly reason: ReasonCode; readonly raw?: RawAnswer }) {
  const entry = reasonOf(reason);
  const obstacle = raw === undefined ? null : obstacleOf({ phase: raw.phase, reason });
  return (
    <SpaceBetween size="s">
      {obstacle === null ? (
        <div>{entry.whatHappened}</div>
      ) : (
        <>
          <strong>{mayBeRecorded.text}</strong>
          <div>
            <Box variant="awsui-key-label">What keeps AWS from being asked again</Box>
            {obstacle.title}.
          </div>
        </>
      )}
      <div>
        <Box variant="awsui-key-label">Why this happens</Box>
        {entry.why}
      </div>
      <div>
        <Box variant="awsui-key-label">What to do</Box>
        <ol className="reason-steps">
          {entry.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
      <div>
        <Box variant="awsui-key-label">Send it again?</Box>
        {againSentence(obstacle === null ? entry.again : 'identical')}
      </div>
      {entry.awsPage !== null && (
        <Link href={entry.awsPage} external externalIconAriaLabel="Opens in the browser">
          AWS’s page on this
        </Link>
      )}
      <RawWords {...(raw === undefined ? {} : { raw })} />
    </SpaceBetween>
  );
}

function RawWords({ raw }: { readonly raw?: RawAnswer }) {
  if (raw === undefined) return null;
  const awsErrorName = shownErrorName(raw.awsErrorName);
  if (awsErrorName === null && raw.awsMessage === null) return null;
  return (
    <ExpandableSection headerText="What AWS said, word for word">
      <Box variant="code">
        <span className="reason-raw">
          {[awsErrorName, raw.awsMessage, raw.requestId === null ? null : `Request id: ${raw.requestId}`]
            .filter((part) => part !== null)
            .join('\n')}
        </span>
      </Box>
    </ExpandableSection>
  );
}
