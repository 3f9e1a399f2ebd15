import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Writes text beside `path`, flushes it and renames it into place, so that nobody ever sees half a file. Gives null, or the code of
 * what the system refused (such as `ENOSPC`). What the chunks themselves throw is thrown on: that is no matter of the disk.
 */
export async function writeAside(path: string, chunks: AsyncIterable<string>): Promise<string | null> {
  const aside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(aside, 'wx');
    try {
      for await (const chunk of chunks) await file.write(chunk, null, 'utf8');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
    return null;
  } catch (cause) {
    await rm(aside, { force: true }).catch(() => undefined);
    if (isSystemError(cause)) return cause.code;
    throw cause;
  }
}

const isSystemError = (cause: unknown): cause is Error & { readonly code: string } =>
  cause instanceof Error && 'syscall' in cause && 'code' in cause && typeof cause.code === 'string';
