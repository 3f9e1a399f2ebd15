/** Exports of the history: written in the background, then saved. */
import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { idSchema } from './primitives.ts';

export const exportFormats = ['csv', 'xlsx'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const exportViewSchema = z.strictObject({
  exportId: idSchema,
  format: z.enum(exportFormats),
  /** `ready`: written, and waits to be saved. */
  state: z.enum(['running', 'ready', 'failed', 'cancelled']),
  doneRecords: z.number().int(),
  /** Null while they are counted. */
  totalRecords: z.number().int().nullable(),
  fileName: z.string(),
  /** Why it failed. */
  error: appErrorSchema.nullable(),
});
export type ExportView = z.infer<typeof exportViewSchema>;
