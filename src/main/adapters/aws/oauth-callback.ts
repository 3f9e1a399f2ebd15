import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** The path that AWS's own CLI registers; other redirect addresses are not known to work. */
export const callbackPath = '/oauth/callback';

export type CallbackOutcome =
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string }
  | { readonly kind: 'state-mismatch' }
  | { readonly kind: 'timed-out' };

export interface OauthCallback {
  /** Where the browser comes back to: loopback, with this server's own port. */
  readonly redirectUri: string;
  /** The first answer that the browser brought, or that none came in time. Rejects with the signal's reason on abort. */
  readonly outcome: Promise<CallbackOutcome>;
  /** Ends the server. A reload of the last page is answered a little longer, unless `atOnce`. */
  readonly close: (atOnce: boolean) => void;
}

export interface OauthCallbackOptions {
  /** The random value that the authorize address carries; the browser must bring the same back. */
  readonly state: string;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

const lingerMs = 5_000;

/**
 * Listens once for the browser's return from a sign-in page, on 127.0.0.1 only and on a port that the system picks.
 * Rejects when no port can be had. https://datatracker.ietf.org/doc/html/rfc8252#section-7.3
 */
export async function listenForCallback(options: OauthCallbackOptions): Promise<OauthCallback> {
  const first = Promise.withResolvers<CallbackOutcome>();
  // Whoever waits learns of an abort; that nobody waits yet is no defect.
  first.promise.catch(() => undefined);
  let taken = false;
  let origin = '';
  const server = createServer((request, response) => {
    const answer = judge(request, origin, options.state);
    if (answer.kind === 'not-ours') return void sendPage(response, answer.status, pages.notOurs);
    if (taken) return void sendPage(response, 410, pages.again);
    taken = true;
    sendPage(response, answer.kind === 'code' ? 200 : 400, pages[answer.kind]);
    first.resolve(answer);
  });
  server.listen({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve);
    server.once('error', reject);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  origin = `http://127.0.0.1:${port}`;
  server.unref();

  const timeout = setTimeout(() => first.resolve({ kind: 'timed-out' }), options.waitMs);
  const end = (): void => {
    clearTimeout(timeout);
    server.close();
    server.closeAllConnections();
  };
  const onAbort = (): void => {
    first.reject(options.signal.reason);
    end();
  };
  if (options.signal.aborted) onAbort();
  options.signal.addEventListener('abort', onAbort, { once: true });
  return {
    redirectUri: `${origin}${callbackPath}`,
    outcome: first.promise,
    close: (atOnce) => {
      clearTimeout(timeout);
      options.signal.removeEventListener('abort', onAbort);
      if (atOnce) end();
      else setTimeout(end, lingerMs).unref();
    },
  };
}

type Judgement =
  | Exclude<CallbackOutcome, { kind: 'timed-out' }>
  | { readonly kind: 'not-ours'; readonly status: number };

function judge(request: IncomingMessage, origin: string, expectedState: string): Judgement {
  // A page elsewhere whose name was made to point to this computer sends its own name as Host.
  if (request.headers.host !== new URL(origin).host) return { kind: 'not-ours', status: 403 };
  if (!URL.canParse(request.url ?? '', origin)) return { kind: 'not-ours', status: 400 };
  const url = new URL(request.url ?? '', origin);
  if (url.pathname !== callbackPath) return { kind: 'not-ours', status: 404 };
  if (request.method !== 'GET') return { kind: 'not-ours', status: 405 };
  const code = url.searchParams.get('code');
  const error = url.searchParams.get('error');
  if (code === null && error === null) return { kind: 'not-ours', status: 400 };
  if (!sameText(url.searchParams.get('state') ?? '', expectedState)) return { kind: 'state-mismatch' };
  if (error !== null || code === null) {
    const description = url.searchParams.get('error_description') ?? '';
    return { kind: 'refused', error: (error ?? '').slice(0, 100), description: description.slice(0, 300) };
  }
  return { kind: 'code', code };
}

function sameText(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const pages = {
  code: ['AWS has let you in', 'Usage Desk goes on by itself. You can close this tab.'],
  refused: [
    'The sign-in was not allowed',
    'Nothing was changed. Usage Desk says what to do next. You can close this tab.',
  ],
  'state-mismatch': [
    'This page belongs to another sign-in',
    'For safety it was not used. Start the sign-in again in Usage Desk. You can close this tab.',
  ],
  again: [
    'This sign-in is already over',
    'The page works once. Go back to Usage Desk; you can close this tab.',
  ],
  notOurs: ['Nothing is here', 'You can close this tab.'],
} as const satisfies Record<string, readonly [string, string]>;

const pageStyle =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:18vh auto;padding:0 1.5rem;color:#16191f;background:#fff}' +
  'h1{font-size:1.5rem;margin:0 0 .5rem}@media(prefers-color-scheme:dark){body{color:#e9ebed;background:#0f1b2a}}';

const styleHash = `sha256-${createHash('sha256').update(pageStyle).digest('base64')}`;

/** Fixed text only: nothing of the request is ever put into the page. */
function sendPage(response: ServerResponse, status: number, page: readonly [string, string]): void {
  const [title, words] = page;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${pageStyle}</style></head><body><main><h1>${title}</h1><p>${words}</p></main></body></html>`;
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    // The style is allowed by its hash alone; no script, no request, no frame.
    'content-security-policy': `default-src 'none'; style-src '${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
  });
  response.end(html);
}
