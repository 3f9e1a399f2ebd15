/** A contract that is over but still takes usage of before its end: until when, and what that means for start times. */
import Alert from '@cloudscape-design/components/alert';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { formatCountdown, formatInstant } from '../../copy/formats.ts';
import { useNow } from '../../ui/use-now.tsx';

export function ContractOver({
  summary,
  zone,
}: {
  readonly summary: ContractSummary;
  readonly zone: string;
}) {
  const now = useNow(1000);
  const { status, endUtc, endIsAbout } = summary;
  if (status.kind !== 'closing' || endUtc === null) return null;
  const leftMs = Date.parse(status.closesUtc) - now;
  return (
    <Alert
      type="warning"
      header={
        leftMs > 0
          ? `This contract is over. AWS takes its last usage for another ${formatCountdown(leftMs)}.`
          : 'This contract is over, and the hour for its last usage has passed.'
      }
    >
      It ended {endIsAbout ? 'about ' : ''}
      {formatInstant(endUtc, zone)}. Only usage from before that can be reported, so the start is set to the
      last second before it. If the usage began earlier, choose its hour.
    </Alert>
  );
}
