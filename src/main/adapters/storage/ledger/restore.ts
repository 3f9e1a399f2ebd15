/**
 * Putting another ledger in the ledger's place. A marker on disk carries the wish, so that a start after a crash at any
 * instant takes it up where it was: first a copy of the backup is made ready beside the ledger, then the ledger is set aside
 * as it is, then the copy takes its name. Only the process that owns the data folder may do this, with the ledger closed.
 */
import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type BackupContent, backupNameSchema } from '../../../../contract/ledger.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { IncidentLog, RestoreOutcome } from '../../../core/ports.ts';
import { fileStamp } from '../file-stamp.ts';
import { makePrivateFolder, syncFolder } from '../folder.ts';
import { replaceFile } from '../json-file.ts';
import { backupsFolder, contentOf, flushFile, openToRead } from './backup.ts';
import { openDatabase } from './database.ts';
import { createEventLog } from './events.ts';
import { createGuard, type Guard, ledgerError } from './failures.ts';
import { type Migration, migrations } from './migrations.ts';
import { createSqliteLedger } from './sqlite-ledger.ts';
import { undecideRecords } from './undecide-records.ts';

const markerSchema = z.strictObject({
  /** `stage`: nothing of the ledger was touched yet. `swap`: the copy is ready, and only it can be finished with. */
  step: z.enum(['stage', 'swap']),
  /** Null begins an empty ledger. */
  backupName: backupNameSchema.nullable(),
  /** The name under which the former ledger is set aside, in the same folder. */
  setAsideName: z.string().regex(/^ledger\.\d{8}T\d{9}Z\.(before-restore|damaged)\.sqlite$/),
  /** The principal that wished it, or `app` where nobody was signed in. */
  actor: z.string().min(1),
  /** Epoch ms, AWS's time. */
  atMs: z.number().int(),
});
type Marker = z.infer<typeof markerSchema>;

const markerPath = (ledgerPath: string) => join(dirname(ledgerPath), 'restore.json');
const stagedPath = (ledgerPath: string) => `${ledgerPath}.restoring`;
/** The database, and what SQLite keeps beside it: https://www.sqlite.org/tempfiles.html */
const suffixes = ['-wal', '-shm', ''] as const;

export interface RestoreWish {
  readonly ledgerPath: string;
  readonly backupName: string | null;
  readonly actor: string;
  /** Epoch ms. */
  readonly atMs: number;
  /** Why the ledger goes: tells how it is named afterwards. */
  readonly because: 'before-restore' | 'damaged';
}

/** Writes the wish down, durably. `finishRestore` fulfils it, in this process or the next one. Rejects with the system's error. */
export async function wishRestore(wish: RestoreWish): Promise<void> {
  const { backupName, actor, atMs } = wish;
  const setAsideName = `ledger.${fileStamp(atMs)}.${wish.because}.sqlite`;
  await replaceFile(
    markerPath(wish.ledgerPath),
    text({ step: 'stage', backupName, setAsideName, actor, atMs }),
  );
}

const text = (marker: Marker): string => `${JSON.stringify(marker, null, 2)}\n`;

export interface FinishRestoreOptions {
  readonly ledgerPath: string;
  readonly incidents: IncidentLog;
  readonly migrations?: readonly Migration[];
  /** Hears of each step before it is done. */
  readonly onStep?: (step: string) => void;
}

/**
 * Fulfils a wish that stands on disk; null where there is none. To be called before the ledger is opened.
 *
 * An outcome of kind `failed` means that the ledger is as it was and may be opened. An `err` means that the ledger's place is
 * not settled yet: it must not be opened, and the next start tries again.
 */
export async function finishRestore(options: FinishRestoreOptions): Promise<Result<RestoreOutcome | null>> {
  const { ledgerPath } = options;
  try {
    const read = readMarker(ledgerPath);
    if (!read.ok) return read;
    if (read.value === null) return ok(null);
    if (read.value.step === 'stage') {
      const ready = await makeReady(read.value, options);
      if (!ready.ok) {
        rmSync(markerPath(ledgerPath), { force: true });
        syncFolder(dirname(ledgerPath));
        dropLeftovers(ledgerPath);
        return ok({ kind: 'failed', error: ready.error });
      }
    }
    return ok(swap(read.value, options));
  } catch (cause) {
    return failureOf(cause, options);
  }
}

function failureOf(cause: unknown, { ledgerPath, incidents }: FinishRestoreOptions): Result<never> {
  const known = ledgerError(cause, ledgerPath);
  if (known !== null) return err(known);
  return err({ kind: 'unexpected', incidentId: incidents.report(cause, 'restoring the ledger') });
}

