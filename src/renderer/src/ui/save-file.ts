/** What the page does with a file that the core has written for it. */
import type { SavedFile } from '../../../contract/usage.ts';

/** Fetches a download; gives where the file is now, in words, or null when the person cancelled. */
export function takeFile(file: SavedFile): string | null {
  switch (file.kind) {
    case 'saved':
      return `Saved as ${file.path}`;
    case 'download':
      download(file.path, file.fileName);
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
