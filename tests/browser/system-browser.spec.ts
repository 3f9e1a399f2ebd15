import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { expect, test } from './support/browser-app.ts';

const serveEntry = resolve(import.meta.dirname, '../../out/main/serve.mjs');

test.skip(process.platform !== 'linux', 'The system browser is stood in for by a script named xdg-open');

test('practice opens the system browser in the home of the person, and keeps the launch code off the command line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-open-'));
  const home = join(folder, 'home');
  const bin = join(folder, 'bin');
  const dataDir = join(folder, 'data');
  const seen = join(folder, 'seen');
  mkdirSync(home);
  mkdirSync(bin);
  const script = `#!/bin/sh\nprintf '%s\\n' "$HOME" "$AWS_ENDPOINT_URL" "$AWS_PROFILE" "$1" > "${seen}.part"\nmv "${seen}.part" "${seen}"\n`;
  writeFileSync(join(bin, 'xdg-open'), script);
  chmodSync(join(bin, 'xdg-open'), 0o755);

  const child = spawn(process.execPath, [serveEntry, '--practice', '--data-dir', dataDir], {
    env: { PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: home, AWS_PROFILE: 'live-profile' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  await expect.poll(() => existsSync(seen), { timeout: 20_000 }).toBe(true);
  const [openedHome, endpoint, profile, target = ''] = readFileSync(seen, 'utf8').split('\n');
  expect([openedHome, endpoint, profile]).toEqual([home, '', 'live-profile']);
  expect(target).toMatch(/launch-[0-9a-f]{16}\.html$/);
  const path = target.replace(/^file:\/\//, '');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const address = printed.trim().replace('Usage Desk is ready: ', '');
  expect(readFileSync(path, 'utf8')).toContain(address);

  child.kill('SIGTERM');
  await once(child, 'exit');
  expect(readdirSync(join(dataDir, 'practice')).filter((name) => name.startsWith('launch-'))).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

test('a launch from a file lets the browser in', async ({ context, guard }) => {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-file-'));
  const child = spawn(process.execPath, [serveEntry, '--practice', '--no-open', '--data-dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const address = String(line).trim().replace('Usage Desk is ready: ', '');
  const file = join(folder, 'launch.html');
  writeFileSync(file, `<meta http-equiv="refresh" content="0;url=${address}">`);
  const page = await context.newPage();
  await page.goto(`file://${file}`);
  await page.waitForURL(`${new URL(address).origin}/**`);
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByText(/Start Usage Desk again/)).toHaveCount(0);
  await expect(page.getByText(/Nothing here is billed/).first()).toBeVisible();
  guard.expectNone();
  child.kill('SIGTERM');
  await once(child, 'exit');
  rmSync(folder, { recursive: true, force: true });
});
