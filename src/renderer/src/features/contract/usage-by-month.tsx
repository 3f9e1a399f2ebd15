/** What a contract's usage comes to: this month and the last, a chart over time, and all months as a table. Computed by the core. */
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { everything } from '../../../../contract/history.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { UsageTotalsTable } from '../../ui/usage-totals.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { useNow } from '../../ui/use-now.tsx';
import { MonthChart } from './month-chart.tsx';
import { recentMonths } from './months.ts';
import { RecentTotals } from './recent-totals.tsx';

export interface UsageByMonthProps {
  /** Those of a chain are added up: renewals and replacements are one story. */
  readonly agreementIds: readonly string[];
}

export function UsageByMonth({ agreementIds }: UsageByMonthProps) {
  const { state, reload } = useCall(
    'history.totals',
    { filter: { ...everything, agreementIds: [...agreementIds] }, byMonth: true },
    ['usage.changed'],
  );
  const now = useNow(60_000);
  const totals = shownValue(state)?.totals ?? [];
  if (state.kind === 'failed' && totals.length === 0)
    return <ErrorAlert error={state.error} onRetry={() => void reload()} />;
  if (totals.length === 0) return null;
  const months = recentMonths(now);
  const hasMore = totals.some(({ month }) => !months.includes(month ?? ''));
  return (
    <Container
      header={
        <Header variant="h2" description={scopeOf(agreementIds)}>
          Usage by month
        </Header>
      }
    >
      <SpaceBetween size="s">
        <div className="usage-room">
          <div className="usage-months">
            <RecentTotals totals={totals} months={months} />
            <MonthChart totals={totals} nowMs={now} />
          </div>
        </div>
        <ExpandableSection headerText={hasMore ? 'Every month as a table' : 'The chart as a table'}>
          <UsageTotalsTable totals={totals} byMonth label="Usage by month and dimension" />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

const byStart = 'By start time in UTC, as AWS bills.';

function scopeOf(agreementIds: readonly string[]): string {
  return agreementIds.length === 1
    ? byStart
    : `Of the ${agreementIds.length} contracts of this chain together. ${byStart}`;
}
