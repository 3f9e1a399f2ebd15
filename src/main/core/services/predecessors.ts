/** The rejected records in whose place lines stand: each may be followed once, by usage of the same buyer. */
import type { EntryLine, Predecessor } from '../../../contract/entry.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { StoredRecord } from '../domain/usage-record.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Ledger } from '../ports.ts';

/**
 * By line id. `not-found` for a record that isn't there, `not-possible-now` for one that was not rejected, is settled already, is of another
 * buyer or seller, or is named by two lines.
 */
export function findPredecessors(
  lines: readonly EntryLine[],
  ledger: Pick<Ledger, 'record'>,
  owner: { readonly sellerAccountId: string; readonly buyerAccountId: string },
): Result<ReadonlyMap<string, Predecessor>> {
  const found = new Map<string, Predecessor>();
  const named = new Set<string>();
  for (const { lineId, predecessorId } of lines) {
    if (predecessorId === null || predecessorId === undefined) continue;
    const record = ledger.record(predecessorId);
    if (!record.ok) return record;
    if (record.value === null) return err({ kind: 'not-found', what: 'record', id: predecessorId });
    const obstacle = named.has(predecessorId) ? 'record-has-a-successor' : obstacleOf(record.value, owner);
    if (obstacle !== null) return err({ kind: 'not-possible-now', detail: obstacle });
    named.add(predecessorId);
    found.set(lineId, predecessorOf(record.value));
  }
  return ok(found);
}

/** In the words in which the ledger itself refuses. */
function obstacleOf(
  record: StoredRecord,
  owner: { readonly sellerAccountId: string; readonly buyerAccountId: string },
): string | null {
  const isOwn =
    record.sellerAccountId === owner.sellerAccountId && record.buyerAccountId === owner.buyerAccountId;
  if (record.status !== 'rejected' || !isOwn) return 'predecessor-is-not-rejected';
  if (record.successorId !== null) return 'record-has-a-successor';
  return record.writeOff === null ? null : 'record-is-written-off';
}

function predecessorOf(record: StoredRecord): Predecessor {
  const { recordId, dimensionKey, quantity, startMs, reason } = record;
  return { recordId, dimensionKey, quantity, startUtc: utc(startMs), reason };
}
