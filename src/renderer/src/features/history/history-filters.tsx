/** What the history is filtered by. */
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import DatePicker from '@cloudscape-design/components/date-picker';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { HistoryChoices } from '../../../../contract/history.ts';
import { statuses } from '../../../../contract/usage.ts';
import { formatAccountId } from '../../copy/formats.ts';
import { reasonOf } from '../../copy/reasons.ts';
import { filtersIn, type HistoryForm, periods } from './history-form.ts';
import { periodNames, periodOfNames, principalName, settledNames, statusNames } from './history-words.ts';
import type { HistoryFormState } from './use-history-form.ts';

export interface HistoryFiltersProps extends HistoryFormState {
  /** Null until the core has said. */
  readonly choices: HistoryChoices | null;
  readonly accountId: string;
}

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

export function HistoryFilters({ form, change, clear, choices, accountId }: HistoryFiltersProps) {
  const count = filtersIn(form);
  return (
    <SpaceBetween size="s">
      <div className="history-filters">
        <FormField label="Search" stretch>
          <Input
            type="search"
            value={form.text}
            placeholder="Description, buyer, dimension, any id"
            onChange={({ detail }) => change({ text: detail.value.slice(0, 200) })}
          />
        </FormField>
        <FormField label="Time">
          <ChoiceSelect
            value={form.period}
            choices={periods.map((value) => ({ value, label: periodNames[value] }))}
            onChoose={(value) => change({ period: periods.find((one) => one === value) ?? 'any' })}
          />
        </FormField>
        <FormField label="Time of">
          <ChoiceSelect
            value={form.periodOf}
            choices={(['usage', 'submission'] as const).map((value) => ({
              value,
              label: periodOfNames[value],
            }))}
            onChoose={(value) => change({ periodOf: value === 'submission' ? 'submission' : 'usage' })}
          />
        </FormField>
      </div>
      {form.period === 'dates' && <Dates form={form} change={change} />}
      <div className="history-status">
        <SegmentedControl
          label="Status"
          selectedId={form.status === '' ? 'all' : form.status}
          options={[{ id: 'all', text: 'All' }, ...statuses.map((id) => ({ id, text: statusNames[id] }))]}
          onChange={({ detail }) => change({ status: detail.selectedId === 'all' ? '' : detail.selectedId })}
        />
        {count > 0 && (
          <Button variant="inline-link" onClick={clear}>
            Clear {count === 1 ? 'the filter' : `all ${count} filters`}
          </Button>
        )}
      </div>
      <ExpandableSection headerText="More filters" defaultExpanded={hasMore(form)}>
        <MoreFilters form={form} change={change} choices={choices} accountId={accountId} />
      </ExpandableSection>
    </SpaceBetween>
  );
}

const hasMore = ({
  buyer,
  product,
  dimension,
  reason,
  who,
  settled,
  submission,
  agreement,
  account,
}: HistoryForm) =>
  [buyer, product, dimension, reason, who, settled, submission, agreement, account].some((one) => one !== '');

type FormProps = Pick<HistoryFormState, 'form' | 'change'>;

function Dates({ form, change }: FormProps) {
  return (
    <ColumnLayout columns={4}>
      {(['from', 'until'] as const).map((side) => (
        <FormField
          key={side}
          label={side === 'from' ? 'From (UTC)' : 'Until and with (UTC)'}
          constraintText="YYYY/MM/DD"
        >
          <DatePicker
            value={form[side]}
            placeholder="YYYY/MM/DD"
            openCalendarAriaLabel={(chosen) =>
              `Choose a date${chosen === null ? '' : `; chosen is ${chosen}`}`
            }
            onChange={({ detail }) => change({ [side]: detail.value })}
          />
        </FormField>
      ))}
    </ColumnLayout>
  );
}

function MoreFilters({
  form,
  change,
  choices,
  accountId,
}: FormProps & Omit<HistoryFiltersProps, keyof HistoryFormState>) {
  const all = choices ?? nothing;
  const field = (key: keyof HistoryForm, label: string, any: string, of: readonly Choice[]) => (
    <FormField label={label}>
      <ChoiceSelect
        value={form[key]}
        choices={[{ value: '', label: any }, ...of]}
        onChoose={(value) => change({ [key]: value })}
      />
    </FormField>
  );
  return (
    <ColumnLayout columns={4} minColumnWidth={200}>
      {field(
        'buyer',
        'Buyer',
        'Any buyer',
        all.buyers.map(({ buyerAccountId, alias }) =>
          named(buyerAccountId, alias, formatAccountId(buyerAccountId)),
        ),
      )}
      {field(
        'product',
        'Product',
        'Any product',
        all.products.map(({ productId, productTitle }) => named(productId, productTitle)),
      )}
      {field(
        'dimension',
        'Dimension',
        'Any dimension',
        all.dimensions.map(({ dimensionKey, dimensionName }) => named(dimensionKey, dimensionName)),
      )}
      {field(
        'reason',
        'Reason',
        'Any reason, or none',
        all.reasons.map((code) => ({ value: code, label: reasonOf(code).badge })),
      )}
      {field(
        'who',
        'Submitted by',
        'Anybody',
        all.principalArns.map((arn) => ({ value: arn, label: principalName(arn), description: arn })),
      )}
      {field(
        'settled',
        'Settled or not',
        'Either',
        (['open', 'settled'] as const).map((value) => ({ value, label: settledNames[value] })),
      )}
      <FormField label="Seller account">
        <ChoiceSelect
          value={form.account}
          choices={[
            { value: '', label: 'The one signed in', description: formatAccountId(accountId) },
            { value: 'all', label: 'All seller accounts' },
            ...all.sellerAccountIds
              .filter((id) => id !== accountId)
              .map((id) => ({ value: id, label: formatAccountId(id) })),
          ]}
          onChoose={(value) => change({ account: value })}
        />
      </FormField>
      {(form.submission !== '' || form.agreement !== '') && (
        <FormField label={form.submission === '' ? 'Contract' : 'Submission'}>
          <Input readOnly value={form.submission || form.agreement} />
        </FormField>
      )}
    </ColumnLayout>
  );
}

const nothing: HistoryChoices = {
  ...{ sellerAccountIds: [], buyers: [], products: [], dimensions: [], reasons: [], principalArns: [] },
};

const named = (value: string, name: string | null, shown = value): Choice =>
  name === null || name === value ? { value, label: shown } : { value, label: name, description: shown };

interface ChoiceSelectProps {
  readonly value: string;
  readonly choices: readonly Choice[];
  readonly onChoose: (value: string) => void;
}

/** A value that is no choice (any more) is shown as it is. */
function ChoiceSelect({ value, choices, onChoose }: ChoiceSelectProps) {
  const selected = choices.find((one) => one.value === value) ?? { value, label: value };
  return (
    <Select
      selectedOption={{ value: selected.value, label: selected.label }}
      options={choices}
      {...(choices.length > 10 ? { filteringType: 'auto' as const, filteringAriaLabel: 'Find' } : {})}
      onChange={({ detail }) => onChoose(detail.selectedOption.value ?? '')}
    />
  );
}
