import { constants } from 'node:fs';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { err, ok, type Result } from '../../../contract/result.ts';
import { addProfile, type NewProfile } from './config-edit.ts';
import { readHeadings } from './config-sections.ts';
import { readFailure } from './failure-facts.ts';

export interface WrittenConfig {
  readonly configPath: string;
  /** The copy of the file as it was; null where there was none, or nothing had to change. */
  readonly backupPath: string | null;
}

/**
 * Adds the profile to the AWS config on disk: a backup beside it first, then the whole file in one step, its mode kept. Refuses with
 * `config-conflict` where a section of that name says something else, and with `config-changed` where somebody wrote meanwhile.
 */
export async function addProfileToFiles(
  paths: { readonly configPath: string; readonly credentialsPath: string },
  profile: NewProfile,
  nowMs: number,
): Promise<Result<WrittenConfig>> {
  const { configPath } = paths;
  try {
    const credentials = (await readIfThere(paths.credentialsPath))?.toString('utf8') ?? '';
    if (readHeadings(credentials, 'credentials').some(({ name }) => name === profile.name)) {
      return err({ kind: 'config-conflict', path: paths.credentialsPath, section: `[${profile.name}]` });
    }
    const before = await readIfThere(configPath);
    if (before?.includes(0)) return err({ kind: 'config-unreadable', path: configPath, detail: 'not-text' });
    const edited = addProfile(before ?? Buffer.alloc(0), profile);
    if (!edited.ok) return err({ kind: 'config-conflict', path: configPath, section: edited.error });
    if (edited.value === before) return ok({ configPath, backupPath: null });
    const backupPath = before === null ? null : await backUp(configPath, nowMs);
    const now = await readIfThere(configPath);
    if (!sameBytes(before, now)) return err({ kind: 'config-changed', path: configPath });
    await mkdir(dirname(configPath), { recursive: true, mode: 0o700 });
    // A file that is there keeps its mode and its owner; a link keeps leading to it.
    await writeFileAtomic(configPath, edited.value, before === null ? { mode: 0o600 } : {});
    return ok({ configPath, backupPath });
  } catch (cause) {
    const detail = readFailure(cause).code;
    if (detail === null) throw cause;
    return err({ kind: 'save-failed', path: configPath, detail });
  }
}

async function readIfThere(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (cause) {
    if (readFailure(cause).code === 'ENOENT') return null;
    throw cause;
  }
}

/** `config.backup-20261121T140500Z`: a name that no tool reads, in the order of time. */
async function backUp(configPath: string, nowMs: number): Promise<string> {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  for (let count = 1; ; count += 1) {
    const backupPath = `${configPath}.backup-${stamp}${count === 1 ? '' : `-${count}`}`;
    try {
      await copyFile(configPath, backupPath, constants.COPYFILE_EXCL);
      return backupPath;
    } catch (cause) {
      if (readFailure(cause).code !== 'EEXIST') throw cause;
    }
  }
}

function sameBytes(before: Buffer | null, now: Buffer | null): boolean {
  return before === null || now === null ? before === now : before.equals(now);
}
