/**
 * The whole app outside practice in this process, behind a company's proxy with a password, its AWS the practice one; of which all is kept that leaves it:
 * for the page, for the person's browser, into files. What passes between it and AWS teaches the canaries.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile, writeFile } from 'node:fs/promises';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { vi } from 'vitest';
import type { CallInput, CallName, CallOutput } from '../../../src/contract/calls.ts';
import { ok, type Result } from '../../../src/contract/result.ts';
import { createIncidentLog } from '../../../src/main/adapters/system/incident-log.ts';
import { compose } from '../../../src/main/compose.ts';
import { createDispatch } from '../../../src/main/dispatch/dispatch.ts';
import { createEventHub } from '../../../src/main/dispatch/event-hub.ts';
import { createDownloads } from '../../../src/main/hosts/loopback/downloads.ts';
import { startLoopback } from '../../../src/main/hosts/loopback/server.ts';
import { createUploads } from '../../../src/main/hosts/loopback/uploads.ts';
import { decide, decideCode, startBench } from '../../integration/aws/practice-bench.ts';
import { startCorporateNetwork } from '../../support/corporate-network.ts';
import { createCanaries } from './canaries.ts';
import { type LeftByLogin, writeMarkedProfiles } from './marked-profiles.ts';

export type WatchedApp = Awaited<ReturnType<typeof startWatchedApp>>;

export async function startWatchedApp() {
  const canaries = createCanaries();
  const bench = await startBench();
  const corporate = await startCorporateNetwork(bench.url, canaries.learn);
  const root = mkdtempSync(join(tmpdir(), 'usage-desk-watched-'));
  const dataDir = join(root, 'data');
  mkdirSync(dataDir);
  const authorityPath = join(root, 'authority.pem');
  writeFileSync(authorityPath, corporate.authority);
  const proxyPassword = 'proxy-canary-7Hq2Wm9Zt4Lc8Rv1';
  corporate.setPassword(proxyPassword);
  canaries.plant(proxyPassword);
  const settings = {
    AWS_ENDPOINT_URL: corporate.awsUrl,
    HTTPS_PROXY: corporate.proxyUrl.replace('proxy-canary', proxyPassword),
    AWS_CA_BUNDLE: authorityPath,
    ...(await writeMarkedProfiles({
      ...{ home: bench.home, canaries },
      left: (await bench.steer('POST', 'console-sign-ins', {})) as LeftByLogin,
    })),
  };
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);

  const toPage: Buffer[] = [];
  const toBrowser: Buffer[] = [];
  const logPath = join(dataDir, 'usage-desk.log');
  const incidents = createIncidentLog({ path: logPath });
  const hub = createEventHub();
  const now = (): number => performance.now();
  const downloads = createDownloads({ now });
  const uploads = createUploads({ now });
  const app = await compose({
    appVersion: '0.0.0-test',
    practice: false,
    dataDir,
    logPath,
    hub,
    incidents,
    tuning: { firstSearchPauseMs: 5, trailLookupsPerSecond: 50 },
    host: {
      capabilities: { save: 'download', openBrowser: true, asksBeforeClosing: false },
      save: downloads,
      files: uploads,
      browser: { open: answerInBrowser },
      practice: { start: () => Promise.resolve(ok({ kind: 'restarting' })) },
    },
  });
  mkdirSync(join(root, 'page'));
  writeFileSync(join(root, 'page', 'index.html'), '<!doctype html>');
  const server = await startLoopback({
    ...{
      dispatch: createDispatch(app.handlers, incidents, { checkAnswers: true }),
      hub,
      downloads,
      uploads,
      incidents,
    },
    ...{ pageDir: join(root, 'page'), port: 0, now },
  });

  /** The person's own browser has network settings of its own, and allows what it is asked. */
  async function answerInBrowser(url: string): Promise<boolean> {
    toBrowser.push(Buffer.from(url));
    const address = url.replace(corporate.awsUrl, bench.url);
    const decided = address.includes('user_code') ? decideCode(address, 'allow') : decide(address, 'allow');
    toBrowser.push(Buffer.from(await (await decided).text()));
    return true;
  }

  const entered = await send(server.newLaunchAddress(), {});
  const headers = {
    ...{ 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', origin: server.origin },
    cookie: entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
  };
  const stream = await send(`${server.origin}/events`, { headers });
  stream.on('data', (part: Buffer) => toPage.push(part));
  stream.on('error', () => undefined);

  async function fetchAll(path: string, options: RequestOptions = {}, body?: string): Promise<Buffer> {
    const answer = await send(`${server.origin}${path}`, { headers, ...options }, body);
    const content = await buffer(answer);
    toPage.push(Buffer.from(JSON.stringify(answer.headers)), content);
    return content;
  }

  const called = new Set<string>();
  async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    called.add(name);
    const content = await fetchAll(`/api/${name}`, { method: 'POST' }, JSON.stringify(input));
    // The host answers with the result of this very call.
    return JSON.parse(content.toString('utf8')) as Result<CallOutput<N>>;
  }

  /** Looks again whenever the core says that something moved. */
  async function until<T>(look: () => Promise<T | null>): Promise<T> {
    for (;;) {
      const moved = Promise.withResolvers<void>();
      const stop = hub.subscribe(() => moved.resolve());
      const found = await look();
      if (found === null) await moved.promise;
      stop();
      if (found !== null) return found;
    }
  }

  return {
    ...{ canaries, bench, dataDir, logPath, call, until },
    /** The names of the calls that were made. */
    called: (): ReadonlySet<string> => called,
    fetchFile: fetchAll,
    appendToLog: (text: string) => appendFile(logPath, text),
    writeToken: (path: string, text: string) => writeFile(path, text),
    outgoing: () =>
      new Map([
        ['page', Buffer.concat(toPage)],
        ['browser', Buffer.concat(toBrowser)],
      ]),
    /** The hosts for which the proxy was asked. */
    tunnels: (): ReadonlySet<string> => new Set(corporate.tunnels),
    awsHost: new URL(corporate.awsUrl).host,
    stop: async () => {
      await server.close();
      await app.close();
      vi.unstubAllEnvs();
      await corporate.close();
      await bench.stop();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function send(url: string, options: RequestOptions, body?: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = request(url, options, resolve);
    asked.on('error', reject);
    asked.end(body);
  });
}
