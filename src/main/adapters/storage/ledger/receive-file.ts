/** Writes a file that comes from elsewhere beside the backups, and leaves nothing of one that does not come whole. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChosenFile } from '../../../core/ports.ts';

const prefix = 'incoming-';
/** The ledger itself needs room for what it is about to write. */
const reservedBytes = 64 * 1024 * 1024;

/** What a process that was killed halfway left behind. */
export function removeIncoming(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(folder)) {
    if (name.startsWith(prefix)) rmSync(join(folder, name), { force: true });
  }
}

/**
 * Gives the path of the whole file. `unreadable`: it could not be read to its end. `no-room`: it would leave too little for the ledger.
 * Throws what the system says of writing.
 */
export async function receiveFile(
  folder: string,
  { bytes, chunks }: ChosenFile,
): Promise<{ readonly path: string } | 'unreadable' | 'no-room'> {
  const { bavail, bsize } = statfsSync(folder);
  if (bytes + reservedBytes > bavail * bsize) return 'no-room';
  const path = join(folder, `${prefix}${randomBytes(6).toString('hex')}`);
  const file = await open(path, 'wx', 0o600);
  let isWhole = false;
  try {
    let received = 0;
    for await (const chunk of readable(chunks)) {
      if (chunk === null) return 'unreadable';
      received += chunk.length;
      // More than was said could be without an end.
      if (received > bytes) return 'unreadable';
      await file.writeFile(chunk);
    }
    if (received !== bytes) return 'unreadable';
    await file.sync();
    isWhole = true;
    return { path };
  } finally {
    await file.close();
    if (!isWhole) rmSync(path, { force: true });
  }
}

/** Ends in null where reading fails: that is no matter of the disk that is written to. */
async function* readable(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  try {
    yield* chunks;
  } catch {
    yield null;
  }
}
