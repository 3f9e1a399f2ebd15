/** The history over all contracts: what it is filtered by, its rows, and what they come to. */
import { z } from 'zod';
import {
  accountIdSchema,
  agreementIdSchema,
  idSchema,
  instantSchema,
  moneySchema,
  productIdSchema,
} from './primitives.ts';
import { reasonCodeSchema } from './reason-codes.ts';
import { statuses, usageRecordSchema } from './usage.ts';

export const historyFilterSchema = z.strictObject({
  /** Null for every seller account that submitted from this computer. */
  sellerAccountId: accountIdSchema.nullable(),
  period: z
    .strictObject({
      /** By when the usage was, or by when it was submitted. */
      of: z.enum(['usage', 'submission']),
      /** Included; null for no beginning. */
      fromUtc: instantSchema.nullable(),
      /** Excluded; null for no end. */
      untilUtc: instantSchema.nullable(),
    })
    .nullable(),
  buyerAccountId: accountIdSchema.nullable(),
  productId: productIdSchema.nullable(),
  /** Null for all: a chain of renewals has several. */
  agreementIds: z.array(agreementIdSchema).min(1).max(100).nullable(),
  dimensionKey: z.string().min(1).max(255).nullable(),
  status: z.enum(statuses).nullable(),
  reason: reasonCodeSchema.nullable(),
  /** Who submitted. */
  principalArn: z.string().min(1).max(2048).nullable(),
  /** Rejected records only: `open`, or `settled` by a successor or a write-off. */
  settled: z.enum(['open', 'settled']).nullable(),
  submissionId: idSchema.nullable(),
  /** Any part of a description, name, alias, key, id or message of AWS, capitals or not. */
  text: z.string().max(200),
});
export type HistoryFilter = z.infer<typeof historyFilterSchema>;

/** Filters nothing. */
export const everything: HistoryFilter = {
  sellerAccountId: null,
  period: null,
  buyerAccountId: null,
  productId: null,
  agreementIds: null,
  dimensionKey: null,
  status: null,
  reason: null,
  principalArn: null,
  settled: null,
  submissionId: null,
  text: '',
};

export const historySortSchema = z.strictObject({
  by: z.enum(['submitted', 'usage', 'quantity']),
  descending: z.boolean(),
});
export type HistorySort = z.infer<typeof historySortSchema>;

export const historyQuerySchema = z.strictObject({
  filter: historyFilterSchema,
  sort: historySortSchema,
  /** `nextCursor` of the page before, or null for the first. */
  cursor: z.string().max(200).nullable(),
  limit: z.number().int().min(1).max(200),
});
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

export const historyPageSchema = z.strictObject({
  records: z.array(usageRecordSchema),
  nextCursor: z.string().nullable(),
});
export type HistoryPage = z.infer<typeof historyPageSchema>;

const amountSchema = z.strictObject({
  records: z.number().int(),
  /** Whole units as decimal text: a sum may be larger than a number is exact. */
  quantity: z.string().regex(/^\d+$/),
  /** Exact estimates, one a currency; records without a price add nothing. */
  money: z.array(moneySchema),
});
export type UsageAmount = z.infer<typeof amountSchema>;

const byStatusShape = {
  accepted: amountSchema,
  pending: amountSchema,
  rejected: amountSchema,
  withdrawn: amountSchema,
};

export const usageTotalSchema = z.strictObject({
  /** UTC month of the usage, `YYYY-MM`; null where the totals are not by month. */
  month: z.string().nullable(),
  productId: productIdSchema,
  productTitle: z.string().nullable(),
  dimensionKey: z.string(),
  dimensionName: z.string().nullable(),
  unit: z.string().nullable(),
  ...byStatusShape,
});
export type UsageTotal = z.infer<typeof usageTotalSchema>;

const statusTotalSchema = z.strictObject({ records: z.number().int(), money: z.array(moneySchema) });
export type StatusTotal = z.infer<typeof statusTotalSchema>;

export const historyTotalsSchema = z.strictObject({
  records: z.number().int(),
  /** Over all dimensions; quantities of different units have no sum. */
  byStatus: z.strictObject({
    accepted: statusTotalSchema,
    pending: statusTotalSchema,
    rejected: statusTotalSchema,
    withdrawn: statusTotalSchema,
  }),
  /** One a dimension (and unit, and month), those with the most records first, or by month. */
  totals: z.array(usageTotalSchema),
});
export type HistoryTotals = z.infer<typeof historyTotalsSchema>;

/** What a filter can be set to, from what is in the ledger. */
export const historyChoicesSchema = z.strictObject({
  sellerAccountIds: z.array(accountIdSchema),
  buyers: z.array(z.strictObject({ buyerAccountId: accountIdSchema, alias: z.string().nullable() })),
  products: z.array(z.strictObject({ productId: productIdSchema, productTitle: z.string().nullable() })),
  dimensions: z.array(z.strictObject({ dimensionKey: z.string(), dimensionName: z.string().nullable() })),
  reasons: z.array(reasonCodeSchema),
  principalArns: z.array(z.string()),
});
export type HistoryChoices = z.infer<typeof historyChoicesSchema>;
