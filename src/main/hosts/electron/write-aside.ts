import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

type Chunk = string | Uint8Array;

/** One write may take only a part of it. */
async function writeAll(file: FileHandle, chunk: Chunk): Promise<void> {
  let rest: Uint8Array = typeof chunk === 'string' ? Buffer.from(chunk, 'utf8') : chunk;
  while (rest.length > 0) {
    const { bytesWritten } = await file.write(rest);
    rest = rest.subarray(bytesWritten);
  }
}

/**
 * Writes text or bytes beside `path`, flushes it and renames it into place, so that nobody ever sees half a file. Gives null, or the code of
 * what the system refused (such as `ENOSPC`). What the chunks themselves throw is thrown on: that is no matter of the disk.
 */
export async function writeAside(path: string, chunks: AsyncIterable<Chunk>): Promise<string | null> {
  const aside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(aside, 'wx');
    try {
      for await (const chunk of chunks) await writeAll(file, chunk);
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
