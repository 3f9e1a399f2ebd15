/** Files that the page may send, once each: what the open dialog is to the desktop window. */
import { ok, type Result } from '../../../contract/result.ts';
import type { ChosenFile, FileSource } from '../../core/ports.ts';
import { createTickets } from './tickets.ts';

type Receive = (file: ChosenFile) => Promise<Result<unknown>>;

export interface Uploads extends FileSource {
  /** Who receives the file of this id, once; null for an id that is unknown, used or expired. */
  readonly take: (id: string) => Receive | null;
}

/** `now` gives milliseconds that only ever grow. */
export function createUploads(deps: { readonly now: () => number }): Uploads {
  const tickets = createTickets<Receive>(deps);
  return {
    open: async (receive) => ok({ kind: 'upload', path: `/uploads/${tickets.issue(receive)}` }),
    take: tickets.take,
  };
}
