/** The ledger's keeper: verification and backups in workers, restores by a note that the next opening fulfils. */
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { backupNameSchema } from '../../../../contract/ledger.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { IncidentLog, LedgerKeeper } from '../../../core/ports.ts';
import { backupsFolder } from './backup.ts';
import { ledgerError } from './failures.ts';
import { wishRestore } from './restore.ts';
import { createTaskRunner } from './task-runner.ts';

const keptBackups = 10;

/** For the ledger at `ledgerPath`, open or not. Backups are made one after the other. */
export function createLedgerKeeper(deps: {
  readonly ledgerPath: string;
  readonly incidents: IncidentLog;
}): LedgerKeeper {
  const { ledgerPath, incidents } = deps;
  const tasks = createTaskRunner(deps);
  const folder = backupsFolder(ledgerPath);
  let last: Promise<unknown> = Promise.resolve();

  const pathOf = (name: string): string | null => {
    const path = join(folder, name);
    return backupNameSchema.safeParse(name).success && existsSync(path) ? path : null;
  };
  const missing = (name: string) => err({ kind: 'not-found' as const, what: 'backup' as const, id: name });

  return {
    folder,
    verify: (head) => tasks.run('verify', { path: ledgerPath, head }),
    backups: () => tasks.run('list-backups', { ledgerPath }),
    backUp: (nowMs) => {
      const made = last.then(() => tasks.run('back-up', { ledgerPath, nowMs, keep: keptBackups }));
      last = made;
      return made;
    },
    bytesOf: (name) => {
      const path = pathOf(name);
      return path === null ? null : bytesIn(path);
    },
    compare: async (name) =>
      pathOf(name) === null ? missing(name) : await tasks.run('compare', { ledgerPath, name }),
    verifyBackup: async (name) => {
      const path = pathOf(name);
      return path === null ? missing(name) : await tasks.run('verify', { path, head: null }, path);
    },
    findGoodBackup: () => tasks.run('find-good-backup', { ledgerPath }),
    wishRestore: async (wish): Promise<Result<void>> => {
      try {
        await wishRestore({ ...wish, ledgerPath });
        return ok(undefined);
      } catch (cause) {
        const known = ledgerError(cause, ledgerPath);
        if (known !== null) return err(known);
        return err({ kind: 'unexpected', incidentId: incidents.report(cause, 'wishing a restore') });
      }
    },
    close: () => tasks.close(),
  };
}

/** Opened only when the first byte is asked for. */
async function* bytesIn(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path)) yield chunk;
}
