/** A file from elsewhere becomes one of the backups: only when it is a ledger that this version reads, sound in every row. */
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { UnusableFile } from '../../../../contract/errors.ts';
import type { Backup } from '../../../../contract/ledger.ts';
import { fileStamp } from '../file-stamp.ts';
import { makePrivateFolder, syncFolder } from '../folder.ts';
import { checkLedger } from './audit.ts';
import {
  backupNames,
  backupsFolder,
  contentOf,
  describeBackup,
  freeName,
  openToRead,
  versionIn,
} from './backup.ts';
import { applicationId, migrations, versionOf } from './migrations.ts';
import { isOfPractice } from './origin.ts';

export interface AdmitBackupInput {
  readonly ledgerPath: string;
  /** The file, in the folder of the backups under a name that is none of theirs. It is moved, or stays where it is unusable. */
  readonly partPath: string;
  /** As the person knows it: a saved copy carries when it was made in its name. */
  readonly fileName: string;
  /** Epoch ms; names a backup whose age nothing tells. */
  readonly nowMs: number;
  /** Whether the ledger whose backup it is to become is the one of practice. */
  readonly practice: boolean;
}

export type AdmittedBackup =
  | { readonly kind: 'admitted'; readonly backup: Backup }
  | { readonly kind: 'unusable'; readonly problem: UnusableFile };

/** One of the very same state that is there already is given instead. Throws what the file system throws. */
export function admitBackup(input: AdmitBackupInput): AdmittedBackup {
  const { ledgerPath, partPath, fileName, nowMs, practice } = input;
  const seen = inspect(partPath, practice);
  for (const suffix of ['-wal', '-shm']) rmSync(partPath + suffix, { force: true });
  if (typeof seen === 'string') return { kind: 'unusable', problem: seen };
  const folder = backupsFolder(ledgerPath);
  const same = backupNames(folder)
    .map((name) => describeBackup(folder, name))
    .find(({ version, content }) => version === seen.version && content?.head.hash === seen.hash);
  if (same) return { kind: 'admitted', backup: same };
  makePrivateFolder(folder);
  const name = freeName(folder, seen.version, stampedMs(fileName) ?? seen.untilMs ?? nowMs);
  renameSync(partPath, join(folder, name));
  syncFolder(folder);
  return { kind: 'admitted', backup: describeBackup(folder, name) };
}

interface Sound {
  readonly version: number;
  readonly hash: string;
  readonly untilMs: number | null;
}

function inspect(path: string, practice: boolean): Sound | UnusableFile {
  if (!existsSync(path)) return 'unreadable';
  try {
    const db = openToRead(path);
    try {
      if (db.prepare('PRAGMA application_id').get()?.application_id !== applicationId) return 'no-ledger';
      const version = versionIn(db);
      if (version > versionOf(migrations)) return 'newer';
      if ((isOfPractice(db) ?? practice) !== practice) return practice ? 'live' : 'practice';
      db.exec('PRAGMA cache_size = -131072');
      if (db.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') return 'damaged';
      if (!checkLedger(db, null).intact) return 'damaged';
      const { head, untilUtc } = contentOf(db);
      return { version, hash: head.hash, untilMs: untilUtc === null ? null : Date.parse(untilUtc) };
    } finally {
      db.close();
    }
  } catch (cause) {
    return isNotADatabase(cause) ? 'no-ledger' : 'damaged';
  }
}

/** https://www.sqlite.org/rescode.html#notadb */
const isNotADatabase = (cause: unknown): boolean =>
  cause instanceof Error && 'errcode' in cause && cause.errcode === 26;

/** When a saved copy was made, by its name, which a browser may have added something to. */
function stampedMs(fileName: string): number | null {
  const found = /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z/.exec(fileName);
  if (found === null) return null;
  const [year, month, day, hour, minute, second, ms] = found.slice(1);
  const atMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`);
  return Number.isNaN(atMs) || fileStamp(atMs) !== found[0].slice(1) ? null : atMs;
}
