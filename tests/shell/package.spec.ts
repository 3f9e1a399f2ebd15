/** What the packager makes of the build. Of the distribution of Electron that it is given only the fuses are real. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { type DirectoryRecord, extractAll, getRawHeader, listPackage } from '@electron/asar';
import { checkFuses } from '../../packaging/fuses.ts';
import { findWorker } from '../../src/main/adapters/storage/ledger/task-runner.ts';
import { createSystemBrowser } from '../../src/main/hosts/system-browser.ts';
import { expect, test } from './support/shell-app.ts';

const root = resolve(import.meta.dirname, '../..');
const builder = join(root, 'node_modules', 'electron-builder', 'cli.js');

let folder: string;
let unpacked: string;
let archive: string;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usage-desk-package-'));
  const distribution = join(folder, 'electron');
  mkdirSync(distribution);
  // The wire of the fuses as Electron ships it: https://www.electronjs.org/docs/latest/tutorial/fuses
  const wire = '101100011';
  const sentinel = `dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\u0001${String.fromCharCode(wire.length)}`;
  writeFileSync(join(distribution, 'electron'), `${'x'.repeat(5_000)}${sentinel}${wire}`);
  const options = [`electronDist=${distribution}`, `directories.output=${join(folder, 'dist')}`];
  await promisify(execFile)(
    process.execPath,
    [
      ...[
        builder,
        '--linux',
        '--x64',
        '--dir',
        '--publish',
        'never',
        '--config',
        'electron-builder.config.ts',
      ],
      ...options.map((option) => `--config.${option}`),
    ],
    { cwd: root },
  );
  unpacked = join(folder, 'dist', 'linux-unpacked');
  archive = join(unpacked, 'resources', 'app.asar');
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the package has one archive, with the build and nothing else, every file of it with its digest', async () => {
  const { header } = getRawHeader(archive);
  const files = filesIn(header);
  expect(Object.keys(header.files).sort()).toEqual(['out', 'package.json']);
  for (const [path, file] of files) {
    expect(file, path).toMatchObject({ integrity: { algorithm: 'SHA256' } });
    expect(file, path).not.toHaveProperty('unpacked');
    expect(path).not.toMatch(/\.map$|node_modules|^\/out\/\./);
  }
  expect(files.map(([path]) => path)).toEqual(
    expect.arrayContaining(['/out/preload/index.cjs', '/out/renderer/index.html']),
  );
  expect(existsSync(`${archive}.unpacked`)).toBe(false);
  await checkFuses(join(unpacked, 'usage-desk'));
});

test('all code of the main side lies in the archive, and is a module by its own name', () => {
  const extracted = extract('whole');
  const code = listPackage(archive, { isPack: false }).filter((path) => /^\/out\/main\/.*\.\w+$/.test(path));
  expect(code.length).toBeGreaterThan(10);
  for (const path of code) {
    // Not by a package.json, which a loader may look for beside the archive: https://github.com/electron/electron/issues/46090
    expect(path).toMatch(/\.mjs$/);
    if (path.startsWith('/out/main/index.')) expect(importsOf(join(extracted, path))).not.toEqual([]);
    for (const wanted of importsOf(join(extracted, path)))
      expect(existsSync(wanted), `${path}: ${wanted}`).toBe(true);
  }
  const { main } = JSON.parse(readFileSync(join(extracted, 'package.json'), 'utf8')) as {
    readonly main: string;
  };
  expect(code).toContain(`/${main}`);
});

test('the workers start from what is in the archive, whatever lies around it', async () => {
  const main = join(extract('alone'), 'out', 'main');
  rmSync(join(folder, 'alone', 'package.json'));
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');

  const path = findWorker(join(main, 'chunks'));
  expect(path).toBe(join(main, 'ledger-worker.mjs'));
  const worker = new Worker(path);
  worker.postMessage({ name: 'list-backups', input: { ledgerPath: folder }, ledgerPath: folder });
  expect(await once(worker, 'message')).toEqual([{ ok: true, value: [] }]);
  await worker.terminate();

  const seen = join(folder, 'seen');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'xdg-open'),
    `#!/bin/sh\nprintf '%s' "$1" > "${seen}.part" && mv "${seen}.part" "${seen}"\n`,
  );
  chmodSync(join(bin, 'xdg-open'), 0o755);
  const open = createSystemBrowser({
    workerPath: join(main, 'open-address.mjs'),
    env: { PATH: `${bin}${delimiter}${process.env.PATH}` },
  });
  expect(await open('https://docs.aws.amazon.com/')).toBe(true);
  await expect.poll(() => existsSync(seen)).toBe(true);
  expect(readFileSync(seen, 'utf8')).toBe('https://docs.aws.amazon.com/');
});

function extract(name: string): string {
  const to = join(folder, name);
  extractAll(archive, to);
  return to;
}

type Entry = DirectoryRecord['files'][string];

/** Every file of the header with its path. */
function filesIn(entry: Entry, at = ''): readonly (readonly [string, Entry])[] {
  if (!('files' in entry)) return [[at, entry]];
  return Object.entries(entry.files).flatMap(([name, inner]) => filesIn(inner, `${at}/${name}`));
}

/** The files that a built module imports, now or later. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const named = [...text.matchAll(/(?:\bfrom|\bimport) ?\(?"(\.{1,2}\/[^"]+)"/g)];
  return named.map(([, to = '']) => resolve(dirname(file), to));
}
