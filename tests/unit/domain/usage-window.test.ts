import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ContractTimes,
  deadlineOf,
  judgeEntry,
  judgeStart,
  openPartOfHour,
  openSpan,
  windowClosesAt,
  windowMsOf,
} from '../../../src/main/core/domain/usage-window.ts';
import { utc } from '../../../src/main/core/domain/utc-hours.ts';
import { contracts, nows, policies } from './arbitraries.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const at = (text: string): number => Date.parse(text);
const endless: ContractTimes = { startMs: at('2026-01-01T00:00:00Z'), endMs: null, closesMs: null };
const until = (end: string): ContractTimes => ({
  ...endless,
  endMs: at(end),
  closesMs: at(end) + hour,
});

function codes(start: string, now: string, policy: 'six-hours' | 'less-than-24-hours', contract = endless) {
  return judgeStart({ startMs: at(start), nowMs: at(now), policy, contract }).map((issue) => issue.code);
}

describe('judging a start time', () => {
  it.each([
    ['now itself', '2026-11-20T14:00:00Z', []],
    ['one second ahead', '2026-11-20T14:00:01Z', ['in-the-future']],
    ['exactly six hours old', '2026-11-20T08:00:00Z', []],
    ['six hours and a second old', '2026-11-20T07:59:59Z', ['too-old']],
  ])('under six hours: %s', (_, start, expected) => {
    expect(codes(start, '2026-11-20T14:00:00Z', 'six-hours')).toEqual(expected);
  });

  it.each([
    ['a second less than 24 hours old', '2026-11-19T14:00:01Z', []],
    ['exactly 24 hours old', '2026-11-19T14:00:00Z', ['too-old']],
  ])('under less than 24 hours: %s', (_, start, expected) => {
    expect(codes(start, '2026-11-20T14:00:00Z', 'less-than-24-hours')).toEqual(expected);
  });

  it('counts age in whole seconds, because AWS tells its time in seconds', () => {
    expect(codes('2026-11-20T08:00:00Z', '2026-11-20T14:00:00.999Z', 'six-hours')).toEqual([]);
    expect(codes('2026-11-20T08:00:00Z', '2026-11-20T14:00:01.000Z', 'six-hours')).toEqual(['too-old']);
  });

  it.each([
    ['2026-12-01T05:59:59Z', []],
    ['2026-12-01T06:00:00Z', ['month-closed']],
  ])('closes the month before at 06:00:00 UTC on the 1st: now %s', (now, expected) => {
    expect(codes('2026-11-30T23:59:59Z', now, 'less-than-24-hours')).toEqual(expected);
  });

  it('names for a closed month the oldest time that can be entered now, not one that is too old as well', () => {
    const limitAt = (now: string, policy: 'six-hours' | 'less-than-24-hours') =>
      judgeStart({
        startMs: at('2026-11-20T14:00:00Z'),
        nowMs: at(now),
        policy,
        contract: endless,
      }).find(({ code }) => code === 'month-closed')?.facts.limitUtc;
    expect(limitAt('2026-12-20T14:00:00Z', 'six-hours')).toBe('2026-12-20T08:00:00Z');
    expect(limitAt('2026-12-01T06:30:00Z', 'less-than-24-hours')).toBe('2026-12-01T00:00:00Z');
  });

  it('closes December in January of the next year', () => {
    expect(codes('2026-12-31T23:00:00Z', '2027-01-01T05:00:00Z', 'less-than-24-hours')).toEqual([]);
    expect(codes('2026-12-31T23:00:00Z', '2027-01-01T06:00:00Z', 'less-than-24-hours')).toEqual([
      'month-closed',
    ]);
  });

  it.each([
    ['at the start', '2026-01-01T00:00:00Z', []],
    ['a second before the start', '2025-12-31T23:59:59Z', ['before-contract-start']],
  ])('takes usage from the contract start on: %s', (_, start, expected) => {
    expect(codes(start, '2026-01-01T00:30:00Z', 'six-hours')).toEqual(expected);
  });

  it.each([
    ['a second before the end', '2026-11-20T12:59:59Z', '2026-11-20T13:00:00Z', []],
    ['at the end', '2026-11-20T13:00:00Z', '2026-11-20T13:30:00Z', ['after-contract-end']],
    ['an hour after the end', '2026-11-20T12:59:59Z', '2026-11-20T14:00:00Z', []],
    [
      'an hour and a second after the end',
      '2026-11-20T12:59:59Z',
      '2026-11-20T14:00:01Z',
      ['contract-ended'],
    ],
  ])('bounds usage by the end of the contract: %s', (_, start, now, expected) => {
    expect(codes(start, now, 'six-hours', until('2026-11-20T13:00:00Z'))).toEqual(expected);
  });

  it('names every broken rule with the instant that was missed', () => {
    const issues = judgeStart({
      startMs: at('2026-11-20T02:00:00Z'),
      nowMs: at('2026-11-20T14:00:00Z'),
      policy: 'six-hours',
      contract: { ...until('2026-11-20T01:00:00Z'), startMs: at('2026-11-20T03:00:00Z') },
    });
    expect(issues.map(({ code, facts }) => [code, facts.limitUtc])).toEqual([
      ['too-old', '2026-11-20T08:00:00Z'],
      ['before-contract-start', '2026-11-20T03:00:00Z'],
      ['after-contract-end', '2026-11-20T01:00:00Z'],
      ['contract-ended', '2026-11-20T02:00:00Z'],
    ]);
  });
});

