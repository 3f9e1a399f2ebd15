/** Files that the page may fetch, once each: what the save dialog is to the desktop window. */
import { ok, type Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';
import type { SaveTarget } from '../../core/ports.ts';
import { createTickets } from './tickets.ts';

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

/** `now` gives milliseconds that only ever grow. */
export function createDownloads(deps: { readonly now: () => number }): Downloads {
  const tickets = createTickets<OfferedFile>(deps);
  const offer = (file: OfferedFile): string => `/downloads/${tickets.issue(file)}`;

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
    take: tickets.take,
    saveText: save,
    saveBytes: save,
  };
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield text;
}

/** The header that makes a browser save under `fileName`, with plain ASCII for old ones: RFC 6266. */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\w.\- ]/g, '_');
  const encoded = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
