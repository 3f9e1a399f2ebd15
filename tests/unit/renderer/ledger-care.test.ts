import { describe, expect, it } from 'vitest';
import { type LedgerDefect, ledgerDefectSchema, type RestoreLoss } from '../../../src/contract/ledger.ts';
import {
  contentWords,
  defectSentence,
  formatBytes,
  headText,
  lossSentences,
  readHead,
} from '../../../src/renderer/src/copy/ledger-care.ts';

const head = { seq: 412, hash: '3f'.repeat(32) };

describe('the head of the audit trail', () => {
  it('can be pasted back as it was copied', () => {
    expect(readHead(headText(head))).toEqual(head);
    expect(readHead(`  ${headText(head).toUpperCase()}\n`)).toEqual(head);
  });

  it.each(['', '412', `412:${'3f'.repeat(31)}`, `x:${head.hash}`, `412 ${head.hash}`, `-1:${head.hash}`])(
    'is not made of %j',
    (text) => expect(readHead(text)).toBeNull(),
  );
});

describe('the first row that does not fit', () => {
  const defect = { row: 'record', id: 'record-7', seq: 12, column: 'quantity' } as const;

  it.each(ledgerDefectSchema.shape.problem.options)('is named where the problem is %s', (problem) => {
    const text = defectSentence({ ...defect, problem });
    expect(text).toMatch(/\.$/);
    expect(text).not.toMatch(/undefined|null/);
    expect(text).toContain(problem === 'not-in-trail' ? 'record-7' : '12');
  });

  it('says what differs from the trail', () => {
    const event: LedgerDefect = { problem: 'changed', row: 'event', id: null, seq: 5, column: null };
    expect(defectSentence(event)).toBe('Event 5 of the trail was altered after it was written.');
    expect(defectSentence({ ...defect, problem: 'differs' })).toContain('usage record record-7 in quantity');
  });
});

describe('what restoring costs', () => {
  const content = { events: 40, records: 12, untilUtc: '2026-11-20T13:00:00Z', head };
  const loss: RestoreLoss = {
    backup: {
      name: 'ledger-v2-20261120T130000000Z.sqlite',
      savedUtc: '2026-11-20T13:00:00Z',
      version: 2,
      bytes: 81_920,
      content,
    },
    currentHead: head,
    missingEvents: 0,
    missingRecords: 0,
    missingSinceUtc: null,
    undecidedRecords: 0,
  };

  it('is nothing where nothing has happened since', () => {
    expect(lossSentences(loss, 'UTC')).toEqual([
      'Nothing has happened since this backup: nothing would be missing.',
    ]);
  });

  it('counts what would be missing, and warns of entering it again', () => {
    const costs = lossSentences(
      {
        ...loss,
        missingEvents: 9,
        missingRecords: 2,
        missingSinceUtc: '2026-11-20T13:05:00Z',
        undecidedRecords: 1,
      },
      'UTC',
    ).join(' ');
    expect(costs).toContain('9 events since 20 Nov 2026, 13:05:00 UTC');
    expect(costs).toContain('2 usage records that were confirmed');
    expect(costs).toMatch(/don’t enter them again/);
    expect(costs).toMatch(/waits for your decision/);
  });

  it('says what a backup holds', () => {
    expect(contentWords(content, 'UTC')).toBe('12 records, until 20 Nov 2026, 13:00:00 UTC');
    expect(contentWords(null, 'UTC')).toBe('can’t be read as a ledger');
    expect(contentWords({ ...content, untilUtc: null }, 'UTC')).toBe('nothing yet');
  });

  it('sizes files as a person reads them', () => {
    expect([0, 999, 81_920, 5_250_000].map(formatBytes)).toEqual(['0 byte', '999 byte', '81.9 kB', '5.3 MB']);
  });
});
