import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(resolve(root, 'README.md'), 'utf8');
const security = readme.slice(
  readme.indexOf('\n## Security'),
  readme.indexOf('\n### What the stand-in proves'),
);
const rows = security.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
const items = rows.filter((row) => /^\| \d+ \|/.test(row));
const others = rows.filter((row) => !/^\| (\d+|#|Subject) \|/.test(row));
const proofsOf = (row: string): readonly string[] =>
  [...row.matchAll(/\]\((tests\/[^)#]+)\)/g)].map(([, path = '']) => path);

it('the README has a row for each of the twenty items of Electron’s checklist', () => {
  expect(items.map((row) => Number(row.split('|')[1]))).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  expect(others.length).toBeGreaterThanOrEqual(12);
});

it.each([...items, ...others])('%s names a test that exists', (row) => {
  const proofs = proofsOf(row);
  expect(proofs.length).toBeGreaterThan(0);
  for (const path of proofs) expect(existsSync(resolve(root, path)), path).toBe(true);
});
