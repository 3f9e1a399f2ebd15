/** Says on a line which rejected record it stands for. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { userTimeZone } from '../../copy/formats.ts';
import { inThePlaceOf } from '../../copy/rejections.ts';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';

export function InThePlaceOf({ recordId }: { readonly recordId: string }) {
  const panel = useRecordPanel();
  const shown = shownValue(useCall('usage.get', { recordId }, ['usage.changed']).state);
  if (shown === null) return null;
  return (
    <Alert type="info" action={<Button onClick={() => panel.open(recordId)}>Why it was rejected</Button>}>
      {inThePlaceOf(shown.record, userTimeZone())}. Enter when the usage really began: a time that is shifted
      to get past a refusal bills the wrong hour.
    </Alert>
  );
}
