/** How a dimension's unit price and a quantity with its unit read. */
import type { Dimension } from '../../../contract/contracts.ts';
import { formatMoney, formatQuantity } from '../copy/formats.ts';

type Priced = Pick<Dimension, 'unitPrice' | 'currencyCode' | 'unit'>;

/** `0.002 USD per call`; null where the contract states no price. */
export function priceText({ unitPrice, currencyCode, unit }: Priced): string | null {
  if (unitPrice === null || currencyCode === null) return null;
  return `${formatMoney({ amount: unitPrice, currencyCode })} per ${unit === null || unit === '' ? 'unit' : oneOf(unitWord(unit))}`;
}

/** `1,250 calls`: the quantity with AWS's own word for the unit, where there is one. */
export function quantityText(quantity: number, unit: string | null): string {
  const digits = formatQuantity(quantity);
  return unit === null || unit === '' ? digits : `${digits} ${unitWord(unit)}`;
}

/** Catalog units are words such as `Units` or `HostHrs`: plain words are lowered, abbreviations stay. */
function unitWord(unit: string): string {
  return /^[A-Z][a-z]+$/.test(unit) ? unit.toLowerCase() : unit;
}

/** `call` of `calls`: a price is that of one unit. */
function oneOf(unit: string): string {
  return /^[a-z]{2,}[^s]s$/.test(unit) ? unit.slice(0, -1) : unit;
}
