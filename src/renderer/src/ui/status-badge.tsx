/** Status and phase of a usage record: icon and words. */
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { userTimeZone } from '../copy/formats.ts';
import { statusWords } from '../copy/reasons.ts';
import './status-badge.css';

export function StatusBadge({
  record,
}: {
  readonly record: Pick<UsageRecordView, 'status' | 'phase' | 'nextTryUtc' | 'undoUntilUtc'>;
}) {
  const words = statusWords(record, userTimeZone());
  return (
    <StatusIndicator type={words.type}>
      <span className="status-words">{words.text}</span>
    </StatusIndicator>
  );
}
