import { describe, expect, it } from 'vitest';
import { latestStartOf } from '../../../../src/renderer/src/features/report-usage/latest-start.ts';

const closing = { kind: 'closing', closesUtc: '2026-11-20T20:00:00Z' } as const;

describe('the latest start of a contract', () => {
  it.each([
    ['2026-11-20T19:00:00Z', '2026-11-20T18:59:59.000Z'],
    ['2026-11-20T19:00:00.250Z', '2026-11-20T19:00:00.000Z'],
  ])('is the last whole second before the end %s', (endUtc, latest) => {
    expect(latestStartOf({ status: closing, endUtc })).toBe(latest);
  });

  it('is not there while the contract runs, nor without an end', () => {
    expect(latestStartOf({ status: { kind: 'active' }, endUtc: '2026-11-20T19:00:00Z' })).toBeNull();
    expect(latestStartOf({ status: closing, endUtc: null })).toBeNull();
  });
});
