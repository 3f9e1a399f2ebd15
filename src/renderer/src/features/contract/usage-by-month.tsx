/** What a contract's usage comes to, month by month: a chart of one dimension, and all of it as a table. */
import BarChart from '@cloudscape-design/components/bar-chart';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { everything, type UsageTotal } from '../../../../contract/history.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { shortMonthName } from '../../copy/months.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { UsageTotalsTable } from '../../ui/usage-totals.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';

/** `agreementIds` are the contract's own, and those that it continues where its chain is known. */
export function UsageByMonth({ agreementIds }: { readonly agreementIds: readonly string[] }) {
  const { state, reload } = useCall(
    'history.totals',
    { filter: { ...everything, agreementIds: [...agreementIds] }, byMonth: true },
    ['usage.changed'],
  );
  if (state.kind === 'failed') return <ErrorAlert error={state.error} onRetry={() => void reload()} />;
  const totals = shownValue(state)?.totals ?? [];
  if (totals.length === 0) return null;
  return (
    <ExpandableSection variant="container" headerText="By month and dimension">
      <SpaceBetween size="m">
        <DimensionChart totals={totals} />
        <ExpandableSection headerText="The same as a table">
          <UsageTotalsTable totals={totals} byMonth label="Usage by month and dimension" />
        </ExpandableSection>
      </SpaceBetween>
    </ExpandableSection>
  );
}

const statuses = [
  ['accepted', 'Quantity accepted'],
  ['pending', 'Quantity pending'],
  ['rejected', 'Quantity rejected'],
] as const;

function DimensionChart({ totals }: { readonly totals: readonly UsageTotal[] }) {
  const keys = [...new Set(totals.map(({ dimensionKey }) => dimensionKey))];
  const [chosen, setChosen] = useState<string | null>(null);
  const key = keys.find((one) => one === chosen) ?? keys[0] ?? '';
  const ofDimension = totals.filter(({ dimensionKey }) => dimensionKey === key);
  const months = [...new Set(totals.flatMap(({ month }) => month ?? []))].sort();
  const nameOf = (dimensionKey: string) =>
    totals.find((one) => one.dimensionKey === dimensionKey)?.dimensionName ?? dimensionKey;
  const sumOf = (status: (typeof statuses)[number][0], month: string) =>
    ofDimension
      .filter((one) => one.month === month)
      .reduce((sum, total) => sum + Number(total[status].quantity), 0);
  return (
    <SpaceBetween size="s">
      <FormField label="Dimension">
        <Select
          selectedOption={{ value: key, label: nameOf(key) }}
          options={keys.map((value) => ({ value, label: nameOf(value) }))}
          onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)}
        />
      </FormField>
      <BarChart
        stackedBars
        height={200}
        hideFilter
        ariaLabel={`Quantity of ${nameOf(key)} by month of usage, in UTC`}
        xTitle="Month of the usage (UTC)"
        yTitle={ofDimension[0]?.unit ?? 'Quantity'}
        xScaleType="categorical"
        xDomain={months.map(shortMonthName)}
        series={statuses.map(([status, title]) => ({
          type: 'bar',
          title,
          valueFormatter: (quantity: number) => formatQuantity(quantity),
          data: months.map((month) => ({ x: shortMonthName(month), y: sumOf(status, month) })),
        }))}
        empty={<Box>No usage yet</Box>}
      />
    </SpaceBetween>
  );
}
