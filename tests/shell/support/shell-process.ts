/** The built shell on the stand-in for Electron: a real process of Node, whose windows are pages of Chromium. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import type { PageGuard } from '../../e2e/support/guarded-page.ts';
import type { Asked, Done } from '../../support/electron-stand-in/control.ts';

export interface ShellOptions {
  /** Options of `npm start`. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Told of whatever goes wrong in its windows. */
  readonly guard: PageGuard;
}

/** What the shell asked of Electron, in its order. */
export interface Request {
  readonly what: string;
  readonly facts: unknown;
}

export interface ShellProcess {
  readonly asked: readonly Request[];
  /** The facts of every request of this name so far. */
  readonly factsOf: (what: string) => readonly unknown[];
  /** Waits until the shell asks this, and gives the facts; those given once are not given again. */
  readonly next: (what: string) => Promise<unknown>;
  /** Answers the next request of this name, now or when it comes, and gives its facts. */
  readonly answer: (what: string, value: unknown) => Promise<unknown>;
  /** Orders something of the stand-in: `onOrder` in its files. */
  readonly order: (name: string, input?: unknown) => Promise<unknown>;
  /** The page of the first window. Another object after `reattach`. */
  readonly page: () => Promise<Page>;
  /** Lets go of Chromium after a page broke; `page` attaches anew once it is loaded again. */
  readonly reattach: () => Promise<void>;
  readonly printed: () => string;
  /** Whether the process still runs. */
  readonly isAlive: () => boolean;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Quits as the menu does. */
  readonly quit: () => Promise<number | null>;
  /** SIGKILL of the shell and of its windows. */
  readonly kill: () => Promise<void>;
}

const folder = resolve(import.meta.dirname, '../../..');
const register = resolve(folder, 'tests/support/electron-stand-in/register.ts');
const entry = resolve(folder, 'out/main/index.mjs');

export function startShell({ args, env = {}, guard }: ShellOptions): ShellProcess {
  const child = fork(entry, args, {
    cwd: folder,
    env: { ...process.env, TZ: 'Europe/Berlin', ...env },
    execArgv: ['--disable-warning=ExperimentalWarning', '--import', register],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk));
  const ended = once(child, 'exit').then(() => child.exitCode);
  const line = openLine(child, (one) => {
    if (one.what === 'stand-in.problem') guard.tell(String(one.facts));
  });
  let browser: Browser | null = null;
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;

  const attach = async (): Promise<Browser> => {
    browser ??= await chromium.connectOverCDP(String(await line.order('debugging-address')));
    return browser;
  };
  const letGo = async (): Promise<void> => {
    await browser?.close().catch(() => undefined);
    browser = null;
  };
  return {
    asked: line.asked,
    factsOf: (what) => line.asked.filter((one) => one.what === what).map(({ facts }) => facts),
    next: async (what) => (await line.take(what)).facts,
    answer: async (what, value) => {
      const request = await line.take(what);
      if (request.id === undefined) throw new Error(`${what} waits for no answer`);
      child.send({ kind: 'answer', id: request.id, value });
      return request.facts;
    },
    order: line.order,
    page: async () => {
      // Chromium lets nobody attach to a page that is broken, so each attaching waits for a load of its own.
      if (browser === null) await line.take('webContents.loaded');
      const context = (await attach()).contexts()[0];
      const page =
        context?.pages().find((one) => one.url() !== 'about:blank') ??
        (await new Promise<Page>((resolvePage) => context?.on('page', resolvePage)));
      // Light or dark is the shell's to say, not the attached Playwright's.
      await page.emulateMedia({ colorScheme: null, reducedMotion: 'reduce' });
      await line.order('tell-theme');
      return page;
    },
    reattach: letGo,
    printed: () => printed,
    isAlive,
    ended,
    quit: async () => {
      await line.order('quit');
      const code = await ended;
      await letGo();
      return code;
    },
    kill: async () => {
      await letGo();
      if (!isAlive()) return;
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function openLine(child: ChildProcess, hear: (one: Asked) => void) {
  const asked: Asked[] = [];
  const taken = new Set<Asked>();
  const waiting = new Set<() => void>();
  const done = new Map<number, (result: Done) => void>();
  let lastId = 0;
  let gone = false;
  child.on('message', (message: Asked | Done) => {
    if (message.kind === 'done') {
      done.get(message.id)?.(message);
      done.delete(message.id);
      return;
    }
    asked.push(message);
    hear(message);
    for (const look of waiting) look();
  });
  child.once('exit', () => {
    gone = true;
    for (const [id, tell] of done) tell({ kind: 'done', id, error: 'The shell has ended.' });
    for (const look of waiting) look();
  });
  return {
    asked,
    take: (what: string): Promise<Asked> =>
      new Promise((resolveAsked, reject) => {
        const look = (): void => {
          const found = asked.find((one) => one.what === what && !taken.has(one));
          if (found === undefined && !gone) return;
          waiting.delete(look);
          if (found === undefined) {
            reject(new Error(`The shell ended and had not asked ${what}.`));
            return;
          }
          taken.add(found);
          resolveAsked(found);
        };
        waiting.add(look);
        look();
      }),
    order: (name: string, input?: unknown): Promise<unknown> =>
      new Promise((resolveOrder, reject) => {
        lastId += 1;
        done.set(lastId, ({ value, error }) =>
          error === undefined ? resolveOrder(value) : reject(new Error(`${name}: ${error}`)),
        );
        child.send({ kind: 'order', id: lastId, name, input }, (failure) => {
          if (failure) reject(failure);
        });
      }),
  };
}
