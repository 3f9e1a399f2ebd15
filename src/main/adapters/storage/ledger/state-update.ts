import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { RecordChange } from '../../../core/domain/usage-record.ts';
import { integer, type Row, stateColumns, stateValues, text, type Values } from './rows.ts';

/** Columns of a record's state in which some index sorts, or by which it is partial. */
const indexedColumns = ['status', 'reason', 'held', 'billable'] as const;
/** Each record has one of its own, whatever else a call's records share. */
const ownColumn = 'metering_record_id';
const isIndexed = (column: string): boolean => indexedColumns.some((one) => one === column);
const plainColumns = stateColumns.filter((column) => !isIndexed(column) && column !== ownColumn);

/** What a row must have to be given to `byRow`, of a table that is named `usage_record`. */
export const updatedColumns = `record_id, usage_record.seq, ${indexedColumns.map((column) => `usage_record.${column}`).join(', ')}`;

/** Records that become the same. */
interface Group {
  /** Of each indexed column, whether it becomes another. */
  readonly changes: readonly boolean[];
  readonly indexed: readonly SQLInputValue[];
  readonly plain: readonly SQLInputValue[];
  /** What differs: each record's seq, and its metering record id. */
  readonly own: (readonly [number, SQLInputValue])[];
}

export interface StateUpdate {
  /** Gives the first record that is not there; null when all are. Of a record that is named twice, the last state counts. */
  readonly byId: (changes: readonly RecordChange[]) => string | null;
  /** Of records whose rows, with their `updatedColumns`, were read within the same transaction; by record id. */
  readonly byRow: (rows: ReadonlyMap<string, Row>, changes: readonly RecordChange[], more: Values) => void;
}

/**
 * Writes the states of records, with one statement for all that become the same. Of the indexed columns only those that differ: SQLite rewrites
 * an index whenever a column of it is written, also with the value that it had.
 */
export function createStateUpdate(db: DatabaseSync): StateUpdate {
  const read = db.prepare(`SELECT ${updatedColumns} FROM json_each(?) AS given
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

  function write(rows: ReadonlyMap<string, Row>, changes: readonly RecordChange[], more: Values): void {
    for (const group of groupsOf(rows, changes)) {
      const isChanged = (_: unknown, place: number): boolean => group.changes[place] === true;
      const columns = [...indexedColumns.filter(isChanged), ...plainColumns, ...Object.keys(more)];
      const values = [...group.indexed.filter(isChanged), ...group.plain, ...Object.values(more)];
      updateOf(columns).run(...values, JSON.stringify(group.own));
    }
  }

  return {
    byId: (changes) => {
      const asked = new Map(changes.map((change) => [change.recordId, change]));
      const found = read.all(JSON.stringify([...asked.keys()]));
      const rows = new Map(found.map((row) => [text(row, 'record_id'), row]));
      if (rows.size < asked.size) return [...asked.keys()].find((recordId) => !rows.has(recordId)) ?? null;
      write(rows, [...asked.values()], {});
      return null;
    },
    byRow: write,
  };
}

function groupsOf(rows: ReadonlyMap<string, Row>, changes: readonly RecordChange[]): readonly Group[] {
  const groups: Group[] = [];
  for (const change of changes) {
    const row = rows.get(change.recordId);
    if (row === undefined) continue;
    const after: Values = stateValues(change);
    const indexed = indexedColumns.map((column) => after[column] ?? null);
    const plain = plainColumns.map((column) => after[column] ?? null);
    const changed = indexedColumns.map((column, place) => indexed[place] !== row[column]);
    const alike = groups.find(
      (group) =>
        isSame(group.plain, plain) && isSame(group.indexed, indexed) && isSame(group.changes, changed),
    );
    const group = alike ?? { changes: changed, indexed, plain, own: [] };
    if (alike === undefined) groups.push(group);
    group.own.push([integer(row, 'seq'), after[ownColumn] ?? null]);
  }
  return groups;
}

function isSame(some: readonly unknown[], others: readonly unknown[]): boolean {
  return some.every((value, place) => value === others[place]);
}
