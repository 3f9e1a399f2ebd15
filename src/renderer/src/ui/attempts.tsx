/** The attempts of a record: when, what came of each, AWS's ids and words. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Attempt } from '../../../contract/usage.ts';
import { attemptWords, shownErrorName } from '../copy/attempts.ts';
import { formatCount, formatInstant, userTimeZone } from '../copy/formats.ts';
import { reasonOf } from '../copy/reasons.ts';
import { Copyable } from './copyable.tsx';

export function Attempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  if (attempts.length === 0) return <Box color="text-body-secondary">Nothing has been sent yet.</Box>;
  return (
    <SpaceBetween size="s">
      {attempts.map((attempt) => (
        <AttemptRow key={attempt.attemptId} attempt={attempt} />
      ))}
    </SpaceBetween>
  );
}

function AttemptRow({ attempt }: { readonly attempt: Attempt }) {
  const words = attemptWords(attempt);
  const about = [
    formatInstant(attempt.startedUtc, userTimeZone()),
    attempt.recordCount > 1 ? `in a call of ${formatCount(attempt.recordCount, 'record')}` : null,
    attempt.reason === null ? null : reasonOf(attempt.reason).badge,
    shownErrorName(attempt.awsErrorName),
  ].filter((part) => part !== null);
  return (
    <div>
      <StatusIndicator type={words.type} wrapText>
        {words.text}
      </StatusIndicator>
      <Box fontSize="body-s" color="text-body-secondary">
        {about.join(' · ')}
      </Box>
      {attempt.awsMessage !== null && <Box fontSize="body-s">{attempt.awsMessage}</Box>}
      {attempt.requestId !== null && (
        <Box fontSize="body-s">
          Request id <Copyable value={attempt.requestId} label="request id" />
        </Box>
      )}
    </div>
  );
}
