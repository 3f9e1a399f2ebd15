/** What has a line's hour already, and the ways on: merge two lines, look at the record, or take it back and merge. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { EntryLine } from '../../../../contract/entry.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { formatInstant, formatQuantity, formatTime } from '../../copy/formats.ts';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { PendingFacts } from '../../ui/pending-facts.tsx';
import { quantityText } from '../../ui/price.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { useNow } from '../../ui/use-now.tsx';
import { checkedLineOf } from './entry-reading.ts';
import { useFieldFocus } from './field-focus.ts';
import type { ReportUsageState } from './form-state.ts';
import { mergeOfferOf } from './merge-lines.ts';
import { sumWords, whyNoMerge } from './merge-words.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState } from './report-usage-stores.ts';
import { TakeBackDialog } from './take-back-dialog.tsx';

export interface HourInTheWayProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly lineNumberOf: (lineId: string) => number;
}

export function HourInTheWay({ report, line, lineNumberOf }: HourInTheWayProps) {
  const recordId = useReportState(report, (state) => holderOf(state, line.lineId));
  if (recordId !== null) {
    return (
      <Holder
        key={recordId}
        report={report}
        line={line}
        number={lineNumberOf(line.lineId)}
        recordId={recordId}
      />
    );
  }
  return <MergeLines report={report} line={line} lineNumberOf={lineNumberOf} />;
}

/** The id of the record that has the hour of a line; null when none has. */
function holderOf({ checked }: ReportUsageState, lineId: string): string | null {
  const recordId = checkedLineOf(checked, lineId)?.issues.find(
    ({ facts, severity }) => severity === 'error' && facts.recordId !== undefined,
  )?.facts.recordId;
  return typeof recordId === 'string' ? recordId : null;
}

function MergeLines({ report, line, lineNumberOf }: HourInTheWayProps) {
  const fields = useFieldFocus();
  const lines = useReportState(report, (state) => state.lines);
  const checked = useReportState(report, (state) => state.checked);
  const offer = mergeOfferOf(lines, checked, line.lineId);
  if (offer === null) return null;
  const into = `line ${lineNumberOf(offer.keptLineId)}`;
  const keptStart = checkedLineOf(checked, offer.keptLineId)?.startUtc ?? null;
  if (offer.merge.kind !== 'possible') return <Box>{whyNoMerge(offer.merge)}</Box>;
  const merge = async () => {
    const keptLineId = await report.mergeLine(line.lineId);
    if (keptLineId !== null) requestAnimationFrame(() => fields.focus(keptLineId, 'quantity'));
  };
  return (
    <div className="entry-beside">
      <Button onClick={() => void merge()}>Merge into {into}</Button>
      <span>
        {sumWords(offer.keptQuantity, offer.quantity, offer.merge.sum)}
        {keptStart === null
          ? ''
          : `, with the start time of ${into}: ${formatTime(keptStart, report.timeZone)}`}
        .
      </span>
    </div>
  );
}

interface HolderProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly number: number;
  readonly recordId: string;
}

/** The record that has the hour, as it is now. */
function Holder({ report, line, number, recordId }: HolderProps) {
  const { state } = useCall('usage.get', { recordId }, ['usage.changed']);
  const panel = useRecordPanel();
  const record = shownValue(state)?.record ?? null;
  if (record === null) return null;
  return (
    <div className="entry-holder">
      <SpaceBetween size="xs">
        <Box variant="awsui-key-label">The record in this hour</Box>
        <div className="entry-beside">
          <StatusBadge record={record} />
          <span>
            {quantityText(record.quantity, record.unit)} · {record.dimensionName ?? record.dimensionKey} ·{' '}
            {formatInstant(record.startUtc, report.timeZone)}
          </span>
        </div>
        {record.description !== '' && <Box fontSize="body-s">“{record.description}”</Box>}
        <PendingFacts record={record} />
        <div className="entry-beside">
          <Button
            ariaLabel={`Open this record, of ${formatQuantity(record.quantity)}, in the hour of line ${number}`}
            onClick={() => panel.open(recordId)}
          >
            Open this record
          </Button>
          <TakeBack report={report} line={line} number={number} record={record} />
        </div>
      </SpaceBetween>
    </div>
  );
}

interface TakeBackProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly number: number;
  readonly record: UsageRecordView;
}

/** Offered while the record waits in its undo window, on this very contract. */
function TakeBack({ report, line, number, record }: TakeBackProps) {
  const now = useNow();
  const [asking, setAsking] = useState(false);
  const isVerySlot = useReportState(
    report,
    ({ checked }) =>
      checkedLineOf(checked, line.lineId)?.issues.some(({ code }) => code === 'hour-taken') ?? false,
  );
  const canBeTakenBack =
    isVerySlot &&
    record.agreementId === report.agreementId &&
    record.undoUntilUtc !== null &&
    Date.parse(record.undoUntilUtc) > now;
  return (
    <>
      {canBeTakenBack && (
        <Button ariaLabel={`Take it back and merge: into line ${number}`} onClick={() => setAsking(true)}>
          Take it back and merge
        </Button>
      )}
      {asking && (
        <TakeBackDialog
          report={report}
          lineId={line.lineId}
          lineNumber={number}
          record={record}
          isInTime={canBeTakenBack}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
