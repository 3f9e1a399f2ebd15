/** The form itself: its lines beside their summary. */
import Alert from '@cloudscape-design/components/alert';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import type { ReasonCode } from '../../../../contract/reason-codes.ts';
import { useApi } from '../../api/api-context.tsx';
import { navigate } from '../../app/routes.ts';
import { formatAccountId } from '../../copy/formats.ts';
import { reasonOf } from '../../copy/reasons.ts';
import { draftFlash } from '../../ui/draft-flash.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFlash } from '../../ui/flash.tsx';
import { ContractOver } from './contract-over.tsx';
import { DraftOffer } from './draft-offer.tsx';
import { isWorthKeeping } from './entry-reading.ts';
import { type FieldFocus, FieldFocusProvider, useNewFieldFocus } from './field-focus.ts';
import { latestStartOf } from './latest-start.ts';
import { LicenceChoice } from './licence-choice.tsx';
import { LineCard } from './line-card.tsx';
import { OtherContracts } from './other-contracts.tsx';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState, useReportUsage } from './report-usage-stores.ts';
import { Summary } from './summary.tsx';

const recheckAfterMs = 20_000;

function buyerOf({ summary }: ContractDetails): string {
  return summary.buyerAlias ?? formatAccountId(summary.buyerAccountId);
}

export function EntryForm({ details }: { readonly details: ContractDetails }) {
  const { agreementId } = details.summary;
  const report = useReportUsage(agreementId);
  const stage = useReportState(report, (state) => state.stage);
  const offeredDraft = useReportState(report, (state) => state.offeredDraft);
  const drop = useDiscard(report, agreementId, buyerOf(details));
  useKeptDraft(report, details);

  if (stage === 'draft-offered' && offeredDraft !== null) {
    return (
      <DraftOffer
        draft={offeredDraft}
        zone={report.timeZone}
        dimensions={details.dimensions}
        onContinue={() => void report.continueDraft()}
        onStartOver={drop}
      />
    );
  }
  if (stage !== 'editing') return <Spinner size="large" />;
  return <Lines report={report} details={details} onDiscard={drop} />;
}

/** Opens the work when the form appears, keeps it when the form goes, and asks again as time goes on. */
function useKeptDraft(report: ReportUsageStore, details: ContractDetails): void {
  const api = useApi();
  const flashes = useFlash();
  // The buyer may get another alias meanwhile.
  const buyerRef = useRef('');
  buyerRef.current = buyerOf(details);
  const metered = details.dimensions.filter((dimension) => dimension.kind === 'metered');
  const meteredKeys = useRef<readonly string[]>([]);
  meteredKeys.current = metered.map((dimension) => dimension.key);
  const latestStartUtc = latestStartOf(details.summary);
  // Before the form opens: its first line starts there.
  useEffect(() => report.setLatestStart(latestStartUtc), [report, latestStartUtc]);
  useEffect(() => {
    document.addEventListener('visibilitychange', report.flush);
    window.addEventListener('pagehide', report.flush);
    return () => {
      document.removeEventListener('visibilitychange', report.flush);
      window.removeEventListener('pagehide', report.flush);
    };
  }, [report]);
  // A record may free or take an hour at any moment.
  useEffect(() => api.subscribe('usage.changed', report.checkSoon), [api, report]);
  useEffect(() => {
    flashes.dismiss(draftFlash);
    void report.open(meteredKeys.current);
    const timer = setInterval(() => void report.checkNow(), recheckAfterMs);
    return () => {
      clearInterval(timer);
      const onTheWayToReview = report.store.getState().review !== null;
      void report.leave().then(({ kept }) => {
        if (!kept || onTheWayToReview) return;
        flashes.show({
          id: draftFlash,
          type: 'info',
          header: `Your draft for ${buyerRef.current} is kept`,
          content: 'Add usage on this contract offers it again.',
        });
      });
    };
  }, [report, flashes]);
}

function useDiscard(report: ReportUsageStore, agreementId: string, buyer: string): () => void {
  const flashes = useFlash();
  return useCallback(() => {
    void report.discard().then((lines) => {
      flashes.show({
        id: draftFlash,
        type: 'info',
        header: `Draft for ${buyer} discarded`,
        action: {
          text: 'Undo',
          run: () => {
            flashes.dismiss(draftFlash);
            navigate({ page: 'add-usage', agreementId });
            void report.restore(lines);
          },
        },
      });
    });
  }, [report, flashes, agreementId, buyer]);
}

interface LinesProps {
  readonly report: ReportUsageStore;
  readonly details: ContractDetails;
  readonly onDiscard: () => void;
}

