/**
 * The test of every spec of the shell: `import { test, expect } from './support/shell-app.ts'`. Each test gets a shell of its own in practice on
 * an empty data folder (`shell`), and a `page` of its window on which a console error, a policy violation or a request to the world
 * fails the test.
 */
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
import { test as base, expect, type Page } from '@playwright/test';
import { type ShellProcess, startShell } from './shell-process.ts';

export { expect };

export interface Shell extends ShellProcess {
  readonly dataDir: string;
  readonly home: string;
  /** Base address of the practice AWS, for steering under `/_practice/`. */
  readonly practiceUrl: string;
  /** Waits for the address that the shell gives the system browser, and gives it. */
  readonly openedAddress: () => Promise<string>;
  /** Another process of the same shell on the same data. */
  readonly startAgain: (args?: readonly string[]) => ShellProcess;
}

export interface Guard {
  readonly problems: readonly string[];
  /** Console errors and violations that match are what the spec is about. */
  readonly allow: (pattern: RegExp) => void;
  readonly watch: (page: Page) => Promise<void>;
}

interface ShellFixtures {
  readonly shell: Shell;
  readonly guard: Guard;
  readonly shellArgs: readonly string[];
  readonly shellEnv: Readonly<Record<string, string>>;
}

export const test = base.extend<ShellFixtures>({
  shellArgs: [['--practice'], { option: true }],
  shellEnv: [{}, { option: true }],
  shell: async ({ shellArgs, shellEnv }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'usage-desk-shell-'));
    const dataDir = join(folder, 'data');
    const opened = join(folder, 'opened');
    const env = { ...standInBrowser(folder, opened), STAND_IN_HOME: join(folder, 'home'), ...shellEnv };
    mkdirSync(join(folder, 'home', 'documents'), { recursive: true });
    mkdirSync(join(dataDir, 'practice'), { recursive: true, mode: 0o700 });
    // What a submission may wait for before it is sent is the browser host's to show.
    writeFileSync(join(dataDir, 'practice', 'preferences.json'), JSON.stringify({ undoSeconds: 0 }));
    const start = (args = shellArgs): ShellProcess =>
      startShell({ args: ['--data-dir', dataDir, ...args], env });
    const first = start();
    const others: ShellProcess[] = [];
    await use({
      ...first,
      dataDir,
      home: join(folder, 'home'),
      get practiceUrl() {
        const facts: { readonly url: string } = JSON.parse(
          readFileSync(join(dataDir, 'practice', 'practice-aws.json'), 'utf8'),
        );
        return facts.url;
      },
      openedAddress: async () => {
        await expect.poll(() => existsSync(opened)).toBe(true);
        const address = readFileSync(opened, 'utf8').trim();
        rmSync(opened);
        return address;
      },
      startAgain: (args) => {
        const other = start(args);
        others.push(other);
        return other;
      },
    });
    for (const one of [first, ...others]) await one.kill();
    await removeFolder(folder);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are needed from this pattern.
  guard: async ({}, use) => {
    const problems: string[] = [];
    const allowed: RegExp[] = [];
    const add = (problem: string): void => {
      if (!allowed.some((pattern) => pattern.test(problem))) problems.push(problem);
    };
    await use({
      problems,
      allow: (pattern) => void allowed.push(pattern),
      watch: async (page) => {
        page.on('console', (message) => {
          if (message.type() === 'error') add(`console error: ${message.text()}`);
        });
        page.on('pageerror', (error) => add(`uncaught error: ${error.message}`));
        // The policy reports what it stopped to the console as errors as well; this names the directive.
        await page.evaluate(
          `document.addEventListener('securitypolicyviolation', (event) => console.error('policy violation: ' + event.violatedDirective + ' ' + event.blockedURI))`,
        );
      },
    });
    expect(problems, 'problems of the page').toEqual([]);
  },
  page: async ({ shell, guard }, use) => {
    const page = await shell.page();
    await guard.watch(page);
    await use(page);
    expect(shell.factsOf('stand-in.requestToTheWorld'), 'requests to the world').toEqual([]);
  },
});

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

/** A system browser that only writes down which address it got. */
function standInBrowser(folder: string, opened: string): NodeJS.ProcessEnv {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'xdg-open'),
    `#!/bin/sh\nprintf '%s' "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`,
  );
  chmodSync(join(bin, 'xdg-open'), 0o755);
  return { PATH: `${bin}${delimiter}${process.env.PATH}` };
}
