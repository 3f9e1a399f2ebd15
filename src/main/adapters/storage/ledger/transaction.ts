import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../../../contract/result.ts';

/** Runs work in a transaction of its own: an `err` or a throw takes all of it back. */
export function createTransaction(db: DatabaseSync): <T>(work: () => Result<T>) => Result<T> {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  return (work) => {
    begin.run();
    try {
      const result = work();
      if (result.ok) commit.run();
      return result;
    } finally {
      // A full disk may already have made SQLite roll back by itself.
      if (db.isTransaction) db.exec('ROLLBACK');
    }
  };
}
