/** The browser host's server: the page, the calls and the events on one loopback port, every request through the gate. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { err, type Result } from '../../../contract/result.ts';
import type { IncidentLog } from '../../core/ports.ts';
import type { Dispatch } from '../../dispatch/dispatch.ts';
import type { EventHub } from '../../dispatch/event-hub.ts';
import { securityHeaders } from '../security-headers.ts';
import { contentDisposition, type Downloads } from './downloads.ts';
import { createEventStreams, type EventStreams } from './event-stream.ts';
import { decide, type RefusalReason, type Route } from './gate.ts';
import { launchRefusedPage } from './launch-page.ts';
import { readBody } from './read-body.ts';
import { factsOf } from './request-facts.ts';
import { createSessions, type Sessions } from './session.ts';
import { servePageFile } from './static-files.ts';
import type { Uploads } from './uploads.ts';

export interface LoopbackOptions {
  readonly dispatch: Dispatch;
  readonly hub: EventHub;
  readonly downloads: Downloads;
  readonly uploads: Uploads;
  readonly incidents: IncidentLog;
  /** Folder of the built page. */
  readonly pageDir: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Milliseconds that only ever grow; their start does not matter. */
  readonly now: () => number;
  readonly heartbeatMs?: number;
}

export interface LoopbackHost {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** A new address that lets one browser in, once and within two minutes. A secret until it was used. */
  readonly newLaunchAddress: () => string;
  /** Ends event streams at once and calls that are out after a moment; then the port is free. */
  readonly close: () => Promise<void>;
}

/** Far above the largest input of the contract, a hundred lines. */
export const maxBodyBytes = 1_000_000;
/** A ledger of some ten million records. */
export const maxUploadBytes = 8 * 1024 ** 3;
/** Of one request as a whole: a large file on a slow disk takes its time. */
const requestTimeoutMs = 10 * 60_000;
const headersTimeoutMs = 30_000;
const closeGraceMs = 1_000;

interface Context extends LoopbackOptions {
  readonly boundPort: number;
  readonly sessions: Sessions;
  readonly streams: EventStreams;
}

