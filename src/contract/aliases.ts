/** Buyer aliases as a file: what a file that is to be imported says, line by line, before anything changes. */
import { z } from 'zod';
import { accountIdSchema } from './primitives.ts';

/** The longest alias that is kept. */
export const longestAlias = 100;

export const aliasProblems = [
  'account-missing',
  /** Neither twelve digits nor what a spreadsheet makes of them. */
  'account-not-an-id',
  /** A spreadsheet has rounded the number, such as `1.23457E+11`: its digits are lost. */
  'account-rounded',
  'alias-too-long',
  /** An earlier line has another alias for the same account. */
  'account-twice',
] as const;

export const aliasLineSchema = z.strictObject({
  /** Of the file, from 1. */
  line: z.number().int(),
  /** As the file has it. */
  accountText: z.string(),
  buyerAccountId: accountIdSchema.nullable(),
  before: z.string().nullable(),
  alias: z.string(),
  /** `unnamed`: the file has no alias for it, which leaves the one that is there. */
  outcome: z.enum(['new', 'changed', 'same', 'unnamed', 'problem']),
  problem: z.enum(aliasProblems).nullable(),
  /** A spreadsheet took the zeros at the front; they were put back. */
  zerosRestored: z.boolean(),
  /** No contract in the list is this buyer's. */
  notInList: z.boolean(),
});
export type AliasLine = z.infer<typeof aliasLineSchema>;

export const aliasPreviewSchema = z.strictObject({
  lines: z.array(aliasLineSchema),
  /** Why nothing could be read of the file at all. */
  problem: z.enum(['empty', 'no-table', 'no-columns']).nullable(),
});
export type AliasPreview = z.infer<typeof aliasPreviewSchema>;

export const newAliasesSchema = z.strictObject({
  aliases: z
    .array(z.strictObject({ buyerAccountId: accountIdSchema, alias: z.string().min(1).max(longestAlias) }))
    .max(20_000),
});
