/** The products and buyers that the list can be narrowed to. */
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { formatAccountId } from '../../copy/formats.ts';

export interface FilterOption {
  /** Empty for the option that narrows nothing. */
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const inOrder = (options: FilterOption[]): FilterOption[] =>
  options.sort((a, b) => collator.compare(a.label, b.label));

/** By title. One that is chosen stands there even if no contract has it (yet). */
export function productOptions(
  rows: readonly ContractSummary[],
  chosen: string | null,
): readonly FilterOption[] {
  const titles = new Map<string, string | null>(chosen === null ? [] : [[chosen, null]]);
  for (const row of rows) titles.set(row.productId, row.productTitle);
  const options = [...titles].map(([value, title]) =>
    title === null ? { value, label: value } : { value, label: title, description: value },
  );
  return [{ value: '', label: 'Any product' }, ...inOrder(options)];
}

/** By alias, else by account id. */
export function buyerOptions(
  rows: readonly ContractSummary[],
  chosen: string | null,
): readonly FilterOption[] {
  const aliases = new Map<string, string | null>(chosen === null ? [] : [[chosen, null]]);
  for (const row of rows) aliases.set(row.buyerAccountId, row.buyerAlias);
  const options = [...aliases].map(([value, alias]) => {
    const account = formatAccountId(value);
    return alias === null ? { value, label: account } : { value, label: alias, description: account };
  });
  return [{ value: '', label: 'Any buyer' }, ...inOrder(options)];
}
