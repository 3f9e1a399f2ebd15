/**
 * Loaded into the app's process before all else (`node --import`): while a file named `disk-is-full` lies in the folder that `FULL_DISK`
 * names, the ledger may not grow by a page, so that SQLite itself reports a full disk.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

const flag = join(process.env.FULL_DISK ?? '', 'disk-is-full');
const prepare = DatabaseSync.prototype.prepare;

/** Each write of the ledger begins so. */
const begin = 'BEGIN IMMEDIATE';

DatabaseSync.prototype.prepare = function prepareBounded(this: DatabaseSync, sql: string): StatementSync {
  const statement = prepare.call(this, sql);
  if (sql !== begin) return statement;
  const run = statement.run.bind(statement);
  statement.run = () => {
    this.exec(`PRAGMA max_page_count = ${existsSync(flag) ? 1 : 1_000_000_000}`);
    return run();
  };
  return statement;
};
