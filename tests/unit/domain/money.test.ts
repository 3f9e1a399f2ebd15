import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalSchema } from '../../../src/contract/primitives.ts';
import { addMoney, multiply } from '../../../src/main/core/domain/money.ts';

const usd = (amount: string) => ({ amount, currencyCode: 'USD' });

describe('money', () => {
  it.each([
    ['0.002', 1250, '2.5'],
    ['0.00025', 4, '0.001'],
    ['0.1', 3, '0.3'],
    ['1.20', 1, '1.2'],
    ['0.0000000001', 1, '0.0000000001'],
    ['999999999999.99', 2147483647, '2147483646999978525163.53'],
    ['0', 5, '0'],
    ['7.5', 0, '0'],
    ['-1', 0, '0'],
  ])('%s times %i is %s', (price, quantity, expected) => {
    expect(multiply(price, quantity)).toBe(expected);
  });

  it('adds each currency by itself', () => {
    expect(addMoney([usd('0.1'), { amount: '5', currencyCode: 'EUR' }, usd('0.2')])).toEqual([
      { amount: '5', currencyCode: 'EUR' },
      usd('0.3'),
    ]);
    expect(addMoney([])).toEqual([]);
    expect(addMoney([usd('1.5'), usd('-1.5')])).toEqual([usd('0')]);
  });

  it('is exact to the last digit, as whole numbers of the smallest part are', () => {
    const price = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 10 }));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(price, fc.integer({ min: 0, max: 2147483647 })), { maxLength: 10 }),
        (lines) => {
          const amounts = lines.map(([[units, scale], quantity]) =>
            usd(multiply(text(units, scale), quantity)),
          );
          const sum = lines.reduce(
            (total, [[units, scale], q]) => total + units * BigInt(q) * 10n ** BigInt(10 - scale),
            0n,
          );
          const [added = usd('0')] = addMoney(amounts);
          expect(decimalSchema.safeParse(added.amount).success).toBe(true);
          const [whole = '', part = ''] = added.amount.split('.');
          expect(BigInt(whole + part.padEnd(10, '0'))).toBe(sum);
        },
      ),
    );
  });
});

function text(units: bigint, scale: number): string {
  const digits = units.toString().padStart(scale + 1, '0');
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
