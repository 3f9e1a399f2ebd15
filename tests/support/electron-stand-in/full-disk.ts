/** A disk that is full, for a folder of the spec's choosing: files open there, and take nothing. */
import type { FileHandle } from 'node:fs/promises';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { onOrder } from './control.ts';

let fullFolder: string | null = null;

const refuse = async (): Promise<never> => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });
};

const open = files.open;
files.open = async (...args: Parameters<typeof open>): Promise<FileHandle> => {
  const file = await open(...args);
  if (fullFolder !== null && String(args[0]).startsWith(fullFolder)) {
    Object.assign(file, { write: refuse, writeFile: refuse });
  }
  return file;
};
// The shell imports by name, and what it imported follows.
syncBuiltinESMExports();

/** No folder: there is room again. */
onOrder<string | null>('fill-disk', (folder) => {
  fullFolder = folder;
});
