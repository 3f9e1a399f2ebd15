import { describe, expect, it } from 'vitest';
import { overageOf } from '../../../src/main/core/domain/overage.ts';

describe('what was used beyond the entitlement', () => {
  it.each([
    ['more than was bought', '6,200', '5000', { used: 6200, entitled: 5000, over: 1200 }],
    ['exactly what was bought', '5000', '5000', { used: 5000, entitled: 5000, over: 0 }],
    ['less than was bought', '40', '5000', { used: 40, entitled: 5000, over: 0 }],
    ['nothing bought', '40', '0', { used: 40, entitled: 0, over: 40 }],
  ])('%s', (_, used, entitled, expected) => {
    expect(overageOf(used, 'en-US', entitled, 7)).toEqual({ kind: 'known', alreadyReported: 7, ...expected });
  });

  it.each([null, 'true', '12.5', 'unlimited', ''])(
    'subtracts nothing where the entitlement is %j',
    (entitled) => {
      expect(overageOf('6200', 'en-US', entitled, 0)).toEqual({ kind: 'no-entitlement' });
    },
  );

  it('asks where the total could mean two numbers, and says what is wrong with any other text', () => {
    expect(overageOf('6.200', 'en-US', '5000', 0)).toMatchObject({
      kind: 'unclear',
      code: 'quantity-ambiguous',
      readings: [6200],
    });
    expect(overageOf('lots', 'en-US', '5000', 0)).toMatchObject({
      kind: 'unclear',
      code: 'quantity-not-a-number',
    });
  });
});
