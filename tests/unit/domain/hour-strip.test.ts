import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StripHour } from '../../../src/contract/entry.ts';
import {
  conflictOf,
  hourStrip,
  type StripInput,
  suggestedStart,
} from '../../../src/main/core/domain/hour-strip.ts';
import { judgeEntry } from '../../../src/main/core/domain/usage-window.ts';
import { hourSlotOf } from '../../../src/main/core/domain/utc-hours.ts';
import type { HeldSlot } from '../../../src/main/core/ports.ts';
import { contracts, nows, policies } from './arbitraries.ts';
import { licence } from './records.ts';

const second = 1_000;
const hour = 3_600 * second;
const at = (text: string): number => Date.parse(text);
const identity = { scheme: 'licence', meteringRegion: 'us-east-1', subject: licence } as const;

function held(changes: Partial<HeldSlot> = {}): HeldSlot {
  return {
    recordId: '6d0b2a52-2f0c-4f5c-9f0e-7f2f4a1f0001',
    dimensionKey: 'api_calls',
    hourSlotMs: at('2026-11-20T11:00:00Z'),
    scheme: 'licence',
    meteringRegion: 'us-east-1',
    subject: licence,
    quantity: 7,
    status: 'accepted',
    ...changes,
  };
}

function input(changes: Partial<StripInput> = {}): StripInput {
  return {
    nowMs: at('2026-11-20T14:05:30Z'),
    policy: 'six-hours',
    contract: { startMs: at('2026-01-01T00:00:00Z'), endMs: null, closesMs: null },
    dimensionKey: 'api_calls',
    identity,
    heldSlots: [],
    otherLines: [],
    ...changes,
  };
}

const drawn = (hours: readonly StripHour[]) =>
  hours.map((one) => ({ closed: '▓', free: '░', taken: '█' })[one.state]).join('');

