/** Contracts: what the person calls an AWS agreement, with its buyer, product and dimensions. */
import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import {
  accountIdSchema,
  agreementIdSchema,
  decimalSchema,
  instantSchema,
  moneySchema,
  productIdSchema,
} from './primitives.ts';
import { reasonCodeSchema } from './reason-codes.ts';

export const notByHandCauses = [
  'ami',
  'container',
  'machine-learning',
  'professional-services',
  'no-consumption',
  'unknown-type',
] as const;

export const contractStatusSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('active') }),
  z.strictObject({ kind: z.literal('not-started'), startsUtc: instantSchema }),
  /** Ended, but AWS still takes usage until `closesUtc`. */
  z.strictObject({ kind: z.literal('closing'), closesUtc: instantSchema }),
  z.strictObject({ kind: z.literal('ended'), endedUtc: instantSchema.nullable() }),
  z.strictObject({ kind: z.literal('not-by-hand'), cause: z.enum(notByHandCauses) }),
]);
export type ContractStatus = z.infer<typeof contractStatusSchema>;

export const addUsageSchema = z.discriminatedUnion('allowed', [
  z.strictObject({ allowed: z.literal(true) }),
  z.strictObject({ allowed: z.literal(false), reason: reasonCodeSchema }),
]);

export const contractSummarySchema = z.strictObject({
  agreementId: agreementIdSchema,
  buyerAccountId: accountIdSchema,
  buyerAlias: z.string().nullable(),
  productId: productIdSchema,
  /** Null until the catalog has answered, or when it can't be read (another seller's product). */
  productTitle: z.string().nullable(),
  productCode: z.string().nullable(),
  /** AWS's own words, shown as they are. */
  resourceType: z.string(),
  awsStatus: z.string(),
  status: contractStatusSchema,
  addUsage: addUsageSchema,
  startUtc: instantSchema,
  /** End or cancellation; null when the contract has none. */
  endUtc: instantSchema.nullable(),
  /** True when AWS gives no certain instant for an early end. */
  endIsAbout: z.boolean(),
  acceptedUtc: instantSchema.nullable(),
  offerId: z.string().nullable(),
  initialAgreementId: z.string().nullable(),
  licenseArns: z.array(z.string()),
  /** Start time of the newest usage that is pending or accepted here, from this computer's ledger. */
  lastUsageUtc: instantSchema.nullable(),
  /** This UTC month's estimate of what is pending or accepted, one amount a currency. */
  monthEstimates: z.array(moneySchema),
});
export type ContractSummary = z.infer<typeof contractSummarySchema>;

export const contractListSchema = z.strictObject({
  /** A new list (another account, a refresh) has another id: the page drops the rows it holds. */
  listId: z.string(),
  version: z.number().int(),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('idle') }),
    z.strictObject({ kind: z.literal('loading'), pagesRead: z.number().int() }),
    z.strictObject({ kind: z.literal('complete'), asOfUtc: instantSchema }),
    /** Some pages were read, then AWS failed: the rows that are there stay. */
    z.strictObject({ kind: z.literal('failed'), pagesRead: z.number().int(), error: appErrorSchema }),
  ]),
  count: z.number().int(),
  /** Rows that changed since `knownVersion` of the same list; all rows otherwise. */
  rows: z.array(contractSummarySchema),
  /** Why product titles are missing, where the catalog refused; null when all is well. */
  catalogProblem: appErrorSchema.nullable(),
});
export type ContractList = z.infer<typeof contractListSchema>;

export const schemes = ['licence', 'product-code'] as const;
export const schemeSchema = z.enum(schemes);
/** By which identifiers a product is metered; asked once per product, never guessed. */
export type Scheme = z.infer<typeof schemeSchema>;

export const dimensionSchema = z.strictObject({
  key: z.string(),
  name: z.string().nullable(),
  unit: z.string().nullable(),
  description: z.string().nullable(),
  /** `metered` can be submitted, `entitled` is prepaid, `not-offered` can't be entered here: see `reason`. */
  kind: z.enum(['metered', 'entitled', 'not-offered']),
  reason: reasonCodeSchema.nullable(),
  /** This agreement's price of one unit. */
  unitPrice: decimalSchema.nullable(),
  currencyCode: z.string().nullable(),
  /** What was bought upfront, as AWS writes it; null when unlimited or not stated. */
  entitledQuantity: z.string().nullable(),
});
export type Dimension = z.infer<typeof dimensionSchema>;

export const contractDetailsSchema = z.strictObject({
  summary: contractSummarySchema,
  meteringRegion: z.string(),
  scheme: schemeSchema.nullable(),
  /** The licence that usage is metered on under the licence scheme; null when none or several are there. */
  licenseArn: z.string().nullable(),
  dimensions: z.array(dimensionSchema),
  /** Why terms or catalog could not be read; the rest of the page still stands. */
  problem: appErrorSchema.nullable(),
  termsRead: z.boolean(),
});
export type ContractDetails = z.infer<typeof contractDetailsSchema>;
