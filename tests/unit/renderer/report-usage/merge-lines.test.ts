import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckedEntry, EntryIssue, EntryLine } from '../../../../src/contract/entry.ts';
import {
  largestQuantity,
  linesTakenBack,
  longestDescription,
  mergeOf,
  mergeOfferOf,
} from '../../../../src/renderer/src/features/report-usage/merge-lines.ts';
import { aRecord } from '../../../support/sample-views.ts';

const quantities = fc.integer({ min: 0, max: largestQuantity });
const descriptions = fc.string({ maxLength: longestDescription });

function aLine(lineId: string, changes: Partial<EntryLine> = {}): EntryLine {
  return {
    lineId,
    dimensionKey: 'api_calls',
    quantityText: '40',
    quantityMeaning: null,
    nothingToReport: false,
    dateText: '2026-11-20',
    timeText: '14:35:00',
    repeatedHour: null,
    description: '',
    predecessorId: null,
    ...changes,
  };
}

/** What the core read: the quantity of each line by its id, and the issues of the last one. */
function checkedAs(read: Readonly<Record<string, number | null>>, issues: EntryIssue[]): CheckedEntry {
  const ids = Object.keys(read);
  const lines = ids.map((lineId, at) => ({
    ...{ lineId, quantity: read[lineId] ?? null, issues: at === ids.length - 1 ? issues : [] },
    ...{ quantityReadings: [], startUtc: null, startReadings: [], hourSlotUtc: null },
    ...{ estimate: null, closesUtc: null, strip: [] },
  }));
  return { nowUtc: '2026-11-20T19:05:00Z', lines, totals: [], blockers: [], reviewable: false };
}

const issue = (code: EntryIssue['code'], facts: EntryIssue['facts']): EntryIssue => ({
  field: 'time',
  code,
  severity: 'error',
  facts,
});

describe('two parts of one hour', () => {
  it('are exactly their sum, or refused: nothing is rounded, cut or dropped', () => {
    fc.assert(
      fc.property(quantities, quantities, descriptions, descriptions, (one, other, first, second) => {
        const merge = mergeOf(
          { quantity: one, description: first },
          { quantity: other, description: second },
        );
        if (merge.kind === 'too-large') {
          expect(one + other).toBeGreaterThan(largestQuantity);
          return;
        }
        expect(one + other).toBeLessThanOrEqual(largestQuantity);
        if (merge.kind === 'descriptions-too-long') {
          expect(`${first}; ${second}`.length).toBeGreaterThan(longestDescription);
          return;
        }
        if (merge.kind === 'two-predecessors') throw new Error('neither stands for a rejected record');
        expect(BigInt(merge.fields.quantityText)).toBe(BigInt(one) + BigInt(other));
        expect(merge.fields.nothingToReport).toBe(one === 0 && other === 0);
        expect(merge.fields.description).toContain(first.trim());
        expect(merge.fields.description).toContain(second.trim());
      }),
    );
  });

  it('have both descriptions, and one that is the same only once', () => {
    const both = (first: string, second: string) => {
      const merge = mergeOf({ quantity: 1, description: first }, { quantity: 1, description: second });
      return merge.kind === 'possible' ? merge.fields.description : null;
    };
    expect(both('true-up', 'late import')).toBe('true-up; late import');
    expect(both('true-up', ' true-up ')).toBe('true-up');
    expect(both('', 'late import')).toBe('late import');
  });
});

describe('merging lines of the form', () => {
  const lines = [aLine('first'), aLine('second')];
  const twice = issue('hour-twice-in-this-form', { lineId: 'first', lineNumber: 1 });

  it('is offered for the later line', () => {
    const checked = checkedAs({ first: 1250, second: 40 }, [twice]);
    expect(mergeOfferOf(lines, checked, 'second')).toMatchObject({
      keptLineId: 'first',
      merge: { sum: 1290 },
    });
    expect(mergeOfferOf(lines, checked, 'first')).toBeNull();
  });

  it('is not offered while a quantity can’t be read', () => {
    expect(mergeOfferOf(lines, checkedAs({ first: null, second: 40 }, [twice]), 'second')).toBeNull();
  });
});

describe('merging with a record that can be taken back', () => {
  const holder = aRecord({ recordId: 'holder', quantity: 1250, description: 'true-up' });
  const other = aRecord({ recordId: 'other', quantity: 0, dimensionKey: 'gpu_hours', description: '' });
  const form = {
    lines: [aLine('first', { dimensionKey: 'gpu_hours' }), aLine('second', { description: 'late import' })],
    checked: checkedAs({ first: 3, second: 40 }, [issue('hour-taken', { recordId: 'holder' })]),
    lineId: 'second',
    records: [holder, other],
    newLineId: () => 'new',
    timeZone: 'America/New_York',
  };

  it('puts the sum at the record’s start time, and every other record on a line of its own', () => {
    const taken = linesTakenBack(form);
    expect(taken?.lines).toEqual([
      form.lines[0],
      aLine('second', { quantityText: '1290', timeText: '08:05:00', description: 'true-up; late import' }),
      aLine('new', {
        ...{ dimensionKey: 'gpu_hours', quantityText: '0', nothingToReport: true },
        ...{ timeText: '08:05:00' },
      }),
    ]);
  });

  it('can’t be where the sum, the lines or the record are not as they should be', () => {
    expect(linesTakenBack({ ...form, records: [other] })).toBeNull();
    expect(linesTakenBack({ ...form, records: [{ ...holder, quantity: largestQuantity }] })).toBeNull();
    const many = Array.from({ length: 100 }, (_, at) => aRecord({ recordId: `other-${at}` }));
    expect(linesTakenBack({ ...form, records: [holder, ...many] })).toBeNull();
  });
});

describe('lines that stand in the place of rejected records', () => {
  const part = (predecessorId: string | null) => ({ quantity: 1, description: '', predecessorId });

  it('keep the one record when one of them has it', () => {
    expect(mergeOf(part('a'), part(null))).toMatchObject({
      kind: 'possible',
      fields: { predecessorId: 'a' },
    });
    expect(mergeOf(part(null), part('b'))).toMatchObject({
      kind: 'possible',
      fields: { predecessorId: 'b' },
    });
  });

  it('stay apart when each has one: no record can stand for two', () => {
    expect(mergeOf(part('a'), part('b'))).toEqual({ kind: 'two-predecessors' });
  });
});
