/**
 * Long reads of the ledger, each over connections of its own, which only read the ledger itself. They run in a worker,
 * because `node:sqlite` blocks its thread; what they take and give are plain data.
 */
import { join } from 'node:path';
import type { AuditHead, Backup, LedgerCheck } from '../../../../contract/ledger.ts';
import { admitBackup } from './admit-backup.ts';
import { checkLedger } from './audit.ts';
import {
  type BackUpOptions,
  backUpIfChanged,
  backupNames,
  backupsFolder,
  compareWithBackup,
  describeBackup,
  openToRead,
} from './backup.ts';
import { writeExport } from './export/write-export.ts';
import { historyTasks } from './history/history-tasks.ts';

function verify(input: { readonly path: string; readonly head: AuditHead | null }): LedgerCheck {
  const db = openToRead(input.path);
  try {
    // Records are looked up by random ids, all over the file.
    db.exec('PRAGMA cache_size = -131072');
    const soundness = db.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (soundness !== 'ok') throw damaged(String(soundness));
    return checkLedger(db, input.head);
  } finally {
    db.close();
  }
}

/** As SQLite itself would say it: https://www.sqlite.org/rescode.html#corrupt */
const damaged = (message: string): Error =>
  Object.assign(new Error(message), { code: 'ERR_SQLITE_ERROR', errcode: 11 });

const listBackups = (input: { readonly ledgerPath: string }): readonly Backup[] => {
  const folder = backupsFolder(input.ledgerPath);
  return backupNames(folder).map((name) => describeBackup(folder, name));
};

/** Every backup, verified from the newest on until one is good. */
function findGoodBackup(input: { readonly ledgerPath: string }) {
  let newestGood: string | null = null;
  const candidates = listBackups(input).map((backup) => {
    if (newestGood !== null) return { backup, state: 'unchecked' as const };
    if (!isGood(input.ledgerPath, backup)) return { backup, state: 'damaged' as const };
    newestGood = backup.name;
    return { backup, state: 'good' as const };
  });
  return { candidates, newestGood };
}

function isGood(ledgerPath: string, backup: Backup): boolean {
  if (backup.content === null) return false;
  try {
    return verify({ path: join(backupsFolder(ledgerPath), backup.name), head: null }).intact;
  } catch {
    return false;
  }
}

export const ledgerTasks = {
  ...historyTasks,
  'write-export': writeExport,
  verify,
  'back-up': (input: BackUpOptions) => backUpIfChanged(input),
  'admit-backup': admitBackup,
  'list-backups': listBackups,
  'find-good-backup': findGoodBackup,
  compare: (input: { readonly ledgerPath: string; readonly name: string }) =>
    compareWithBackup(input.ledgerPath, input.name),
};

export type LedgerTaskName = keyof typeof ledgerTasks;
export type LedgerTaskInput<N extends LedgerTaskName> = Parameters<(typeof ledgerTasks)[N]>[0];
export type LedgerTaskOutput<N extends LedgerTaskName> = ReturnType<(typeof ledgerTasks)[N]>;

/** What a worker is started with. */
export interface LedgerTask {
  readonly name: LedgerTaskName;
  readonly input: LedgerTaskInput<LedgerTaskName>;
  /** Which file a failure is about. */
  readonly ledgerPath: string;
}
