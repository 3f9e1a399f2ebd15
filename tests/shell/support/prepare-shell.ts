/** What a shell finds around it: a home, and a system browser that only writes down which address it got. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { expect } from '@playwright/test';
import type { PageGuard } from '../../e2e/support/guarded-page.ts';
import { type ShellProcess, startShell } from './shell-process.ts';

export interface PreparedShell {
  readonly home: string;
  /** Starts another process of it, with other options of `npm start` where they are given. */
  readonly start: (args?: readonly string[]) => ShellProcess;
  /** Waits for the address that the shell gives the system browser, and gives it. */
  readonly openedAddress: () => Promise<string>;
  /** Removes home and browser, once every process has ended. */
  readonly remove: () => Promise<void>;
}

export interface PrepareOptions {
  readonly dataDir: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Told of whatever goes wrong in the windows of each process. */
  readonly guard: PageGuard;
}

export function prepareShell({ dataDir, args, env = {}, guard }: PrepareOptions): PreparedShell {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-shell-'));
  const home = join(folder, 'home');
  const opened = join(folder, 'opened');
  mkdirSync(join(home, 'documents'), { recursive: true });
  const around = { ...standInBrowser(folder, opened), STAND_IN_HOME: home, ...env };
  return {
    home,
    start: (others = args) => startShell({ args: ['--data-dir', dataDir, ...others], env: around, guard }),
    openedAddress: async () => {
      await expect.poll(() => existsSync(opened)).toBe(true);
      const address = readFileSync(opened, 'utf8').trim();
      rmSync(opened);
      return address;
    },
    remove: () => removeFolder(folder),
  };
}

/** Removes what a test left. Chromium ends a moment after the shell and writes until then, so that is waited for. */
export async function removeFolder(folder: string): Promise<void> {
  for (const pid of browsersIn(folder)) await expect.poll(() => isAlive(pid)).toBe(false);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Chromium names its process in a link beside its data: `host-PID`. */
function browsersIn(folder: string): readonly number[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'SingletonLock')
    .flatMap((path) => pidIn(join(folder, path)));
}

/** None when Chromium ended between the look and the reading. */
function pidIn(lock: string): readonly number[] {
  try {
    return [Number(readlinkSync(lock).split('-').at(-1))];
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function standInBrowser(folder: string, opened: string): Readonly<Record<string, string>> {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'xdg-open'),
    `#!/bin/sh\nprintf '%s' "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`,
  );
  chmodSync(join(bin, 'xdg-open'), 0o755);
  return { PATH: `${bin}${delimiter}${process.env.PATH}` };
}
