/** The fault campaign in short; `npm run test:faults` is the long one. A seed that ever failed is kept here. */
import { expect, it } from 'vitest';
import { runFaults } from '../../faults/fault-run.ts';

it.each([1, 7, 23, 101, 118, 20_776, 60_388])(
  'nothing is lost and nothing billed twice through faults and kills, seed %i',
  async (seed) => {
    const result = await runFaults(seed);
    expect(result.violations).toEqual([]);
    expect(result.records).toBeGreaterThan(0);
  },
  180_000,
);
