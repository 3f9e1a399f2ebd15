/** How the app writes and reads CSV: RFC 4180 with CRLF, UTF-8 with a byte order mark, formulas disarmed. */
import { stringify } from 'csv-stringify/sync';
import { disarmed } from '../domain/formula-text.ts';

export type Cell = string | number | null;

/** Rows as text. `bom` for the first ones of a file. */
export function csvText(rows: readonly (readonly Cell[])[], bom: boolean): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' ? disarmed(cell) : cell))),
    // A named delimiter makes the library quote for that one only; a lone line feed or carriage return ends a row for many readers.
    { bom, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}
