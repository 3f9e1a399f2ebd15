/**
 * The last complete list of contracts, one JSON file a seller account: ten thousand rows are some megabytes, written in one step and read in one
 * go, which is all that is ever done with them. AWS has the truth, so a file that is damaged or of another version counts as none.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { contractChangeSchema } from '../../../contract/contracts.ts';
import type { IncidentLog, KeptList, ListCache } from '../../core/ports.ts';
import { replaceFile } from './json-file.ts';
import { errorCode } from './system-error.ts';

/** Raised with every change of what is kept. */
const formatVersion = 1;

const instant = z.number().int();
const agreementSchema = z.strictObject({
  agreementId: z.string().min(1),
  buyerAccountId: z.string().regex(/^\d+$/),
  proposerAccountId: z.string().nullable(),
  productId: z.string().min(1),
  resourceType: z.string(),
  status: z.string(),
  startMs: instant,
  endMs: instant.nullable(),
  acceptedMs: instant.nullable(),
  lastUpdateMs: instant.nullable(),
  offerId: z.string().nullable(),
  initialAgreementId: z.string().nullable(),
  licenseArns: z.array(z.string()),
  addedByHand: z.literal(true).exactOptional(),
});
const dimensionSchema = z.strictObject({
  key: z.string(),
  name: z.string().nullable(),
  unit: z.string().nullable(),
  description: z.string().nullable(),
  types: z.array(z.string()),
});
const productSchema = z.strictObject({
  productId: z.string().min(1),
  title: z.string().nullable(),
  productCode: z.string().nullable(),
  type: z.string().nullable(),
  revision: z.string().nullable(),
  dimensions: z.array(dimensionSchema),
});
const fileSchema: z.ZodType<KeptList & { readonly version: number; readonly sellerAccountId: string }> =
  z.strictObject({
    version: z.literal(formatVersion),
    sellerAccountId: z.string(),
    asOfMs: instant,
    unreadable: z.number().int(),
    agreements: z.array(agreementSchema),
    products: z.array(productSchema),
    changes: z.record(z.string(), contractChangeSchema),
  });

/** Keeps the lists in `folder`. Trouble with it is noted in the log and costs nothing but the head start. */
export function createListCache(deps: {
  readonly folder: string;
  readonly incidents: IncidentLog;
}): ListCache {
  const pathOf = (sellerAccountId: string): string | null =>
    /^\d{1,20}$/.test(sellerAccountId) ? join(deps.folder, `${sellerAccountId}.json`) : null;

  async function read(sellerAccountId: string): Promise<KeptList | null> {
    const path = pathOf(sellerAccountId);
    if (path === null) return null;
    try {
      const parsed = fileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
      if (parsed.success && parsed.data.sellerAccountId === sellerAccountId) return parsed.data;
      deps.incidents.note(
        'The kept list of contracts is of another version or damaged: it is read from AWS.',
      );
    } catch (cause) {
      if (errorCode(cause) !== 'ENOENT')
        deps.incidents.note(`The kept list of contracts can't be read (${errorCode(cause) ?? 'damaged'}).`);
    }
    return null;
  }

  async function write(sellerAccountId: string, list: KeptList): Promise<void> {
    const path = pathOf(sellerAccountId);
    if (path === null) return;
    try {
      await replaceFile(path, JSON.stringify({ version: formatVersion, sellerAccountId, ...list }));
    } catch (cause) {
      deps.incidents.note(`The list of contracts can't be kept (${errorCode(cause) ?? 'unknown'}).`);
    }
  }

  return { read, write };
}
