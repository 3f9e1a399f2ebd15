import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { RecordChange } from '../../../core/domain/usage-record.ts';
import { integer, type Row, stateColumns, stateValues, text, type Values } from './rows.ts';

/** Columns of a record's state in which some index sorts, or by which it is partial. */
const indexedColumns = ['status', 'reason', 'held', 'billable'] as const;
/** Each record has one of its own, whatever else a call's records share. */
const ownColumn = 'metering_record_id';
const isIndexed = (column: string): boolean => indexedColumns.some((one) => one === column);
const plainColumns = stateColumns.filter((column) => !isIndexed(column) && column !== ownColumn);

/** Records that become the same. */
interface Group {
  readonly columns: readonly string[];
  readonly values: readonly SQLInputValue[];
  /** What differs: each record's seq, and its metering record id. */
  readonly own: (readonly [number, SQLInputValue])[];
}

/**
 * Writes the states of records, with one statement for all that become the same. Of the indexed columns only those that differ: SQLite rewrites
 * an index whenever a column of it is written, also with the value that it had. Gives the first record that is not there; null when all are.
 * Of a record that is named twice, the last state counts.
 */
export function createStateUpdate(db: DatabaseSync) {
  const find = db.prepare(`SELECT seq, record_id, ${indexedColumns.join(', ')} FROM json_each(?) AS given
    CROSS JOIN usage_record ON usage_record.record_id = given.value`);
  const statements = new Map<string, StatementSync>();

  function updateOf(columns: readonly string[]): StatementSync {
    const key = columns.join();
    const statement =
      statements.get(key) ??
      db.prepare(`UPDATE usage_record SET ${columns.map((column) => `${column} = ?`).join(', ')},
        ${ownColumn} = given.value ->> 1
        FROM json_each(?) AS given WHERE usage_record.seq = given.value ->> 0`);
    statements.set(key, statement);
    return statement;
  }

  return (changes: readonly RecordChange[], more: Values = {}): string | null => {
    const asked = new Map(changes.map((change) => [change.recordId, change]));
    const rows = find.all(JSON.stringify([...asked.keys()]));
    if (rows.length < asked.size) {
      const found = new Set(rows.map((row) => text(row, 'record_id')));
      return [...asked.keys()].find((recordId) => !found.has(recordId)) ?? null;
    }
    for (const { columns, values, own } of groupsOf(rows, asked, more)) {
      updateOf(columns).run(...values, JSON.stringify(own));
    }
    return null;
  };
}

function groupsOf(
  rows: readonly Row[],
  asked: ReadonlyMap<string, RecordChange>,
  more: Values,
): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const row of rows) {
    const change = asked.get(text(row, 'record_id'));
    if (change === undefined) continue;
    const after: Values = { ...stateValues(change), ...more };
    const changed = indexedColumns.filter((column) => after[column] !== row[column]);
    const columns = [...changed, ...plainColumns, ...Object.keys(more)];
    const values = columns.map((column) => after[column] ?? null);
    const key = JSON.stringify([changed, values]);
    const group = groups.get(key) ?? { columns, values, own: [] };
    group.own.push([integer(row, 'seq'), after[ownColumn] ?? null]);
    groups.set(key, group);
  }
  return groups.values();
}
