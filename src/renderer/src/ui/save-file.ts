/** What the page does with a file that the core has written for it. */
import type { SavedFile } from '../../../contract/usage.ts';

/** Fetches a download; gives where the file is now, in words, or null when the person cancelled. */
export function takeFile(file: SavedFile): string | null {
  switch (file.kind) {
    case 'saved':
      return file.besidePath === undefined
        ? `Saved as ${file.path}`
        : `Saved as ${file.path}, with what it holds in ${file.besidePath}`;
    case 'download':
      download(file.path, file.fileName);
      if (file.beside !== undefined) {
        download(file.beside.path, file.beside.fileName);
        return `${file.fileName}, and beside it ${file.beside.fileName}, are in your browser’s downloads. The browser may ask whether it may save both.`;
      }
      return `${file.fileName} is in your browser’s downloads.`;
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
