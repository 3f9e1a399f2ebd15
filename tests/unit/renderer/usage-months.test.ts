import { describe, expect, it } from 'vitest';
import type { UsageTotal } from '../../../src/contract/history.ts';
import {
  dimensionsIn,
  monthBefore,
  monthsOfChart,
  recentMonths,
} from '../../../src/renderer/src/features/contract/months.ts';

const nowMs = Date.UTC(2026, 0, 1);

const nothing = { records: 0, quantity: '0', money: [] };

const total = (month: string, dimensionKey = 'api_calls', unit: string | null = 'Units'): UsageTotal => ({
  ...{ month, productId: 'prod-1', productTitle: null, dimensionKey, dimensionName: null, unit },
  ...{ accepted: nothing, pending: nothing, rejected: nothing, withdrawn: nothing },
});

describe('the months of a contract’s usage', () => {
  it('go back over the turn of a year', () => {
    expect(monthBefore('2026-01')).toBe('2025-12');
    expect(recentMonths(nowMs)).toEqual(['2026-01', '2025-12']);
  });

  it.each([
    ['this one and the last, where there is no usage', [], ['2025-12', '2026-01']],
    ['those without usage too', ['2025-10'], ['2025-10', '2025-11', '2025-12', '2026-01']],
    ['those after this one, where the clock is behind', ['2026-02'], ['2025-12', '2026-01', '2026-02']],
  ])('are %s', (_, used, expected) => {
    expect(
      monthsOfChart(
        used.map((month) => total(month)),
        nowMs,
      ),
    ).toEqual(expected);
  });

  it('are twelve at most', () => {
    const months = monthsOfChart([total('2020-03')], nowMs);
    expect(months).toHaveLength(12);
    expect([months[0], months.at(-1)]).toEqual(['2025-02', '2026-01']);
  });

  it('stand side by side for each dimension and unit, without those that have no usage in them', () => {
    const [january, december] = [total('2026-01'), total('2025-12')];
    const seats = total('2025-12', 'seats', null);
    expect(dimensionsIn([january, december, seats, total('2024-01', 'old')], ['2026-01', '2025-12'])).toEqual(
      [
        { key: expect.any(String), byMonth: [january, december] },
        { key: expect.any(String), byMonth: [null, seats] },
      ],
    );
  });
});
