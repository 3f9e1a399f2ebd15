/** Saves a file where the person says, by the system's own dialog. */
import { basename } from 'node:path';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';
import type { SaveTarget } from '../../core/ports.ts';
import { writeAside } from './write-aside.ts';

export interface SaveDialogDeps {
  /** Shows the dialog and gives the chosen path, or null when it was cancelled. */
  readonly choosePath: (suggestedName: string) => Promise<string | null>;
}

/** A full disk is `disk-full`, any other trouble `save-failed`; the file that stood there before is untouched then. */
export function createSaveDialog({ choosePath }: SaveDialogDeps): SaveTarget {
  const save = async (file: {
    readonly suggestedName: string;
    readonly chunks: AsyncIterable<string | Uint8Array>;
    readonly beside?: { readonly suffix: string; readonly text: string } | null;
  }): Promise<Result<SavedFile>> => {
    const path = await choosePath(basename(file.suggestedName));
    if (path === null) return ok({ kind: 'cancelled' });
    const { beside = null } = file;
    const besidePath = `${path}${beside?.suffix ?? ''}`;
    const failure =
      (await writeAside(path, file.chunks)) ??
      (beside === null ? null : await writeAside(besidePath, oneChunk(beside.text)));
    if (failure === null) return ok({ kind: 'saved', path, ...(beside === null ? {} : { besidePath }) });
    return failure === 'ENOSPC' || failure === 'EDQUOT'
      ? err({ kind: 'disk-full', path })
      : err({ kind: 'save-failed', path, detail: failure });
  };
  return { saveText: save, saveBytes: save };
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield text;
}