describe('the hour strip', () => {
  it('shows seven hours for six, the first and the last in part', () => {
    const strip = hourStrip(input());
    expect(drawn(strip)).toBe('░░░░░░░');
    expect(strip[0]).toMatchObject({
      hourStartUtc: '2026-11-20T08:00:00Z',
      openFromUtc: '2026-11-20T08:05:30Z',
      openUntilUtc: '2026-11-20T08:59:59Z',
    });
    expect(strip[6]).toMatchObject({
      openFromUtc: '2026-11-20T14:00:00Z',
      openUntilUtc: '2026-11-20T14:05:30Z',
    });
  });

  it.each([
    ['2026-11-20T14:00:00Z', 'six-hours', 7],
    ['2026-11-20T14:59:59.999Z', 'six-hours', 7],
    ['2026-11-20T14:00:00Z', 'less-than-24-hours', 25],
    ['2026-11-20T14:59:59Z', 'less-than-24-hours', 24],
  ] as const)('at %s under %s it has %i hours', (now, policy, count) => {
    expect(hourStrip(input({ nowMs: at(now), policy }))).toHaveLength(count);
  });

  it('shows by what an hour is taken', () => {
    const lineId = '6d0b2a52-2f0c-4f5c-9f0e-7f2f4a1f0009';
    const strip = hourStrip(
      input({
        heldSlots: [
          held({ status: 'rejected' }),
          held({ dimensionKey: 'gpu_hours', hourSlotMs: at('2026-11-20T10:00:00Z') }),
        ],
        otherLines: [
          { lineId, dimensionKey: 'api_calls', hourSlotMs: at('2026-11-20T12:00:00Z'), quantity: 3 },
          { lineId, dimensionKey: 'gpu_hours', hourSlotMs: at('2026-11-20T13:00:00Z'), quantity: 3 },
        ],
      }),
    );
    expect(drawn(strip)).toBe('░░░██░░');
    expect(strip[3]?.takenBy).toEqual({
      recordId: held().recordId,
      lineId: null,
      quantity: 7,
      status: 'rejected',
    });
    expect(strip[4]?.takenBy).toEqual({ recordId: null, lineId, quantity: 3, status: 'this-form' });
    expect(strip[3]).toMatchObject({ openFromUtc: null, openUntilUtc: null });
  });

  it.each([
    ['the very slot', {}, 'hour-taken'],
    ['another scheme', { scheme: 'product-code', subject: 'abc' }, 'mixed-scheme'],
    ['another Region', { meteringRegion: 'eu-west-1' }, 'other-region'],
    ['another licence and Region', { meteringRegion: 'eu-west-1', subject: 'other' }, 'other-region'],
    ['another licence', { subject: 'other' }, null],
    ['withdrawn', { status: 'withdrawn' }, null],
  ] as const)('%s', (_, changes, conflict) => {
    expect(conflictOf(held(changes), identity)).toBe(conflict);
    expect(drawn(hourStrip(input({ heldSlots: [held(changes)] })))).toBe(conflict ? '░░░█░░░' : '░░░░░░░');
  });

  it('says which rule closes an hour', () => {
    const starting = input({
      contract: { startMs: at('2026-11-20T10:30:00Z'), endMs: null, closesMs: null },
    });
    expect(hourStrip(starting).map((one) => one.closedReason)).toEqual([
      'before-contract-start',
      'before-contract-start',
      null,
      null,
      null,
      null,
      null,
    ]);
    const endMs = at('2026-11-20T13:30:00Z');
    const ending = input({ contract: { startMs: 0, endMs, closesMs: endMs + hour } });
    expect(hourStrip(ending)[6]).toMatchObject({ state: 'closed', closedReason: 'after-contract-end' });
    expect(hourStrip(ending)[5]).toMatchObject({ state: 'free', openUntilUtc: '2026-11-20T13:29:59Z' });
  });

  it('suggests the newest free moment', () => {
    expect(suggestedStart(hourStrip(input()))).toBe('2026-11-20T14:05:30Z');
    const taken = [held({ hourSlotMs: at('2026-11-20T14:00:00Z') })];
    expect(suggestedStart(hourStrip(input({ heldSlots: taken })))).toBe('2026-11-20T13:59:59Z');
    expect(suggestedStart([])).toBeNull();
  });
});

describe('laws of the strip', () => {
  const hoursBack = fc.array(fc.integer({ min: 0, max: 26 }), { maxLength: 8 });

  it('its free hours hold exactly the start times that the rules allow and that nothing takes', () => {
    fc.assert(
      fc.property(
        nows,
        policies,
        contracts,
        hoursBack,
        fc.integer({ min: -90_000, max: 4_000 }),
        (nowMs, policy, contract, back, s) => {
          const heldSlots = back.map((hours) => held({ hourSlotMs: hourSlotOf(nowMs) - hours * hour }));
          const strip = hourStrip(input({ nowMs, policy, contract, heldSlots }));
          const startMs = (Math.floor(nowMs / second) + s) * second;
          const isFree = strip.some(
            (one) =>
              one.openFromUtc !== null &&
              one.openUntilUtc !== null &&
              startMs >= at(one.openFromUtc) &&
              startMs <= at(one.openUntilUtc),
          );
          const isTaken = heldSlots.some((slot) => slot.hourSlotMs === hourSlotOf(startMs));
          const isAllowed = judgeEntry({ startMs, nowMs, policy, contract }).length === 0;
          expect(isFree).toBe(isAllowed && !isTaken);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('its hours follow each other, each with a reason where it is closed and an open part where it is free', () => {
    fc.assert(
      fc.property(nows, policies, contracts, (nowMs, policy, contract) => {
        const strip = hourStrip(input({ nowMs, policy, contract }));
        for (const [index, one] of strip.entries()) {
          expect(at(one.hourStartUtc)).toBe(hourSlotOf(nowMs) - (strip.length - 1 - index) * hour);
          expect(one.closedReason !== null).toBe(one.state === 'closed');
          expect(one.openFromUtc !== null).toBe(one.state === 'free');
        }
      }),
    );
  });
});
