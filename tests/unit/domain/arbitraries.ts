/** Moments, contracts and policies for property tests, drawn so that the edges of the rules are met often. */
import fc from 'fast-check';
import type { ContractTimes } from '../../../src/main/core/domain/usage-window.ts';

const second = 1_000;
const hour = 3_600 * second;
const day = 24 * hour;

const edges = [
  '2026-12-01T06:00:00Z',
  '2026-12-01T00:00:00Z',
  '2027-01-01T06:00:00Z',
  '2028-02-29T12:00:00Z',
  '2026-11-20T14:00:00Z',
].map((text) => Date.parse(text));

/** Now, to the millisecond, often within two minutes or a day of a month's turn. */
export const nows = fc
  .tuple(
    fc.constantFrom(...edges),
    fc.oneof(
      fc.integer({ min: -120_000, max: 120_000 }),
      fc.integer({ min: -day, max: day }),
      fc.constantFrom(0, -1, 1, -60_000, -60_001, -59_999),
    ),
  )
  .map(([edge, shift]) => edge + shift);

export const policies = fc.constantFrom('six-hours' as const, 'less-than-24-hours' as const);

/** Contracts that start or end near the edges too, on fractions of a second as well. */
export const contracts: fc.Arbitrary<ContractTimes> = fc
  .tuple(
    fc.constantFrom(...edges),
    fc.oneof(fc.constant(-365 * day), fc.integer({ min: -day, max: hour })),
    fc.option(
      fc.oneof(fc.integer({ min: -day, max: day }), fc.integer({ min: -62 * 60_000, max: -58 * 60_000 })),
    ),
  )
  .map(([edge, start, end]) => {
    const endMs = end === null ? null : edge + end;
    return { startMs: edge + start, endMs, closesMs: endMs === null ? null : endMs + hour };
  });
