/**
 * The history of a million records: the first rows of a filter, what it comes to, and its export. `node tests/bench/history.bench.ts` prints the
 * table; `--quick` stops at 20,000 records. The value is what the page waits for, through the worker; the baseline is the plainest query that
 * answers the same, on a connection of its own, with the same columns and without any of the app.
 */
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { everything, type HistoryFilter, type HistorySort } from '../../src/contract/history.ts';
import { createHistoryReader } from '../../src/main/adapters/storage/ledger/history/history-reader.ts';
import type { HistoryReader } from '../../src/main/core/ports.ts';
import { rowsOf } from '../../src/main/core/services/history.ts';
import { type BenchRow, formatTable } from './support/bench-row.ts';
import { agreementOf, buyerOf, fillHistory, principalOf, rareWord } from './support/history-ledger.ts';
import { compare, toRow } from './support/measure.ts';

const aim = 3;
const pageSize = 50;
const timeZone = 'Europe/Berlin';
const newestFirst: HistorySort = { by: 'submitted', descending: true };

interface Case {
  readonly name: string;
  readonly filter: Partial<HistoryFilter>;
  readonly sort?: HistorySort;
  /** The condition of the plainest query. */
  readonly where: string;
  readonly values?: Readonly<Record<string, SQLInputValue>>;
  readonly order?: string;
  readonly rounds: number;
}

const many = 60;
const few = 2;

const cases: readonly Case[] = [
  { name: 'everything', filter: {}, where: '1', rounds: many },
  {
    name: 'one buyer',
    filter: { buyerAccountId: buyerOf(7) },
    where: 'buyer_account_id = :buyer',
    values: { buyer: buyerOf(7) },
    rounds: many,
  },
  {
    name: 'rejected, of one reason',
    filter: { status: 'rejected', reason: 'invalid-customer' },
    where: "status = 'rejected' AND reason = 'invalid-customer'",
    rounds: many,
  },
  {
    name: 'one contract, by usage time',
    filter: { agreementIds: [agreementOf(3)] },
    sort: { by: 'usage', descending: false },
    where: 'agreement_id = :agreement',
    values: { agreement: agreementOf(3) },
    order: 'start_ms',
    rounds: 15,
  },
  {
    name: 'who submitted',
    filter: { principalArn: principalOf(5) },
    where: 'seller_principal_arn = :principal',
    values: { principal: principalOf(5) },
    rounds: many,
  },
  {
    name: 'by quantity',
    filter: {},
    sort: { by: 'quantity', descending: true },
    where: '1',
    order: 'quantity DESC',
    rounds: few,
  },
  {
    name: 'a text that ten records hold',
    filter: { text: rareWord },
    where: ['description', 'product_title', 'dimension_name', 'dimension_key', 'record_id', 'request_id']
      .concat(['product_id', 'agreement_id', 'buyer_account_id', 'metering_record_id', 'aws_message'])
      .map((column) => `record.${column} LIKE '%' || :text || '%'`)
      .join(' OR '),
    values: { text: rareWord },
    rounds: few,
  },
];

const bareColumns = 'record.*, submission_id, seller_role_name, seller_principal_arn';
const joined = 'usage_record AS record JOIN submission ON submission.seq = record.submission_seq';

function firstRows(reader: HistoryReader, bare: DatabaseSync, one: Case): Promise<BenchRow> {
  const { filter, sort = newestFirst, where, values = {}, order = 'submitted_ms DESC', rounds } = one;
  const rows = rowsOf({ ...everything, ...filter }, {});
  const query = `SELECT ${bareColumns} FROM ${joined} WHERE ${where} ORDER BY record.${order} LIMIT ${pageSize}`;
  return compare({
    name: `first rows: ${one.name}`,
    rounds,
    aim,
    value: async () => {
      const page = await reader.page({ rows, sort, cursor: null, limit: pageSize });
      if (!page.ok || page.value.records.length === 0) throw new Error('No first rows');
    },
    baseline: () => {
      // Prepared anew, as any other filter would have to be.
      if (bare.prepare(query).all(values).length === 0) throw new Error('No first rows');
    },
  });
}

