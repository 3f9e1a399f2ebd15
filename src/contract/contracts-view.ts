/** How a person looks at the list of contracts, as it is remembered from one start to the next. */
import { z } from 'zod';
import { accountIdSchema, productIdSchema } from './primitives.ts';

export const statusFilters = ['all', 'active', 'not-started', 'closing', 'ended', 'not-by-hand'] as const;
export type StatusFilter = (typeof statusFilters)[number];

/** Each narrows the list further. */
export const traits = ['can-be-metered', 'ending-soon', 'has-pending', 'has-rejected', 'changed'] as const;
export type Trait = (typeof traits)[number];

export const contractsViewSchema = z.strictObject({
  status: z.enum(statusFilters),
  productId: productIdSchema.nullable(),
  buyerAccountId: accountIdSchema.nullable(),
  traits: z.array(z.enum(traits)).max(traits.length),
  /** Id of the column that is sorted by; null for the order by urgency. */
  sortBy: z.string().max(40).nullable(),
  descending: z.boolean(),
  pageSize: z.number().int().min(1).max(500),
  /** In their order; empty for the columns as they come. */
  columns: z.array(z.strictObject({ id: z.string().max(40), visible: z.boolean() })).max(40),
});
export type KeptContractsView = z.infer<typeof contractsViewSchema>;
