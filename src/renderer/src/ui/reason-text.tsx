/** A reason in full: what happened, why, what to do, whether it can be sent again; AWS's own words folded. */
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { Guide } from '../../../contract/reasons/guide-words.ts';
import type { Phase } from '../../../contract/usage.ts';
import { shownErrorName } from '../copy/attempts.ts';
import { againSentence, mayBeRecorded, obstacleOf, reasonOf } from '../copy/reasons.ts';
import './reason-text.css';

export interface RawAnswer {
  readonly awsErrorName: string | null;
  readonly awsMessage: string | null;
  readonly requestId: string | null;
  readonly phase: Phase | null;
}

export interface ReasonTextProps {
  readonly reason: ReasonCode;
  readonly raw?: RawAnswer;
  /** What the reason means for one record. */
  readonly guide?: Guide | null;
  /** Unset where no record is meant that could be sent again. */
  readonly ofRecord?: boolean;
}

export function ReasonText({ reason, raw, guide = null, ofRecord = true }: ReasonTextProps) {
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
      {guide !== null && guide.seen.length > 0 && (
        <div>
          <Box variant="awsui-key-label">On this record</Box>
          <ul className="reason-steps">
            {guide.seen.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </div>
      )}
      <div>
        <Box variant="awsui-key-label">Why this happens</Box>
        {entry.why}
      </div>
      <div>
        <Box variant="awsui-key-label">What to do</Box>
        <ol className="reason-steps">
          {(guide?.steps ?? entry.steps).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </div>
      {ofRecord && (
        <div>
          <Box variant="awsui-key-label">Send it again?</Box>
          {againSentence(obstacle === null ? entry.again : 'identical')}
        </div>
      )}
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
