import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openPreferences } from '../../../src/main/adapters/storage/preferences.ts';
import { writePracticeNames } from '../../../src/main/practice/practice-names.ts';
import { createMemoryIncidentLog } from '../../fakes/memory-incident-log.ts';
import { startAt } from './practice-fixture.ts';

async function aPreferencesPath(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'practice-names-')), 'preferences.json');
}

test('practice begins with names for most buyers and for the sellers, as the app itself reads them', async () => {
  const practice = await startAt(new Date().toISOString());
  const path = await aPreferencesPath();
  await writePracticeNames(path, practice.url);
  const preferences = await openPreferences({ path, incidents: createMemoryIncidentLog() });
  expect(preferences.setAside).toBeNull();
  const { buyerAliases, accountNames } = preferences.get();
  expect(Object.values(buyerAliases)).toContain('Globex Robotics');
  expect(Object.values(accountNames)).toContain('Kestrel Cloud Software');
  const { buyers } = (await (await fetch(`${practice.url}/_practice/world`)).json()) as {
    readonly buyers: readonly { readonly accountId: string }[];
  };
  expect(buyers.filter(({ accountId }) => buyerAliases[accountId] === undefined)).toHaveLength(2);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('the names that a person changed stay at the next start', async () => {
  const practice = await startAt(new Date().toISOString());
  const path = await aPreferencesPath();
  const own = '{"buyerAliases":{"111122223333":"Mine"}}';
  await writeFile(path, own);
  await writePracticeNames(path, practice.url);
  expect(await readFile(path, 'utf8')).toBe(own);
});
