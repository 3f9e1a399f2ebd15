/** Whether a ledger's file is of practice or live. */
import type { DatabaseSync } from 'node:sqlite';

/** Marks a ledger that has no mark yet: a new one, or one from before version 5. */
export function markOrigin(db: DatabaseSync, practice: boolean): void {
  db.prepare('INSERT OR IGNORE INTO origin (only_row, practice) VALUES (1, ?)').run(practice ? 1 : 0);
}

/** Null where the file is from before version 5 and does not say. */
export function isOfPractice(db: DatabaseSync): boolean | null {
  const known = db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'origin'").get();
  if (known === undefined) return null;
  const row = db.prepare('SELECT practice FROM origin').get();
  return row === undefined ? null : row.practice === 1;
}
