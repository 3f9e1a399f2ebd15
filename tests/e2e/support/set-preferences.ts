import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the person has chosen before the first start. Practice keeps its data in a folder of its own. */
export function setPreferences(dataDir: string, preferences: Readonly<Record<string, unknown>>): void {
  const folder = join(dataDir, 'practice');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, 'preferences.json'), JSON.stringify(preferences));
}
