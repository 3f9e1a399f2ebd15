import { describe, expect, it } from 'vitest';
import type { Dimension } from '../../../src/contract/contracts.ts';
import { checkedEntrySchema, type EntryLine } from '../../../src/contract/entry.ts';
import { checkEntry, type EntryToCheck } from '../../../src/main/core/domain/check-entry.ts';
import type { HeldSlot } from '../../../src/main/core/ports.ts';
import { licence } from './records.ts';

const at = (text: string): number => Date.parse(text);

const lineId = (n: number) => `6d0b2a52-2f0c-4f5c-9f0e-7f2f4a1f000${n}`;

function line(changes: Partial<EntryLine> = {}): EntryLine {
  return {
    lineId: lineId(1),
    dimensionKey: 'api_calls',
    quantityText: '1,250',
    quantityMeaning: null,
    nothingToReport: false,
    dateText: '2026-11-20',
    timeText: '09:05:00',
    repeatedHour: null,
    description: '',
    ...changes,
  };
}

const dimension = (key: string, kind: Dimension['kind'], changes: Partial<Dimension> = {}): Dimension => ({
  key,
  name: key,
  unit: 'Units',
  description: null,
  kind,
  reason: null,
  unitPrice: kind === 'metered' ? '0.002' : null,
  currencyCode: kind === 'metered' ? 'USD' : null,
  entitledQuantity: null,
  entitledNow: null,
  ...changes,
});

function entry(changes: Partial<EntryToCheck> = {}): EntryToCheck {
  return {
    lines: [line()],
    timeZone: 'America/New_York',
    locale: 'en-US',
    nowMs: at('2026-11-20T15:00:00Z'),
    policy: 'six-hours',
    contract: { startMs: at('2026-01-01T00:00:00Z'), endMs: null, closesMs: null },
    dimensions: [
      dimension('api_calls', 'metered'),
      dimension('gpu_hours', 'metered', { unitPrice: '1.20', currencyCode: 'EUR' }),
      dimension('seats', 'entitled'),
      dimension('storage', 'not-offered', { reason: 'dimension-not-in-this-contract' }),
    ],
    metering: { scheme: 'licence', meteringRegion: 'us-east-1', licenseArn: licence, productCode: null },
    heldSlots: [],
    blockers: [],
    ...changes,
  };
}

function check(changes: Partial<EntryToCheck> = {}) {
  return checkedEntrySchema.parse(checkEntry(entry(changes)));
}

const issuesOf = (lineChanges: Partial<EntryLine>, changes: Partial<EntryToCheck> = {}) =>
  check({ lines: [line(lineChanges)], ...changes }).lines[0]?.issues ?? [];

const held = (changes: Partial<HeldSlot> = {}): HeldSlot => ({
  recordId: lineId(7),
  dimensionKey: 'api_calls',
  hourSlotMs: at('2026-11-20T14:00:00Z'),
  scheme: 'licence',
  meteringRegion: 'us-east-1',
  subject: licence,
  quantity: 7,
  status: 'pending',
  ...changes,
});

describe('a line without fault', () => {
  it('has its instant, hour slot, price and closing, and can be reviewed', () => {
    const checked = check();
    expect(checked.lines[0]).toMatchObject({
      issues: [],
      quantity: 1250,
      startUtc: '2026-11-20T14:05:00Z',
      hourSlotUtc: '2026-11-20T14:00:00Z',
      estimate: { amount: '2.5', currencyCode: 'USD' },
      closesUtc: '2026-11-20T20:05:00Z',
    });
    expect(checked).toMatchObject({
      reviewable: true,
      blockers: [],
      totals: [{ amount: '2.5', currencyCode: 'USD' }],
    });
  });

  it('adds each currency by itself', () => {
    const lines = [line(), line({ lineId: lineId(2), dimensionKey: 'gpu_hours', quantityText: '40' })];
    expect(check({ lines }).totals).toEqual([
      { amount: '48', currencyCode: 'EUR' },
      { amount: '2.5', currencyCode: 'USD' },
    ]);
  });

  it.each([
    ['a reason of the contract', { blockers: ['scheme-not-chosen'] as const }],
    ['unknown identifiers', { metering: null }],
  ])('cannot be reviewed with %s', (_, changes) => {
    expect(check(changes).reviewable).toBe(false);
  });
});