describe('the deadline', () => {
  it.each([
    ['24 hours after the start time', '2026-11-20T14:05:00Z', null, '2026-11-21T14:04:00Z'],
    ['the closing of the month', '2026-11-30T23:00:00Z', null, '2026-12-01T05:59:00Z'],
    ['one hour after the end', '2026-11-20T14:05:00Z', '2026-11-20T15:00:00Z', '2026-11-20T15:59:00Z'],
  ])('is a minute before %s', (_, start, end, expected) => {
    const contractEndMs = end === null ? null : at(end);
    expect(utc(deadlineOf({ startMs: at(start), contractEndMs }))).toBe(expected);
  });

  it('refuses in the form what would miss its deadline within the last minute', () => {
    const start = {
      startMs: at('2026-11-30T23:30:00Z'),
      contract: endless,
      policy: 'less-than-24-hours',
    } as const;
    expect(judgeEntry({ ...start, nowMs: at('2026-12-01T05:58:59Z') })).toEqual([]);
    expect(judgeEntry({ ...start, nowMs: at('2026-12-01T05:59:00Z') })).toMatchObject([
      { code: 'month-closed' },
    ]);
  });

  it('lies after every moment at which a start time may be entered', () => {
    fc.assert(
      fc.property(
        nows,
        policies,
        contracts,
        fc.integer({ min: -90_000, max: 10 }),
        (nowMs, policy, contract, s) => {
          const startMs = Math.floor(nowMs / second + s) * second;
          if (judgeEntry({ startMs, nowMs, policy, contract }).length > 0) return;
          expect(deadlineOf({ startMs, contractEndMs: contract.endMs })).toBeGreaterThan(
            Math.floor(nowMs / second) * second,
          );
        },
      ),
    );
  });
});

describe('when the window closes', () => {
  it.each([
    ['by the policy', '2026-11-20T14:00:00Z', endless, '2026-11-20T20:00:00Z', 'too-old'],
    ['by the month', '2026-11-30T23:59:59Z', endless, '2026-12-01T05:59:00Z', 'month-closed'],
    [
      'by the contract',
      '2026-11-20T14:00:00Z',
      until('2026-11-20T15:00:00Z'),
      '2026-11-20T15:59:00Z',
      'contract-ended',
    ],
  ])('%s', (_, start, contract, closes, code) => {
    const closing = windowClosesAt({ startMs: at(start), policy: 'six-hours', contract });
    expect([utc(closing.atMs), closing.code]).toEqual([closes, code]);
  });

  it('is the last moment at which the start time may be entered', () => {
    fc.assert(
      fc.property(
        nows,
        policies,
        contracts,
        fc.integer({ min: 0, max: 90_000 }),
        (nowMs, policy, contract, age) => {
          const startMs = (Math.floor(nowMs / second) - age) * second;
          if (judgeEntry({ startMs, nowMs, policy, contract }).length > 0) return;
          const { atMs } = windowClosesAt({ startMs, policy, contract });
          expect(judgeEntry({ startMs, nowMs: atMs - second, policy, contract })).toEqual([]);
          expect(judgeEntry({ startMs, nowMs: atMs + second, policy, contract })).not.toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('the open span', () => {
  it('holds exactly the start times that may be entered', () => {
    fc.assert(
      fc.property(
        nows,
        policies,
        contracts,
        fc.integer({ min: -90_000, max: 30 }),
        (nowMs, policy, contract, s) => {
          const startMs = (Math.floor(nowMs / second) + s) * second;
          const open = openSpan({ nowMs, policy, contract });
          const isInside = open !== null && startMs >= open.fromMs && startMs <= open.untilMs;
          expect(judgeEntry({ startMs, nowMs, policy, contract }).length === 0).toBe(isInside);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('has ends that hold and neighbours that do not', () => {
    fc.assert(
      fc.property(nows, policies, contracts, (nowMs, policy, contract) => {
        const rules = { nowMs, policy, contract };
        const open = openSpan(rules);
        if (open === null) return;
        expect(judgeEntry({ ...rules, startMs: open.fromMs })).toEqual([]);
        expect(judgeEntry({ ...rules, startMs: open.untilMs })).toEqual([]);
        expect(judgeEntry({ ...rules, startMs: open.fromMs - second })).not.toEqual([]);
        expect(judgeEntry({ ...rules, startMs: open.untilMs + second })).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('cuts the first and last hour of the window', () => {
    const rules = { nowMs: at('2026-11-20T14:05:30.250Z'), policy: 'six-hours', contract: endless } as const;
    const part = (inHour: string) => {
      const open = openPartOfHour({ ...rules, inHourMs: at(inHour) });
      return open && [utc(open.fromMs), utc(open.untilMs)];
    };
    expect(part('2026-11-20T08:00:00Z')).toEqual(['2026-11-20T08:05:30Z', '2026-11-20T08:59:59Z']);
    expect(part('2026-11-20T14:00:00Z')).toEqual(['2026-11-20T14:00:00Z', '2026-11-20T14:05:30Z']);
    expect(part('2026-11-20T07:00:00Z')).toBeNull();
  });

  it('knows six hours and a moment less than 24', () => {
    expect(windowMsOf('six-hours')).toBe(6 * hour);
    expect(windowMsOf('less-than-24-hours')).toBe(24 * hour - 1);
  });
});
