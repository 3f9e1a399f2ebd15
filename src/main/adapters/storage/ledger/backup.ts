/** Copies of a ledger, taken before something might go wrong with it. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { fileStamp } from '../file-stamp.ts';
import { syncFolder } from '../folder.ts';

/**
 * Writes a compacted, consistent copy of an open ledger beside it, in `backups`, and returns its path once it is on disk.
 * Throws what SQLite and the file system throw, and then leaves no half copy behind.
 */
export function backUp(db: DatabaseSync, ledgerPath: string, version: number, nowMs: number): string {
  const folder = join(dirname(ledgerPath), 'backups');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, `ledger-v${version}-${fileStamp(nowMs)}.sqlite`);
  // VACUUM INTO takes an empty file as its target, and this one is private before the first byte is in it.
  closeSync(openSync(target, 'wx', 0o600));
  try {
    db.prepare('VACUUM INTO ?').run(target);
    const file = openSync(target, 'r+');
    try {
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    syncFolder(folder);
  } catch (cause) {
    rmSync(target, { force: true });
    throw cause;
  }
  return target;
}
