import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../../src/contract/reason-codes.ts';
import { recordsPerCall } from '../../../src/main/core/domain/metering-body.ts';
import {
  afterTrial,
  canBeOneRecordsFault,
  narrow,
  nextTrial,
  without,
} from '../../../src/main/core/domain/narrowing.ts';
import type { Narrowable, Refusal } from '../../../src/main/core/domain/suspects.ts';

const licence = (name: string) => `arn:aws:license-manager::294406891311:license:l-${name}`;
const startMs = Date.parse('2026-11-20T14:05:00Z');
const hourMs = 3_600_000;

function records(count: number, change: (index: number) => Partial<Narrowable> = () => ({})): Narrowable[] {
  return Array.from({ length: count }, (_, index) => ({
    recordId: `record-${index}`,
    dimensionKey: `dimension_${index % 4}`,
    licenseArn: licence(String(index % 5)),
    buyerAccountId: String(111_122_223_000 + (index % 5)),
    startMs: startMs + index * hourMs,
    ...change(index),
  }));
}

/** AWS as it is: it looks at one record after the other and refuses the call for the first at fault. */
function run(all: readonly Narrowable[], refuses: (record: Narrowable) => Refusal | null) {
  const refusalOf = (trial: readonly Narrowable[]) => trial.map(refuses).find((one) => one !== null) ?? null;
  const through: string[] = [];
  const alone: string[] = [];
  const trials: (readonly Narrowable[])[] = [all];
  const first = refusalOf(all);
  if (first === null) return { through: all.map((one) => one.recordId), alone, calls: 1, trials };
  if (all.length === 1) return { through, alone: all.map((one) => one.recordId), calls: 1, trials };
  let plan = narrow(all, first);
  for (;;) {
    const trial = nextTrial(plan);
    if (trial.length === 0) return { through, alone, calls: trials.length, trials };
    trials.push(trial);
    const refusal = refusalOf(trial);
    const ids = trial.map((one) => one.recordId);
    if (refusal === null) through.push(...ids);
    else if (trial.length === 1) alone.push(...ids);
    plan = afterTrial(plan, trial, refusal === null ? { kind: 'through' } : { kind: 'refused', refusal });
  }
}

const wrongDimension = ({ dimensionKey }: Narrowable): Refusal => ({
  reason: 'invalid-usage-dimension',
  message: `The usage dimension ${dimensionKey} does not match one of the usage dimensions associated with the product.`,
});

describe('narrowing a refused call', () => {
  it('finds one record that AWS names with two more calls', () => {
    const all = records(25, (index) => (index === 17 ? { dimensionKey: 'api_callz' } : {}));
    const { alone, through, calls } = run(all, (one) =>
      one.dimensionKey === 'api_callz' ? wrongDimension(one) : null,
    );
    expect(alone).toEqual(['record-17']);
    expect(through).toHaveLength(24);
    expect(calls).toBe(3);
  });

  it('does not take a longer name for the one that AWS names', () => {
    const all = records(8, (index) => ({ dimensionKey: index === 6 ? 'api' : `api_${index % 2}` }));
    const { alone, calls } = run(all, (one) => (one.dimensionKey === 'api' ? wrongDimension(one) : null));
    expect(alone).toEqual(['record-6']);
    expect(calls).toBe(3);
  });

  it('lets every record of a dimension that was renamed stand alone, without a call for a group of them', () => {
    const all = records(20);
    const { alone, calls } = run(all, (one) =>
      one.dimensionKey === 'dimension_1' ? wrongDimension(one) : null,
    );
    expect(alone).toHaveLength(5);
    expect(calls).toBe(1 + 5 + 1);
  });

  it('tries the oldest first when a start time is refused, and the newest when it lies in the future', () => {
    const tooOld: Refusal = {
      reason: 'timestamp-out-of-bounds',
      message: 'It lies 24 hours or more in the past.',
    };
    const shuffled = records(25).toReversed();
    expect(run(shuffled, (one) => (one.startMs === startMs ? tooOld : null)).calls).toBe(3);
    const future: Refusal = { reason: 'timestamp-out-of-bounds', message: 'It lies in the future.' };
    expect(run(records(25), (one) => (one.recordId === 'record-24' ? future : null)).calls).toBe(3);
  });

  it('reads the place that a validation names', () => {
    const all = records(25);
    const message = "Value '' at 'usageRecords.12.member.dimension' failed to satisfy constraint";
    const plan = narrow(all, { reason: 'bad-request', message });
    expect(nextTrial(plan).map((one) => one.recordId)).toEqual(['record-11']);
  });

  it('needs no call for a part that is known to be tainted', () => {
    // No words, and all alike: halves of 8 as 4 (passes), 2 (passes), 1 (passes), and the last alone.
    const all = records(8, () => ({ dimensionKey: 'same', licenseArn: null, buyerAccountId: '1' }));
    const silent: Refusal = { reason: 'bad-request', message: null };
    expect(run(all, (one) => (one.recordId === 'record-7' ? silent : null)).calls).toBe(1 + 4);
  });

  it('leaves the rest to try when a trial says nothing, and forgets records that are gone', () => {
    const all = records(10);
    let plan = narrow(all, { reason: 'bad-request', message: null });
    const trial = nextTrial(plan);
    plan = afterTrial(plan, trial, { kind: 'other' });
    expect(plan.tainted).toEqual([]);
    expect(nextTrial(plan)).toHaveLength(10 - trial.length);
    plan = without(plan, () => true);
    expect(nextTrial(plan)).toEqual([]);
  });
});

