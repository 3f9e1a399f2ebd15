/** What a test puts before each write of a ledger in its process: a full disk. To be loaded before the app. */
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** As `node:sqlite` throws it: https://www.sqlite.org/rescode.html#full */
export const diskFull = Object.assign(new Error('database or disk is full'), {
  code: 'ERR_SQLITE_ERROR',
  errcode: 13,
});

/** Each write of the ledger begins so. */
const begin = 'BEGIN IMMEDIATE';

/** What `look` throws is what SQLite says of the write. */
export function beforeEachWrite(look: (db: DatabaseSync) => void): void {
  const prepare = DatabaseSync.prototype.prepare;
  DatabaseSync.prototype.prepare = function prepareWatched(this: DatabaseSync, sql: string): StatementSync {
    const statement = prepare.call(this, sql);
    if (sql !== begin) return statement;
    const run = statement.run.bind(statement);
    statement.run = () => {
      look(this);
      return run();
    };
    return statement;
  };
}
