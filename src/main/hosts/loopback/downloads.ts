/** Files that the page may fetch, once each: what the save dialog is to the desktop window. */
import { createHash, randomBytes } from 'node:crypto';
import { ok, type Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';
import type { SaveTarget } from '../../core/ports.ts';

export interface OfferedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly chunks: AsyncIterable<string | Uint8Array>;
}

export interface Downloads extends SaveTarget {
  /** Keeps a file for one fetch within two minutes and gives its path on this origin. Nothing is read before that. */
  readonly offer: (file: OfferedFile) => string;
  /** Hands the file out and forgets it; null for an id that is unknown, used or expired. */
  readonly take: (id: string) => OfferedFile | null;
}

const lifetimeMs = 2 * 60_000;
const mostOffers = 16;

/** `now` gives milliseconds that only ever grow. */
export function createDownloads(deps: { readonly now: () => number }): Downloads {
  const offers = new Map<string, { readonly file: OfferedFile; readonly expiresAt: number }>();

  const offer = (file: OfferedFile): string => {
    for (const [key, { expiresAt }] of offers) if (expiresAt <= deps.now()) offers.delete(key);
    const oldest = offers.keys().next();
    if (offers.size >= mostOffers && !oldest.done) offers.delete(oldest.value);
    const id = randomBytes(32).toString('base64url');
    offers.set(keyOf(id), { file, expiresAt: deps.now() + lifetimeMs });
    return `/downloads/${id}`;
  };

  const save = async (file: {
    readonly suggestedName: string;
    readonly mediaType: string;
    readonly chunks: AsyncIterable<string | Uint8Array>;
    readonly beside?: { readonly suffix: string; readonly mediaType: string; readonly text: string } | null;
  }): Promise<Result<SavedFile>> => {
    const { suggestedName: fileName, mediaType, chunks } = file;
    const path = offer({ fileName, mediaType, chunks });
    if (!file.beside) return ok({ kind: 'download', path, fileName });
    const { suffix, text, ...more } = file.beside;
    const besideName = `${fileName}${suffix}`;
    const besidePath = offer({ fileName: besideName, mediaType: more.mediaType, chunks: oneChunk(text) });
    return ok({ kind: 'download', path, fileName, beside: { path: besidePath, fileName: besideName } });
  };

  return {
    offer,
    take: (id) => {
      const key = keyOf(id);
      const found = offers.get(key);
      offers.delete(key);
      return found === undefined || found.expiresAt <= deps.now() ? null : found.file;
    },
    saveText: save,
    saveBytes: save,
  };
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield text;
}

/** Looked up by its hash, so that the time of the lookup tells nothing of the id. */
const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex');

/** The header that makes a browser save under `fileName`, with plain ASCII for old ones: RFC 6266. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\w.\- ]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
