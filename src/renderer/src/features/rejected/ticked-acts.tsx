/** What can be done with several rejected records at once. */
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { formatCount } from '../../copy/formats.ts';
import { useFrameActs } from '../../ui/frame-acts.tsx';
import { canSendAgain } from '../../ui/record-acts.ts';
import { useNow } from '../../ui/use-now.tsx';
import type { RecordActs } from '../../ui/use-record-acts.tsx';

/** A submission and its form hold no more. */
const mostTogether = 100;

export function TickedActs({
  records,
  acts,
}: {
  readonly records: readonly UsageRecordView[];
  readonly acts: RecordActs;
}) {
  const frame = useFrameActs();
  const now = useNow(30_000);
  const none = 'Tick records in the list first.';
  const tooMany = records.length > mostTogether ? `At most ${mostTogether} records go together.` : null;
  const stop = records.length === 0 ? none : tooMany;
  const stopSending = stop ?? whyNotTogether(records, now);
  const count = records.length === 0 ? 'records' : formatCount(records.length, 'record');
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        disabled={stop !== null}
        {...(stop === null ? {} : { disabledReason: stop })}
        onClick={() => acts.actOnAll(records, 'ask-aws')}
      >
        Ask AWS about {count}
      </Button>
      <Button
        disabled={stop !== null}
        {...(stop === null ? {} : { disabledReason: stop })}
        onClick={() => acts.actOnAll(records, 'write-off')}
      >
        Write off {count}
      </Button>
      <Button
        disabled={stopSending !== null}
        {...(stopSending === null ? {} : { disabledReason: stopSending })}
        onClick={() => frame.resend(records, 'identical')}
      >
        Send {count} again
      </Button>
    </SpaceBetween>
  );
}

/** Why the records can't go through one review as they are; null when they can. */
function whyNotTogether(records: readonly UsageRecordView[], now: number): string | null {
  const contracts = new Set(records.map(({ agreementId }) => agreementId));
  if (contracts.size > 1) return 'Tick records of one contract: each contract has a review of its own.';
  const stuck = records.filter((record) => !canSendAgain(record, now)).length;
  if (stuck === 0) return null;
  return `${formatCount(stuck, 'ticked record')} can’t be sent again unchanged: open it to see what helps.`;
}
