/** A spec can't leave out what watches its pages: console errors, violations of the policy, requests to the world. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const tests = resolve(import.meta.dirname, '../..');
const specs = ['e2e', 'browser', 'shell', 'desktop', 'screenshots'].flatMap((folder) =>
  readdirSync(join(tests, folder))
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => `${folder}/${name}`),
);

describe.each(specs)('%s', (spec) => {
  const text = readFileSync(join(tests, spec), 'utf8');

  it('takes its test from where the pages are watched', () => {
    expect(text).toMatch(
      /import \{[^}]*\btest\b[^}]*\} from '\.[./a-z0-9]*\/support\/(app|browser-app|shell-app|shared-shell)\.ts';/,
    );
    const ofPlaywright = /import \{([^}]*)\} from '@playwright\/test';/.exec(text)?.[1] ?? '';
    expect(ofPlaywright).not.toMatch(/\btest\b/);
  });

  it('opens no browser, context or window past them', () => {
    for (const [, name = ''] of text.matchAll(/const (\w+) = await browser\.newContext\(/g))
      expect(text).toContain(`guard.watchContext(${name})`);
    expect(text).not.toMatch(/chromium\.(launch|connect)/);
    if (text.includes('_electron.launch(')) expect(text).toContain('guard.watch(page)');
  });
});
