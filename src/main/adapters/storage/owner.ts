/**
 * One process owns a data folder, across both hosts. The lock is a transaction that stays open on a small SQLite file: the
 * system lets go of it when the process ends, however it ends, so a SIGKILL leaves nothing behind that must be cleared.
 * https://www.sqlite.org/lockingv3.html
 */
import { randomBytes } from 'node:crypto';
import { type FSWatcher, mkdirSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makePrivateFolder } from './folder.ts';

export interface Owner {
  /** Lets the folder go; more than once does no harm. */
  readonly release: () => void;
}

export interface OwnerOptions {
  readonly dataDir: string;
  /** Another start on the same folder asks this process to show itself. */
  readonly onSummons: () => void;
  /** How often summons are looked for where the system does not tell of them. */
  readonly pollMs?: number;
}

const defaultPollMs = 2_000;

/**
 * Becomes the owner of `dataDir`, or gives null when another process is; then `summonOwner` can call that one. Throws
 * Node's own error when the folder can't be written.
 */
export function becomeOwner(options: OwnerOptions): Owner | null {
  makePrivateFolder(options.dataDir);
  const lock = takeLock(join(options.dataDir, 'owner.sqlite'));
  if (lock === null) return null;

  const folder = summonsFolder(options.dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Summons of an owner that is gone are answered by this very start.
  takeSummons(folder);
  const look = (): void => {
    if (takeSummons(folder)) options.onSummons();
  };
  const watcher = watchFolder(folder, look);
  const poll = setInterval(look, options.pollMs ?? defaultPollMs);
  poll.unref();

  return {
    release: () => {
      clearInterval(poll);
      watcher?.close();
      if (lock.isOpen) lock.close();
    },
  };
}

/** Asks the owner of `dataDir` to show itself. */
export function summonOwner(dataDir: string): void {
  mkdirSync(summonsFolder(dataDir), { recursive: true, mode: 0o700 });
  const name = `${process.pid}-${randomBytes(8).toString('hex')}`;
  writeFileSync(join(summonsFolder(dataDir), name), '', { mode: 0o600 });
}

const summonsFolder = (dataDir: string): string => join(dataDir, 'summons');

function takeLock(path: string): DatabaseSync | null {
  const database = new DatabaseSync(path);
  try {
    // Kept open for the life of the process; nothing is ever written.
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database.close();
    if (isBusy(cause)) return null;
    throw cause;
  }
}

/** SQLITE_BUSY with all its extended codes: https://www.sqlite.org/rescode.html#busy */
function isBusy(cause: unknown): boolean {
  const busy = 5;
  return (
    cause instanceof Error &&
    'errcode' in cause &&
    typeof cause.errcode === 'number' &&
    (cause.errcode & 0xff) === busy
  );
}

/** Removes what lies in the folder; whether there was anything. */
function takeSummons(folder: string): boolean {
  try {
    const names = readdirSync(folder);
    for (const name of names) rmSync(join(folder, name), { force: true });
    return names.length > 0;
  } catch {
    // A folder that was removed while the app runs holds no summons.
    return false;
  }
}

/** Null where the system can't watch folders, such as some network disks; then polling alone has to do. */
function watchFolder(folder: string, onChange: () => void): FSWatcher | null {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return null;
  }
}
