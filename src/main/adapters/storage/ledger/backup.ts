/** Copies of a ledger in a folder beside it: made whole or not at all, named by version and time, the last ten kept. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Backup, type BackupContent, backupNameSchema } from '../../../../contract/ledger.ts';
import { fileStamp } from '../file-stamp.ts';
import { syncFolder } from '../folder.ts';
import { toHead } from './events.ts';
import { applicationId } from './migrations.ts';
import { integer } from './rows.ts';

const partSuffix = '.part';

export const backupsFolder = (ledgerPath: string): string => join(dirname(ledgerPath), 'backups');

/** Makes what was written to a file survive a power cut. */
export function flushFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

export const versionIn = (db: DatabaseSync): number =>
  integer(db.prepare('PRAGMA user_version').get() ?? {}, 'user_version');

/** Two backups of one millisecond must not share a name. */
export function freeName(folder: string, version: number, nowMs: number): string {
  for (let atMs = nowMs; ; atMs += 1) {
    const name = `ledger-v${version}-${fileStamp(atMs)}.sqlite`;
    if (!existsSync(join(folder, name))) return name;
  }
}

/**
 * Writes a compacted, consistent copy of a ledger into `backups` beside it, and returns its path once it is on disk under its
 * name. The connection may be read-only, and another one may write meanwhile. `nowMs` is epoch ms. Throws what SQLite and the
 * file system throw, and then leaves no half copy behind.
 */
export function backUp(db: DatabaseSync, ledgerPath: string, version: number, nowMs: number): string {
  const folder = backupsFolder(ledgerPath);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const target = join(folder, freeName(folder, version, nowMs));
  const part = `${target}${partSuffix}`;
  removeParts(folder);
  // VACUUM INTO takes an empty file as its target, and this one is private before the first byte is in it.
  closeSync(openSync(part, 'wx', 0o600));
  try {
    db.prepare('VACUUM INTO ?').run(part);
    flushFile(part);
    renameSync(part, target);
    syncFolder(folder);
  } catch (cause) {
    rmSync(part, { force: true });
    throw cause;
  }
  return target;
}

/** What a backup that was killed halfway left behind. */
function removeParts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.includes(`.sqlite${partSuffix}`)) rmSync(join(folder, name), { force: true });
  }
}

const stampOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1);

/** The names of the backups in a folder, newest first; none where there is no folder. */
export function backupNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => backupNameSchema.safeParse(name).success)
    .sort((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1));
}

