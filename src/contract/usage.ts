/** Usage records as the Usage tab, Pending, Rejected and History show them. */
import { z } from 'zod';
import { schemeSchema } from './contracts.ts';
import { auditHeadSchema } from './ledger.ts';
import {
  accountIdSchema,
  agreementIdSchema,
  decimalSchema,
  idSchema,
  instantSchema,
  moneySchema,
  productIdSchema,
} from './primitives.ts';
import { reasonCodeSchema } from './reason-codes.ts';

export const statuses = ['pending', 'accepted', 'rejected', 'withdrawn'] as const;
export type Status = (typeof statuses)[number];

/** Shown with every pending record: `waiting` and `held` surely were not recorded, `unknown` may be. */
export const phases = ['queued', 'sending', 'waiting', 'held', 'unknown'] as const;
export type Phase = (typeof phases)[number];

export const attemptSchema = z.strictObject({
  attemptId: idSchema,
  startedUtc: instantSchema,
  endedUtc: instantSchema.nullable(),
  /**
   * `recorded`, `refused`, `not-recorded`, `may-be-recorded`, or `unanswered` when the app ended meanwhile. `not-recorded` with a reason
   * that refuses records (such as `invalid-usage-dimension`): AWS refused a call of several for one record's fault, which this one
   * need not have; it was sent again apart.
   */
  outcome: z.enum(['recorded', 'refused', 'not-recorded', 'may-be-recorded', 'unanswered', 'in-flight']),
  /** How many records stood in the call, this one included. */
  recordCount: z.number().int(),
  reason: reasonCodeSchema.nullable(),
  requestId: z.string().nullable(),
  awsErrorName: z.string().nullable(),
  awsMessage: z.string().nullable(),
});
export type Attempt = z.infer<typeof attemptSchema>;

/** What became of a rejected record. `followed`: another record stands in its place, and says how that went. */
export const settlementSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('followed'), successorId: idSchema }),
  z.strictObject({
    kind: z.literal('written-off'),
    atUtc: instantSchema,
    /** The principal who wrote it off. */
    by: z.string(),
    note: z.string(),
    /** What is given up, where it was said. */
    amount: moneySchema.nullable(),
  }),
]);
export type Settlement = z.infer<typeof settlementSchema>;

export const usageRecordSchema = z.strictObject({
  recordId: idSchema,
  submissionId: idSchema,
  agreementId: agreementIdSchema,
  buyerAccountId: accountIdSchema,
  buyerAlias: z.string().nullable(),
  productId: productIdSchema,
  productTitle: z.string().nullable(),
  dimensionKey: z.string(),
  dimensionName: z.string().nullable(),
  unit: z.string().nullable(),
  quantity: z.number().int(),
  startUtc: instantSchema,
  hourSlotUtc: instantSchema,
  /** The zone in which the person entered it. */
  timeZone: z.string(),
  description: z.string(),
  unitPrice: decimalSchema.nullable(),
  estimate: moneySchema.nullable(),
  status: z.enum(statuses),
  phase: z.enum(phases).nullable(),
  reason: reasonCodeSchema.nullable(),
  awsErrorName: z.string().nullable(),
  awsMessage: z.string().nullable(),
  requestId: z.string().nullable(),
  meteringRecordId: z.string().nullable(),
  nextTryUtc: instantSchema.nullable(),
  /** Whether a pending record waits for a person now. */
  needsPerson: z.boolean(),
  /** Until when CloudTrail may be expected to settle a record that is unknown and sent no more; null for any other. */
  awaitsTrailUntilUtc: instantSchema.nullable(),
  /** End of the undo window: until then `usage.undo` takes the whole submission back. Null when it is in none. */
  undoUntilUtc: instantSchema.nullable(),
  deadlineUtc: instantSchema,
  settledUtc: instantSchema.nullable(),
  attemptCount: z.number().int(),
  /** Who settled it where no answer of AWS did: a principal's ARN, or `CloudTrail`; and on what evidence. */
  decidedBy: z.string().nullable(),
  decisionNote: z.string().nullable(),
  /** The rejected record in whose place this one stands. */
  predecessorId: idSchema.nullable(),
  settlement: settlementSchema.nullable(),
  scheme: schemeSchema,
  meteringRegion: z.string(),
  licenseArn: z.string().nullable(),
  productCode: z.string().nullable(),
  submittedUtc: instantSchema,
  sellerAccountId: accountIdSchema,
  sellerRoleName: z.string().nullable(),
  sellerPrincipalArn: z.string(),
});
export type UsageRecordView = z.infer<typeof usageRecordSchema>;

