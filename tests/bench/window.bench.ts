/**
 * The desktop window on the stand-in for Electron: how soon it paints anything, and how soon the app's own first screen stands there, both against
 * an empty page in the same window; and what a call of its page costs through the bridge, against the same call of a page of the loopback host. Calls are timed inside the pages. The bridge of
 * real Electron is another, so the last row tells of the stand-in and of both hosts' own code.
 * `node tests/bench/window.bench.ts` prints the table; `--quick` makes fewer rounds.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { startApp } from '../browser/support/running-app.ts';
import { createGuard } from '../e2e/support/guarded-page.ts';
import { startShell } from '../shell/support/shell-process.ts';
import { type BenchRow, formatTable } from './support/bench-row.ts';
import { alternate, toRow } from './support/measure.ts';

const aim = 1.5;
const emptyAddress = 'app://usage-desk/empty';
const emptyPage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body>Empty</body></html>';

/** Milliseconds from the start of the navigation to the first frame with something in it. */
function firstPaintMs(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done) => {
    new PerformanceObserver((list) => {
      const found = list.getEntriesByName('first-contentful-paint')[0];
      if (found) done(found.startTime);
    }).observe({ type: 'paint', buffered: true });
  })`);
}

/** Runs in every document: notes when the frame with the heading of the app's first screen was drawn. What the document paints before its code runs has none. */
const noteContent = `new MutationObserver((_changes, observer) => {
  if (document.querySelector('h1') === null) return;
  observer.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.firstContentMs = performance.now(); }));
}).observe(document, { childList: true, subtree: true });`;

/** Milliseconds from the start of the navigation to the app's first screen. */
function firstContentMs(page: Page): Promise<number> {
  return page.evaluate(`new Promise((done) => {
    const look = () => {
      if (window.firstContentMs === undefined) setTimeout(look, 10);
      else done(window.firstContentMs);
    };
    look();
  })`);
}

/** Milliseconds of one `system.status`, the mean of a hundred in a row. `ask` is its source in the page. */
function callMs(page: Page, ask: string): Promise<number> {
  return page.evaluate(`(async () => {
    const ask = ${ask};
    const started = performance.now();
    for (let round = 0; round < 100; round += 1) {
      const answer = await ask();
      if (!answer.ok) throw new Error(JSON.stringify(answer));
    }
    return (performance.now() - started) / 100;
  })()`);
}

const throughBridge = `() => usageDesk.call('system.status', {})`;
const throughFetch = `async () => (await fetch('/api/system.status', {
  method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}',
})).json()`;

/** Needs the build in `out`. Less than a minute. */
export async function run({
  quick = false,
}: {
  readonly quick?: boolean;
} = {}): Promise<readonly BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-bench-'));
  mkdirSync(join(folder, 'home'));
  const shell = startShell({
    args: ['--practice', '--data-dir', join(folder, 'shell')],
    env: { STAND_IN_HOME: join(folder, 'home') },
    guard: createGuard(),
  });
  const loopback = await startApp({ dataDir: join(folder, 'loopback') });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
  });
  try {
    const window = await shell.page();
    const home = window.url();
    await shell.order('plant-page', { address: emptyAddress, html: emptyPage });
    await window.waitForURL('**/empty');
    await window.addInitScript({ content: noteContent });
    const paints = await alternate({
      rounds: quick ? 5 : 15,
      warmUp: 2,
      value: async () => {
        await window.goto(home);
        return { paint: await firstPaintMs(window), content: await firstContentMs(window) };
      },
      baseline: async () => {
        await window.goto(new URL('/empty', home).href);
        return await firstPaintMs(window);
      },
    });
    await window.goto(home);
    const other = await browser.newPage();
    await other.goto(loopback.launchAddress);
    const calls = await alternate({
      rounds: quick ? 5 : 15,
      warmUp: 1,
      value: () => callMs(window, throughBridge),
      baseline: () => callMs(other, throughFetch),
    });
    return [
      toRow(
        { name: 'window to first paint, to an empty page', aim },
        paints.values.map(({ paint }) => paint),
        paints.baselines,
      ),
      toRow(
        { name: 'window to the app’s own first screen, to the first paint of an empty page' },
        paints.values.map(({ content }) => content),
        paints.baselines,
      ),
      toRow(
        { name: 'system.status of a page through the stand-in’s bridge, to fetch over loopback' },
        calls.values,
        calls.baselines,
      ),
    ];
  } finally {
    await browser.close();
    await loopback.stop();
    await shell.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

if (import.meta.main) {
  const rows = await run({ quick: process.argv.includes('--quick') });
  process.stdout.write(`${formatTable(rows)}\n`);
  process.exit();
}
