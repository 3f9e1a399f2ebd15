/** The list in a page of the built browser host: how soon it is there, what a key, a sort and a page cost, and what it keeps in memory. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { startChild } from '../../support/child-process.ts';

const entry = resolve(import.meta.dirname, '../../../out/main/serve.js');

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
    const times = await measure(page, options.rounds);
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
 * In the page: times from an input event to the second frame after the given text of the page has changed. The first frame carries the change, the
 * second begins when it was painted.
 */
const timer = `(() => {
  const text = {
    frame: () => '' + performance.now(),
    count: () => document.querySelector('.filter-text')?.textContent ?? '',
    rows: () => document.querySelector('tbody')?.textContent ?? '',
  };
  globalThis.timed = (event, what) => {
    const before = text[what]();
    globalThis.lastTime = new Promise((done) => {
      document.addEventListener(event, () => {
        const startedMs = performance.now();
        const look = () => {
          if (text[what]() === before) return requestAnimationFrame(look);
          requestAnimationFrame(() => done(performance.now() - startedMs));
        };
        requestAnimationFrame(look);
      }, { once: true, capture: true });
    });
  };
})()`;

const searched = 'kestrel observability cloud';

async function measure(page: Page, rounds: number) {
  const times = {
    frameMs: [] as number[],
    keyMs: [] as number[],
    sortMs: [] as number[],
    pageMs: [] as number[],
  };
  if (rounds === 0) return times;
  const take = async (
    list: number[],
    event: string,
    what: string,
    act: () => Promise<void>,
  ): Promise<void> => {
    await page.evaluate(`timed('${event}', '${what}')`);
    await act();
    list.push((await page.evaluate('lastTime')) as number);
  };
  const field = page.getByRole('searchbox');
  await field.click();
  for (let round = 0; round < rounds; round += 1) {
    const text = searched.slice(0, 1 + (round % 8));
    await take(times.frameMs, 'keydown', 'frame', () => page.keyboard.press('Shift'));
    await field.fill(text.slice(0, -1));
    await page.waitForTimeout(150);
    const key = text.at(-1) ?? 'k';
    // A letter that leaves as many as before changes no count: a digit always does.
    const differing = round % 2 === 0 ? String(round % 10) : key;
    if (await changesCount(page, text.slice(0, -1), differing))
      await take(times.keyMs, 'keydown', 'count', () => page.keyboard.press(differing));
  }
  await field.fill('');
  for (let round = 0; round < rounds; round += 1) {
    const column = round % 2 === 0 ? 'Product and agreement' : 'Buyer';
    await take(times.sortMs, 'click', 'rows', () =>
      page.getByRole('button', { name: column, exact: true }).dispatchEvent('click'),
    );
  }
  for (let round = 0; round < rounds; round += 1)
    await take(times.pageMs, 'click', 'rows', () =>
      page.getByRole('button', { name: 'Next page' }).dispatchEvent('click'),
    );
  return times;
}

/** Tries the key beforehand: one that leaves as many contracts as before would be waited for in vain. */
async function changesCount(page: Page, text: string, key: string): Promise<boolean> {
  const count = () => page.evaluate(`document.querySelector('.filter-text').textContent`);
  const field = page.getByRole('searchbox');
  const before = await count();
  await field.fill(`${text}${key}`);
  await page.waitForTimeout(150);
  const after = await count();
  await field.fill(text);
  await page.waitForTimeout(150);
  return before !== after;
}
