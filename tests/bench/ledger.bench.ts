/**
 * How fast the ledger takes and shows records as it grows, against bare `node:sqlite` and against a lowdb file.
 * `node tests/bench/ledger.bench.ts` prints the table; `--quick` stops at 10,000 records.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchRow, formatTable } from './support/bench-row.ts';
import {
  agreementOf,
  createBareStore,
  createLedgerStore,
  createLowdbStore,
  pageSize,
  type Store,
} from './support/ledger-stores.ts';
import { compare } from './support/measure.ts';

/** A lowdb file can't hold a million: its text would be longer than a string may be. */
const lowdbLimit = 100_000;
const aim = 3;

interface Sizes {
  readonly records: readonly number[];
  readonly rounds: number;
  readonly lowdbRounds: number;
}

const sizes: Sizes = { records: [1_000, 100_000, 1_000_000], rounds: 300, lowdbRounds: 9 };
const quickSizes: Sizes = { records: [1_000, 10_000], rounds: 100, lowdbRounds: 5 };

/** One contract after another, so that no page is just the one before. */
const page = (store: Store) => (round: number) => {
  const found = store.page(agreementOf(round * 7));
  if (found === 0 || found > pageSize) throw new Error(`A page had ${found} records`);
};

/** Both benchmarks of one size; `next` numbers the records that appending adds. */
async function measure(
  size: number,
  rounds: number,
  [value, baseline]: readonly [Store, Store],
  names: { readonly against: string; readonly aim?: number },
  next: () => number,
): Promise<readonly BenchRow[]> {
  const title = (what: string) => `${what} at ${size.toLocaleString('en')} records, to ${names.against}`;
  const more = names.aim === undefined ? {} : { aim: names.aim };
  const append = (store: Store) => () => store.append(next());
  return [
    await compare({
      name: title('durable append'),
      rounds,
      value: append(value),
      baseline: append(baseline),
      ...more,
    }),
    await compare({
      name: title(`page of ${pageSize}`),
      rounds,
      value: page(value),
      baseline: page(baseline),
      ...more,
    }),
  ];
}

/** Measures everything in a temporary folder. About a minute and a half with a million records. */
export async function run({
  quick = false,
}: {
  readonly quick?: boolean;
} = {}): Promise<readonly BenchRow[]> {
  const { records, rounds, lowdbRounds } = quick ? quickSizes : sizes;
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-bench-'));
  const ledger = createLedgerStore(folder);
  const bare = createBareStore(folder);
  const lowdb = createLowdbStore(folder);
  const rows: BenchRow[] = [];
  // Appended records are numbered beyond every fill, so that no two share an hour slot.
  let appended = 2 * Math.max(...records);
  const next = () => appended++;
  let filled = 0;
  try {
    for (const size of records) {
      for (const store of [ledger, bare]) store.fill(filled, size);
      rows.push(...(await measure(size, rounds, [ledger, bare], { against: 'bare SQLite', aim }, next)));
      if (size <= lowdbLimit) {
        await lowdb.fill(filled, size);
        rows.push(...(await measure(size, lowdbRounds, [ledger, lowdb], { against: 'lowdb' }, next)));
      }
      filled = size;
    }
    return rows;
  } finally {
    for (const store of [ledger, bare, lowdb]) store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  const rows = await run({ quick: process.argv.includes('--quick') });
  process.stdout.write(`${formatTable(rows)}\n`);
}