function savedUtcOf(name: string): string {
  const stamp = stampOf(name);
  const part = (from: number, to: number) => stamp.slice(from, to);
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}T${part(9, 11)}:${part(11, 13)}:${part(13, 15)}.${part(15, 18)}Z`;
}

/** What a ledger holds, by its counters: quick on any size. */
export function contentOf(db: DatabaseSync): BackupContent {
  const newest = db.prepare('SELECT seq, hash, at_ms FROM event ORDER BY seq DESC LIMIT 1').get();
  const counted = db.prepare('SELECT coalesce(sum(records), 0) AS records FROM record_count').get() ?? {};
  const head = toHead(newest);
  return {
    events: head.seq,
    records: integer(counted, 'records'),
    untilUtc: newest === undefined ? null : new Date(integer(newest, 'at_ms')).toISOString(),
    head,
  };
}

/** Opens a ledger's file to read from it only; the file stays as it is, and the app may have it open meanwhile. */
export function openToRead(path: string): DatabaseSync {
  return new DatabaseSync(path, { readOnly: true, timeout: 2000 });
}

/** What can be told of a backup at a glance. Its content is null when it is no readable ledger. */
export function describeBackup(folder: string, name: string): Backup {
  const path = join(folder, name);
  const facts = { name, savedUtc: savedUtcOf(name), bytes: statSync(path).size };
  const nameVersion = Number(/^ledger-v(\d+)-/.exec(name)?.[1] ?? 0);
  try {
    const db = openToRead(path);
    try {
      const marked = db.prepare('PRAGMA application_id').get();
      if (marked?.application_id !== applicationId) return { ...facts, version: nameVersion, content: null };
      return { ...facts, version: versionIn(db), content: contentOf(db) };
    } finally {
      db.close();
    }
  } catch {
    return { ...facts, version: nameVersion, content: null };
  }
}

/** Removes the oldest backups beyond `keep`, but never `newName`: a clock that was wrong once must not cost the newest. */
export function pruneBackups(folder: string, keep: number, newName: string): void {
  for (const name of backupNames(folder).slice(keep)) {
    if (name !== newName) rmSync(join(folder, name), { force: true });
  }
}

export interface BackUpOptions {
  readonly ledgerPath: string;
  /** Epoch ms; names the backup. */
  readonly nowMs: number;
  readonly keep: number;
}

/**
 * Backs a ledger up unless a backup of this very state is there already, then removes the oldest beyond `keep`. Reads the
 * ledger over a connection of its own. Throws what SQLite and the file system throw.
 */
export function backUpIfChanged({ ledgerPath, nowMs, keep }: BackUpOptions): {
  readonly backup: Backup;
  readonly made: boolean;
} {
  const folder = backupsFolder(ledgerPath);
  const db = openToRead(ledgerPath);
  try {
    const version = versionIn(db);
    const { hash } = contentOf(db).head;
    for (const name of backupNames(folder)) {
      const backup = describeBackup(folder, name);
      if (backup.version === version && backup.content?.head.hash === hash) return { backup, made: false };
    }
    const path = backUp(db, ledgerPath, version, nowMs);
    const name = path.slice(folder.length + 1);
    pruneBackups(folder, keep, name);
    return { backup: describeBackup(folder, name), made: true };
  } finally {
    db.close();
  }
}

/** The newest event that two trails share: they differ from some row on, so it is found by halving. */
function sharedSeq(one: DatabaseSync, other: DatabaseSync): number {
  const hashIn = (db: DatabaseSync) => {
    const find = db.prepare('SELECT hash FROM event WHERE seq = ?');
    return (seq: number) => find.get(seq)?.hash;
  };
  const [ofOne, ofOther] = [hashIn(one), hashIn(other)];
  let shared = 0;
  let differing = Math.min(contentOf(one).events, contentOf(other).events) + 1;
  while (differing - shared > 1) {
    const middle = Math.floor((shared + differing) / 2);
    if (ofOne(middle) === ofOther(middle)) shared = middle;
    else differing = middle;
  }
  return shared;
}

/** What the ledger has that the backup has not. Throws what SQLite throws. */
export function compareWithBackup(ledgerPath: string, name: string) {
  const folder = backupsFolder(ledgerPath);
  const ledger = openToRead(ledgerPath);
  try {
    const backup = openToRead(join(folder, name));
    try {
      const shared = sharedSeq(ledger, backup);
      const missing = ledger
        .prepare(`SELECT count(*) AS events, min(at_ms) AS since_ms, coalesce(sum(
          CASE kind WHEN 'submitted' THEN json_array_length(content, '$.records') END), 0) AS records
          FROM event WHERE seq > ?`)
        .get(shared);
      const since = missing?.since_ms;
      const pending = backup
        .prepare("SELECT count(*) AS records FROM usage_record WHERE status = 'pending'")
        .get();
      return {
        backup: describeBackup(folder, name),
        currentHead: contentOf(ledger).head,
        missingEvents: integer(missing ?? {}, 'events'),
        missingRecords: integer(missing ?? {}, 'records'),
        missingSinceUtc: typeof since === 'number' ? new Date(since).toISOString() : null,
        undecidedRecords: integer(pending ?? {}, 'records'),
      };
    } finally {
      backup.close();
    }
  } finally {
    ledger.close();
  }
}
