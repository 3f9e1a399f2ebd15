/** Asks before a submission is taken back for the sake of one of its hours: it is taken back as a whole. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import type { AppError } from '../../../../contract/errors.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { formatCount, formatInstant, formatTime } from '../../copy/formats.ts';
import { Countdown } from '../../ui/countdown.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { quantityText } from '../../ui/price.ts';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { checkedLineOf } from './entry-reading.ts';
import { useFieldFocus } from './field-focus.ts';
import { mergeWithRecord, mostLines } from './merge-lines.ts';
import { sumWords, whyNoMerge } from './merge-words.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState } from './report-usage-stores.ts';

export interface TakeBackDialogProps {
  readonly report: ReportUsageStore;
  readonly lineId: string;
  readonly lineNumber: number;
  /** The one that has the line's hour. */
  readonly record: UsageRecordView;
  /** Whether its undo window still runs. */
  readonly isInTime: boolean;
  readonly onClose: () => void;
}

export function TakeBackDialog(props: TakeBackDialogProps) {
  const { report, lineId, lineNumber, record, isInTime, onClose } = props;
  const { submissionId } = record;
  const fields = useFieldFocus();
  const submission = useCall('usage.submission', { submissionId });
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const obstacle = useObstacle(props);
  const records = (shownValue(submission.state)?.records ?? []).filter(({ status }) => status === 'pending');
  const readProblem = submission.state.kind === 'failed' ? submission.state.error : null;

  const takeBack = async () => {
    setWorking(true);
    const answer = await report.takeBackAndMerge(lineId, submissionId, records);
    setWorking(false);
    if (!answer.ok) return setProblem(answer.error);
    onClose();
    requestAnimationFrame(() => fields.focus(answer.value, 'quantity'));
  };
  const tooMany = records.length > 0 && report.store.getState().lines.length + records.length - 1 > mostLines;
  const stop = tooMany ? `A form holds at most ${mostLines} lines. Submit what is here first.` : obstacle;

  return (
    <Dialog
      header="Take back the submission and merge?"
      closeLabel="Leave the submission as it is"
      onClose={onClose}
      leave="Leave it as it is"
      act={
        <Button
          variant="primary"
          loading={working}
          disabled={records.length === 0 || stop !== null || !isInTime}
          onClick={() => void takeBack()}
        >
          Take back {formatCount(records.length, 'line')} and merge
        </Button>
      }
    >
      <SpaceBetween size="m">
        {problem !== null && <ErrorAlert error={problem} note="What you typed is still here." />}
        {readProblem !== null && <ErrorAlert error={readProblem} onRetry={() => void submission.reload()} />}
        {!isInTime && problem === null && (
          <Alert type="warning">
            It has left for AWS meanwhile and can’t be taken back any more. What you typed is still here.
          </Alert>
        )}
        {stop !== null && <Alert type="warning">{stop}</Alert>}
        {records.length === 0 && readProblem === null && <Spinner size="large" />}
        {records.length > 0 && (
          <>
            <Box>
              {isInTime && (
                <>
                  It leaves for AWS in <Countdown untilUtc={record.undoUntilUtc ?? ''} passed="a moment" />.{' '}
                </>
              )}
              {records.length === 1
                ? 'Nothing of it has been sent yet, so it can be taken back:'
                : `Nothing of it has been sent yet. A submission is taken back as a whole, all ${records.length} lines:`}
            </Box>
            <ul className="draft-lines">
              {records.map((one) => (
                <li key={one.recordId}>
                  {quantityText(one.quantity, one.unit)} · {one.dimensionName ?? one.dimensionKey} ·{' '}
                  {formatInstant(one.startUtc, report.timeZone)}
                </li>
              ))}
            </ul>
            <Outcome
              report={report}
              lineId={lineId}
              number={lineNumber}
              record={record}
              others={records.length - 1}
            />
          </>
        )}
      </SpaceBetween>
    </Dialog>
  );
}

/** Why the line and the record can't become one; null when they can. */
function useObstacle({ report, lineId, record }: TakeBackDialogProps): string | null {
  const lines = useReportState(report, (state) => state.lines);
  const checked = useReportState(report, (state) => state.checked);
  const merge = mergeWithRecord(lines, checked, lineId, record);
  if (merge === null) return 'The quantity of your line can’t be read yet. Enter it first.';
  return merge.kind === 'possible' ? null : whyNoMerge(merge);
}

interface OutcomeProps {
  readonly report: ReportUsageStore;
  readonly lineId: string;
  readonly number: number;
  readonly record: UsageRecordView;
  /** How many further lines come back to the form. */
  readonly others: number;
}

/** What the form will hold, before anything is done. */
function Outcome({ report, lineId, number, record, others }: OutcomeProps) {
  const quantity = useReportState(report, ({ checked }) => checkedLineOf(checked, lineId)?.quantity ?? null);
  return (
    <SpaceBetween size="xs">
      {quantity !== null && (
        <Box>
          Line {number} of this form then holds{' '}
          <Box variant="strong">{sumWords(record.quantity, quantity, record.quantity + quantity)}</Box>, with
          the start time of the record: {formatTime(record.startUtc, report.timeZone)}.
        </Box>
      )}
      {others > 0 && (
        <Box>
          {others === 1
            ? 'Its other line becomes a line of this form.'
            : `Its ${others} other lines become lines of this form.`}
        </Box>
      )}
      <Box>Nothing is sent until you have reviewed and submitted them again.</Box>
    </SpaceBetween>
  );
}