describe('which refusals can be one record’s fault', () => {
  it.each<[ReasonCode, boolean]>([
    ['invalid-usage-dimension', true],
    ['timestamp-out-of-bounds', true],
    ['invalid-license', true],
    ['invalid-customer', true],
    ['invalid-tag', true],
    ['invalid-allocations', true],
    ['bad-request', true],
    ['not-allowed', false],
    ['throttled', false],
    ['region-disabled', false],
    ['invalid-product-code', false],
    ['sign-in-expired', false],
    ['clock-wrong', false],
    ['duplicate-record', false],
    ['customer-not-subscribed', false],
  ])('%s: %s', (reason, expected) => {
    expect(canBeOneRecordsFault(reason)).toBe(expected);
  });
});

describe('for any call, any faults and any words', () => {
  const reasons = fc.constantFrom<ReasonCode>(
    'invalid-usage-dimension',
    'timestamp-out-of-bounds',
    'invalid-license',
    'invalid-customer',
    'bad-request',
  );
  const cases = fc
    .record({
      size: fc.integer({ min: 1, max: recordsPerCall }),
      dimensions: fc.integer({ min: 1, max: 6 }),
      licences: fc.integer({ min: 1, max: 6 }),
      atFault: fc.uniqueArray(fc.integer({ min: 0, max: recordsPerCall - 1 }), { maxLength: 8 }),
      reason: reasons,
      // What the message names: the record at fault, another one (AWS misleads), or nothing.
      words: fc.constantFrom('it', 'another', 'nothing', 'future'),
    })
    .map(({ size, dimensions, licences, atFault, reason, words }) => ({
      all: records(size, (index) => ({
        dimensionKey: `dimension_${index % dimensions}`,
        licenseArn: licence(String(index % licences)),
      })),
      atFault: new Set(atFault.filter((index) => index < size).map((index) => `record-${index}`)),
      reason,
      words,
    }));
  const wordsFor = (all: readonly Narrowable[], it: Narrowable, words: string): string | null => {
    const named = words === 'it' ? it : all[0];
    if (words === 'nothing' || !named) return null;
    if (words === 'future') return 'It lies in the future.';
    return `Refused: ${named.dimensionKey}, ${named.licenseArn}, ${named.buyerAccountId}.`;
  };

  it('every record has gone through or was refused standing alone, each once', () => {
    fc.assert(
      fc.property(cases, ({ all, atFault, reason, words }) => {
        const { alone, through } = run(all, (one) =>
          atFault.has(one.recordId) ? { reason, message: wordsFor(all, one, words) } : null,
        );
        expect(new Set(alone)).toEqual(atFault);
        expect(alone.length + through.length).toBe(all.length);
        expect(new Set([...alone, ...through]).size).toBe(all.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('the calls are bounded by the number of faults', () => {
    fc.assert(
      fc.property(cases, ({ all, atFault, reason, words }) => {
        const { calls } = run(all, (one) =>
          atFault.has(one.recordId) ? { reason, message: wordsFor(all, one, words) } : null,
        );
        const depth = Math.ceil(Math.log2(all.length + 1));
        expect(calls).toBeLessThanOrEqual(1 + atFault.size * (2 * depth + 3) + 1);
      }),
      { numRuns: 2_000 },
    );
  });
});
