/** The history's tasks for the worker. Its connection stays open between them: opening one takes longer than most pages. */
import type { DatabaseSync } from 'node:sqlite';
import { openToRead } from '../backup.ts';
import {
  type HistoryPageInput,
  type HistoryTotalsInput,
  prepareForHistory,
  readHistoryChoices,
  readHistoryPage,
  readHistoryTotals,
} from './history-reads.ts';

interface OfLedger {
  readonly path: string;
}

let open: { readonly path: string; readonly db: DatabaseSync } | null = null;

/** The connection of this thread. */
export function readerOf(path: string): DatabaseSync {
  if (open?.path === path) return open.db;
  open?.db.close();
  open = null;
  const db = openToRead(path);
  db.exec('PRAGMA cache_size = -65536; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY');
  prepareForHistory(db);
  open = { path, db };
  return db;
}

export const historyTasks = {
  'history-page': (input: OfLedger & HistoryPageInput) => readHistoryPage(readerOf(input.path), input),
  'history-totals': (input: OfLedger & HistoryTotalsInput) => readHistoryTotals(readerOf(input.path), input),
  'history-choices': (input: OfLedger) => readHistoryChoices(readerOf(input.path)),
};
