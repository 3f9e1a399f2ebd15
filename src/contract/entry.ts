/** Entering usage: the lines of the form, what the rules say of them, and the review. */
import { z } from 'zod';
import { schemeSchema } from './contracts.ts';
import {
  accountIdSchema,
  agreementIdSchema,
  decimalSchema,
  idSchema,
  instantSchema,
  licenseArnSchema,
  localeSchema,
  moneySchema,
  productIdSchema,
  timeZoneSchema,
} from './primitives.ts';
import { reasonCodeSchema } from './reason-codes.ts';
import { identitySchema } from './session.ts';
import { undoSecondsSchema } from './settings.ts';

/** What the person typed in one line, untouched. */
export const entryLineSchema = z.strictObject({
  lineId: idSchema,
  /** Empty while none is chosen. */
  dimensionKey: z.string().max(255),
  quantityText: z.string().max(100),
  /** The answer when `quantityText` could mean two things. */
  quantityMeaning: z.number().int().min(0).max(2_147_483_647).nullable(),
  /** The explicit statement that goes with a quantity of 0. */
  nothingToReport: z.boolean(),
  /** Local date as `YYYY-MM-DD` and time as `HH:MM:SS` (24 hours), as typed. */
  dateText: z.string().max(40),
  timeText: z.string().max(40),
  /** Which of the two instants is meant when the clocks went back. */
  repeatedHour: z.enum(['earlier', 'later']).nullable(),
  /** Kept here, never sent to AWS. */
  description: z.string().max(500),
  /** The rejected record in whose place the line stands; null or absent for most. */
  predecessorId: idSchema.nullable().optional(),
});
export type EntryLine = z.infer<typeof entryLineSchema>;

export const entryInputSchema = z.strictObject({
  agreementId: agreementIdSchema,
  lines: z.array(entryLineSchema).min(1).max(100),
  /** The licence that the person chose where the contract has several; null or absent while none was. */
  licenseArn: licenseArnSchema.nullable().optional(),
  timeZone: timeZoneSchema,
  locale: localeSchema,
});
export type EntryInput = z.infer<typeof entryInputSchema>;

export const entryFields = ['dimension', 'quantity', 'date', 'time'] as const;

export const entryIssueSchema = z.strictObject({
  field: z.enum(entryFields),
  code: reasonCodeSchema,
  severity: z.enum(['error', 'warning']),
  /** Facts for the sentence, such as `limitUtc`, `nearestKey`, `minutesLeft`, `recordQuantity`. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type EntryIssue = z.infer<typeof entryIssueSchema>;

export const stripHourSchema = z.strictObject({
  hourStartUtc: instantSchema,
  state: z.enum(['closed', 'free', 'taken']),
  /** The part of the hour in which a start time may lie; null when none. Both ends included. */
  openFromUtc: instantSchema.nullable(),
  openUntilUtc: instantSchema.nullable(),
  /** Which rule closes it. */
  closedReason: reasonCodeSchema.nullable(),
  takenBy: z
    .strictObject({
      recordId: idSchema.nullable(),
      lineId: idSchema.nullable(),
      quantity: z.number().int().nullable(),
      status: z.enum(['pending', 'accepted', 'rejected', 'this-form']),
    })
    .nullable(),
});
export type StripHour = z.infer<typeof stripHourSchema>;

export const checkedLineSchema = z.strictObject({
  lineId: idSchema,
  issues: z.array(entryIssueSchema),
  quantity: z.number().int().nullable(),
  /** The readings to choose from when the text could mean several. */
  quantityReadings: z.array(z.number().int()),
  startUtc: instantSchema.nullable(),
  /** The two instants to choose from when the local time occurs twice. */
  startReadings: z.array(instantSchema),
  hourSlotUtc: instantSchema.nullable(),
  estimate: moneySchema.nullable(),
  /** When the window closes for this start time; null without a start time. */
  closesUtc: instantSchema.nullable(),
  strip: z.array(stripHourSchema),
});
export type CheckedLine = z.infer<typeof checkedLineSchema>;