function Lines({ report, details, onDiscard }: LinesProps) {
  const { agreementId } = details.summary;
  const lines = useReportState(report, (state) => state.lines);
  const reviewButton = useRef<ButtonProps.Ref>(null);
  const fields = useNewFieldFocus(
    () => report.store.getState().lines.map((line) => line.lineId),
    () => reviewButton.current?.focus(),
  );
  const review = useReview(report, agreementId, fields);
  useFirstFocus(fields, report);
  const numbers = useMemo(() => new Map(lines.map((line, at) => [line.lineId, at + 1])), [lines]);
  const lineNumberOf = (lineId: string) => numbers.get(lineId) ?? 0;

  const add = async () => {
    const lineId = await report.addLine();
    const only = report.store.getState().lines.find((line) => line.lineId === lineId)?.dimensionKey !== '';
    requestAnimationFrame(() => fields.focus(lineId, only ? 'quantity' : 'dimension'));
  };
  const remove = (lineId: string) => {
    const at = lines.findIndex((line) => line.lineId === lineId);
    report.removeLine(lineId);
    const neighbour = lines[at + 1] ?? lines[at - 1];
    if (neighbour !== undefined) fields.focus(neighbour.lineId, 'quantity');
  };

  return (
    <FieldFocusProvider value={fields}>
      <div className="entry-room">
        <div className="entry-layout">
          <SpaceBetween size="l">
            <OtherContracts details={details} />
            <LicenceChoice report={report} details={details} />
            <ContractOver summary={details.summary} zone={report.timeZone} />
            <FormProblems report={report} details={details} />
            {lines.map((line, at) => (
              <LineCard
                key={line.lineId}
                report={report}
                agreementId={agreementId}
                line={line}
                number={at + 1}
                canRemove={lines.length > 1}
                dimensions={details.dimensions}
                latestStartUtc={latestStartOf(details.summary)}
                lineNumberOf={lineNumberOf}
                onRemove={() => remove(line.lineId)}
              />
            ))}
            <SpaceBetween size="s" direction="horizontal" alignItems="center">
              <Button iconName="add-plus" onClick={() => void add()} disabled={lines.length >= 100}>
                Add a line
              </Button>
              <RemovedLine report={report} fields={fields} />
            </SpaceBetween>
          </SpaceBetween>
          <aside className="entry-aside" aria-label="Summary">
            <Summary
              report={report}
              dimensions={details.dimensions}
              reviewButton={reviewButton}
              onReview={review}
              onCancel={() => navigate({ page: 'contract', agreementId, tab: 'usage' })}
              onDiscard={isWorthKeeping(lines) ? onDiscard : null}
            />
          </aside>
        </div>
      </div>
    </FieldFocusProvider>
  );
}

/** *Review*, also by Ctrl or Cmd with Enter; with errors it goes to the first of them. */
function useReview(report: ReportUsageStore, agreementId: string, fields: FieldFocus): () => void {
  const review = useCallback(() => {
    void report.makeReview().then((outcome) => {
      if (outcome.kind === 'reviewed') navigate({ page: 'review', agreementId });
      if (outcome.kind === 'errors' && outcome.first !== null) {
        fields.focus(outcome.first.lineId, outcome.first.field);
      }
    });
  }, [report, agreementId, fields]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || event.repeat || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      review();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [review]);
  return review;
}

/** The cursor goes to the field at fault, else into the first one that can't be guessed. */
function useFirstFocus(fields: FieldFocus, report: ReportUsageStore): void {
  useEffect(() => {
    const { firstFocus, lines } = report.store.getState();
    const [line] = lines;
    if (firstFocus !== null) fields.focus(firstFocus.lineId, firstFocus.field);
    else if (line !== undefined)
      fields.focus(line.lineId, line.dimensionKey === '' ? 'dimension' : 'quantity');
  }, [fields, report]);
}

function FormProblems({
  report,
  details,
}: {
  readonly report: ReportUsageStore;
  readonly details: ContractDetails;
}) {
  const blockers = useReportState(report, (state) => state.checked?.blockers ?? none);
  const checkProblem = useReportState(report, (state) => state.checkProblem);
  const reviewProblem = useReportState(report, (state) => state.reviewProblem);
  return (
    <>
      {blockers
        .filter((code) => !isAskedAbove(code, details))
        .map((code) => (
          <Alert key={code} type="error" header={reasonOf(code).title}>
            {reasonOf(code).whatHappened} {reasonOf(code).steps[0]}
          </Alert>
        ))}
      {checkProblem !== null && (
        <ErrorAlert
          error={checkProblem}
          onRetry={() => void report.checkNow()}
          note="What you typed is still here."
        />
      )}
      {reviewProblem !== null && (
        <ErrorAlert error={reviewProblem} note="Nothing was sent. What you typed is still here." />
      )}
    </>
  );
}

/** Which of several licences is a question of the form itself, which says what is missing at its own place. */
function isAskedAbove(code: ReasonCode, { licences }: ContractDetails): boolean {
  return code === 'licence-missing' && licences.length > 1;
}

const none: readonly never[] = [];

function RemovedLine({ report, fields }: { readonly report: ReportUsageStore; readonly fields: FieldFocus }) {
  const removed = useReportState(report, (state) => state.removed);
  const lines = useReportState(report, (state) => state.lines);
  if (removed === null) return null;
  const { line, mergedInto } = removed;
  const at = line.timeText === '' ? '' : ` of ${line.timeText}`;
  const keptAt = lines.findIndex(({ lineId }) => lineId === mergedInto?.lineId) + 1;
  return (
    <SpaceBetween size="xs" direction="horizontal" alignItems="center">
      <LiveRegion>
        Line {removed.at + 1}
        {at}{' '}
        {mergedInto === null
          ? 'removed.'
          : `merged into line ${keptAt}, which keeps its start time ${mergedInto.timeText}.`}
      </LiveRegion>
      <Button
        variant="inline-link"
        onClick={() => {
          const lineId = report.undoRemove();
          if (lineId !== null) requestAnimationFrame(() => fields.focus(lineId, 'quantity'));
        }}
      >
        Undo
      </Button>
    </SpaceBetween>
  );
}
