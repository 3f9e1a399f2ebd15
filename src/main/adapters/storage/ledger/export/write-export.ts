/** An export written to a file of its own, in a worker: one state of the ledger, its records and what they come to. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { type ExportColumn, exportColumns } from '../../../../core/domain/export-columns.ts';
import type { StoredRecord } from '../../../../core/domain/usage-record.ts';
import { foldTotals } from '../../../../core/domain/usage-totals.ts';
import type { ExportOrder, WrittenExport } from '../../../../core/ports.ts';
import { toHead } from '../events.ts';
import { iterateHistory, readHistoryTotals } from '../history/history-reads.ts';
import { readerOf } from '../history/history-tasks.ts';
import { type About, aboutJson, aboutRows } from './about.ts';
import { createCsvRow, csvHead } from './csv.ts';
import { type ExportSteering, steerExport } from './export-control.ts';
import { createTimeTexts } from './time-texts.ts';
import { type Cell, createWorkbook } from './xlsx.ts';

export interface WriteExportInput extends ExportOrder {
  /** The ledger. */
  readonly path: string;
  readonly target: string;
  /** Of `createExportControl`. */
  readonly control: SharedArrayBuffer;
}

/** Excel takes 1,048,576 rows; sheets of half as many keep each part of the file below 4 GB. */
export const mostRowsPerSheet = 500_000;
const flushAt = 1_048_576;

/** Gives null when it was told to stop; there is no file then. Throws what SQLite and the file system throw. */
export function writeExport(input: WriteExportInput): WrittenExport | null {
  const db = readerOf(input.path);
  const file = openSync(input.target, 'wx', 0o600);
  const steering = steerExport(input.control);
  let isDone = false;
  db.exec('BEGIN');
  try {
    const head = toHead(db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1').get());
    const totals = foldTotals(readHistoryTotals(db, { rows: input.rows, byMonth: false }));
    steering.tellTotal(totals.records);
    const records = counted(iterateHistory(db, input.rows), steering);
    const about = { ...input.about, head, totals };
    const write = (bytes: Uint8Array) => writeAll(file, bytes);
    const count =
      input.format === 'csv' ? writeCsv(input, records, write) : writeXlsx(input, records, about, write);
    if (count === null) return null;
    isDone = true;
    return { records: count, head, beside: input.format === 'csv' ? aboutJson(about, count) : null };
  } finally {
    db.exec('ROLLBACK');
    closeSync(file);
    if (!isDone) rmSync(input.target, { force: true });
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
}

const stopped = Symbol('stopped');

/** Tells how far it is, and ends with `stopped` when it is told to. */
function* counted(
  records: Iterable<StoredRecord>,
  steering: ExportSteering,
): Generator<StoredRecord | typeof stopped> {
  let done = 0;
  for (const record of records) {
    done += 1;
    if (done % 256 === 0) {
      steering.tellDone(done);
      if (steering.isStopped()) {
        yield stopped;
        return;
      }
    }
    yield record;
  }
  steering.tellDone(done);
}

type Records = ReturnType<typeof counted>;
type Write = (bytes: Uint8Array) => void;

function writeCsv(input: WriteExportInput, records: Records, write: Write): number | null {
  const toRow = createCsvRow(exportColumns, input.context);
  let pending = csvHead(exportColumns);
  let count = 0;
  for (const record of records) {
    if (typeof record === 'symbol') return null;
    pending += toRow(record);
    count += 1;
    if (pending.length < flushAt) continue;
    write(Buffer.from(pending));
    pending = '';
  }
  write(Buffer.from(pending));
  return count;
}

const width = ({ kind }: ExportColumn) =>
  kind === 'utc' || kind === 'local' ? 20 : kind === 'text' ? 24 : 14;

function writeXlsx(input: WriteExportInput, records: Records, about: About, write: Write): number | null {
  const book = createWorkbook(write);
  const times = createTimeTexts(input.context.timeZone);
  const toCell = (column: ExportColumn, record: StoredRecord): Cell => {
    const value = column.value(record, input.context);
    if (value === null) return null;
    if (typeof value === 'string')
      return column.kind === 'decimal' ? { kind: 'number', decimal: value } : { kind: 'text', text: value };
    if (column.kind === 'integer') return { kind: 'number', decimal: String(value) };
    return { kind: 'time', wallMs: column.kind === 'local' ? times.wallMs(value) : value };
  };
  const names = exportColumns.map(({ name }): Cell => ({ kind: 'text', text: name }));
  const rowsPerSheet = input.rowsPerSheet ?? mostRowsPerSheet;
  let count = 0;
  const beginSheet = () => {
    const number = count / rowsPerSheet + 1;
    book.sheet(`Usage records${number === 1 ? '' : ` ${number}`}`, exportColumns.map(width));
    book.row(names, true);
  };
  beginSheet();
  for (const record of records) {
    if (typeof record === 'symbol') return null;
    if (count > 0 && count % rowsPerSheet === 0) beginSheet();
    book.row(exportColumns.map((column) => toCell(column, record)));
    count += 1;
  }
  book.sheet('About', [28, 24, 24, 24, 24, 24, 24, 24, 24, 24]);
  for (const row of aboutRows(about, count)) book.row(row.cells, row.bold);
  book.end();
  return count;
}
