/** What the form comes to, beside the lines: estimates, what closes first, and the way on. */
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Ref } from 'react';
import type { Dimension } from '../../../../contract/contracts.ts';
import type { CheckedLine } from '../../../../contract/entry.ts';
import type { WindowPolicy } from '../../../../contract/settings.ts';
import { hrefOf } from '../../app/routes.ts';
import { formatCount, formatCountdown, formatMoney, formatMoneys } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { quantityText } from '../../ui/price.ts';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { useNow } from '../../ui/use-now.tsx';
import { checkedLineOf } from './entry-reading.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState } from './report-usage-stores.ts';

export interface SummaryProps {
  readonly report: ReportUsageStore;
  readonly dimensions: readonly Dimension[];
  readonly reviewButton: Ref<ButtonProps.Ref>;
  readonly onReview: () => void;
  readonly onCancel: () => void;
  readonly onDiscard: (() => void) | null;
}

export function Summary({ report, dimensions, reviewButton, onReview, onCancel, onDiscard }: SummaryProps) {
  const lines = useReportState(report, (state) => state.lines);
  const checked = useReportState(report, (state) => state.checked);
  const reviewing = useReportState(report, (state) => state.reviewing);
  const draftProblem = useReportState(report, (state) => state.draftProblem);
  const closes = useClosing(checked?.lines ?? []);
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <SpaceBetween size="m">
        <Box color="text-body-secondary">{formatCount(lines.length, 'line')}</Box>
        {lines.map((line) => (
          <SummaryLine
            key={line.lineId}
            quantityText={line.quantityText}
            checked={checkedLineOf(checked, line.lineId)}
            dimension={dimensions.find((known) => known.key === line.dimensionKey) ?? null}
          />
        ))}
        <div className="entry-total">
          <Box fontWeight="bold">Estimate</Box>
          <Box fontWeight="bold">
            <span className="entry-number">{formatMoneys(checked?.totals ?? [])}</span>
          </Box>
        </div>
        {closes !== null && <Box color="text-body-secondary">{closes}</Box>}
        <WindowPolicyNote />
        <div className="entry-actions">
          <Button
            ref={reviewButton}
            variant="primary"
            fullWidth
            loading={reviewing}
            loadingText="Checking"
            ariaDescribedby="entry-review-hint"
            onClick={onReview}
          >
            Review
          </Button>
          <Box fontSize="body-s" color="text-body-secondary" textAlign="center">
            <span id="entry-review-hint">Ctrl+Enter reviews. Nothing is sent yet.</span>
          </Box>
          <Button fullWidth onClick={onCancel}>
            Cancel
          </Button>
          {onDiscard !== null && (
            <Button variant="link" fullWidth onClick={onDiscard}>
              Discard draft
            </Button>
          )}
        </div>
        {draftProblem !== null && (
          <ErrorAlert
            error={draftProblem}
            note="The draft can’t be kept right now. What you typed stays here as long as this page is open."
          />
        )}
      </SpaceBetween>
    </Container>
  );
}

const reach = {
  'six-hours': 'up to six hours back',
  'less-than-24-hours': 'less than 24 hours back',
} as const satisfies Record<WindowPolicy, string>;

/** Which window policy is on: the strip's closed hours follow from it. */
function WindowPolicyNote() {
  const settings = shownValue(useCall('settings.get', {}, ['settings.changed']).state);
  if (settings === null) return null;
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      Start times {reach[settings.windowPolicy]} (
      <Link href={hrefOf({ page: 'settings' })} fontSize="body-s">
        change in Settings
      </Link>
      )
    </Box>
  );
}

interface SummaryLineProps {
  readonly quantityText: string;
  readonly checked: CheckedLine | null;
  readonly dimension: Dimension | null;
}

function SummaryLine({ quantityText: typed, checked, dimension }: SummaryLineProps) {
  const quantity = checked?.quantity ?? null;
  return (
    <div className="entry-total">
      <div>
        {dimension === null ? 'No dimension yet' : (dimension.name ?? dimension.key)}
        <Box fontSize="body-s" color="text-body-secondary">
          {quantity === null ? noQuantity(typed) : quantityText(quantity, dimension?.unit ?? null)}
        </Box>
      </div>
      <span className="entry-number">
        {checked === null || checked.estimate === null ? '–' : formatMoney(checked.estimate)}
      </span>
    </div>
  );
}

const noQuantity = (typed: string): string =>
  typed.trim() === '' ? 'No quantity yet' : 'Quantity to be corrected';

/** `Oldest line closes in 1 h 12 min`, counted down between the checks. */
function useClosing(lines: readonly CheckedLine[]): string | null {
  const now = useNow(1000);
  const closings = lines.flatMap((line) => (line.closesUtc === null ? [] : [Date.parse(line.closesUtc)]));
  if (closings.length === 0) return null;
  const leftMs = Math.min(...closings) - now;
  const which = lines.length === 1 ? 'This line' : 'Oldest line';
  return leftMs <= 0 ? `${which} is past its window` : `${which} closes in ${formatCountdown(leftMs)}`;
}
