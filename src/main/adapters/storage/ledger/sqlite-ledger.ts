/** The ledger's halves, put together over one open database. */
import type { DatabaseSync } from 'node:sqlite';
import { ok, type Result } from '../../../../contract/result.ts';
import type { Ledger } from '../../../core/ports.ts';
import { type AuditCheck, type AuditHead, createEventLog } from './events.ts';
import type { Guard } from './failures.ts';
import { createLedgerQueries } from './queries.ts';
import { createLedgerWrites } from './writes.ts';

export interface SqliteLedger extends Ledger {
  /** The newest row of the audit trail, to be kept elsewhere: against it a trail that was cut short shows. */
  readonly auditHead: () => Result<AuditHead>;
  /** Computes the whole trail anew. Long on a large ledger. */
  readonly verifyAudit: () => Result<AuditCheck>;
}

/** The ledger over a database that has its schema. Throws what SQLite throws when it has not. */
export function createSqliteLedger(db: DatabaseSync, guard: Guard): SqliteLedger {
  const events = createEventLog(db);
  return {
    ...createLedgerWrites(db, events, guard),
    ...createLedgerQueries(db, guard),
    auditHead: () => guard('auditHead', () => ok(events.head())),
    verifyAudit: () => guard('verifyAudit', () => ok(events.verify())),
    close: () => {
      if (db.isOpen) db.close();
    },
  };
}
