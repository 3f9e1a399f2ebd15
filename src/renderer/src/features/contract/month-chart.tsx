/** The quantity of one dimension over the last months, the statuses stacked. Its numbers stand in tables too. */
import BarChart from '@cloudscape-design/components/bar-chart';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { UsageTotal } from '../../../../contract/history.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { shortMonthName } from '../../copy/months.ts';
import { unitName } from '../../ui/price.ts';
import { monthsOfChart } from './months.ts';

const series = [
  ['accepted', 'Quantity accepted', 'var(--usage-accepted)'],
  ['pending', 'Quantity pending', 'var(--usage-pending)'],
  ['rejected', 'Quantity rejected', 'var(--usage-rejected)'],
] as const;

export interface MonthChartProps {
  readonly totals: readonly UsageTotal[];
  readonly nowMs: number;
}

export function MonthChart({ totals, nowMs }: MonthChartProps) {
  const [chosen, setChosen] = useState<string | null>(null);
  const keys = [...new Set(totals.map(({ dimensionKey }) => dimensionKey))];
  const key = keys.find((one) => one === chosen) ?? keys[0] ?? '';
  const ofDimension = totals.filter(({ dimensionKey }) => dimensionKey === key);
  const nameOf = (dimensionKey: string) =>
    totals.find((one) => one.dimensionKey === dimensionKey && one.dimensionName !== null)?.dimensionName ??
    dimensionKey;
  return (
    <SpaceBetween size="xs">
      {keys.length > 1 && (
        <FormField label="Dimension of the chart">
          <Select
            selectedOption={{ value: key, label: nameOf(key) }}
            options={keys.map((value) => ({ value, label: nameOf(value) }))}
            onChange={({ detail }) => setChosen(detail.selectedOption.value ?? null)}
          />
        </FormField>
      )}
      <Bars totals={ofDimension} name={nameOf(key)} months={monthsOfChart(totals, nowMs)} />
    </SpaceBetween>
  );
}

interface BarsProps {
  /** Of one dimension; several units count as one only where a product changed its unit's name. */
  readonly totals: readonly UsageTotal[];
  readonly name: string;
  readonly months: readonly string[];
}

function Bars({ totals, name, months }: BarsProps) {
  const ofAws = totals.find((one) => one.unit !== null)?.unit ?? null;
  const unit = ofAws === null ? 'quantity' : unitName(ofAws, 2);
  const sumOf = (status: (typeof series)[number][0], month: string) =>
    totals
      .filter((one) => one.month === month)
      .reduce((sum, total) => sum + Number(total[status].quantity), 0);
  // A legend of what isn't there would only ask to be explained.
  const shown = series.filter(([status]) => months.some((month) => sumOf(status, month) > 0));
  return (
    <BarChart
      stackedBars
      height={160}
      hideFilter
      ariaLabel={`${name}: ${unit} by month`}
      ariaDescription="The tables beside and below have the same numbers."
      yTitle={`${name}, ${unit}`}
      xScaleType="categorical"
      xDomain={months.map(shortMonthName)}
      series={shown.map(([status, title, color]) => ({
        type: 'bar',
        title,
        color,
        valueFormatter: (quantity: number) => formatQuantity(quantity),
        data: months.map((month) => ({ x: shortMonthName(month), y: sumOf(status, month) })),
      }))}
      i18nStrings={{
        chartAriaRoleDescription: 'bar chart',
        xAxisAriaRoleDescription: 'months',
        yAxisAriaRoleDescription: unit,
        yTickFormatter: (quantity) => formatQuantity(quantity),
      }}
    />
  );
}
