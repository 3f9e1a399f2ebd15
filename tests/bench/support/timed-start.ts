/** One start of a loopback host, from the start of its process to what its page shows, in a browser that runs already. */
import type { Browser, BrowserContext } from '@playwright/test';
import { startChild } from '../../support/child-process.ts';

/** What the page must come to show, one after the other. */
export interface Step {
  readonly name: string;
  readonly selector: string;
  /** Clicks what it found, at once. */
  readonly click?: boolean;
}

export interface Program {
  readonly args: readonly string[];
  /** What stands before the launch address on its ready line. */
  readonly readyPrefix: string;
  readonly env: NodeJS.ProcessEnv;
  readonly steps: readonly Step[];
}

/** Milliseconds since the start of the process: `ready` for its launch address, then each step by its name. */
export type Marks = Readonly<Record<string, number>>;

const longestStartMs = 60_000;

/** Runs in the page. A step counts once the frame that shows it was drawn. */
const watch = `(steps) => {
  let next = 0;
  const look = () => {
    const step = steps[next];
    const found = step && document.querySelector(step.selector);
    if (!found) return;
    next += 1;
    requestAnimationFrame(() => setTimeout(() => {
      benchStep(step.name);
      if (step.click) found.click();
      look();
    }));
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
}`;

/** Starts the program, opens its address in a new context, waits for the last step, and ends both. */
export async function timeStart(browser: Browser, program: Program): Promise<Marks> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } });
  try {
    return await startIn(context, program);
  } finally {
    await context.close();
  }
}

async function startIn(context: BrowserContext, { args, readyPrefix, env, steps }: Program): Promise<Marks> {
  const marks: Record<string, number> = {};
  let startedMs = 0;
  const mark = (name: string): void => {
    marks[name] = performance.now() - startedMs;
  };
  const last = Promise.withResolvers<void>();
  await context.exposeFunction('benchStep', (name: string) => {
    mark(name);
    if (name === steps.at(-1)?.name) last.resolve();
  });
  await context.addInitScript({ content: `(${watch})(${JSON.stringify(steps)})` });
  const page = await context.newPage();

  startedMs = performance.now();
  const child = await startChild(args, readyPrefix, env);
  mark('ready');
  const timer = setTimeout(() => {
    const missing = steps.find(({ name }) => marks[name] === undefined);
    last.reject(new Error(`The page of ${args[0]} never showed ${missing?.selector}`));
  }, longestStartMs);
  try {
    // The steps are waited for, not the load: the app's page is busy before it.
    await Promise.all([page.goto(child.address, { waitUntil: 'commit' }), last.promise]);
    return marks;
  } finally {
    clearTimeout(timer);
    await child.end('SIGTERM');
  }
}
