/** The ledger's keeper: verification and backups in workers, restores by a note that the next opening fulfils. */
import { createReadStream, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Backup, backupNameSchema } from '../../../../contract/ledger.ts';
import { err, ok, type Result } from '../../../../contract/result.ts';
import type { ChosenFile, IncidentLog, LedgerKeeper } from '../../../core/ports.ts';
import { backupsFolder } from './backup.ts';
import { ledgerError } from './failures.ts';
import { receiveFile, removeIncoming } from './receive-file.ts';
import { wishRestore } from './restore.ts';
import { createTaskRunner } from './task-runner.ts';

const keptBackups = 10;

/** For the ledger at `ledgerPath`, open or not. Backups are made one after the other. */
export function createLedgerKeeper(deps: {
  readonly ledgerPath: string;
  /** Whether it is the ledger of practice; false unless told. */
  readonly practice?: boolean;
  readonly incidents: IncidentLog;
}): LedgerKeeper {
  const { ledgerPath, practice = false, incidents } = deps;
  const tasks = createTaskRunner(deps);
  const folder = backupsFolder(ledgerPath);
  let last: Promise<unknown> = Promise.resolve();
  let isSwept = false;

  const pathOf = (name: string): string | null => {
    const path = join(folder, name);
    return backupNameSchema.safeParse(name).success && existsSync(path) ? path : null;
  };
  const missing = (name: string) => err({ kind: 'not-found' as const, what: 'backup' as const, id: name });

  async function add(file: ChosenFile, nowMs: number): Promise<Result<Backup>> {
    const { fileName } = file;
    try {
      if (!isSwept) removeIncoming(folder);
      isSwept = true;
      const received = await receiveFile(folder, file);
      if (received === 'no-room') return err({ kind: 'disk-full', path: folder });
      if (received === 'unreadable') return err({ kind: 'file-unusable', fileName, problem: received });
      const partPath = received.path;
      try {
        const admitted = await tasks.run(
          'admit-backup',
          { ledgerPath, partPath, fileName, nowMs, practice },
          partPath,
        );
        if (!admitted.ok) return admitted;
        const { value } = admitted;
        return value.kind === 'admitted'
          ? ok(value.backup)
          : err({ kind: 'file-unusable', fileName, problem: value.problem });
      } finally {
        rmSync(partPath, { force: true });
      }
    } catch (cause) {
      const known = ledgerError(cause, folder);
      return err(known ?? { kind: 'unexpected', incidentId: incidents.report(cause, 'adding a backup') });
    }
  }

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
    add: (file, nowMs) => add(file, nowMs),
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
