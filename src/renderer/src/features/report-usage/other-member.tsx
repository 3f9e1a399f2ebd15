/** A start time that is another contract's of the chain: the way there, with the line as it was typed. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { CheckedLine, EntryLine } from '../../../../contract/entry.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useMoveLine } from './report-usage-stores.ts';

export interface OtherMemberProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly checked: CheckedLine | null;
}

export function OtherMember({ report, line, checked }: OtherMemberProps) {
  const move = useMoveLine(report);
  const agreementId = memberOf(checked);
  if (agreementId === null) return null;
  return (
    <SpaceBetween size="xs" direction="horizontal" alignItems="center">
      <span>
        This time belongs to <code>{agreementId}</code>, which still takes it.
      </span>
      <Button onClick={() => void move(line, agreementId)}>Open it with this line</Button>
    </SpaceBetween>
  );
}

function memberOf(checked: CheckedLine | null): string | null {
  const found = checked?.issues.find(({ facts }) => facts.belongsTo !== undefined)?.facts.belongsTo;
  return typeof found === 'string' ? found : null;
}
