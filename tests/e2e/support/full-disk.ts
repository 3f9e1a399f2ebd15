/**
 * Loaded into the app's process before all else (`node --import`): while a file named `disk-is-full` lies in the folder that `FULL_DISK`
 * names, the ledger may not grow by a page, so that SQLite itself reports a full disk. While one named `disk-takes-nothing` lies there, no write
 * begins, as on a disk without room for the write-ahead log: what fits into the pages that are there is refused too.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEachWrite, diskFull } from '../../support/before-each-write.ts';

const flag = join(process.env.FULL_DISK ?? '', 'disk-is-full');
const nothingFlag = join(process.env.FULL_DISK ?? '', 'disk-takes-nothing');

beforeEachWrite((db) => {
  if (existsSync(nothingFlag)) throw diskFull;
  db.exec(`PRAGMA max_page_count = ${existsSync(flag) ? 1 : 1_000_000_000}`);
});
