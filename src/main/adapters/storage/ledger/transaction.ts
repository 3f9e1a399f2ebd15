import type { DatabaseSync } from 'node:sqlite';
import type { Result } from '../../../../contract/result.ts';

/**
 * Runs work in a transaction of its own, or as a part of the one that is open: an `err` or a throw takes all of it back, and nothing else.
 */
export function createTransaction(db: DatabaseSync): <T>(work: () => Result<T>) => Result<T> {
  const whole = { begin: db.prepare('BEGIN IMMEDIATE'), keep: db.prepare('COMMIT'), undo: 'ROLLBACK' };
  const part = {
    begin: db.prepare('SAVEPOINT part'),
    keep: db.prepare('RELEASE part'),
    undo: 'ROLLBACK TO part; RELEASE part',
  };
  return (work) => {
    const { begin, keep, undo } = db.isTransaction ? part : whole;
    begin.run();
    let isKept = false;
    try {
      const result = work();
      if (result.ok) {
        keep.run();
        isKept = true;
      }
      return result;
    } finally {
      // A full disk may already have made SQLite roll back by itself, and then the whole transaction.
      if (!isKept && db.isTransaction) db.exec(undo);
    }
  };
}
