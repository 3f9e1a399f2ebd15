import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

const facts: { readonly devDependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../package.json'), 'utf8'),
);
const lock: {
  readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity?: string }>>;
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../package-lock.json'), 'utf8'));

it('Electron is one exact release of a major that its makers support, and the lockfile has its digest', () => {
  const version = facts.devDependencies.electron ?? '';
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  // The newest three majors are supported: https://www.electronjs.org/docs/latest/tutorial/electron-timelines. To be raised with the monthly review.
  expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(45);
  const locked = lock.packages['node_modules/electron'];
  expect(locked?.version).toBe(version);
  expect(locked?.integrity).toMatch(/^sha512-/);
});
