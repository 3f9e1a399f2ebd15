/** Usage that was typed and not yet submitted, by seller account and contract. */
import { z } from 'zod';
import { draftSchema } from '../../../contract/entry.ts';
import type { Drafts, StoredDraft } from '../../core/ports.ts';
import { type OpenFileOptions, openJsonFile } from './json-file.ts';

/**
 * Keyed by both ids in one text: an agreement id is free text of AWS's and could be a name like `__proto__`. Each draft is
 * checked when it is asked for, so that one that a newer version wrote neither hides the others nor is lost.
 */
const draftsSchema = z.looseObject({ drafts: z.record(z.string(), z.unknown()).default({}) });

const keyOf = (sellerAccountId: string, agreementId: string) => `${sellerAccountId}:${agreementId}`;

/**
 * Opens the drafts at `path`. A broken file is put aside, and `setAside` tells where; a save fails with `disk-full` or
 * `save-failed` and then changes nothing.
 */
export async function openDrafts(
  options: OpenFileOptions,
): Promise<Drafts & { readonly setAside: string | null }> {
  const file = await openJsonFile({ ...options, schema: draftsSchema, defaults: draftsSchema.parse({}) });
  return {
    get: (sellerAccountId, agreementId): StoredDraft | null =>
      draftSchema.safeParse(file.get().drafts[keyOf(sellerAccountId, agreementId)]).data ?? null,
    save: (sellerAccountId, draft) =>
      file.update((before) => ({
        ...before,
        drafts: { ...before.drafts, [keyOf(sellerAccountId, draft.agreementId)]: draft },
      })),
    discard: (sellerAccountId, agreementId) =>
      file.update((before) => {
        const { [keyOf(sellerAccountId, agreementId)]: _, ...others } = before.drafts;
        return { ...before, drafts: others };
      }),
    setAside: file.setAside,
  };
}