async function makeReady(marker: Marker, options: FinishRestoreOptions): Promise<Result<void>> {
  const guard = createGuard(options.ledgerPath, options.incidents);
  try {
    const staged = guard('restore', () => stage(marker, options, guard));
    if (!staged.ok) return staged;
    options.onStep?.('mark the copy ready');
    await replaceFile(markerPath(options.ledgerPath), text({ ...marker, step: 'swap' }));
    return ok(undefined);
  } catch (cause) {
    return failureOf(cause, options);
  }
}

function readMarker(ledgerPath: string): Result<Marker | null> {
  const path = markerPath(ledgerPath);
  if (!existsSync(path)) return ok(null);
  try {
    return ok(markerSchema.parse(JSON.parse(readFileSync(path, 'utf8'))));
  } catch {
    // Opening the ledger now might begin an empty one in the place of one that is on its way.
    return err({
      kind: 'ledger-unavailable',
      path,
      detail: 'the note of a restore that began is unreadable',
    });
  }
}

function dropLeftovers(ledgerPath: string): void {
  for (const part of [`${stagedPath(ledgerPath)}.part`, stagedPath(ledgerPath)]) {
    for (const suffix of suffixes) rmSync(part + suffix, { force: true });
  }
}

/** Makes the copy ready: of today's version, with the restore in its trail, in one file that needs no other beside it. */
function stage(marker: Marker, options: FinishRestoreOptions, guard: Guard): Result<void> {
  const { ledgerPath, onStep } = options;
  const part = `${stagedPath(ledgerPath)}.part`;
  dropLeftovers(ledgerPath);
  makePrivateFolder(dirname(ledgerPath));
  if (marker.backupName !== null) {
    onStep?.('copy the backup');
    copyFileSync(join(backupsFolder(ledgerPath), marker.backupName), part);
    chmodSync(part, 0o600);
  }
  onStep?.('open the copy');
  const opened = openDatabase({
    path: part,
    now: () => marker.atMs,
    migrations: options.migrations ?? migrations,
    guard,
    backUpFirst: false,
  });
  if (!opened.ok) return opened;
  const db = opened.value;
  try {
    const { backupName, setAsideName, actor, atMs } = marker;
    const events = createEventLog(db);
    const restoredFrom = events.head();
    db.exec('BEGIN IMMEDIATE');
    events.append({ atMs, kind: 'restored', actor, content: { backupName, restoredFrom, setAsideName } });
    db.exec('COMMIT');
    onStep?.('settle what was pending');
    const undecided = undecideRecords(createSqliteLedger(db, guard), atMs);
    if (!undecided.ok) return undecided;
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.exec('PRAGMA journal_mode = DELETE');
  } finally {
    if (db.isOpen) db.close();
  }
  flushFile(part);
  onStep?.('name the copy');
  renameSync(part, stagedPath(ledgerPath));
  syncFolder(dirname(ledgerPath));
  return ok(undefined);
}

/** From here on every step may be repeated: while the copy waits under its own name, what has the ledger's name is the old one. */
function swap(marker: Marker, { ledgerPath, onStep }: FinishRestoreOptions): RestoreOutcome {
  const folder = dirname(ledgerPath);
  const staged = stagedPath(ledgerPath);
  const setAsidePath = join(folder, marker.setAsideName);
  if (existsSync(staged)) {
    for (const suffix of suffixes) {
      if (!existsSync(ledgerPath + suffix)) continue;
      onStep?.(`set the ledger${suffix} aside`);
      renameSync(ledgerPath + suffix, setAsidePath + suffix);
    }
    syncFolder(folder);
    onStep?.('put the copy in place');
    renameSync(staged, ledgerPath);
    syncFolder(folder);
  }
  onStep?.('forget the wish');
  rmSync(markerPath(ledgerPath), { force: true });
  syncFolder(folder);
  const { head, undecidedRecords } = restoredContent(ledgerPath);
  return {
    kind: 'restored',
    backupName: marker.backupName,
    setAsidePath: existsSync(setAsidePath) ? setAsidePath : null,
    undecidedRecords,
    head,
  };
}

function restoredContent(ledgerPath: string): {
  readonly head: BackupContent['head'];
  readonly undecidedRecords: number;
} {
  const db = openToRead(ledgerPath);
  try {
    const row = db.prepare("SELECT count(*) AS records FROM usage_record WHERE status = 'pending'").get();
    return { head: contentOf(db).head, undecidedRecords: Number(row?.records ?? 0) };
  } finally {
    db.close();
  }
}
