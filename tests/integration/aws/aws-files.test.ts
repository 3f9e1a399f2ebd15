import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchAwsFiles } from '../../../src/main/adapters/aws/aws-files.ts';

let home: string;
let stop = (): void => undefined;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'usage-desk-files-'));
  vi.stubEnv('HOME', home);
  vi.stubEnv('AWS_CONFIG_FILE', undefined);
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', undefined);
  vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', undefined);
});
afterEach(async () => {
  stop();
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const inAws = (...parts: string[]) => join(home, '.aws', ...parts);

/** Does `change` again and again, each time a little differently, until it is noticed. */
async function noticed(change: (count: number) => Promise<unknown>): Promise<void> {
  let seen = false;
  stop = watchAwsFiles(() => {
    seen = true;
  }, 1);
  for (let count = 1; !seen; count += 1) {
    await change(count);
    await new Promise((resolve) => setImmediate(resolve));
  }
  stop();
  expect(seen).toBe(true);
}

test('a config that was not there, then is edited, then replaced, is noticed each time', async () => {
  await mkdir(inAws());
  await noticed((count) => writeFile(inAws('config'), '#'.repeat(count)));
  await noticed((count) => writeFile(inAws('config'), '#'.repeat(count + 100)));
  await noticed(async (count) => {
    await writeFile(inAws('new'), '#'.repeat(count));
    await rename(inAws('new'), inAws('config'));
  });
});

test('keys and sign-ins that another program writes are noticed', async () => {
  await mkdir(inAws('sso', 'cache'), { recursive: true });
  await noticed((count) => writeFile(inAws('credentials'), '#'.repeat(count)));
  await noticed((count) => writeFile(inAws('sso', 'cache', 'a.json'), ' '.repeat(count)));
  await mkdir(inAws('login', 'cache'), { recursive: true });
  await noticed((count) => writeFile(inAws('login', 'cache', 'a.json'), ' '.repeat(count)));
});

test('files elsewhere are followed to where the settings say', async () => {
  vi.stubEnv('AWS_CONFIG_FILE', join(home, 'elsewhere'));
  await noticed((count) => writeFile(join(home, 'elsewhere'), '#'.repeat(count)));
});
