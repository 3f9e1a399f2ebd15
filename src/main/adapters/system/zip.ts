/** Zip files. The same files and time give the same bytes. */
// The build for Node declares `require` itself, which the bundled main process does too.
import { strToU8, zipSync } from 'fflate/browser';
import type { Zip } from '../../core/ports.ts';

/** Small texts only: the whole file is made at once. `atMs` (epoch ms) is the time of every entry. */
export const zipTexts: Zip = async function* (files, atMs) {
  // The format has local times and no zone: UTC's digits are written, whatever the computer's zone.
  const mtime = new Date(atMs + new Date(atMs).getTimezoneOffset() * 60_000);
  yield zipSync(
    Object.fromEntries(files.map(({ name, text }) => [name, [strToU8(text), { mtime }] as const])),
  );
};
