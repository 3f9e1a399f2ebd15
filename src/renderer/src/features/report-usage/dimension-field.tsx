/** Which dimension a line counts in: only the metered ones of the contract. */
import FormField from '@cloudscape-design/components/form-field';
import Select, { type SelectProps } from '@cloudscape-design/components/select';
import type { Dimension } from '../../../../contract/contracts.ts';
import type { EntryLine } from '../../../../contract/entry.ts';
import { priceText } from '../../ui/price.ts';
import { useFieldFocus } from './field-focus.ts';
import { useFieldWords } from './field-issues.ts';
import type { ReportUsageStore } from './report-usage-store.ts';

export interface DimensionFieldProps {
  readonly report: ReportUsageStore;
  readonly line: EntryLine;
  readonly dimensions: readonly Dimension[];
}

export function DimensionField({ report, line, dimensions }: DimensionFieldProps) {
  const fields = useFieldFocus();
  const words = useFieldWords(report, line.lineId, 'dimension');
  const options = dimensions.filter((dimension) => dimension.kind === 'metered').map(optionOf);
  const selected = options.find((option) => option.value === line.dimensionKey);
  return (
    <FormField label="Dimension" stretch {...textsOf(words)}>
      <Select
        ref={fields.register(line.lineId, 'dimension')}
        selectedOption={selected ?? (line.dimensionKey === '' ? null : { label: line.dimensionKey })}
        options={options}
        filteringType={options.length > 1 ? 'auto' : 'none'}
        filteringAriaLabel="Find a dimension"
        filteringPlaceholder="Find by name or key"
        placeholder="Choose what was used"
        empty="This contract has no metered dimension"
        noMatch="No dimension matches"
        triggerVariant="option"
        onChange={({ detail }) => {
          report.change(line.lineId, { dimensionKey: detail.selectedOption.value ?? '' });
          void report.checkNow();
          // The list gives the focus back to its own button first.
          setTimeout(() => fields.focus(line.lineId, 'quantity'), 0);
        }}
        onBlur={() => report.fieldLeft(line.lineId, 'dimension')}
      />
    </FormField>
  );
}

function optionOf(dimension: Dimension): SelectProps.Option {
  const price = priceText(dimension);
  return {
    value: dimension.key,
    label: dimension.name ?? dimension.key,
    description: [dimension.key, price].filter((part) => part !== null).join(' · '),
    filteringTags: [dimension.key, dimension.description ?? ''],
  };
}

/** Only what is there: an absent text must not be passed on as `undefined`. */
export function textsOf(words: { readonly errorText: string | null; readonly warningText: string | null }) {
  return {
    ...(words.errorText === null ? {} : { errorText: words.errorText }),
    ...(words.warningText === null ? {} : { warningText: words.warningText }),
  };
}