export const usageRecordWithAttemptsSchema = z.strictObject({
  record: usageRecordSchema,
  attempts: z.array(attemptSchema),
  confirmationText: z.string(),
  reviewHash: z.string(),
});
export type UsageRecordWithAttempts = z.infer<typeof usageRecordWithAttemptsSchema>;

export const submissionRecordsSchema = z.strictObject({ records: z.array(usageRecordSchema).min(1) });

/** One submission as it can be kept: what, for whom, by whom, when, and what AWS said. */
export const submissionReceiptSchema = z.strictObject({
  submissionId: idSchema,
  reviewedUtc: instantSchema,
  confirmedUtc: instantSchema,
  confirmationText: z.string(),
  reviewHash: z.string(),
  sellerAccountId: accountIdSchema,
  sellerAccountName: z.string().nullable(),
  sellerRoleName: z.string().nullable(),
  sellerPrincipalArn: z.string(),
  profile: z.string(),
  /** In the order of the review. */
  records: z.array(usageRecordSchema),
  /** Exact estimates of all records, one a currency. */
  estimates: z.array(moneySchema),
  auditHead: auditHeadSchema,
  nowUtc: instantSchema,
  practice: z.boolean(),
});
export type SubmissionReceipt = z.infer<typeof submissionReceiptSchema>;

/** Which records: all, or of one contract, of one status, of one seller account. */
export const usageQuerySchema = z.strictObject({
  agreementId: agreementIdSchema.nullable(),
  status: z.enum(statuses).nullable(),
  /** Only of this seller account; without it of all. */
  sellerAccountId: accountIdSchema.optional(),
  /** `cursor` of the page before, or null for the newest. */
  cursor: z.string().max(200).nullable(),
  limit: z.number().int().min(1).max(200),
});
export type UsageQuery = z.infer<typeof usageQuerySchema>;

export const usagePageSchema = z.strictObject({
  records: z.array(usageRecordSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
});
export type UsagePage = z.infer<typeof usagePageSchema>;

export const usageCountsSchema = z.strictObject({
  pending: z.number().int(),
  /** Pending records that wait for a person. */
  needPerson: z.number().int(),
  /** Rejected records that are open: neither written off nor with a successor. */
  rejected: z.number().int(),
});
export type UsageCounts = z.infer<typeof usageCountsSchema>;

export const otherAccountsSchema = z.strictObject({
  accounts: z.array(
    z.strictObject({
      accountId: accountIdSchema,
      accountName: z.string().nullable(),
      counts: usageCountsSchema,
    }),
  ),
});
export type OtherAccounts = z.infer<typeof otherAccountsSchema>;

/** Submissions whose undo window runs: closing the app now has to ask. */
export const pendingUndoSchema = z.strictObject({
  submissions: z.array(
    z.strictObject({
      submissionId: idSchema,
      agreementId: agreementIdSchema,
      buyerAccountId: accountIdSchema,
      buyerAlias: z.string().nullable(),
      productTitle: z.string().nullable(),
      recordCount: z.number().int(),
      undoUntilUtc: instantSchema,
    }),
  ),
});
export type PendingUndo = z.infer<typeof pendingUndoSchema>;

export const savedFileSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('saved'),
    path: z.string(),
    /** What was saved beside it, where there is such a file. */
    besidePath: z.string().optional(),
  }),
  /** The page fetches it once from this path of its own origin. */
  z.strictObject({
    kind: z.literal('download'),
    path: z.string(),
    fileName: z.string(),
    beside: z.strictObject({ path: z.string(), fileName: z.string() }).optional(),
  }),
  z.strictObject({ kind: z.literal('cancelled') }),
]);
export type SavedFile = z.infer<typeof savedFileSchema>;
