/** The ledger looked after: verified, backed up, restored, and put right when it is damaged. */
import type { AppError } from '../../../contract/errors.ts';
import type {
  AddedBackup,
  AuditHead,
  Backup,
  LedgerCheck,
  LedgerRecovery,
  RestoredLedger,
  RestoreLoss,
} from '../../../contract/ledger.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { SavedFile } from '../../../contract/usage.ts';
import type { Clock, FileSource, LedgerKeeper, RestoreOutcome, SaveTarget } from '../ports.ts';

export interface LedgerCareDeps {
  readonly keeper: LedgerKeeper;
  /** The open ledger's newest event, or why it is not open. */
  readonly head: () => Result<AuditHead>;
  readonly save: SaveTarget;
  readonly files: FileSource;
  readonly clock: Clock;
  /** The principal that is signed in, or null. */
  readonly principal: () => string | null;
  /** Closes the ledger and opens it anew, which fulfils a restore that was wished for. */
  readonly reopen: () => Promise<Result<RestoreOutcome | null>>;
}

export interface LedgerCare {
  readonly head: () => Result<AuditHead>;
  readonly verify: (head: AuditHead | null) => Promise<Result<LedgerCheck>>;
  readonly recovery: () => Promise<Result<LedgerRecovery>>;
  /** Only for a damaged ledger. Null begins an empty one. */
  readonly setAsideAndRestore: (backupName: string | null) => Promise<Result<RestoredLedger>>;
  readonly listBackups: () => Promise<Result<{ folder: string; backups: Backup[] }>>;
  readonly makeBackup: () => Promise<Result<{ backup: Backup; made: boolean }>>;
  readonly saveBackup: (name: string) => Promise<Result<SavedFile>>;
  readonly addBackup: () => Promise<Result<AddedBackup>>;
  readonly compare: (name: string) => Promise<Result<RestoreLoss>>;
  /** `currentHead` is of the loss that the person was told; when the ledger has moved on, nothing is done. */
  readonly restore: (name: string, currentHead: AuditHead) => Promise<Result<RestoredLedger>>;
}

export function createLedgerCare(deps: LedgerCareDeps): LedgerCare {
  const { keeper } = deps;

  const damage = (): AppError | null => {
    const head = deps.head();
    return head.ok ? null : head.error;
  };

  /** Puts a verified backup, or an empty ledger, in the ledger's place. */
  async function replace(
    backupName: string | null,
    because: 'before-restore' | 'damaged',
  ): Promise<Result<RestoredLedger>> {
    const actor = deps.principal() ?? 'app';
    const wished = await keeper.wishRestore({ backupName, actor, atMs: deps.clock.now(), because });
    if (!wished.ok) return wished;
    const outcome = await deps.reopen();
    if (!outcome.ok) return outcome;
    if (outcome.value === null) return refused('no restore was wished for');
    if (outcome.value.kind === 'failed') return err(outcome.value.error);
    const { kind: _, ...restored } = outcome.value;
    return ok(restored);
  }

  async function verified(name: string): Promise<Result<void>> {
    const check = await keeper.verifyBackup(name);
    if (!check.ok) return check;
    if (check.value.intact) return ok(undefined);
    return err({ kind: 'ledger-damaged', path: name, detail: JSON.stringify(check.value.defect) });
  }

  return {
    head: deps.head,
    verify: (head) => keeper.verify(head),
    recovery: async () => {
      const found = await keeper.findGoodBackup();
      return found.ok ? ok({ problem: damage(), ...found.value }) : found;
    },
    setAsideAndRestore: async (backupName) => {
      if (damage()?.kind !== 'ledger-damaged') return refused('the ledger is not damaged');
      const good = backupName === null ? ok(undefined) : await verified(backupName);
      return good.ok ? await replace(backupName, 'damaged') : good;
    },
    listBackups: async () => {
      const backups = await keeper.backups();
      return backups.ok ? ok({ folder: keeper.folder, backups: [...backups.value] }) : backups;
    },
    makeBackup: async () => {
      const head = deps.head();
      return head.ok ? await keeper.backUp(deps.clock.now()) : head;
    },
    saveBackup: async (name) => {
      const chunks = keeper.bytesOf(name);
      if (chunks === null) return err({ kind: 'not-found', what: 'backup', id: name });
      return deps.save.saveBytes({ suggestedName: name, mediaType: 'application/vnd.sqlite3', chunks });
    },
    addBackup: () =>
      deps.files.open(async (file): Promise<Result<AddedBackup>> => {
        const added = await keeper.add(file, deps.clock.now());
        return added.ok ? ok({ kind: 'added', backup: added.value }) : added;
      }),
    compare: async (name) => {
      const head = deps.head();
      return head.ok ? await keeper.compare(name) : head;
    },
    restore: async (name, currentHead) => {
      const good = await verified(name);
      if (!good.ok) return good;
      // Asked last: what happened while the backup was read counts too.
      const head = deps.head();
      if (!head.ok) return head;
      if (head.value.hash !== currentHead.hash) return refused('the ledger has moved on');
      return await replace(name, 'before-restore');
    },
  };
}

const refused = (detail: string) => err({ kind: 'not-possible-now' as const, detail });
