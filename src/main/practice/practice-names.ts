import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { buyerNames } from './default-identities.ts';

const namedSchema = z.object({
  sellers: z.array(z.object({ accountId: z.string(), name: z.string() })),
  buyers: z.array(z.object({ accountId: z.string() })),
});

/**
 * Writes the preferences with which practice begins to `path`: an alias for most buyers of the world behind `url`, and the
 * sellers' names. A file that is there already is the person's own and stays.
 *
 * Rejects when the file can't be written or the practice AWS does not answer.
 */
export async function writePracticeNames(path: string, url: string): Promise<void> {
  const response = await fetch(`${url}/_practice/world`);
  const { sellers, buyers } = namedSchema.parse(await response.json());
  const aliases = buyers.flatMap(({ accountId }, index) => {
    const name = buyerNames[index] ?? null;
    return name === null ? [] : [[accountId, name]];
  });
  const preferences = {
    buyerAliases: Object.fromEntries(aliases),
    accountNames: Object.fromEntries(sellers.map(({ accountId, name }) => [accountId, name])),
  };
  const text = `${JSON.stringify(preferences, null, 2)}\n`;
  await writeFile(path, text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    if (!exists) throw error;
  });
}
