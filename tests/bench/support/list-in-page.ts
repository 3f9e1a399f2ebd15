/** The list in a page of the built browser host: how soon it is there, what a key, a sort and a page cost, and what it keeps in memory. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { startChild } from '../../support/child-process.ts';

const entry = resolve(import.meta.dirname, '../../../out/main/serve.mjs');

export interface ListInPage {
  readonly startMs: number;
  readonly frameMs: readonly number[];
  readonly keyMs: readonly number[];
  readonly sortMs: readonly number[];
  readonly pageMs: readonly number[];
  readonly coreMiB: number;
  readonly pageMiB: number;
}

export async function lookAtList(options: {
  readonly dataDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly rounds: number;
  readonly rows: number;
}): Promise<ListInPage> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--js-flags=--expose-gc',
    ],
  });
  const startedMs = performance.now();
  const child = await startChild(
    ['--expose-gc', entry, '--browser', '--no-open', '--port', '0', '--data-dir', options.dataDir],
    'Usage Desk is ready: ',
    { ...process.env, ...options.env },
  );
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(child.address);
    await page.getByRole('button', { name: 'Continue with static-key' }).click();
    const shown =
      options.rows === 0
        ? page.getByText('AWS lists no contract of this seller account')
        : page.locator('tbody a[href*="/contracts/"]').first();
    await shown.waitFor();
    const startMs = performance.now() - startedMs;
    if (options.rows > 0)
      await page
        .getByText(`(${options.rows.toLocaleString('en-US')})`)
        .first()
        .waitFor();
    await page.evaluate(timer);
    const times: Times = await measure(page, options.rounds);
    await page.evaluate('gc()');
    const pageBytes = (await page.evaluate('performance.memory.usedJSHeapSize')) as number;
    return { startMs, ...times, coreMiB: residentMiB(child.pid), pageMiB: pageBytes / 2 ** 20 };
  } finally {
    await browser.close();
    await child.end('SIGTERM');
  }
}

function residentMiB(pid: number): number {
  const [, kib = 'NaN'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

/**
 * In the page: times from an input event to the second frame after the given text of the page is what it should be, or is another than it was.
 * The first frame carries the change, the second begins when it was painted. And waits until such a text has stood still.
 */
const timer = `(() => {
  const mostMs = 15_000;
  const text = {
    frame: () => '' + performance.now(),
    count: () => document.querySelector('.filter-text')?.textContent ?? '',
    rows: () => document.querySelector('tbody')?.textContent ?? '',
  };
  globalThis.timed = (event, what, target) => {
    const before = text[what]();
    globalThis.lastTime = new Promise((done, fail) => {
      setTimeout(() => fail(new Error('The ' + what + ' did not become ' + (target ?? 'another') + ' after a ' + event)), mostMs);
      document.addEventListener(event, () => {
        const startedMs = performance.now();
        const look = () => {
          const now = text[what]();
          if (target === null ? now === before : now !== target) return requestAnimationFrame(look);
          requestAnimationFrame(() => done(performance.now() - startedMs));
        };
        requestAnimationFrame(look);
      }, { once: true, capture: true });
    });
  };
  globalThis.settled = (what) => new Promise((done) => {
    let seen = text[what]();
    let sinceMs = performance.now();
    const look = () => {
      const now = text[what]();
      if (now !== seen) {
        seen = now;
        sinceMs = performance.now();
      }
      if (performance.now() - sinceMs > 300) done(seen);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
})()`;

/** A word that some products have, and what leaves fewer. */
const searched = ['kestrel r', 'larch da', '2026'];

interface Times {
  readonly frameMs: number[];
  readonly keyMs: number[];
  readonly sortMs: number[];
  readonly pageMs: number[];
}

async function measure(page: Page, rounds: number): Promise<Times> {
  const times: Times = { frameMs: [], keyMs: [], sortMs: [], pageMs: [] };
  if (rounds === 0) return times;
  const take = async (
    list: number[],
    { event, what, target = null }: { event: string; what: string; target?: string | null },
    act: () => Promise<void>,
  ): Promise<void> => {
    await page.evaluate(
      `timed(${JSON.stringify(event)}, ${JSON.stringify(what)}, ${JSON.stringify(target)})`,
    );
    await act();
    list.push((await page.evaluate('lastTime')) as number);
  };
  const field = page.getByRole('searchbox');
  await field.click();
  const keys = await keysThatNarrow(page);
  for (let round = 0; round < rounds; round += 1) {
    await take(times.frameMs, { event: 'keydown', what: 'frame' }, () => page.keyboard.press('Shift'));
    const press = keys[round % keys.length];
    if (press === undefined) throw new Error('No key leaves fewer contracts.');
    await field.fill(press.before);
    await page.evaluate(`settled('count')`);
    await take(times.keyMs, { event: 'keydown', what: 'count', target: press.count }, () =>
      page.keyboard.press(press.key),
    );
  }
  await field.fill('');
  // Like a key, a click comes to a page at rest: what follows the last one is none of its own time.
  for (let round = 0; round < rounds; round += 1) {
    const column = round % 2 === 0 ? 'Product and agreement' : 'Buyer';
    await page.evaluate(`settled('rows')`);
    await take(times.sortMs, { event: 'click', what: 'rows' }, () =>
      page.getByRole('button', { name: column, exact: true }).dispatchEvent('click'),
    );
  }
  for (let round = 0; round < rounds; round += 1) {
    await page.evaluate(`settled('rows')`);
    await take(times.pageMs, { event: 'click', what: 'rows' }, () =>
      page.getByRole('button', { name: 'Next page' }).dispatchEvent('click'),
    );
  }
  return times;
}

interface KeyPress {
  readonly before: string;
  readonly key: string;
  /** What the page says of how many are left then. */
  readonly count: string;
}

/** Tried beforehand: a key that leaves as many contracts as before would be waited for in vain. */
async function keysThatNarrow(page: Page): Promise<readonly KeyPress[]> {
  const found: KeyPress[] = [];
  for (const text of searched) {
    await page.getByRole('searchbox').fill('');
    let before = (await page.evaluate(`settled('count')`)) as string;
    for (let at = 0; at < text.length; at += 1) {
      const key = text.charAt(at);
      await page.keyboard.press(key === ' ' ? 'Space' : key);
      const count = (await page.evaluate(`settled('count')`)) as string;
      if (count !== before) found.push({ before: text.slice(0, at), key, count });
      before = count;
    }
  }
  return found;
}
