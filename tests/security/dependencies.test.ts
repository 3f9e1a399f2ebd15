import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../..', name), 'utf8'));
const facts = read('package.json') as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const lock = read('package-lock.json') as { readonly packages: Readonly<Record<string, Locked>> };
const wanted = Object.entries({ ...facts.dependencies, ...facts.devDependencies });
const installed = Object.entries(lock.packages).filter(([path]) => path !== '');

it('every dependency is one exact version, the one in the lockfile', () => {
  for (const [name, version] of wanted) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
  }
});

it('every package that is installed everywhere has its digest in the lockfile', () => {
  const without = installed.filter(
    ([, { integrity }]) => integrity === undefined || !integrity.startsWith('sha512-'),
  );
  // Binaries of the linter for other systems, which npm locks without a digest where they can't be installed.
  expect(
    without.map(([path]) => path).filter((path) => !path.startsWith('node_modules/@biomejs/cli-')),
  ).toEqual([]);
});

it('no package runs a script at its installation but those that were read', () => {
  const scripted = installed.filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(scripted.map(([path]) => path.replace(/^.*node_modules\//, '')).sort()).toEqual([
    // Chooses a binary of 7-Zip for installers of Windows, which we don't make: not allowed to run.
    'electron-winstaller',
    // Links the binary of Node that the project brings.
    'node',
  ]);
  expect(facts.allowScripts).toEqual({ node: true });
});

it('the few packages that end up in the app are those that are named here', () => {
  const families = Object.keys(facts.dependencies).map((name) => name.replace(/^(@[^/]+)\/.*/, '$1'));
  expect([...new Set(families)].sort()).toEqual([
    ...[
      '@aws-sdk',
      '@cloudscape-design',
      '@smithy',
      'big.js',
      'csv-parse',
      'csv-stringify',
      'fflate',
      'lowdb',
      'open',
      'react',
      'react-dom',
    ],
    ...['temporal-polyfill', 'write-file-atomic', 'zod', 'zustand'],
  ]);
});
