/** Serves the files of the built page. */
import { open } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { findPageFile } from '../page-files.ts';

/** Writes the file that `rawPath` stands for; false when there is none, and then nothing was written. */
export async function servePageFile(
  pageDir: string,
  rawPath: string,
  response: ServerResponse,
  headers: Readonly<Record<string, string>>,
): Promise<boolean> {
  const found = findPageFile(pageDir, rawPath);
  if (found === null) return false;
  const file = await open(found.path).catch(() => null);
  if (file === null) return false;
  try {
    const facts = await file.stat();
    if (!facts.isFile()) return false;
    response.writeHead(200, {
      ...headers,
      'content-type': found.mediaType,
      'content-length': facts.size,
      'cache-control': found.cacheControl,
    });
    await pipeline(file.createReadStream({ autoClose: false }), response);
    return true;
  } finally {
    await file.close();
  }
}
