/**
 * Loaded into the app's process before all else (`node --import`): while a file named `disk-is-full` lies in the folder that `FULL_DISK`
 * names, the ledger may not grow by a page, so that SQLite itself reports a full disk. While one named `disk-takes-nothing` lies there, no write
 * begins, as on a disk without room for the write-ahead log: what fits into the pages that are there is refused too.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

const flag = join(process.env.FULL_DISK ?? '', 'disk-is-full');
const nothingFlag = join(process.env.FULL_DISK ?? '', 'disk-takes-nothing');
const prepare = DatabaseSync.prototype.prepare;

/** As `node:sqlite` throws it: https://www.sqlite.org/rescode.html#full */
const full = Object.assign(new Error('database or disk is full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 });

/** Each write of the ledger begins so. */
const begin = 'BEGIN IMMEDIATE';

DatabaseSync.prototype.prepare = function prepareBounded(this: DatabaseSync, sql: string): StatementSync {
  const statement = prepare.call(this, sql);
  if (sql !== begin) return statement;
  const run = statement.run.bind(statement);
  statement.run = () => {
    if (existsSync(nothingFlag)) throw full;
    this.exec(`PRAGMA max_page_count = ${existsSync(flag) ? 1 : 1_000_000_000}`);
    return run();
  };
  return statement;
};
