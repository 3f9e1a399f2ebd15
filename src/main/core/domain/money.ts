/** Exact decimal money, never a binary float. Amounts are decimal text; currencies are ISO 4217 codes. */
import Big from 'big.js';
import type { Money } from '../../../contract/primitives.ts';

/** Decimal text without exponent and without trailing zeros; the page pads it to the currency's minor digits. */
function canonical(amount: Big): string {
  return amount.eq(0) ? '0' : amount.toFixed();
}

/** The price of a quantity: exact, nothing rounded. `unitPrice` is decimal text. */
export function multiply(unitPrice: string, quantity: number): string {
  return canonical(new Big(unitPrice).times(quantity));
}

/** Sums amounts, one amount a currency, in the order of their codes. */
export function addMoney(amounts: readonly Money[]): Money[] {
  const sums = new Map<string, Big>();
  for (const { amount, currencyCode } of amounts) {
    sums.set(currencyCode, (sums.get(currencyCode) ?? new Big(0)).plus(amount));
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currencyCode, sum]) => ({ amount: canonical(sum), currencyCode }));
}
