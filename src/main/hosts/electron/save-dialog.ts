/** Saves a file where the person says, by the system's own dialog. */
import { existsSync } from 'node:fs';
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
    // The dialog asked about the file alone: what lies beside it belongs to it only where the file itself was there to be replaced.
    const besidePath = existsSync(path) ? besideOf(path, beside) : freePath(path, beside);
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

type Beside = { readonly suffix: string } | null;

const besideOf = (path: string, beside: Beside) => `${path}${beside?.suffix ?? ''}`;

/** `november.csv.json`, or `november.csv 2.json` where there is such a file. */
function freePath(path: string, beside: Beside): string {
  let free = besideOf(path, beside);
  for (let number = 2; existsSync(free); number += 1) free = besideOf(`${path} ${number}`, beside);
  return free;
}

async function* oneChunk(text: string): AsyncGenerator<string> {
  yield text;
}
