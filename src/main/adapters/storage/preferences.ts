/** What the app remembers for a person: settings, local names, and each product's scheme. */
import { z } from 'zod';
import { schemeSchema } from '../../../contract/contracts.ts';
import { contractsViewSchema } from '../../../contract/contracts-view.ts';
import { themeSchema, undoSecondsSchema, windowPolicySchema } from '../../../contract/settings.ts';
import type { Preferences, StoredPreferences } from '../../core/ports.ts';
import { type OpenFileOptions, openJsonFile } from './json-file.ts';

/** Loose throughout: keys that a newer version wrote are none of ours to drop. */
const preferencesSchema = z.looseObject({
  lastProfile: z.string().nullable().default(null),
  windowPolicy: windowPolicySchema.default('six-hours'),
  theme: themeSchema.default('system'),
  undoSeconds: undoSecondsSchema.default(10),
  buyerAliases: z.record(z.string(), z.string()).default({}),
  // A view of another version is not worth a broken file.
  contractsView: contractsViewSchema.nullable().default(null).catch(null),
  accountNames: z.record(z.string(), z.string()).default({}),
  acknowledgedEndpoints: z.array(z.string()).default([]),
  products: z
    .record(
      z.string(),
      z.looseObject({
        productTitle: z.string().nullable(),
        scheme: schemeSchema,
        meteringRegion: z.string().min(1),
      }),
    )
    .default({}),
  pastedLicences: z.record(z.string(), z.string()).default({}),
  contractsByHand: z
    .record(
      z.string(),
      z.looseObject({
        sellerAccountId: z.string(),
        buyerAccountId: z.string(),
        productId: z.string(),
        licenseArn: z.string(),
        addedUtc: z.string(),
      }),
    )
    .default({}),
});
type PreferencesFile = z.output<typeof preferencesSchema>;

const defaults: PreferencesFile = preferencesSchema.parse({});

/** The change as it goes to disk: unknown keys of the file and of its products stay, whatever the caller built anew. */
function merge(before: PreferencesFile, next: StoredPreferences): PreferencesFile {
  const products = Object.fromEntries(
    Object.entries(next.products).map(([id, product]) => [id, { ...before.products[id], ...product }]),
  );
  return preferencesSchema.parse({ ...before, ...next, products });
}

/**
 * Opens the preferences at `path`. A broken file is put aside, and `setAside` tells where; updates fail with `disk-full` or
 * `save-failed` and then change nothing.
 */
export async function openPreferences(options: OpenFileOptions): Promise<Preferences> {
  const file = await openJsonFile({ ...options, schema: preferencesSchema, defaults });
  return {
    get: file.get,
    update: (change) => file.update((before) => merge(before, change(before))),
    setAside: file.setAside,
  };
}
