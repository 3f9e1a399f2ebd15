/** How the app writes and reads CSV: RFC 4180 with CRLF, UTF-8 with a byte order mark, formulas disarmed. */
import { stringify } from 'csv-stringify/sync';

export type Cell = string | number | null;

/**
 * What spreadsheets take for the beginning of a formula, wide signs too. Some trim the cell first, so white space before the sign
 * is no protection. https://owasp.org/www-community/attacks/CSV_Injection
 */
const formulaStart = /^(?:\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r])/;

export const isFormula = (text: string): boolean => formulaStart.test(text);

/** Rows as text. `bom` for the first ones of a file. */
export function csvText(rows: readonly (readonly Cell[])[], bom: boolean): string {
  return stringify(
    rows.map((row) => row.map((cell) => (typeof cell === 'string' && isFormula(cell) ? `'${cell}` : cell))),
    // A named delimiter makes the library quote for that one only; a lone line feed or carriage return ends a row for many readers.
    { bom, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
  );
}
