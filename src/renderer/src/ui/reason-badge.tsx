/** A reason as a badge that explains itself when it is pressed. */
import Badge from '@cloudscape-design/components/badge';
import Popover from '@cloudscape-design/components/popover';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { badgeText, mayBeRecorded, obstacleOf, reasonOf } from '../copy/reasons.ts';
import { ReasonText } from './reason-text.tsx';
import { RecordGuide } from './record-guide.tsx';

const badgeColors = { blocker: 'red', warning: 'severity-medium', information: 'blue' } as const;

interface ReasonBadgeProps {
  readonly reason: ReasonCode | null;
  /** With it, the explanation names the record's own facts. */
  readonly record?: UsageRecordView;
}

/** A dash when there is no reason. */
export function ReasonBadge({ reason, record }: ReasonBadgeProps) {
  if (reason === null) return <>–</>;
  const entry = reasonOf(reason);
  const badge = badgeText(reason, record);
  const isObstacle = record !== undefined && obstacleOf(record) !== null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only keeps a press from opening the row that it stands in
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys don't open rows
    <span onClick={(event) => event.stopPropagation()}>
      <Popover
        triggerType="text-inline"
        triggerAriaLabel={`${badge}: explain`}
        header={isObstacle ? mayBeRecorded.title : entry.title}
        size="large"
        position="left"
        renderWithPortal
        dismissAriaLabel="Close the explanation"
        content={record === undefined ? <ReasonText reason={reason} /> : <RecordGuide record={record} />}
      >
        <Badge color={badgeColors[entry.severity]}>{badge}</Badge>
      </Popover>
    </span>
  );
}
