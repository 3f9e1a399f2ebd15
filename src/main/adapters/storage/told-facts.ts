/** Which facts a person was told of already, so that a restart does not tell them again. */
import { z } from 'zod';
import type { ToldFacts } from '../../core/ports.ts';
import { type OpenFileOptions, openJsonFile } from './json-file.ts';

const toldSchema = z.looseObject({ told: z.array(z.string()).default([]) });

/** Opens the file at `path`. A broken one is put aside: then what still holds is told once more. */
export async function openToldFacts(options: OpenFileOptions): Promise<ToldFacts> {
  const file = await openJsonFile({ ...options, schema: toldSchema, defaults: toldSchema.parse({}) });
  let told: ReadonlySet<string> = new Set(file.get().told);
  return {
    get: () => told,
    replace: (next) => {
      told = next;
      return file.update((before) => ({ ...before, told: [...next] }));
    },
  };
}
