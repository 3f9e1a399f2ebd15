/**
 * The rows that the page is shown, each with the version of the list at which it last changed, so that a page fetches what is new to it and
 * nothing else, and a long list in pieces.
 */
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ContractSummary } from '../../../contract/contracts.ts';

export interface ListedRows {
  readonly size: () => number;
  readonly get: (agreementId: string) => ContractSummary | null;
  /** Whether it differs from what was there. */
  readonly put: (summary: ContractSummary) => boolean;
  /** Rows that are gone can't be told by a change of a row: the list gets another id. */
  readonly drop: (agreementIds: readonly string[]) => void;
  readonly clear: () => void;
  /** What changed since a version of this list, or all of it, oldest change first and at most `most` rows. */
  readonly since: (
    known: { readonly listId: string | null; readonly knownVersion: number },
    most: number,
  ) => {
    readonly listId: string;
    /** Up to which the rows given are all that there is. */
    readonly version: number;
    readonly hasMore: boolean;
    readonly rows: ContractSummary[];
  };
}

interface Row {
  readonly summary: ContractSummary;
  readonly version: number;
}

export function createListedRows(): ListedRows {
  let listId: string = randomUUID();
  let version = 0;
  let rows = new Map<string, Row>();
  /** Every change in its order. Those whose row has changed again since are passed over. */
  let changes: { readonly agreementId: string; readonly version: number }[] = [];

  const isLatest = (change: { readonly agreementId: string; readonly version: number }): boolean =>
    rows.get(change.agreementId)?.version === change.version;

  function firstAfter(known: number): number {
    let low = 0;
    let high = changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((changes[middle]?.version ?? 0) > known) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    size: () => rows.size,
    get: (agreementId) => rows.get(agreementId)?.summary ?? null,
    put: (summary) => {
      const { agreementId } = summary;
      if (isDeepStrictEqual(rows.get(agreementId)?.summary, summary)) return false;
      version += 1;
      rows.set(agreementId, { summary, version });
      changes.push({ agreementId, version });
      if (changes.length > 1_000 + 2 * rows.size) changes = changes.filter(isLatest);
      return true;
    },
    drop: (agreementIds) => {
      if (agreementIds.length === 0) return;
      for (const agreementId of agreementIds) rows.delete(agreementId);
      listId = randomUUID();
    },
    clear: () => {
      listId = randomUUID();
      version = 0;
      rows = new Map();
      changes = [];
    },
    since: (known, most) => {
      const found: ContractSummary[] = [];
      let at = firstAfter(known.listId === listId ? known.knownVersion : 0);
      let upTo = version;
      for (; at < changes.length; at += 1) {
        const change = changes[at];
        if (change === undefined || !isLatest(change)) continue;
        if (found.length === most) break;
        const row = rows.get(change.agreementId);
        if (row === undefined) continue;
        found.push(row.summary);
        upTo = change.version;
      }
      const hasMore = at < changes.length;
      return { listId, version: hasMore ? upTo : version, hasMore, rows: found };
    },
  };
}
