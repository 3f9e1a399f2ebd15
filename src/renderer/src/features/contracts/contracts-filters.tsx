/** How the list is narrowed: by free text, and by what people look for most. */
import Button from '@cloudscape-design/components/button';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import TextFilter from '@cloudscape-design/components/text-filter';
import { memo, useMemo } from 'react';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { statusFilters, type Trait, traits } from '../../../../contract/contracts-view.ts';
import { formatCount, formatQuantity } from '../../copy/formats.ts';
import { soonDays } from './contract-order.ts';
import type { ContractsView } from './contracts-store.ts';
import { buyerOptions, productOptions } from './filter-options.ts';

interface FiltersProps {
  readonly view: ContractsView;
  readonly rows: readonly ContractSummary[];
  /** How many contracts are left; null while nothing is looked for. */
  readonly found: number | null;
  readonly onChange: (change: Partial<ContractsView>) => void;
  readonly onClear: () => void;
}

export function ContractsFilters({ view, rows, found, onChange, onClear }: FiltersProps) {
  return (
    <div className="contract-filters">
      <div className="filter-row">
        <div className="filter-text">
          <TextFilter
            filteringText={view.filterText}
            filteringPlaceholder="Find by buyer, product, agreement, offer or licence"
            filteringAriaLabel="Find contracts"
            countText={found === null ? '' : formatCount(found, 'contract')}
            onChange={({ detail }) => onChange({ filterText: detail.filteringText })}
          />
        </div>
        {hasFilters(view) && <Button onClick={onClear}>Clear all filters</Button>}
      </div>
      <Choices
        status={view.status}
        productId={view.productId}
        buyerAccountId={view.buyerAccountId}
        chosen={view.traits}
        rows={rows}
        onChange={onChange}
      />
    </div>
  );
}

export function hasFilters(view: ContractsView): boolean {
  return (
    view.filterText !== '' ||
    view.status !== 'all' ||
    view.productId !== null ||
    view.buyerAccountId !== null ||
    view.traits.length > 0
  );
}

export const noFilters = {
  filterText: '',
  status: 'all',
  productId: null,
  buyerAccountId: null,
  traits: [],
} as const satisfies Partial<ContractsView>;

interface ChoicesProps extends Pick<FiltersProps, 'rows' | 'onChange'> {
  readonly status: ContractsView['status'];
  readonly productId: string | null;
  readonly buyerAccountId: string | null;
  readonly chosen: readonly Trait[];
}

/** Apart, so that a key that is pressed in the search does not draw them anew. */
const Choices = memo(function Choices({
  status,
  productId,
  buyerAccountId,
  chosen,
  rows,
  onChange,
}: ChoicesProps) {
  const counts = useMemo(() => Map.groupBy(rows, (row) => row.status.kind), [rows]);
  const products = useMemo(() => productOptions(rows, productId), [rows, productId]);
  const buyers = useMemo(() => buyerOptions(rows, buyerAccountId), [rows, buyerAccountId]);
  const statuses = statusFilters.map((value) => ({
    value,
    label: statusWords[value],
    labelTag: formatQuantity(value === 'all' ? rows.length : (counts.get(value)?.length ?? 0)),
  }));
  const traitOptions = traits.map((value) => ({ value, label: traitWords[value] }));
  const optionOf = <T extends { readonly value: string }>(
    options: readonly T[],
    value: string | null,
  ): T | null => options.find((option) => option.value === (value ?? '')) ?? null;
  return (
    <div className="filter-row">
      <div className="filter-select">
        <Select
          ariaLabel="Status"
          selectedOption={optionOf(statuses, status)}
          options={statuses}
          onChange={({ detail }) =>
            onChange({ status: statusFilters.find((one) => one === detail.selectedOption.value) ?? 'all' })
          }
        />
      </div>
      <div className="filter-select">
        <Select
          ariaLabel="Product"
          filteringType="auto"
          virtualScroll
          selectedOption={optionOf(products, productId)}
          options={products}
          onChange={({ detail }) => onChange({ productId: detail.selectedOption.value || null })}
        />
      </div>
      <div className="filter-select">
        <Select
          ariaLabel="Buyer"
          filteringType="auto"
          virtualScroll
          selectedOption={optionOf(buyers, buyerAccountId)}
          options={buyers}
          onChange={({ detail }) => onChange({ buyerAccountId: detail.selectedOption.value || null })}
        />
      </div>
      <div className="filter-select">
        <Multiselect
          ariaLabel="Only contracts that"
          placeholder="Only contracts that …"
          tokenLimit={2}
          selectedOptions={traitOptions.filter(({ value }) => chosen.includes(value))}
          options={traitOptions}
          deselectAriaLabel={({ label }) => `Remove the filter ${label ?? ''}`}
          onChange={({ detail }) =>
            onChange({
              traits: traits.filter((trait) => detail.selectedOptions.some(({ value }) => value === trait)),
            })
          }
        />
      </div>
    </div>
  );
});

const statusWords = {
  all: 'Any status',
  active: 'Active',
  'not-started': 'Not started',
  closing: 'Last hour to report',
  ended: 'Ended',
  'not-by-hand': 'Not by hand',
} as const satisfies Record<ContractsView['status'], string>;

const traitWords = {
  'can-be-metered': 'can have usage added',
  'ending-soon': `end within ${soonDays} days`,
  'has-pending': 'have pending usage',
  'has-rejected': 'have rejected usage',
  changed: 'changed since last time',
} as const satisfies Record<Trait, string>;
