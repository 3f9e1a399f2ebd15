/** What a person hands to AWS or to their engineers about records: shown before it is saved. */
import { z } from 'zod';
import { idSchema } from './primitives.ts';

export const bundleInputSchema = z.strictObject({ recordIds: z.array(idSchema).min(1).max(100) });

export const supportBundleSchema = z.strictObject({
  /** Of the zip file that `usage.saveSupportBundle` makes. */
  fileName: z.string(),
  files: z.array(z.strictObject({ name: z.string(), text: z.string() })).min(1),
});
export type SupportBundle = z.infer<typeof supportBundleSchema>;
