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

/** What AWS says anew of a contract since the list was last complete: it is there, it ended, or another one took its place. */
export const contractChangeSchema = z.enum(['new', 'ended', 'renewed', 'replaced']);
export type ContractChange = z.infer<typeof contractChangeSchema>;

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
  /** Added here by a person, because AWS doesn't list it for this account: start, end and prices are not known. */
  addedByHand: z.boolean(),
  /** Start time of the newest usage that is pending or accepted here, from this computer's ledger. */
  lastUsageUtc: instantSchema.nullable(),
  /** This UTC month's estimate of what is pending or accepted, one amount a currency. */
  monthEstimates: z.array(moneySchema),
  /** Records in this computer's ledger. */
  pendingCount: z.number().int(),
  rejectedCount: z.number().int(),
  /** Until a person has looked at it. */
  change: contractChangeSchema.nullable(),
});
export type ContractSummary = z.infer<typeof contractSummarySchema>;

const readingSchema = {
  pagesRead: z.number().int(),
  /** Different contracts that this reading has found so far. */
  found: z.number().int(),
  /** Whether every active contract has been read; they come first where no list was there before. */
  activeRead: z.boolean(),
};

export const contractListSchema = z.strictObject({
  /** A new list (another account, rows that are gone) has another id: the page drops the rows it holds. */
  listId: z.string(),
  /** Up to which the page knows the list with these rows. */
  version: z.number().int(),
  /** Whether there is more than a single answer carries: the page asks again at once. */
  hasMore: z.boolean(),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('idle') }),
    z.strictObject({
      kind: z.literal('loading'),
      ...readingSchema,
      /** AWS is busy or out of reach; the page of the list is asked for again by itself. */
      isWaiting: z.boolean(),
    }),
    z.strictObject({ kind: z.literal('complete') }),
    /** Some pages were read, then AWS failed: the rows that are there stay, and a refresh goes on where it stopped. */
    z.strictObject({ kind: z.literal('failed'), ...readingSchema, error: appErrorSchema }),
  ]),
  /** When AWS had all of what the list says, perhaps at an earlier start; null while it never was complete. */
  lastCompleteUtc: instantSchema.nullable(),
  count: z.number().int(),
  /** Agreements of AWS's answer of which no row can be made, because they lack an id, a buyer, a product or a start. */
  unreadable: z.number().int(),
  /** Rows that changed since `knownVersion` of the same list, or of all rows, as many as one answer carries. */
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
  /** What the buyer is entitled to now, as AWS writes it; null where it isn't known, or differs by licence. */
  entitledNow: z.string().nullable(),
});
export type Dimension = z.infer<typeof dimensionSchema>;

export const licenceSchema = z.strictObject({
  licenseArn: z.string(),
  /** `aws`: listed with the contract. `pasted`: by a person, found by AWS. `by-hand`: of a contract that was added here. */
  source: z.enum(['aws', 'pasted', 'by-hand']),
  /** AWS's own words for what it is for and how it stands, such as `AWS::Marketplace::Usage`; null where not told. */
  type: z.string().nullable(),
  status: z.string().nullable(),
  /** What the buyer is entitled to by it now. */
  entitlements: z.array(z.strictObject({ dimensionKey: z.string(), quantity: z.string() })),
  /** Other contracts in the list that carry the same licence, as a renewal does. */
  alsoOn: z.array(agreementIdSchema),
});
export type Licence = z.infer<typeof licenceSchema>;

export const contractDetailsSchema = z.strictObject({
  summary: contractSummarySchema,
  meteringRegion: z.string(),
  scheme: schemeSchema.nullable(),
  /** The licence that usage is metered on under the licence scheme; null when none or several are there. */
  licenseArn: z.string().nullable(),
  /** All that usage could be metered on; several are for the person to choose from. */
  licences: z.array(licenceSchema),
  /** Whether AWS told what the buyer is entitled to now. Nothing depends on it: a refusal is no error of the contract. */
  entitlementsRead: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('read') }),
    /** Read, but some without a licence could be of another contract of the buyer: those are not counted. */
    z.strictObject({ kind: z.literal('uncertain') }),
    /** Nothing in the contract was bought in advance. */
    z.strictObject({ kind: z.literal('not-asked') }),
    z.strictObject({ kind: z.literal('failed'), error: appErrorSchema }),
  ]),
  /** AWS's names of all accepted terms, those that are not known here too. */
  termKinds: z.array(z.string()),
  /** A free trial among the terms, with AWS's text for its length such as `P14D`; null when there is none. */
  freeTrial: z.strictObject({ duration: z.string().nullable() }).nullable(),
  dimensions: z.array(dimensionSchema),
  /** Why terms or catalog could not be read; the rest of the page still stands. */
  problem: appErrorSchema.nullable(),
  termsRead: z.boolean(),
});
export type ContractDetails = z.infer<typeof contractDetailsSchema>;

/** A contract of the same buyer and product, with its own prices where they could be read. */
export const relatedContractSchema = z.strictObject({
  summary: contractSummarySchema,
  /** Of its metered dimensions; null where its terms could not be read. */
  prices: z
    .array(
      z.strictObject({
        dimensionKey: z.string(),
        dimensionName: z.string().nullable(),
        unit: z.string().nullable(),
        unitPrice: decimalSchema.nullable(),
        currencyCode: z.string().nullable(),
      }),
    )
    .nullable(),
});
export type RelatedContract = z.infer<typeof relatedContractSchema>;

export const relatedContractsSchema = z.strictObject({
  /** The contract itself and those that it renewed or replaced, or that did so with it; by start. */
  chain: z.array(relatedContractSchema),
  /** The buyer's other contracts for the product; by start. */
  concurrent: z.array(relatedContractSchema),
  /** False while the list of contracts is not complete: one may be missing. */
  isComplete: z.boolean(),
});
export type RelatedContracts = z.infer<typeof relatedContractsSchema>;
