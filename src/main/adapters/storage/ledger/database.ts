/** Opening the ledger's file: looked at first without touching it, then opened for writing, then brought up to date. */
import { accessSync, chmodSync, closeSync, constants, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AppError } from '../../../../contract/errors.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import { makePrivateFolder, syncFolder } from '../folder.ts';
import { backUp } from './backup.ts';
import type { Guard } from './failures.ts';
import { applicationId, type Migration, migrate, versionOf } from './migrations.ts';
import { integer, text } from './rows.ts';

export interface OpenDatabaseOptions {
  readonly path: string;
  /** Epoch ms, for the names of backups. */
  readonly now: () => number;
  readonly migrations: readonly Migration[];
  readonly guard: Guard;
  /** Whether a ledger of an older version is backed up before it is brought up to date; a copy of a backup needs none. */
  readonly backUpFirst?: boolean;
}

interface Look {
  readonly version: number;
  readonly problem: AppError | null;
}

const fresh: Look = { version: 0, problem: null };

function pragma(db: DatabaseSync, name: string): number {
  const row = db.prepare(`PRAGMA ${name}`).get();
  return row === undefined ? 0 : integer(row, name);
}

/**
 * Reads version and soundness over a read-only connection, which changes neither the file nor its write-ahead log. An
 * empty file, or one without any table, is what a crash during the very first start leaves: it counts as new.
 */
function look(path: string, supportedVersion: number): Look {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return fresh;
  const db = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
  try {
    const version = pragma(db, 'user_version');
    if (version > supportedVersion)
      return { version, problem: { kind: 'ledger-newer', path, ledgerVersion: version, supportedVersion } };
    const tables = db.prepare('SELECT count(*) AS tables FROM sqlite_schema').get();
    const isEmpty = tables !== undefined && integer(tables, 'tables') === 0;
    if (isEmpty && version === 0) return fresh;
    if (version === 0 || pragma(db, 'application_id') !== applicationId)
      return { version, problem: { kind: 'ledger-damaged', path, detail: 'not a ledger of this app' } };
    const check = db.prepare('PRAGMA quick_check(1)').get();
    const found = check === undefined ? 'no answer' : text(check, 'quick_check');
    if (found !== 'ok') return { version, problem: { kind: 'ledger-damaged', path, detail: found } };
    return { version, problem: null };
  } finally {
    db.close();
  }
}

/** Creates the file before SQLite does, so that it, its log and its shared memory are private from the first byte. */
function makePrivateFile(path: string): void {
  makePrivateFolder(dirname(path));
  const isNew = statSync(path, { throwIfNoEntry: false }) === undefined;
  closeSync(openSync(path, 'a', 0o600));
  if (isNew) syncFolder(dirname(path));
  chmodSync(path, 0o600);
  // SQLite needs to make files beside it, and would silently fall back to reading only where the file can't be written.
  accessSync(path, constants.R_OK | constants.W_OK);
  accessSync(dirname(path), constants.R_OK | constants.W_OK);
}

/** https://www.sqlite.org/pragma.html; FULL and the two for macOS make a commit survive a power cut. */
const settings = `
  PRAGMA synchronous = FULL;
  PRAGMA fullfsync = ON;
  PRAGMA checkpoint_fullfsync = ON;
  PRAGMA foreign_keys = ON;
  PRAGMA recursive_triggers = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cache_size = -65536;
  PRAGMA wal_autocheckpoint = 4000;
  PRAGMA temp_store = MEMORY;
`;

/**
 * Opens the ledger at `path` for writing, creates it where there is none, and brings an older one up to date after a backup.
 * Fails with `ledger-newer`, `ledger-damaged`, `ledger-unavailable` or `disk-full`; the file is then as it was.
 */
export function openDatabase(options: OpenDatabaseOptions): Result<DatabaseSync> {
  const { path, now, migrations, guard, backUpFirst = true } = options;
  return guard('open', () => {
    const seen = look(path, versionOf(migrations));
    if (seen.problem !== null) return err(seen.problem);
    makePrivateFile(path);
    const db = new DatabaseSync(path, { timeout: 2000 });
    try {
      const mode = db.prepare('PRAGMA journal_mode = WAL').get();
      if (mode === undefined || text(mode, 'journal_mode') !== 'wal') {
        db.close();
        return err({ kind: 'ledger-unavailable', path, detail: 'no write-ahead log on this file system' });
      }
      db.exec(settings);
      const isDue = seen.version < versionOf(migrations);
      if (isDue && backUpFirst && seen.version > 0) backUp(db, path, seen.version, now());
      migrate(db, seen.version, migrations);
      return ok(db);
    } catch (cause) {
      if (db.isOpen) db.close();
      throw cause;
    }
  });
}
