/** The real loopback server on fake handlers, and a raw HTTP client that can say what no browser lets a page say. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Handlers } from '../../src/contract/api.ts';
import { createDispatch, type Dispatch } from '../../src/main/dispatch/dispatch.ts';
import { createEventHub, type EventHub } from '../../src/main/dispatch/event-hub.ts';
import { createDownloads, type Downloads } from '../../src/main/hosts/loopback/downloads.ts';
import { type LoopbackHost, startLoopback } from '../../src/main/hosts/loopback/server.ts';
import { createUploads, type Uploads } from '../../src/main/hosts/loopback/uploads.ts';
import { fakeHandlers } from '../fakes/fake-handlers.ts';
import { createMemoryIncidentLog, type MemoryIncidentLog } from '../fakes/memory-incident-log.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface LoopbackFixture {
  readonly host: LoopbackHost;
  readonly port: number;
  readonly hub: EventHub;
  readonly dispatch: Dispatch;
  readonly downloads: Downloads;
  readonly uploads: Uploads;
  readonly incidents: MemoryIncidentLog;
  /** Sends exactly these headers, with Host added when it is not among them. */
  readonly send: (options: SendOptions) => Promise<Answer>;
  /** Trades a new launch code and gives the cookie. */
  readonly signIn: () => Promise<string>;
  readonly passTime: (ms: number) => void;
  readonly close: () => Promise<void>;
}

export interface SendOptions {
  readonly method?: string;
  readonly path: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Starts on a free port with a page of two files, `index.html` and `assets/a.js`, and a file beside it that nobody may read. */
export async function startLoopbackFixture(handlers: Partial<Handlers> = {}): Promise<LoopbackFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'usage-desk-loopback-'));
  const pageDir = join(folder, 'renderer');
  mkdirSync(join(pageDir, 'assets'), { recursive: true });
  writeFileSync(join(pageDir, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(pageDir, 'assets', 'a.js'), 'export {};');
  writeFileSync(join(folder, 'secret.js'), 'secret');

  let time = 0;
  const now = (): number => time;
  const hub = createEventHub();
  const incidents = createMemoryIncidentLog();
  const downloads = createDownloads({ now });
  const uploads = createUploads({ now });
  const dispatch = createDispatch(fakeHandlers(handlers), incidents, { checkAnswers: true });
  const host = await startLoopback({ dispatch, hub, downloads, uploads, incidents, pageDir, port: 0, now });
  const port = Number(new URL(host.origin).port);
  const send = (options: SendOptions): Promise<Answer> => exchange(port, options);

  return {
    ...{ host, port, hub, dispatch, downloads, uploads, incidents, send },
    signIn: async () => {
      const { pathname, search } = new URL(host.newLaunchAddress());
      const { headers } = await send({ path: pathname + search });
      return headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    },
    passTime: (ms) => {
      time += ms;
    },
    close: async () => {
      await host.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function exchange(port: number, { method = 'GET', path, headers = {}, body }: SendOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
