/** A disk that is full, for a folder of the spec's choosing: files open there, and take nothing, and no write of a ledger there begins. */
import type { FileHandle } from 'node:fs/promises';
import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { beforeEachWrite, diskFull } from '../before-each-write.ts';
import { onOrder } from './control.ts';

let fullFolder: string | null = null;

const isFull = (path: string | null): boolean => fullFolder !== null && path?.startsWith(fullFolder) === true;

const refuse = async (): Promise<never> => {
  throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
    code: 'ENOSPC',
    syscall: 'write',
  });
};

const open = files.open;
files.open = async (...args: Parameters<typeof open>): Promise<FileHandle> => {
  const file = await open(...args);
  if (isFull(String(args[0]))) Object.assign(file, { write: refuse, writeFile: refuse });
  return file;
};
// The shell imports by name, and what it imported follows.
syncBuiltinESMExports();

beforeEachWrite((db) => {
  if (isFull(db.location())) throw diskFull;
});

/** No folder: there is room again. */
onOrder<string | null>('fill-disk', (folder) => {
  fullFolder = folder;
});
