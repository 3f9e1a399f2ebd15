/** The guide of one record: the facts that make the catalogue's words fit it. The sentences stand in `reasons/guide-words.ts`. */
import { z } from 'zod';
import { accountIdSchema, idSchema, instantSchema } from './primitives.ts';
import { statuses } from './usage.ts';

/** Which of AWS's limits a record's deadline comes from: its age, the month's closing, or the contract's end. */
export const deadlineRules = ['age', 'month', 'contract-end'] as const;

export const guideFactsSchema = z.strictObject({
  recordId: idSchema,
  /** AWS's time. */
  nowUtc: instantSchema,
  deadlineRule: z.enum(deadlineRules),
  /** Start of the last call that carried the record; null when it never left. */
  lastTriedUtc: instantSchema.nullable(),
  /** The contract as AWS shows it now; null when it can't be read, as nobody of its account is signed in. */
  contract: z
    .strictObject({
      awsStatus: z.string(),
      endUtc: instantSchema.nullable(),
      endIsAbout: z.boolean(),
      buyerAccountId: accountIdSchema,
      licenseArns: z.array(z.string()),
      productCode: z.string().nullable(),
      /** Null when terms or catalog could not be read. */
      meteredKeys: z.array(z.string()).nullable(),
      entitledKeys: z.array(z.string()),
    })
    .nullable(),
  /** The contract's metered key that was probably meant, where the record's own is none. */
  nearestKey: z.string().nullable(),
  /** The IAM action that AWS said is missing. */
  missingAction: z.string().nullable(),
  /** AWS's clock minus this computer's, in ms; null while it is not known. */
  clockOffsetMs: z.number().nullable(),
  signedInAccountId: accountIdSchema.nullable(),
  /** Other records of this ledger that hold the same hour. */
  sameHour: z.array(
    z.strictObject({ recordId: idSchema, status: z.enum(statuses), quantity: z.number().int() }),
  ),
});
export type GuideFacts = z.infer<typeof guideFactsSchema>;
