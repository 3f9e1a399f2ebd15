import { expect, it } from 'vitest';
import type { CheckedEntry, CheckedLine, ReviewLine } from '../../../../src/contract/entry.ts';
import { linesInTheWay } from '../../../../src/renderer/src/features/report-usage/lines-in-the-way.ts';

const reviewed = (lineId: string): ReviewLine => ({
  lineId,
  dimensionKey: 'api_calls',
  dimensionName: 'API calls',
  unit: null,
  quantity: 5,
  startUtc: '2026-11-20T19:05:00Z',
  hourSlotUtc: '2026-11-20T19:00:00Z',
  unitPrice: null,
  estimate: null,
  description: '',
  deadlineUtc: '2026-11-21T19:04:00Z',
  warnings: [],
  predecessor: null,
});

const checkedLine = (lineId: string, issues: CheckedLine['issues']): CheckedLine => ({
  lineId,
  issues,
  quantity: 5,
  quantityReadings: [],
  startUtc: null,
  startReadings: [],
  hourSlotUtc: null,
  estimate: null,
  closesUtc: null,
  strip: [],
});

it('names the line whose hour was taken meanwhile, and none that is only warned about', () => {
  const review = { lines: [reviewed('a'), reviewed('b')], timeZone: 'UTC' };
  const checked: CheckedEntry = {
    nowUtc: '2026-11-20T19:30:00Z',
    totals: [],
    blockers: [],
    reviewable: false,
    lines: [
      checkedLine('a', [{ field: 'time', code: 'closes-soon', severity: 'warning', facts: {} }]),
      checkedLine('b', [{ field: 'time', code: 'hour-taken', severity: 'error', facts: {} }]),
    ],
  };
  const found = linesInTheWay(review, checked);
  expect(found).toHaveLength(1);
  expect(found[0]).toMatch(/^Line 2, API calls: This hour already has a record\./);
  expect(linesInTheWay(review, null)).toEqual([]);
});
