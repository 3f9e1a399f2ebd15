/** Reads a file that the person chooses, by the system's own dialog. The page never names a path. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { err, ok } from '../../../contract/result.ts';
import type { FileSource } from '../../core/ports.ts';

export interface OpenDialogDeps {
  /** Shows the dialog and gives the chosen path, or null when it was cancelled. */
  readonly choosePath: () => Promise<string | null>;
}

/** A file that can't be read is `file-unusable`. */
export function createOpenDialog({ choosePath }: OpenDialogDeps): FileSource {
  return {
    open: async (receive) => {
      const path = await choosePath();
      if (path === null) return ok({ kind: 'cancelled' });
      const fileName = basename(path);
      const facts = await stat(path).catch(() => null);
      if (!facts?.isFile()) return err({ kind: 'file-unusable', fileName, problem: 'unreadable' });
      return await receive({ fileName, bytes: facts.size, chunks: createReadStream(path) });
    },
  };
}
