import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RecordChange } from '../../../core/domain/usage-record.ts';
import { integer, stateColumns, stateValues, type Values } from './rows.ts';

/**
 * Writes the state of a record, and only columns that differ: SQLite rewrites an index whenever a column of it is written, also with the
 * value that it had. Gives false where there is no such record.
 */
export function createStateUpdate(db: DatabaseSync) {
  const find = db.prepare(
    `SELECT seq, request_id, ${stateColumns.join(', ')} FROM usage_record WHERE record_id = ?`,
  );
  const statements = new Map<string, StatementSync>();

  return (change: RecordChange, more: Values = {}): boolean => {
    const before = find.get(change.recordId);
    if (before === undefined) return false;
    const after: Values = { ...stateValues(change), ...more };
    const changed = Object.keys(after).filter((column) => after[column] !== before[column]);
    // A write that changes nothing is asked for all the same: whether the record may be written is the file's to say.
    const columns = changed.length > 0 ? changed : ['phase'];
    const key = columns.join();
    const statement =
      statements.get(key) ??
      db.prepare(
        `UPDATE usage_record SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE seq = ?`,
      );
    statements.set(key, statement);
    statement.run(...columns.map((column) => after[column] ?? null), integer(before, 'seq'));
    return true;
  };
}