describe('fields', () => {
  it.each([
    ['no dimension', { dimensionKey: '' }, 'dimension', 'dimension-missing', {}],
    [
      'other capitals',
      { dimensionKey: 'API_calls' },
      'dimension',
      'dimension-unknown',
      { nearestKey: 'api_calls' },
    ],
    ['nothing like it', { dimensionKey: 'zebra' }, 'dimension', 'dimension-unknown', {}],
    ['a prepaid one', { dimensionKey: 'seats' }, 'dimension', 'dimension-not-metered', {}],
    [
      'one that is not offered',
      { dimensionKey: 'storage' },
      'dimension',
      'dimension-not-in-this-contract',
      {},
    ],
    ['no quantity', { quantityText: '' }, 'quantity', 'quantity-missing', {}],
    ['a fraction', { quantityText: '1.5' }, 'quantity', 'quantity-not-whole', {}],
    ['too much', { quantityText: '2147483648' }, 'quantity', 'quantity-too-large', { limit: 2147483647 }],
    [
      'a reading and a fraction',
      { quantityText: '1.234' },
      'quantity',
      'quantity-ambiguous',
      { readings: '1234', fraction: '1.234' },
    ],
    ['two readings', { quantityText: '1.000' }, 'quantity', 'quantity-ambiguous', { readings: '1 1000' }],
    [
      'an answer to another question',
      { quantityText: '1.000', quantityMeaning: 5 },
      'quantity',
      'quantity-ambiguous',
      { readings: '1 1000' },
    ],
    ['a bare zero', { quantityText: '0' }, 'quantity', 'zero-without-statement', {}],
    ['no date', { dateText: '' }, 'date', 'start-missing', {}],
    ['no time', { timeText: '' }, 'time', 'start-missing', {}],
    ['a strange date', { dateText: 'today' }, 'date', 'date-not-understood', {}],
    ['a strange time', { timeText: '25:00' }, 'time', 'time-not-understood', {}],
    [
      'too old',
      { timeText: '03:59:59' },
      'time',
      'too-old',
      { limitUtc: '2026-11-20T09:00:00Z', policy: 'six-hours' },
    ],
    ['the future', { timeText: '10:00:01' }, 'time', 'in-the-future', { limitUtc: '2026-11-20T15:00:00Z' }],
  ] as const)('%s', (_, changes, field, code, facts) => {
    expect(issuesOf(changes)).toEqual([{ field, code, severity: 'error', facts }]);
    expect(check({ lines: [line(changes)] }).reviewable).toBe(false);
  });

  it('takes the answer to an ambiguous quantity, and a stated zero', () => {
    expect(check({ lines: [line({ quantityText: '1.000', quantityMeaning: 1000 })] }).lines[0]).toMatchObject(
      {
        issues: [],
        quantity: 1000,
        quantityReadings: [1, 1000],
      },
    );
    expect(issuesOf({ quantityText: '0', nothingToReport: true })).toEqual([]);
  });

  it('asks which of two equal local times is meant, and takes the answer', () => {
    const rules = { nowMs: at('2026-11-01T07:00:00Z') };
    const local = { dateText: '2026-11-01', timeText: '01:30:00' } as const;
    const readings = ['2026-11-01T05:30:00Z', '2026-11-01T06:30:00Z'];
    expect(check({ lines: [line(local)], ...rules }).lines[0]).toMatchObject({
      startUtc: null,
      startReadings: readings,
      issues: [{ field: 'time', code: 'ambiguous-local-time' }],
    });
    const later = check({ lines: [line({ ...local, repeatedHour: 'later' })], ...rules }).lines[0];
    expect(later).toMatchObject({ issues: [], startUtc: readings[1], startReadings: readings });
  });

  it('says what the clocks did to an impossible time', () => {
    const issues = issuesOf(
      { dateText: '2026-03-08', timeText: '02:30:00' },
      { nowMs: at('2026-03-08T08:00:00Z') },
    );
    expect(issues).toMatchObject([
      {
        code: 'impossible-local-time',
        facts: { changeUtc: '2026-03-08T07:00:00Z', skippedFrom: '02:00:00', skippedUntil: '03:00:00' },
      },
    ]);
  });
});

describe('hours', () => {
  const freeHoursUtc = ['09', '10', '11', '12', '13', '15'].map((h) => `2026-11-20T${h}:00:00Z`).join(' ');

  it.each([
    ['hour-taken', {}],
    ['mixed-scheme', { scheme: 'product-code', subject: 'abc' }],
    ['other-region', { meteringRegion: 'eu-west-1' }],
  ] as const)('%s names the record and the free hours', (code, changes) => {
    const [issue] = issuesOf({}, { heldSlots: [held(changes)] });
    expect(issue).toMatchObject({
      field: 'time',
      code,
      severity: 'error',
      facts: {
        ...{ recordId: lineId(7), recordQuantity: 7, status: 'pending' },
        ...{ hourSlotUtc: '2026-11-20T14:00:00Z', freeHoursUtc },
      },
    });
  });

  it('lets two licences of one buyer report the same hour', () => {
    expect(issuesOf({}, { heldSlots: [held({ subject: 'another licence' })] })).toEqual([]);
  });

  it('blames the later line for an hour that is twice in the form', () => {
    const lines = [line(), line({ lineId: lineId(2), timeText: '09:55:00', quantityText: '3' })];
    const [first, second] = check({ lines }).lines;
    expect(first?.issues).toEqual([]);
    expect(second?.issues).toMatchObject([
      {
        code: 'hour-twice-in-this-form',
        facts: { lineId: lineId(1), lineNumber: 1, lineQuantity: 1250, freeHoursUtc },
      },
    ]);
    expect(first?.strip.map((hour) => hour.state)).not.toContain('taken');
    expect(second?.strip.find((hour) => hour.state === 'taken')?.takenBy?.lineId).toBe(lineId(1));
  });

  it('lets another dimension report the same hour', () => {
    const lines = [line(), line({ lineId: lineId(2), dimensionKey: 'gpu_hours' })];
    expect(check({ lines }).reviewable).toBe(true);
  });
});

describe('warnings', () => {
  it.each([
    [
      '09:30:00',
      '2026-11-20T20:00:00Z',
      [
        {
          code: 'closes-soon',
          severity: 'warning',
          facts: { limitUtc: '2026-11-20T20:30:00Z', minutesLeft: 30 },
        },
      ],
    ],
    ['09:30:00', '2026-11-20T19:59:59Z', []],
  ])('the window of %s at %s', (timeText, now, expected) => {
    const checked = check({ lines: [line({ timeText })], nowMs: at(now) });
    expect(checked.lines[0]?.issues).toMatchObject(expected);
    expect(checked.reviewable).toBe(true);
  });

  it('tells the minutes that an ended contract leaves, once', () => {
    const endMs = at('2026-11-20T14:20:00Z');
    const contract = { startMs: 0, endMs, closesMs: endMs + 3_600_000 };
    expect(issuesOf({}, { contract })).toMatchObject([
      {
        code: 'contract-ending',
        severity: 'warning',
        facts: { limitUtc: '2026-11-20T15:20:00Z', minutesLeft: 20 },
      },
    ]);
  });
});
