/**
 * Verifying a ledger: the trail against itself and against a head that was kept elsewhere, then every submission, record and
 * attempt against what the trail says of it.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { AuditHead, LedgerCheck, LedgerDefect } from '../../../../contract/ledger.ts';
import { createReconciliation } from './audit-rows.ts';
import { eventAfter, toHead } from './events.ts';
import { integer } from './rows.ts';

type TrailDefect = LedgerDefect & { readonly row: 'event'; readonly seq: number };

const trailDefect = (problem: LedgerDefect['problem'], seq: number): TrailDefect => ({
  problem,
  row: 'event',
  id: null,
  seq,
  column: null,
});

/**
 * Reads the whole ledger over a connection that may be read-only, in one transaction, so that it sees one state even while
 * the app writes. Names the first row of the trail that doesn't fit; only where all of them do, the first other row that
 * contradicts the trail. Long on a large ledger. Throws what SQLite throws.
 */
export function checkLedger(db: DatabaseSync, given: AuditHead | null): LedgerCheck {
  db.exec('BEGIN');
  try {
    return check(db, given);
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK');
  }
}

function check(db: DatabaseSync, given: AuditHead | null): LedgerCheck {
  const rows = createReconciliation(db);
  let last = toHead(undefined);
  const result = (defect: LedgerDefect | null, checkedRecords: number): LedgerCheck => ({
    intact: defect === null,
    head: last,
    firstBadSeq: defect?.seq ?? null,
    defect,
    checkedEvents: last.seq,
    checkedRecords,
  });

  if (given?.seq === 0 && given.hash !== last.hash) return result(trailDefect('other-head', 0), 0);
  for (const row of db.prepare('SELECT * FROM event ORDER BY seq').iterate()) {
    const event = eventAfter(last, row);
    if (event === null) {
      const expected = last.seq + 1;
      const isGap = typeof row.seq === 'number' && integer(row, 'seq') > expected;
      return result(trailDefect(isGap ? 'missing' : 'changed', expected), 0);
    }
    if (given?.seq === event.seq && given.hash !== event.hash)
      return result(trailDefect('other-head', event.seq), 0);
    rows.take(event);
    last = { seq: event.seq, hash: event.hash };
  }
  if (given !== null && given.seq > last.seq) return result(trailDefect('cut-off', last.seq + 1), 0);
  const { defect, checkedRecords } = rows.finish();
  return result(defect, checkedRecords);
}
