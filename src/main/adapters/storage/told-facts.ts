/** Which facts a person was told of already, so that a restart neither tells them again nor leaves one out. */
import { z } from 'zod';
import { auditHeadSchema } from '../../../contract/ledger.ts';
import type { Told, ToldFacts } from '../../core/ports.ts';
import { type OpenFileOptions, openJsonFile } from './json-file.ts';

const toldSchema = z.looseObject({
  told: z.array(z.string()).default([]),
  trail: auditHeadSchema.nullable().default(null),
});

/** Opens the file at `path`. A broken one is put aside: then what still holds is told once more. */
export async function openToldFacts(options: OpenFileOptions): Promise<ToldFacts> {
  const file = await openJsonFile({ ...options, schema: toldSchema, defaults: toldSchema.parse({}) });
  const { told: keys, trail } = file.get();
  let told: Told = { facts: new Set(keys), trail };
  return {
    get: () => told,
    replace: (next) => {
      told = next;
      return file.update((before) => ({ ...before, told: [...next.facts], trail: next.trail }));
    },
  };
}
