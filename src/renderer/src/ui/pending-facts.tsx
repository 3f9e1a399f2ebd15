/** Below the status of a pending record: what comes next, how long AWS would still take it, how often it was tried. */
import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { formatCount } from '../copy/formats.ts';
import { Countdown } from './countdown.tsx';
import { useNow } from './use-now.tsx';
import './pending-facts.css';

export function PendingFacts({ record }: { readonly record: UsageRecordView }) {
  if (record.status !== 'pending') return null;
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      {record.undoUntilUtc === null ? (
        <Tries record={record} />
      ) : (
        <Fact>
          leaves in <Countdown untilUtc={record.undoUntilUtc} passed="a moment" />
        </Fact>
      )}
    </Box>
  );
}

function Tries({ record }: { readonly record: UsageRecordView }) {
  const { nextTryUtc, phase, attemptCount, deadlineUtc, awaitsTrailUntilUtc } = record;
  return (
    <>
      {nextTryUtc !== null && phase !== 'sending' && phase !== 'held' && (
        <Fact>
          next try in <Countdown untilUtc={nextTryUtc} passed="a moment" />
        </Fact>
      )}
      {awaitsTrailUntilUtc !== null && !record.needsPerson && (
        <Fact>
          CloudTrail may tell within <Countdown untilUtc={awaitsTrailUntilUtc} passed="a moment" />
        </Fact>
      )}
      <Fact>{attemptCount === 0 ? 'not sent yet' : formatCount(attemptCount, 'attempt')}</Fact>
      <Deadline utc={deadlineUtc} />
    </>
  );
}

function Deadline({ utc }: { readonly utc: string }) {
  const isPast = Date.parse(utc) <= useNow();
  return (
    <Fact>
      {isPast ? (
        'past its deadline'
      ) : (
        <>
          deadline in <Countdown untilUtc={utc} />
        </>
      )}
    </Fact>
  );
}

function Fact({ children }: { readonly children: ReactNode }) {
  return <div className="pending-fact">{children}</div>;
}
