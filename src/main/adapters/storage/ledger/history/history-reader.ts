/** The history read in workers, so that a search through a million records keeps nobody waiting. */
import { rmSync } from 'node:fs';
import { err, ok } from '../../../../../contract/result.ts';
import type { HistoryReader, IncidentLog } from '../../../../core/ports.ts';
import { beginExport } from '../export/begin-export.ts';
import { cellsToRecord } from '../record-row.ts';
import { createTaskRunner } from '../task-runner.ts';
import type { HistoryPlace } from './history-reads.ts';

const writeCursor = ({ value, seq }: HistoryPlace) => Buffer.from(`${value}.${seq}`).toString('base64url');

function readCursor(cursor: string): HistoryPlace | null {
  const match = /^(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null) return null;
  const place = { value: Number(match[1]), seq: Number(match[2]) };
  return writeCursor(place) === cursor ? place : null;
}

/** For the ledger at `ledgerPath`, which has been opened, so that it has its newest form. */
export function createHistoryReader(deps: {
  readonly ledgerPath: string;
  readonly incidents: IncidentLog;
  /** Where exports lie until they are saved. Whatever is there belongs to nobody any more. */
  readonly exportsDir: string;
}): HistoryReader {
  rmSync(deps.exportsDir, { recursive: true, force: true });
  const tasks = createTaskRunner(deps);
  const path = deps.ledgerPath;
  return {
    page: async ({ rows, sort, cursor, limit }) => {
      const after = cursor === null ? null : readCursor(cursor);
      if (cursor !== null && after === null)
        return err({ kind: 'invalid-input', issues: [{ path: 'cursor', problem: 'invalid_cursor' }] });
      const page = await tasks.run('history-page', { path, rows, sort, after, limit });
      if (!page.ok) return page;
      const { rows: found, next } = page.value;
      return ok({ records: found.map(cellsToRecord), nextCursor: next === null ? null : writeCursor(next) });
    },
    totals: (query) => tasks.run('history-totals', { path, ...query }),
    choices: () => tasks.run('history-choices', { path }),
    writeExport: (order) => beginExport(tasks, path, deps.exportsDir, order),
    close: async () => {
      await tasks.close();
      rmSync(deps.exportsDir, { recursive: true, force: true });
    },
  };
}