function totals(reader: HistoryReader, bare: DatabaseSync): Promise<BenchRow> {
  const rows = rowsOf(everything, {});
  const select =
    bare.prepare(`SELECT product_id, dimension_key, unit, status, estimate_currency, count(*), sum(quantity),
    sum(estimate_amount) FROM usage_record GROUP BY 1, 2, 3, 4, 5`);
  return compare({
    name: 'totals of everything',
    rounds: few,
    aim,
    value: async () => {
      const found = await reader.totals({ rows, byMonth: false });
      if (!found.ok || found.value.length === 0) throw new Error('No totals');
    },
    baseline: () => select.all(),
  });
}

/** To a file of its own, which is left there. Gives its place. */
async function exportAll(reader: HistoryReader, folder: string): Promise<string> {
  const writing = reader.writeExport({
    rows: rowsOf(everything, {}),
    format: 'csv',
    context: { aliases: {}, timeZone, practice: true },
    about: { writtenBy: 'bench', writtenUtc: '2026-11-21T00:00:00Z', timeZone, practice: true, filter: [] },
  });
  const written = await writing.written;
  if (!written.ok || written.value === null) throw new Error('No export');
  const [name = ''] = readdirSync(folder);
  return join(folder, name);
}

/** A part of the file again and again: reading it all back would be counted too. */
function writeAsMany(from: string, to: string): void {
  const part = Buffer.alloc(1_048_576);
  const source = openSync(from, 'r');
  readSync(source, part);
  closeSync(source);
  const target = openSync(to, 'w');
  for (let left = statSync(from).size; left > 0; left -= part.length)
    writeSync(target, part, 0, Math.min(left, part.length));
  closeSync(target);
}

/**
 * Once each: a million records take long enough. An export can't do with less than reading every record and writing every byte, so that the
 * aim is to both together. The second row tells how far that is from writing alone, of which reading alone is a multiple.
 */
async function exportRows(
  reader: HistoryReader,
  bare: DatabaseSync,
  folder: string,
): Promise<readonly BenchRow[]> {
  const timed = async (work: () => unknown) => {
    const startedMs = performance.now();
    await work();
    return performance.now() - startedMs;
  };
  const exportsDir = join(folder, 'exports');
  let file = '';
  const value = await timed(async () => {
    file = await exportAll(reader, exportsDir);
  });
  const writing = await timed(() => writeAsMany(file, join(folder, 'copy.csv')));
  const select = bare.prepare(`SELECT ${bareColumns} FROM ${joined} ORDER BY submitted_ms`);
  const reading = await timed(() => {
    for (const _ of select.iterate());
  });
  return [
    toRow(
      { name: 'export of everything to CSV, to the bare query and writing the same bytes', aim },
      [value],
      [reading + writing],
    ),
    toRow({ name: 'export of everything to CSV, to writing the same bytes alone' }, [value], [writing]),
    toRow({ name: 'the bare query of everything, to writing the same bytes alone' }, [reading], [writing]),
  ];
}

export async function run({
  quick = false,
}: {
  readonly quick?: boolean;
} = {}): Promise<readonly BenchRow[]> {
  const records = quick ? 20_000 : 1_000_000;
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-bench-'));
  const path = join(folder, 'ledger.sqlite');
  fillHistory(path, records);
  const bare = new DatabaseSync(path, { readOnly: true });
  const reader = createHistoryReader({
    ledgerPath: path,
    exportsDir: join(folder, 'exports'),
    incidents: {
      report: (cause) => {
        throw cause;
      },
      note: () => {},
    },
  });
  try {
    const rows: BenchRow[] = [];
    for (const one of cases) rows.push(await firstRows(reader, bare, one));
    rows.push(await totals(reader, bare), ...(await exportRows(reader, bare, folder)));
    return rows;
  } finally {
    bare.close();
    await reader.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const rows = await run({ quick: process.argv.includes('--quick') });
  process.stdout.write(`${formatTable(rows)}\n`);
}
