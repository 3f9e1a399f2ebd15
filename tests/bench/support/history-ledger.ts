/** A ledger with a long and varied history, made in the real schema by SQL alone: a row each from JavaScript would take minutes. */
import { DatabaseSync } from 'node:sqlite';
import { openLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import { recordValues, submissionValues } from '../../../src/main/adapters/storage/ledger/rows.ts';
import { anHourMs, aRecord, aSubmission } from '../../integration/storage/ledger-builders.ts';

const hourMs = 3_600_000;
const recordsPerSubmission = 4;

/** A word that so many records hold. */
export const rareWord = 'Quixotic';
const rareEvery = 100_000;
export const buyers = 200;
export const principals = 40;

export const buyerOf = (index: number) => String(200_000_000_000 + (index % buyers));
export const agreementOf = (index: number) => `agmt-${String(index % buyers).padStart(6, '0')}`;
export const principalOf = (index: number) =>
  `arn:aws:sts::111122223333:assumed-role/SalesOps/person-${index % principals}`;

type Expressions = Readonly<Record<string, string>>;

const id = (of: string) => `printf('00000000-0000-4000-8000-%012x', ${of})`;
const startMs = `${anHourMs - 40_000 * hourMs} + (i / ${buyers * 5}) * ${hourMs} + (i % 3600) * 1000`;
const submittedMs = `${anHourMs - 40_000 * hourMs} + (i / ${recordsPerSubmission}) * 60000`;

/** One in fifty was rejected, one in two hundred withdrawn, the others accepted. */
const status = "CASE WHEN i % 50 = 7 THEN 'rejected' WHEN i % 200 = 11 THEN 'withdrawn' ELSE 'accepted' END";
const amount = "printf('%d.%02d', i % 900, i % 97)";

const ofSubmission: Expressions = {
  submission_id: id('s'),
  review_id: id('s'),
  confirmed_ms: `${anHourMs - 40_000 * hourMs} + s * 60000`,
  seller_principal_arn: `'arn:aws:sts::111122223333:assumed-role/SalesOps/person-' || (s % ${principals})`,
};

const ofRecord: Expressions = {
  record_id: id('i'),
  submission_seq: `i / ${recordsPerSubmission} + 1`,
  submitted_ms: submittedMs,
  agreement_id: `printf('agmt-%06d', i % ${buyers})`,
  product_id: "printf('prod-%013d', i % 12)",
  product_title: "'Product ' || (i % 12)",
  buyer_account_id: `CAST(200000000000 + i % ${buyers} AS TEXT)`,
  dimension_key: `'dimension_' || (i / ${buyers} % 5)`,
  dimension_name: `'Dimension ' || (i / ${buyers} % 5)`,
  license_arn: `'arn:aws:license-manager::294406891311:license:l-' || (i % ${buyers})`,
  quantity: 'i % 100000',
  start_ms: startMs,
  hour_slot_ms: `(${startMs}) - (${startMs}) % ${hourMs}`,
  deadline_ms: `(${startMs}) + ${24 * hourMs}`,
  description: `iif(i % ${rareEvery} = 77, '${rareWord} true-up', 'Usage of run ' || i)`,
  unit_price: "'0.25'",
  estimate_amount: amount,
  status,
  reason: `CASE WHEN i % 50 = 7 THEN iif(i % 100 = 7, 'invalid-usage-dimension', 'invalid-customer') END`,
  metering_record_id: `CASE WHEN i % 50 <> 7 THEN ${id('i')} END`,
  request_id: id('i'),
  settled_ms: `${submittedMs} + 5000`,
  attempt_count: '1',
  held: `(${status}) = 'accepted'`,
  billable: `(${status}) = 'accepted'`,
};

/** The columns of a template, those of `made` computed. */
function insertAll(
  db: DatabaseSync,
  table: string,
  template: Readonly<Record<string, string | number | null>>,
  made: Expressions,
  numbers: string,
): void {
  const fixed = Object.entries(template).filter(([column]) => !Object.hasOwn(made, column));
  const columns = [...Object.keys(made), ...fixed.map(([column]) => column)];
  const values = [...Object.values(made), ...fixed.map(([column]) => `:${column}`)];
  db.prepare(`WITH RECURSIVE ${numbers} INSERT INTO ${table} (${columns.join(', ')})
    SELECT ${values.join(', ')} FROM numbers`).run(Object.fromEntries(fixed));
}

const numbersTo = (name: string, count: number) =>
  `numbers (${name}) AS (SELECT 0 UNION ALL SELECT ${name} + 1 FROM numbers WHERE ${name} + 1 < ${count})`;

/**
 * Fills a ledger that is new or empty. Its indexes and triggers are away meanwhile and put back as they were: an index is built in order in a
 * fraction of the time, and would refuse what the schema forbids.
 */
export function fillHistory(
  path: string,
  records: number,
  {
    sellerAccountId = '111122223333',
    practice = false,
  }: { readonly sellerAccountId?: string; readonly practice?: boolean } = {},
): void {
  const opened = openLedger({ path, practice, now: () => anHourMs });
  if (!opened.ok) throw new Error(opened.error.kind);
  opened.value.close();
  const db = new DatabaseSync(path);
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
  db.exec('PRAGMA cache_size = -524288; PRAGMA temp_store = MEMORY; BEGIN');
  const away = db
    .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
      AND tbl_name IN ('submission', 'usage_record')`)
    .all();
  for (const { type, name } of away) db.exec(`DROP ${type} ${name}`);
  const submissions = Math.ceil(records / recordsPerSubmission);
  const submission = submissionValues(aSubmission([], { sellerAccountId }));
  insertAll(db, 'submission', submission, ofSubmission, numbersTo('s', submissions));
  const record = { ...recordValues(aRecord()), seller_account_id: sellerAccountId };
  insertAll(db, 'usage_record', record, ofRecord, numbersTo('i', records));
  db.exec(`INSERT INTO record_count SELECT agreement_id, status, seller_account_id, count(*) FROM usage_record
    GROUP BY 1, 2, 3`);
  for (const { sql } of away) db.exec(String(sql));
  db.exec('COMMIT; PRAGMA journal_mode = WAL');
  db.close();
}
