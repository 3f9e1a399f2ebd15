/** What the page does with a file that the core has written for it. */
import type { SavedFile } from '../../../contract/usage.ts';

export interface TakenFile {
  /** Where it is now, in words. */
  readonly where: string;
  /** Fetches the small file that belongs beside it; null where there is none, or where it lies there already. */
  readonly takeBeside: (() => void) | null;
}

/** Fetches a download; gives null when the person cancelled. */
export function takeFile(file: SavedFile): TakenFile | null {
  switch (file.kind) {
    case 'saved':
      return {
        where:
          file.besidePath === undefined
            ? `Saved as ${file.path}`
            : `Saved as ${file.path}, with what it holds in ${file.besidePath}`,
        takeBeside: null,
      };
    case 'download': {
      const { beside } = file;
      download(file.path, file.fileName);
      return {
        where: `${file.fileName} is in your browser’s downloads.`,
        takeBeside: beside === undefined ? null : () => download(beside.path, beside.fileName),
      };
    }
    case 'cancelled':
      return null;
  }
}

function download(path: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = path;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}
