/** Looking after the ledger’s file. */
import type { AppError } from '../../../contract/errors.ts';
import type {
  AuditHead,
  Backup,
  LedgerCheck,
  LedgerRecovery,
  RestoredLedger,
  RestoreLoss,
} from '../../../contract/ledger.ts';
import type { Result } from '../../../contract/result.ts';
import type { ChosenFile } from './host.ts';

/** What became of a wish to put another ledger in place. `failed`: the ledger is as it was. */
export type RestoreOutcome =
  | ({ readonly kind: 'restored' } & RestoredLedger)
  | { readonly kind: 'failed'; readonly error: AppError };

/** Looks after the ledger's file without ever blocking the core. */
export interface LedgerKeeper {
  /** Verifies the ledger, against a head that was kept elsewhere where one is given. */
  readonly verify: (head: AuditHead | null) => Promise<Result<LedgerCheck>>;
  readonly folder: string;
  readonly backups: () => Promise<Result<readonly Backup[]>>;
  /** Unless a backup of this very state is there already. `nowMs` is epoch ms. */
  readonly backUp: (nowMs: number) => Promise<Result<{ readonly backup: Backup; readonly made: boolean }>>;
  /** The bytes of a backup, read as they are asked for; null where there is none of this name. */
  readonly bytesOf: (name: string) => AsyncIterable<Uint8Array> | null;
  /**
   * Takes a file from elsewhere among the backups once it is verified, as a copy; `file-unusable` for one that is no sound ledger of this
   * version or an earlier one. `nowMs` is epoch ms.
   */
  readonly add: (file: ChosenFile, nowMs: number) => Promise<Result<Backup>>;
  /** What the open ledger has that the backup has not. */
  readonly compare: (name: string) => Promise<Result<RestoreLoss>>;
  /** Verifies a backup. */
  readonly verifyBackup: (name: string) => Promise<Result<LedgerCheck>>;
  readonly findGoodBackup: () => Promise<Result<Omit<LedgerRecovery, 'problem'>>>;
  /** Writes down that the next opening puts this backup, or an empty ledger, in the ledger's place. */
  readonly wishRestore: (wish: {
    readonly backupName: string | null;
    readonly actor: string;
    readonly atMs: number;
    readonly because: 'before-restore' | 'damaged';
  }) => Promise<Result<void>>;
  readonly close: () => Promise<void>;
}
