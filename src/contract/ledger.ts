/** The ledger looked after: its audit trail, its backups, and what to do when it is damaged. */
import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { instantSchema } from './primitives.ts';

/** The newest row of the audit trail, as receipts and exports carry it. `seq` 0 while there is none. */
export const auditHeadSchema = z.strictObject({
  seq: z.number().int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type AuditHead = z.infer<typeof auditHeadSchema>;

export const ledgerDefectSchema = z.strictObject({
  /**
   * `changed`, `missing`: a row of the trail was altered, or taken out. `cut-off`: the trail ends before the given head.
   * `other-head`: it has another row where the given head stands, so this row or one before it was replaced.
   * `differs`: a record, attempt or submission says something else than the trail. `lost`: the trail has it, the ledger
   * doesn't. `not-in-trail`: the other way round.
   */
  problem: z.enum(['changed', 'missing', 'cut-off', 'other-head', 'differs', 'lost', 'not-in-trail']),
  row: z.enum(['event', 'submission', 'record', 'attempt', 'write-off']),
  /** Of the submission, record or attempt, or of the record that was written off; null for an event. */
  id: z.string().nullable(),
  /** The row of the trail that is wrong, or that says otherwise; null for `not-in-trail`. */
  seq: z.number().int().nullable(),
  /** The column that differs, by the ledger's name for it. */
  column: z.string().nullable(),
});
export type LedgerDefect = z.infer<typeof ledgerDefectSchema>;

export const ledgerCheckSchema = z.strictObject({
  intact: z.boolean(),
  /** The last row of the trail that fits. */
  head: auditHeadSchema,
  /** `seq` of the first row of the trail that doesn't fit, or that something else in the ledger contradicts. */
  firstBadSeq: z.number().int().nullable(),
  /** Null when the ledger is intact. */
  defect: ledgerDefectSchema.nullable(),
  checkedEvents: z.number().int(),
  checkedRecords: z.number().int(),
});
export type LedgerCheck = z.infer<typeof ledgerCheckSchema>;

/** Only the app's own names: nothing else in the folder, and nothing outside it, can be named by them. */
export const backupNameSchema = z.string().regex(/^ledger-v\d{1,4}-\d{8}T\d{9}Z\.sqlite$/);

export const backupContentSchema = z.strictObject({
  events: z.number().int(),
  records: z.number().int(),
  /** When the newest event in it happened; null while it is empty. */
  untilUtc: instantSchema.nullable(),
  head: auditHeadSchema,
});
export type BackupContent = z.infer<typeof backupContentSchema>;

export const backupSchema = z.strictObject({
  name: backupNameSchema,
  savedUtc: instantSchema,
  /** The version of the ledger's file; an older one is brought up to date when it is restored. */
  version: z.number().int(),
  bytes: z.number().int(),
  /** Null when the file can't be read as a ledger. */
  content: backupContentSchema.nullable(),
});
export type Backup = z.infer<typeof backupSchema>;

export const backupListSchema = z.strictObject({
  folder: z.string(),
  /** Newest first. */
  backups: z.array(backupSchema),
});

export const madeBackupSchema = z.strictObject({
  backup: backupSchema,
  /** False when nothing has changed since this backup, so that no other was needed. */
  made: z.boolean(),
});

export const addedBackupSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('added'), backup: backupSchema }),
  /** The page sends the file once to this path of its own origin, and is answered there as this call would be. */
  z.strictObject({ kind: z.literal('upload'), path: z.string() }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type AddedBackup = z.infer<typeof addedBackupSchema>;

/** What restoring a backup would cost, read from the ledger that is open now. */
export const restoreLossSchema = z.strictObject({
  backup: backupSchema,
  /** To be handed back to `backups.restore`: what was told holds only for this very state. */
  currentHead: auditHeadSchema,
  /** Events of the ledger that the backup doesn't have, since when, and the usage records that were confirmed in them. */
  missingEvents: z.number().int(),
  missingRecords: z.number().int(),
  missingSinceUtc: instantSchema.nullable(),
  /** Records pending in the backup: what became of them since is not in it, so each will be unknown and wait for a decision. */
  undecidedRecords: z.number().int(),
});
export type RestoreLoss = z.infer<typeof restoreLossSchema>;

export const restoredLedgerSchema = z.strictObject({
  /** The backup that is now the ledger; null when an empty one was begun. */
  backupName: backupNameSchema.nullable(),
  /** Where the former ledger lies, untouched; null when there was none. */
  setAsidePath: z.string().nullable(),
  /** Records that now wait for a person's decision, because they were pending in the backup. */
  undecidedRecords: z.number().int(),
  head: auditHeadSchema,
});
export type RestoredLedger = z.infer<typeof restoredLedgerSchema>;

export const ledgerRecoverySchema = z.strictObject({
  /** Why the ledger is not open; null when it is, and then nothing needs recovering. */
  problem: appErrorSchema.nullable(),
  /** Newest first. Checked from the newest on until a good one is found; the older ones are `unchecked`. */
  candidates: z.array(
    z.strictObject({ backup: backupSchema, state: z.enum(['good', 'damaged', 'unchecked']) }),
  ),
  /** The newest good one. What happened after its `untilUtc` is unknown here; AWS CloudTrail can show what was sent. */
  newestGood: backupNameSchema.nullable(),
});
export type LedgerRecovery = z.infer<typeof ledgerRecoverySchema>;

export const missingUsageQuerySchema = z.strictObject({
  /** CloudTrail keeps 90 days. */
  daysBack: z.number().int().min(1).max(90),
});

export const missingUsageSchema = z.strictObject({
  /** Calls from then on were looked at, until `untilUtc`; what is younger than some 15 minutes may not show yet. */
  fromUtc: instantSchema,
  untilUtc: instantSchema,
  meteringRegions: z.array(z.string()),
  /** False where there was more than could be read. */
  isComplete: z.boolean(),
  records: z.array(
    z.strictObject({
      acceptedUtc: instantSchema,
      requestId: z.string().nullable(),
      meteringRecordId: z.string().nullable(),
      principalArn: z.string().nullable(),
      meteringRegion: z.string(),
      buyerAccountId: z.string().nullable(),
      buyerAlias: z.string().nullable(),
      dimensionKey: z.string(),
      quantity: z.number().int(),
      startUtc: instantSchema,
      licenseArn: z.string().nullable(),
      productCode: z.string().nullable(),
    }),
  ),
});
export type MissingUsage = z.infer<typeof missingUsageSchema>;
