/** The numbered versions of the ledger's file. `user_version` says which one a file has. */
import type { DatabaseSync } from 'node:sqlite';
import { schema1 } from './schema-1.ts';
import { schema2 } from './schema-2.ts';
import { schema3 } from './schema-3.ts';
import { schema4 } from './schema-4.ts';
import { schema5 } from './schema-5.ts';
import { schema6 } from './schema-6.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

/** In order, without a gap. */
export const migrations: readonly Migration[] = [
  { version: 1, sql: schema1 },
  { version: 2, sql: schema2 },
  { version: 3, sql: schema3 },
  { version: 4, sql: schema4 },
  { version: 5, sql: schema5 },
  { version: 6, sql: schema6 },
];

/** Marks the file as a Usage Desk ledger (`UDLG`), so that another program's database is never taken for one. */
export const applicationId = 0x55444c47;

/** The version that a list of migrations leads to. */
export const versionOf = (list: readonly Migration[]): number => list.at(-1)?.version ?? 0;

/** Brings an open database from `fromVersion` to the newest, all of it in one transaction. Throws what SQLite throws. */
export function migrate(db: DatabaseSync, fromVersion: number, list: readonly Migration[]): void {
  const due = list.filter((migration) => migration.version > fromVersion);
  if (due.length === 0) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const migration of due) db.exec(migration.sql);
    db.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${versionOf(list)}`);
    db.exec('COMMIT');
  } catch (cause) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw cause;
  }
}
