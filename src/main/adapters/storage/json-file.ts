/**
 * One small JSON file that a person may read: held in memory by lowdb, written aside, flushed and renamed, one write after
 * the other. A file that can't be read as what it should be is put aside, never overwritten.
 */
import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Adapter, Low } from 'lowdb';
import type { z } from 'zod';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { IncidentLog } from '../../core/ports.ts';
import { fileStamp } from './file-stamp.ts';
import { makePrivateFolder, syncFolder } from './folder.ts';
import { errorCode, isNoRoom } from './system-error.ts';

export interface OpenFileOptions {
  readonly path: string;
  /** Epoch ms; names a file that is put aside. */
  readonly now?: () => number;
  readonly incidents: IncidentLog;
  /** Puts a new text in the file's place, whole or not at all. */
  readonly replace?: typeof replaceFile;
}

export interface JsonFileOptions<T> extends OpenFileOptions {
  readonly schema: z.ZodType<T>;
  readonly defaults: T;
}

export interface JsonFile<T> {
  /** What is durable. */
  readonly get: () => T;
  /** Changes are applied one after the other; a failed one leaves memory and file as they were. */
  readonly update: (change: (before: T) => T) => Promise<Result<void>>;
  /** Where a broken file was put aside when this one was opened, or null. */
  readonly setAside: string | null;
}

/**
 * Replaces a file in one step that survives a power cut. Written here because the library at hand writes once and takes a short
 * write for a whole one, which on a full disk puts half a file in the place of the old, and does not flush the folder.
 */
export async function replaceFile(path: string, content: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  makePrivateFolder(dirname(path));
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    syncFolder(dirname(path));
  } catch (cause) {
    await rm(aside, { force: true });
    throw cause;
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (errorCode(cause) === 'ENOENT') return null;
    throw cause;
  }
}

/** lowdb's adapter for such a file: reads through the schema, and keeps nothing of its own. */
function createAdapter<T>({ path, schema, replace = replaceFile }: JsonFileOptions<T>): Adapter<T> {
  return {
    read: async () => {
      const content = await readText(path);
      return content === null ? null : schema.parse(JSON.parse(content));
    },
    write: (data) => replace(path, `${JSON.stringify(data, null, 2)}\n`),
  };
}

/** Moves the file out of the way under a name that says when; null when even that can't be done. */
async function putAside<T>({ path, now = Date.now, incidents }: JsonFileOptions<T>): Promise<string | null> {
  const target = `${path}.broken-${fileStamp(now())}`;
  try {
    await rename(path, target);
    syncFolder(dirname(path));
    return target;
  } catch (cause) {
    incidents.report(cause, `putting ${path} aside`);
    return null;
  }
}

/** Opens the file, or starts from the defaults where there is none or it is broken. Never rejects. */
export async function openJsonFile<T>(options: JsonFileOptions<T>): Promise<JsonFile<T>> {
  const { path, defaults, incidents } = options;
  const db = new Low<T>(createAdapter(options), defaults);
  let setAside: string | null = null;
  let mayWrite = true;
  try {
    await db.read();
  } catch (cause) {
    incidents.report(cause, `reading ${path}`);
    setAside = await putAside(options);
    // What can't be moved must not be overwritten either: it may hold choices that nobody remembers.
    mayWrite = setAside !== null;
  }

  let durable = db.data;
  let last: Promise<unknown> = Promise.resolve();

  const write = async (change: (before: T) => T): Promise<Result<void>> => {
    if (!mayWrite) return err({ kind: 'save-failed', path, detail: 'broken file in the way' });
    try {
      db.data = change(durable);
      await db.write();
      durable = db.data;
      return ok(undefined);
    } catch (cause) {
      if (isNoRoom(cause)) return err({ kind: 'disk-full', path });
      const code = errorCode(cause);
      if (code !== null) return err({ kind: 'save-failed', path, detail: code });
      return err({ kind: 'unexpected', incidentId: incidents.report(cause, `writing ${path}`) });
    }
  };

  return {
    get: () => durable,
    update: (change) => {
      const done = last.then(() => write(change));
      last = done;
      return done;
    },
    setAside,
  };
}
