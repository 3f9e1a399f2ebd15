/**
 * CSV: UTF-8 with a byte order mark (spreadsheets need it), RFC 4180 with CRLF. Text that a spreadsheet would run as a formula is
 * prefixed by an apostrophe. Written out here because a general writer takes several times as long over a million rows.
 */
import type { ExportColumn, ExportContext } from '../../../../core/domain/export-columns.ts';
import { disarmed } from '../../../../core/domain/formula-text.ts';
import type { StoredRecord } from '../../../../core/domain/usage-record.ts';
import { createTimeTexts } from './time-texts.ts';

export const byteOrderMark = '\uFEFF';

const quoted = /[",\r\n]/;

export function csvText(text: string): string {
  const safe = disarmed(text);
  return quoted.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const csvHead = (columns: readonly ExportColumn[]): string =>
  `${byteOrderMark}${columns.map(({ name }) => csvText(name)).join(',')}\r\n`;

/** Gives the function that makes a row of a record. */
export function createCsvRow(
  columns: readonly ExportColumn[],
  context: ExportContext,
): (record: StoredRecord) => string {
  const times = createTimeTexts(context.timeZone);
  const cell = (column: ExportColumn, record: StoredRecord): string => {
    const value = column.value(record, context);
    if (value === null) return '';
    if (typeof value === 'string') return column.kind === 'decimal' ? value : csvText(value);
    if (column.kind === 'utc') return times.utc(value);
    return column.kind === 'local' ? times.local(value) : String(value);
  };
  return (record) => `${columns.map((column) => cell(column, record)).join(',')}\r\n`;
}
