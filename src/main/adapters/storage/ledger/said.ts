/** What an event of the trail says of rows, and whether a row says the same: fields are matched with columns by name. */
import type { LedgerDefect } from '../../../../contract/ledger.ts';
import type { TrailEvent } from './events.ts';
import type { Row } from './rows.ts';

/** What was said, by the name of the field. */
export type Said = Readonly<Record<string, unknown>>;

type RowKind = Exclude<LedgerDefect['row'], 'event'>;

/** Notes a row that contradicts the trail; `seq` is the event's, null where the trail has nothing of it. */
export type Found = (
  problem: LedgerDefect['problem'],
  row: RowKind,
  id: string,
  seq: number | null,
  column?: string,
) => void;

/** Holds a stored row against what event `seq` said of it. */
export type Compare = (row: RowKind, id: string, seq: number, stored: Row, said: Said) => void;

/** Whether it is a plain object. */
export const isSaid = (value: unknown): value is Said =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** The list under a key; empty where there is none. */
export const listIn = (said: Said, key: string): readonly unknown[] => {
  const value = said[key];
  return Array.isArray(value) ? value : [];
};

const columnNames = new Map<string, string>();

function columnOf(key: string): string {
  const known = columnNames.get(key);
  if (known !== undefined) return known;
  const column = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columnNames.set(key, column);
  return column;
}

/** The columns in which a field of an event stands; none for what has no column of its own. */
function columnsOf(key: string, value: unknown): readonly (readonly [string, unknown])[] {
  if (key === 'estimate') {
    const money = isSaid(value) ? value : {};
    return [
      ['estimate_amount', money.amount ?? null],
      ['estimate_currency', money.currencyCode ?? null],
    ];
  }
  if (typeof value === 'boolean') return [[columnOf(key), value ? 1 : 0]];
  if (value !== null && typeof value === 'object') return [];
  return [[columnOf(key), value]];
}

/** The first column that holds something else than was said of it; null when all fit. */
export function differingColumn(row: Row, said: Said): string | null {
  for (const [key, value] of Object.entries(said)) {
    for (const [column, expected] of columnsOf(key, value)) {
      if (Object.hasOwn(row, column) && row[column] !== expected) return column;
    }
  }
  return null;
}

/** What an event says; nothing where its content is no JSON object. */
export function contentOf(event: Pick<TrailEvent, 'content'>): Said {
  try {
    const content: unknown = JSON.parse(event.content);
    return isSaid(content) ? content : {};
  } catch {
    return {};
  }
}

/** The states that an event gave to records, whichever its kind. */
export function statesIn(content: Said): readonly Said[] {
  return listIn(content, 'records').flatMap((entry) => {
    if (!isSaid(entry)) return [];
    const state = isSaid(entry.change) ? entry.change : entry;
    return typeof state.recordId === 'string' && typeof state.status === 'string' ? [state] : [];
  });
}
