/** Not a test: takes pictures of every screen, light and dark, on a small and on a large window. */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { test } from '../e2e/support/app.ts';
import { createCamera, tellStory } from './story.ts';

const root = resolve(import.meta.dirname, '../..');
const windows = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;

for (const scheme of ['light', 'dark'] as const) {
  for (const { width, height } of windows) {
    test.describe(`${scheme}, ${width} × ${height}`, () => {
      // As at a person's first start, with the names that practice gives its buyers.
      test.use({
        colorScheme: scheme,
        viewport: { width, height },
        timezoneId: 'America/New_York',
        preferences: null,
      });
      test('every screen', async ({ app, page }) => {
        test.setTimeout(900_000);
        const dir = join(root, 'dist', 'screenshots', `${scheme}-${width}x${height}`);
        const readmeDir = width === windows[0].width ? join(root, 'docs', 'screenshots') : null;
        await mkdir(dir, { recursive: true });
        if (readmeDir !== null) await mkdir(readmeDir, { recursive: true });
        await tellStory({ app, page, scheme, camera: createCamera(page, dir, readmeDir) });
      });
    });
  }
}
