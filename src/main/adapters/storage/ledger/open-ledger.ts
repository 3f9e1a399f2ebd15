/** The ledger as the core sees it: SQLite through `node:sqlite`, one writer, every promise kept by the file itself. */
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { IncidentLog } from '../../../core/ports.ts';
import { openDatabase } from './database.ts';
import { createGuard } from './failures.ts';
import { migrations } from './migrations.ts';
import { isOfPractice, markOrigin } from './origin.ts';
import { createSqliteLedger, type SqliteLedger } from './sqlite-ledger.ts';

export type { SqliteLedger } from './sqlite-ledger.ts';

export interface OpenLedgerOptions {
  /** The ledger's file. Its folder is made where it is missing; copies before a migration go to `backups` beside it. */
  readonly path: string;
  /** Epoch ms; only names backups. */
  readonly now: () => number;
  /** Whether it is the ledger of practice, which is never taken for a live one; false unless told. */
  readonly practice?: boolean;
  readonly incidents?: IncidentLog;
}

/**
 * Opens or creates the ledger. One process may have it open at a time; the caller sees to that.
 *
 * Fails with `ledger-newer` or `ledger-damaged` (the file is left as it is), `ledger-unavailable` or `disk-full`. Its methods
 * fail with `disk-full` (nothing was written, the same call may be made again), `not-possible-now` (the ledger refuses
 * the change; `detail` is the rule's code), `ledger-damaged`, `ledger-unavailable` and, for our own defects, `unexpected`.
 */
export function openLedger({
  path,
  now,
  practice = false,
  incidents,
}: OpenLedgerOptions): Result<SqliteLedger> {
  const guard = createGuard(path, incidents);
  const opened = openDatabase({ path, now, migrations, guard });
  if (!opened.ok) return opened;
  const db = opened.value;
  const ledger = guard('open', () => {
    markOrigin(db, practice);
    if (isOfPractice(db) !== practice) {
      return err({
        kind: 'ledger-damaged',
        path,
        detail: practice ? 'a live ledger' : 'a ledger of practice',
      });
    }
    return ok(createSqliteLedger(db, guard));
  });
  if (!ledger.ok) db.close();
  return ledger;
}
