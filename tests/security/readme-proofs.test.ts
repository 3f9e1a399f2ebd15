import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const readme = readFileSync(resolve(root, 'README.md'), 'utf8');
const security = readme.slice(
  readme.indexOf('\n## Security'),
  readme.indexOf('\n### What the stand-in proves'),
);
const rows = security.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| ---'));
const items = rows.filter((row) => /^\| \d+ \|/.test(row));
const others = rows.filter((row) => !/^\| (\d+|#|Subject) \|/.test(row));
/** A link says in which host, and then words of the titles that are meant: `[shell: one; another](tests/…)`. */
const proofsOf = (row: string) =>
  [...row.matchAll(/\[\w+: ([^\]]+)\]\((tests\/[^)#]+)\)/g)].map(([, words = '', path = '']) => ({
    ...{ words: words.split('; '), path },
  }));
const linksOf = (row: string): number => row.split('](tests/').length - 1;

/** A text with the body of its test, or the options of it, behind. A title may go on where the values of a table are filled in. */
const title = /(['"`])((?:(?!\1).)+)\1,\s*(?:\{ (?:tag|timeout)\b|async\b|\()/g;
const titlesIn = (path: string): readonly string[] =>
  [...readFileSync(resolve(root, path), 'utf8').matchAll(title)].map(([, , name = '']) => name);

it('the README has a row for each of the twenty items of Electron’s checklist', () => {
  expect(items.map((row) => Number(row.split('|')[1]))).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  expect(others.length).toBeGreaterThanOrEqual(12);
});

describe.each([...items, ...others])('%s', (row) => {
  it('names its proofs', () => {
    expect(proofsOf(row).length).toBeGreaterThan(0);
    expect(proofsOf(row)).toHaveLength(linksOf(row));
  });

  it.each(proofsOf(row))('has a test of that name in $path', ({ words, path }) => {
    const titles = existsSync(resolve(root, path)) ? titlesIn(path) : [];
    for (const one of words) expect(titles).toContainEqual(expect.stringContaining(one));
  });
});