export const checkedEntrySchema = z.strictObject({
  nowUtc: instantSchema,
  lines: z.array(checkedLineSchema),
  totals: z.array(moneySchema),
  /** Reasons of the contract itself, such as a scheme that was never chosen. */
  blockers: z.array(reasonCodeSchema),
  reviewable: z.boolean(),
});
export type CheckedEntry = z.infer<typeof checkedEntrySchema>;

/** What lies beyond the entitlement, with every number that it is made of. */
export const overageSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('known'),
    used: z.number().int(),
    entitled: z.number().int(),
    /** `used` less `entitled`, never below 0. */
    over: z.number().int(),
    /** Units of this dimension that are pending or accepted here on this contract already; not subtracted. */
    alreadyReported: z.number().int(),
  }),
  /** The text is no whole number that is surely meant. */
  z.strictObject({
    kind: z.literal('unclear'),
    code: reasonCodeSchema,
    readings: z.array(z.number().int()),
  }),
  /** No whole number is known as the entitlement. */
  z.strictObject({ kind: z.literal('no-entitlement') }),
]);
export type Overage = z.infer<typeof overageSchema>;

export const draftSchema = z.strictObject({
  agreementId: agreementIdSchema,
  lines: z.array(entryLineSchema).min(1).max(100),
  licenseArn: licenseArnSchema.nullable().optional(),
  timeZone: timeZoneSchema,
  savedUtc: instantSchema,
});
export type Draft = z.infer<typeof draftSchema>;

/** The rejected record in whose place a line stands, as the review names it. */
export const predecessorSchema = z.strictObject({
  recordId: idSchema,
  dimensionKey: z.string(),
  quantity: z.number().int(),
  startUtc: instantSchema,
  reason: reasonCodeSchema.nullable(),
});
export type Predecessor = z.infer<typeof predecessorSchema>;

export const reviewLineSchema = z.strictObject({
  lineId: idSchema,
  dimensionKey: z.string(),
  dimensionName: z.string().nullable(),
  unit: z.string().nullable(),
  quantity: z.number().int().min(0).max(2_147_483_647),
  startUtc: instantSchema,
  hourSlotUtc: instantSchema,
  unitPrice: decimalSchema.nullable(),
  estimate: moneySchema.nullable(),
  description: z.string(),
  deadlineUtc: instantSchema,
  warnings: z.array(entryIssueSchema),
  predecessor: predecessorSchema.nullable(),
});
export type ReviewLine = z.infer<typeof reviewLineSchema>;

/** Exactly what will be sent, under which account, until when it may be confirmed. */
export const reviewSchema = z.strictObject({
  reviewId: idSchema,
  /** SHA-256 (hex) over everything below that matters; a submission must repeat it. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  expiresUtc: instantSchema,
  agreementId: agreementIdSchema,
  buyerAccountId: accountIdSchema,
  buyerAlias: z.string().nullable(),
  productId: productIdSchema,
  productTitle: z.string().nullable(),
  seller: identitySchema,
  scheme: schemeSchema,
  meteringRegion: z.string(),
  licenseArn: z.string().nullable(),
  productCode: z.string().nullable(),
  timeZone: timeZoneSchema,
  lines: z.array(reviewLineSchema).min(1),
  totals: z.array(moneySchema),
  /** This UTC month's estimate for the contract before this submission, and after it. */
  monthBefore: z.array(moneySchema),
  monthAfter: z.array(moneySchema),
  /** How long after confirming it can be taken back: as set, shorter near a deadline, 0 at its edge. */
  undoSeconds: undoSecondsSchema,
  /** Each request body as it will be sent, one a record. */
  requests: z.array(z.string()),
});
export type Review = z.infer<typeof reviewSchema>;

/** The sentence that a person confirms; the ledger stores it with each submission. */
export const confirmationText =
  'I confirm the usage data is accurate and understand this submission is final and irreversible';

export const submissionSchema = z.strictObject({ submissionId: idSchema, recordIds: z.array(idSchema) });
export type Submission = z.infer<typeof submissionSchema>;
