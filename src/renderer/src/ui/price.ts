/** How a dimension's unit price and a quantity with its unit read. */
import type { Dimension } from '../../../contract/contracts.ts';
import { formatDecimal, formatMoney, formatQuantity } from '../copy/formats.ts';

type Priced = Pick<Dimension, 'unitPrice' | 'currencyCode' | 'unit'>;

/** `0.002 USD per call`; null where the contract states no price. */
export function priceText(dimension: Priced): string | null {
  const parts = priceParts(dimension);
  return parts === null ? null : `${parts.amount} ${parts.per}`;
}

/** The same in two, for a narrow column: `0.002 USD` and `per call`. */
export function priceParts({ unitPrice, currencyCode, unit }: Priced) {
  if (unitPrice === null || currencyCode === null) return null;
  return {
    amount: formatMoney({ amount: unitPrice, currencyCode }),
    per: `per ${unit === null || unit === '' ? 'unit' : unitWord(unit, 1)}`,
  };
}

/** What one unit, or many, are called; a dash where AWS names none. */
export function unitName(unit: string | null, count: number): string {
  return unit === null || unit === '' ? '–' : unitWord(unit, count);
}

/** `1,250 calls`: the quantity with AWS's own word for the unit, where there is one. */
export function quantityText(quantity: number, unit: string | null): string {
  const digits = formatQuantity(quantity);
  return unit === null || unit === '' ? digits : `${digits} ${unitWord(unit, quantity)}`;
}

/** `412 GB`: the same for a sum, an exact decimal number with a point and without grouping. */
export function sumText(quantity: string, unit: string | null): string {
  const digits = formatDecimal(quantity);
  return unit === null || unit === '' ? digits : `${digits} ${unitWord(unit, Number(quantity))}`;
}

/** AWS's units that are plain words or abbreviate one: what one and what many of them are called. */
const unitWords: Readonly<Record<string, readonly [one: string, many: string]>> = {
  Hrs: ['hour', 'hours'],
  HostHrs: ['host hour', 'host hours'],
  UserHrs: ['user hour', 'user hours'],
  HourlyUnits: ['hourly unit', 'hourly units'],
  Hosts: ['host', 'hosts'],
  Users: ['user', 'users'],
  Requests: ['request', 'requests'],
  Units: ['unit', 'units'],
};

/** Another unit that is a plain plural is lowered, for one its last letter goes; any other, such as `GB`, stays as AWS writes it. */
function unitWord(unit: string, count: number): string {
  const known = unitWords[unit];
  if (known !== undefined) return count === 1 ? known[0] : known[1];
  const plain = /^[A-Z][a-z]+$/.test(unit) ? unit.toLowerCase() : unit;
  return count === 1 && /^[a-z]{2,}[^s]s$/.test(plain) ? plain.slice(0, -1) : plain;
}
