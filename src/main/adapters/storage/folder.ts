/** Folders of the app's own data. */
import { closeSync, fsyncSync, mkdirSync, openSync } from 'node:fs';

/** Makes a folder that only this person can enter. One that is there already keeps its mode: it may be shared on purpose. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
}

/** Makes a new or renamed entry of a folder durable. Windows can't flush a folder and does not need it. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
