/** What is known of a record whose outcome is unknown. */
import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { idSchema, instantSchema } from './primitives.ts';
import { attemptSchema, statuses } from './usage.ts';

/** A BatchMeterUsage call in CloudTrail that carried a record for the same hour slot. */
export const trailFindingSchema = z.strictObject({
  eventId: z.string(),
  atUtc: instantSchema,
  requestId: z.string().nullable(),
  principalArn: z.string().nullable(),
  /** Whether the call named this app. */
  isOurApp: z.boolean(),
  /** Whether it is this very record, its instant and quantity too. */
  isSameRecord: z.boolean(),
  /** AWS's status word, or `UnprocessedRecords`; null when the call as a whole was refused. */
  status: z.string().nullable(),
  awsErrorName: z.string().nullable(),
  meteringRecordId: z.string().nullable(),
  quantity: z.number().nullable(),
  startUtc: instantSchema.nullable(),
});

export const evidenceSchema = z.strictObject({
  recordId: idSchema,
  status: z.enum(statuses),
  /** Whether `usage.decide` may settle it: unknown, and nothing that is sent by itself can tell more. */
  canDecide: z.boolean(),
  attempts: z.array(attemptSchema),
  trail: z.strictObject({
    /** Null when CloudTrail could not be asked, as nobody of the record's account is signed in. */
    lookedUtc: instantSchema.nullable(),
    nextLookUtc: instantSchema.nullable(),
    /** Before this instant it is too early to make anything of CloudTrail's silence. Afterwards it is still no proof. */
    expectedByUtc: instantSchema,
    isComplete: z.boolean(),
    /** Why CloudTrail did not answer, such as `not-allowed` with the action that the role lacks. */
    problem: appErrorSchema.nullable(),
    findings: z.array(trailFindingSchema),
  }),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const decisionSchema = z.strictObject({
  recordId: idSchema,
  decision: z.enum(['recorded', 'not-recorded']),
  /** The grounds, kept in the audit trail with who decided. */
  note: z.string().trim().min(1).max(1_000),
});
