/** The ledger and what it is compared with, all filled with the same records. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Low } from 'lowdb';
import { JSONFile } from 'lowdb/node';
import { createEventLog } from '../../../src/main/adapters/storage/ledger/events.ts';
import { openLedger, type SqliteLedger } from '../../../src/main/adapters/storage/ledger/open-ledger.ts';
import { recordValues, submissionValues } from '../../../src/main/adapters/storage/ledger/rows.ts';
import type { NewSubmission } from '../../../src/main/core/domain/usage-record.ts';
import { anHourMs, aRecord, aSubmission } from '../../integration/storage/ledger-builders.ts';

const contractCount = 20;
const dimensionCount = 5;
const hourMs = 3_600_000;

/** What a page of usage shows at once. */
export const pageSize = 50;

export const agreementOf = (index: number) => `agmt-${String(index % contractCount).padStart(6, '0')}`;

interface Ids {
  readonly ofRecord: (index: number) => Partial<NewSubmission['records'][number]>;
  readonly ofSubmission: (index: number) => Partial<NewSubmission>;
}

/** As the app makes them: each lands anywhere in its index. What is measured uses these. */
const randomIds: Ids = { ofRecord: () => ({}), ofSubmission: () => ({}) };

const rising = (index: number) => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

/** For filling: the index becomes as large, in a fraction of the time. */
const risingIds: Ids = {
  ofRecord: (index) => ({ recordId: rising(index) }),
  ofSubmission: (index) => ({ submissionId: rising(index), reviewId: rising(index) }),
};

/** The index-th submission of one record: 20 contracts, 5 dimensions, one record an hour in each. */
function submissionAt(index: number, ids: Ids = randomIds): NewSubmission {
  const contract = index % contractCount;
  const startMs = anHourMs + Math.floor(index / (contractCount * dimensionCount)) * hourMs;
  const record = aRecord({
    ...ids.ofRecord(index),
    agreementId: agreementOf(index),
    buyerAccountId: String(200_000_000_000 + contract),
    dimensionKey: `dimension_${Math.floor(index / contractCount) % dimensionCount}`,
    licenseArn: `arn:aws:license-manager::294406891311:license:l-${contract}`,
    startMs,
  });
  return aSubmission([record], { ...ids.ofSubmission(index), confirmedMs: anHourMs + index * 1000 });
}

export interface Store {
  /** One record, durable when it returns. */
  readonly append: (index: number) => unknown;
  /** The newest records of a contract; how many came back. */
  readonly page: (agreementId: string) => number;
  /** Brings the store to a size, quickly: one transaction. */
  readonly fill: (from: number, to: number) => unknown;
  readonly close: () => void;
}

function insertInto(db: DatabaseSync, table: string, columns: readonly string[]) {
  const marks = columns.map((column) => `:${column}`).join(', ');
  return db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`);
}

function opened(path: string): SqliteLedger {
  const result = openLedger({ path, now: () => anHourMs });
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}

/**
 * Through the real schema and the real trail, in one transaction. Only the trigger that makes records begin as pending is
 * away meanwhile, so that they can be written as accepted at once: changing a million afterwards would take a minute.
 */
function fillLedger(path: string, from: number, to: number): void {
  const db = new DatabaseSync(path);
  // A fill that a crash spoils is simply made again, so it goes without a journal; opening the ledger turns it on again.
  db.exec(`PRAGMA journal_mode = DELETE; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
    PRAGMA cache_size = -524288; BEGIN IMMEDIATE`);
  const trigger = db.prepare("SELECT sql FROM sqlite_schema WHERE name = 'usage_record_begins'").get();
  db.exec('DROP TRIGGER usage_record_begins');
  const events = createEventLog(db);
  const insertSubmission = insertInto(db, 'submission', Object.keys(submissionValues(submissionAt(0))));
  const settled = { status: 'accepted', metering_record_id: 'mr-1', attempt_count: 1 };
  const copies = ['submission_seq', 'submitted_ms', 'settled_ms', 'seller_account_id'];
  const columns = [...Object.keys(recordValues(aRecord())), ...Object.keys(settled), ...copies];
  const insertRecord = insertInto(db, 'usage_record', columns);
  for (let index = from; index < to; index += 1) {
    const submission = submissionAt(index, risingIds);
    const { lastInsertRowid } = insertSubmission.run(submissionValues(submission));
    for (const record of submission.records) {
      insertRecord.run({
        ...recordValues(record),
        ...settled,
        submission_seq: lastInsertRowid,
        submitted_ms: submission.confirmedMs,
        settled_ms: submission.confirmedMs,
        seller_account_id: submission.sellerAccountId,
      });
    }
    events.append({ atMs: submission.confirmedMs, kind: 'submitted', actor: 'bench', content: { index } });
  }
  db.exec(`${String(trigger?.sql)}; COMMIT`);
  db.close();
}

export function createLedgerStore(folder: string): Store {
  const path = join(folder, 'ledger.sqlite');
  let ledger = opened(path);
  return {
    append: (index) => {
      const result = ledger.submit(submissionAt(index));
      if (!result.ok) throw new Error(JSON.stringify(result.error));
    },
    page: (agreementId) => {
      const page = ledger.list({ agreementId, status: null, cursor: null, limit: pageSize });
      return page.ok ? page.value.records.length : 0;
    },
    fill: (from, to) => {
      ledger.close();
      fillLedger(path, from, to);
      ledger = opened(path);
    },
    close: () => ledger.close(),
  };
}

/** The baseline: the same fields in one plain table with one index, the same log mode and the same durability. */
export function createBareStore(folder: string): Store {
  const db = new DatabaseSync(join(folder, 'bare.sqlite'));
  const toRow = (index: number, ids?: Ids) => {
    const { records, ...submission } = submissionAt(index, ids);
    const record = records[0] ?? aRecord();
    const { review_json: _, ...seller } = submissionValues({ ...submission, records });
    return { ...recordValues(record), ...seller, status: 'pending', phase: 'queued' };
  };
  const columns = Object.keys(toRow(0));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
    CREATE TABLE usage (${columns.join(', ')});
    CREATE INDEX usage_of_agreement ON usage (agreement_id, confirmed_ms)`);
  const insert = insertInto(db, 'usage', columns);
  const select = db.prepare(
    `SELECT * FROM usage WHERE agreement_id = ? ORDER BY confirmed_ms DESC LIMIT ${pageSize}`,
  );
  return {
    append: (index) => insert.run(toRow(index)),
    page: (agreementId) => select.all(agreementId).length,
    fill: (from, to) => {
      db.exec('PRAGMA synchronous = OFF; BEGIN');
      for (let index = from; index < to; index += 1) insert.run(toRow(index, risingIds));
      db.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA synchronous = FULL');
    },
    close: () => db.close(),
  };
}

/** A lowdb file as lowdb offers it: all in memory, the whole file written anew for each record, and never flushed. */
export function createLowdbStore(folder: string): Store {
  const db = new Low<NewSubmission[]>(new JSONFile(join(folder, 'lowdb.json')), []);
  return {
    append: (index) => {
      db.data.push(submissionAt(index));
      return db.write();
    },
    page: (agreementId) =>
      db.data
        .filter(({ records }) => records[0]?.agreementId === agreementId)
        .sort((a, b) => b.confirmedMs - a.confirmedMs)
        .slice(0, pageSize).length,
    fill: (from, to) => {
      for (let index = from; index < to; index += 1) db.data.push(submissionAt(index));
      return db.write();
    },
    close: () => {
      db.data = [];
    },
  };
}