/** Starts on 127.0.0.1 and nowhere else. Rejects with Node's own error when the port is taken. */
export async function startLoopback(options: LoopbackOptions): Promise<LoopbackHost> {
  const server = createServer({
    maxHeaderSize: 16_384,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  const context: Context = {
    ...options,
    boundPort: address.port,
    sessions: createSessions({ now: options.now, port: address.port }),
    streams: createEventStreams(
      options.hub,
      options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs },
    ),
  };
  server.on('request', (request, response) => {
    answer(context, request, response).catch((cause: unknown) => {
      // A page that went away in the middle of an answer is no defect.
      if (!response.closed && !response.destroyed) options.incidents.report(cause, 'loopback answer');
      if (response.headersSent) response.destroy();
      else response.writeHead(500, securityHeaders).end();
    });
  });
  // Nothing here speaks another protocol or tunnels.
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());

  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    newLaunchAddress: () => `${origin}/launch?code=${context.sessions.issueCode()}`,
    close: () =>
      new Promise((resolve) => {
        context.streams.close();
        const cut = setTimeout(() => server.closeAllConnections(), closeGraceMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

async function answer(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const facts = factsOf(request, context.sessions.has(request.headers.cookie));
  const decision = decide(facts, { port: context.boundPort, maxBodyBytes, maxUploadBytes });
  if (!decision.allow) {
    refuse(response, decision.status, decision.reason);
    return;
  }
  await serve(context, decision.route, request, response);
}

async function serve(
  context: Context,
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  switch (route.kind) {
    case 'page':
      if (!(await servePageFile(context.pageDir, route.path, response, securityHeaders))) {
        sendText(response, 404, 'text/plain', 'There is nothing here.\n');
      }
      return;
    case 'launch':
      return launch(context, route, response);
    case 'events':
      return context.streams.open(response, securityHeaders);
    case 'download':
      return download(context, route.id, response);
    case 'upload':
      return upload(context, route.id, request, response);
    case 'call':
      return call(context, route.name, request, response);
  }
}

async function launch(
  context: Context,
  { code, fromOtherSite }: Extract<Route, { kind: 'launch' }>,
  response: ServerResponse,
): Promise<void> {
  const trade = context.sessions.trade(code, { fromOtherSite });
  if (trade.kind === 'session') {
    response
      .writeHead(303, {
        ...securityHeaders,
        'set-cookie': trade.setCookie,
        location: '/',
        'cache-control': 'no-store',
      })
      .end();
    return;
  }
  if (trade.kind === 'refused') await pause(trade.delayMs, undefined, { ref: false });
  sendText(response, trade.kind === 'stopped' ? 429 : 403, 'text/html', launchRefusedPage(trade.kind));
}

async function download(context: Context, id: string, response: ServerResponse): Promise<void> {
  const file = context.downloads.take(id);
  if (file === null) {
    sendText(
      response,
      404,
      'text/plain',
      'This file was fetched already, or its time is over. Export it again.\n',
    );
    return;
  }
  response.writeHead(200, {
    ...securityHeaders,
    'content-type': file.mediaType,
    'content-disposition': contentDisposition(file.fileName),
    'cache-control': 'no-store',
  });
  // A failure on the way breaks the connection, so that the browser does not take half a file for a whole one.
  await pipeline(Readable.from(file.chunks), response);
}

async function upload(
  context: Context,
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const receive = context.uploads.take(id);
  const answered =
    receive === null
      ? err({ kind: 'not-possible-now' as const, detail: 'the file was sent already, or its time is over' })
      : await receive({
          fileName: fileNameOf(request.headers['x-file-name']),
          bytes: Number(request.headers['content-length']),
          chunks: request.iterator({ destroyOnReturn: false }),
        });
  // A browser hears an answer only once it has sent all of its file.
  for await (const _ of request.iterator({ destroyOnReturn: false }));
  sendResult(response, 200, answered);
}

/** Only a name, and only to be shown and read: nothing is ever opened by it. */
function fileNameOf(header: string | readonly string[] | undefined): string {
  try {
    return decodeURIComponent(typeof header === 'string' ? header : '').slice(0, 255) || 'file';
  } catch {
    return 'file';
  }
}

async function call(
  context: Context,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, maxBodyBytes);
  if (body === null) return refuse(response, 413, 'too-large');
  const input = parseJson(body);
  if (input === notJson) {
    sendResult(response, 400, err({ kind: 'invalid-input', issues: [{ path: '', problem: 'not_json' }] }));
    return;
  }
  const result = await context.dispatch(name, input);
  sendResult(response, statusOf(result), result);
}

const notJson = Symbol('not JSON');

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return notJson;
  }
}

/** Expected failures are answers like any other; only what our own page never causes is an HTTP error too. */
function statusOf(result: Result<unknown>): number {
  if (result.ok) return 200;
  switch (result.error.kind) {
    case 'unknown-call':
      return 404;
    case 'invalid-input':
      return 400;
    default:
      return 200;
  }
}

function refuse(response: ServerResponse, status: number, reason: RefusalReason): void {
  response.setHeader('x-refused', reason);
  // What is still coming of a refused request is not worth reading.
  response.setHeader('connection', 'close');
  sendResult(
    response,
    status,
    reason === 'too-large' || reason === 'not-json'
      ? err({ kind: 'invalid-input', issues: [{ path: '', problem: reason.replace('-', '_') }] })
      : err({ kind: 'forbidden' }),
  );
}

function sendResult(response: ServerResponse, status: number, result: Result<unknown>): void {
  sendText(response, status, 'application/json', JSON.stringify(result));
}

function sendText(response: ServerResponse, status: number, mediaType: string, text: string): void {
  response
    .writeHead(status, {
      ...securityHeaders,
      'content-type': `${mediaType}; charset=utf-8`,
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
    })
    .end(text);
}
