import { describe, expect, it } from 'vitest';
import type { ReadingFacts } from '../../../src/renderer/src/features/contracts/contracts-store.ts';
import {
  changesWords,
  missingWords,
  progressWords,
} from '../../../src/renderer/src/features/contracts/list-words.ts';
import { aContract } from '../../support/sample-views.ts';

const progress = { pagesRead: 3, found: 150, activeRead: false };
const error = { kind: 'core-unreachable' } as const;
const facts = (change: Partial<ReadingFacts>): ReadingFacts => ({
  list: { kind: 'idle' },
  lastCompleteUtc: null,
  count: 150,
  unreadable: 0,
  catalogProblem: null,
  callProblem: null,
  ...change,
});

describe('while the list is read, it says', () => {
  const loading = { kind: 'loading', ...progress, isWaiting: false } as const;

  it('that it is incomplete, how far it is, and that it can be used', () => {
    expect(progressWords(facts({ list: loading }))).toBe(
      'The list is incomplete: active contracts come first. 3 pages, 150 contracts so far. You can work with them already.',
    );
  });

  it('when every active contract is there', () => {
    expect(progressWords(facts({ list: { ...loading, activeRead: true } }))).toMatch(
      /^Every active contract is here; AWS is being read for all others\./,
    );
  });

  it('that AWS is busy, and goes on by itself', () => {
    expect(progressWords(facts({ list: { ...loading, isWaiting: true } }))).toMatch(
      /AWS is busy just now; the reading goes on by itself\.$/,
    );
  });

  it('as of when the rows are that stand there meanwhile', () => {
    expect(progressWords(facts({ list: loading, lastCompleteUtc: '2026-11-20T14:00:00Z' }))).toMatch(
      /^Refreshing .* 3 pages, 150 contracts so far\. Until then this is how AWS had them at 20 Nov 2026/,
    );
  });

  it('nothing once it is there', () => {
    expect(progressWords(facts({ list: { kind: 'complete' } }))).toBe('');
    expect(missingWords(facts({ list: { kind: 'complete' } }))).toBe('');
  });
});

describe('when a page stays failed, the list says', () => {
  const failed = { kind: 'failed', ...progress, error } as const;

  it('up to where AWS was read, what may be missing, and that the rest can be used', () => {
    expect(missingWords(facts({ list: failed }))).toBe(
      'The list is incomplete. AWS was read up to page 3, with 150 contracts. Active contracts may be missing. The 150 contracts shown can be used.',
    );
  });

  it('which are missing once the active ones were read', () => {
    expect(missingWords(facts({ list: { ...failed, activeRead: true } }))).toMatch(
      /Every active contract is here; ended ones and those of other statuses are missing/,
    );
  });

  it('when there is nothing at all', () => {
    expect(missingWords(facts({ list: { ...failed, pagesRead: 0, found: 0 }, count: 0 }))).toBe(
      'No contract could be read.',
    );
  });

  it('as of when the list is that could not be refreshed', () => {
    const kept = { lastCompleteUtc: '2026-11-20T14:00:00Z' };
    expect(missingWords(facts({ list: failed, ...kept }))).toMatch(
      /^The list could not be refreshed\. It stands as AWS had it at 20 Nov 2026, .*, with what came since: AWS was read up to page 3/,
    );
    expect(missingWords(facts({ list: { ...failed, pagesRead: 0 }, ...kept }))).not.toContain('came since');
  });
});

describe('what changed since the last complete list', () => {
  it('is counted by what happened', () => {
    const rows = (['new', 'new', 'ended', 'replaced', null] as const).map((change, at) =>
      aContract({ agreementId: `agmt-${at}`, change }),
    );
    expect(changesWords(rows)).toBe(
      'Changed since you last looked: 2 new contracts, 1 ended contract, 1 replaced contract.',
    );
  });

  it('is not spoken of when there is nothing', () => {
    expect(changesWords([aContract()])).toBeNull();
  });
});
