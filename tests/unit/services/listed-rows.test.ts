import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ContractSummary } from '../../../src/contract/contracts.ts';
import { createListedRows, type ListedRows } from '../../../src/main/core/services/listed-rows.ts';
import { aContract } from '../../support/sample-views.ts';

/** A page that takes what is new in answers of at most `most` rows. */
function pageOf(rows: ListedRows) {
  let listId: string | null = null;
  let knownVersion = 0;
  let held = new Map<string, ContractSummary>();
  const fetch = (most: number): void => {
    for (;;) {
      const answer = rows.since({ listId, knownVersion }, most);
      if (answer.listId !== listId) held = new Map();
      listId = answer.listId;
      knownVersion = answer.version;
      expect(answer.rows.length).toBeLessThanOrEqual(most);
      for (const row of answer.rows) held.set(row.agreementId, row);
      if (!answer.hasMore) return;
    }
  };
  return { fetch, held: () => held };
}

it('a page that fetches what is new holds what the list holds, however rows change and go', () => {
  const step = fc.oneof(
    fc.record({ put: fc.integer({ min: 0, max: 9 }), alias: fc.integer({ min: 0, max: 3 }) }),
    fc.record({ drop: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ fetch: fc.integer({ min: 1, max: 4 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const rows = createListedRows();
      const page = pageOf(rows);
      const truth = new Map<string, string>();
      for (const one of steps) {
        if ('put' in one) {
          truth.set(`agmt-${one.put}`, `alias ${one.alias}`);
          rows.put(aContract({ agreementId: `agmt-${one.put}`, buyerAlias: `alias ${one.alias}` }));
        } else if ('drop' in one) {
          if (truth.delete(`agmt-${one.drop}`)) rows.drop([`agmt-${one.drop}`]);
        } else page.fetch(one.fetch);
      }
      page.fetch(3);
      const held = [...page.held()].map(([id, row]) => [id, row.buyerAlias]);
      expect(Object.fromEntries(held)).toEqual(Object.fromEntries(truth));
    }),
  );
});

it('a row that did not change is not told again', () => {
  const rows = createListedRows();
  expect(rows.put(aContract())).toBe(true);
  const { listId, version } = rows.since({ listId: null, knownVersion: 0 }, 10);
  expect(rows.put(aContract())).toBe(false);
  expect(rows.since({ listId, knownVersion: version }, 10)).toMatchObject({ rows: [], hasMore: false });
});
