/** Debian's Chromium for the windows of this process: one browser, started with the first window, ended with the process. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Not even a name is looked up: what a shell lets through fails here.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // Specs attach to the same browser through this port of loopback.
  '--remote-debugging-port=0',
];

let started: Promise<BrowserContext> | null = null;
let userDataDir: string | null = null;

export function browserContext(): Promise<BrowserContext> {
  started ??= start();
  return started;
}

async function start(): Promise<BrowserContext> {
  // Under the folder of the test where there is one, so that it goes with it even after a SIGKILL.
  userDataDir = mkdtempSync(join(process.env.STAND_IN_HOME ?? tmpdir(), 'usage-desk-chromium-'));
  return await chromium.launchPersistentContext(userDataDir, {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args,
    env: { ...process.env, PATH: `${deadEnd(userDataDir)}${delimiter}${process.env.PATH}` },
    viewport: null,
    locale: 'en-GB',
    timezoneId: process.env.TZ ?? 'UTC',
    // The shell's own handlers of these end the browser in their own time.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
}

/**
 * Chromium itself would hand addresses such as `mailto:` to the system, past the shell. Electron asks the session's permission
 * handlers for `openExternal` there; here that way ends in a program that does nothing.
 */
function deadEnd(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'xdg-open'), '#!/bin/sh\nexit 0\n');
  chmodSync(join(bin, 'xdg-open'), 0o755);
  return bin;
}

/** Where a spec can attach by `chromium.connectOverCDP`. */
export async function debuggingAddress(): Promise<string> {
  await browserContext();
  const [port] = readFileSync(join(userDataDir ?? '', 'DevToolsActivePort'), 'utf8').split('\n');
  return `http://127.0.0.1:${port}`;
}

export async function endChromium(): Promise<void> {
  const context = await started?.catch(() => null);
  await context?.close().catch(() => undefined);
  if (userDataDir !== null) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 3 });
}
