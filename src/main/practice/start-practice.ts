import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createDefaultWorld } from './default-world.ts';
import { createOperations, type Operation, operationKey } from './operations.ts';
import { createPracticeClock } from './practice-clock.ts';
import { BodyTooLarge, type PracticeRequest, readRequest } from './practice-request.ts';
import { createPracticeState, type PracticeState } from './practice-state.ts';
import { type Reply, serveOperation } from './serve-operation.ts';
import { servePage } from './serve-pages.ts';
import { serveSteering } from './steering.ts';
import { parseWorld } from './world-store.ts';

export interface PracticeOptions {
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Agreements of the first seller in the default world; 40 if not given. */
  readonly agreements?: number;
  /** Seed of the default world; 1 if not given. */
  readonly seed?: number;
  /** World JSON in the place of the default one. Checked; see `createWorldSchema`. */
  readonly world?: unknown;
  /** Shift of the clock from the beginning, so that the world is made around another instant. 0 if not given. */
  readonly shiftMs?: number;
  /** Called when the clock's shift changes, so that an app started in practice lives at the same instant. */
  readonly onShift?: (shiftMs: number) => void;
}

export interface PracticeAws {
  /** `http://127.0.0.1:PORT`, no trailing slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the simulated AWS on 127.0.0.1. Rejects when the port is taken or the world can't be used; the error's message
 * says why in words.
 */
export async function startPracticeAws(options: PracticeOptions = {}): Promise<PracticeAws> {
  const clock = createPracticeClock({
    shiftMs: options.shiftMs ?? 0,
    onShift: options.onShift ?? (() => undefined),
  });
  const nowMs = clock.nowMs();
  const world =
    options.world === undefined
      ? createDefaultWorld({ agreements: options.agreements ?? 40, seed: options.seed ?? 1, nowMs })
      : parseWorld(options.world, nowMs);
  const state = createPracticeState(clock, world);
  const operations = createOperations(state);
  const server = createServer((incoming, response) => {
    answer(state, operations, incoming, response).catch((error: unknown) => {
      // A defect of this server, told apart from anything that AWS would say.
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`The practice AWS failed: ${error instanceof Error ? error.stack : String(error)}\n`);
    });
  });
  // Idle connections stay open as long as a client cares to keep them.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('The practice AWS got no port.');
  state.address.url = `http://127.0.0.1:${bound.port}`;
  return {
    url: state.address.url,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  state: PracticeState,
  operations: ReadonlyMap<string, Operation>,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const refusal = refuse(state, incoming);
  const reply =
    refusal ??
    (await readRequest(incoming).then(
      (request) => route(state, operations, request),
      (error: unknown): Reply => {
        if (!(error instanceof BodyTooLarge)) throw error;
        return plain(413, error.message);
      },
    ));
  if (reply.kind === 'hang') return;
  if (reply.kind === 'cut') {
    incoming.socket.resetAndDestroy();
    return;
  }
  const date = new Date(state.clock.awsNowMs()).toUTCString();
  response.writeHead(reply.status, {
    date,
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
    ...(refusal ? { connection: 'close' } : {}),
  });
  response.end(reply.body);
}

async function route(
  state: PracticeState,
  operations: ReadonlyMap<string, Operation>,
  request: PracticeRequest,
): Promise<Reply> {
  const steered = serveSteering(state, request) ?? servePage(state, request);
  if (steered) return steered;
  const operation = operations.get(operationKey(request));
  if (operation) return serveOperation(state, operation, request);
  return {
    kind: 'answer',
    status: 404,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
      'x-amzn-errortype': 'UnknownOperationException',
    },
    body: JSON.stringify({
      __type: 'UnknownOperationException',
      message: `The practice AWS does not know ${operationKey(request)}.`,
    }),
  };
}

const plain = (status: number, message: string): Reply => ({
  kind: 'answer',
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: `${message}\n`,
});

/**
 * A page in the person's browser must neither steer nor read this server: another Host is a rebound name, another
 * Origin a foreign page. Clients of AWS send no Origin.
 */
function refuse(state: PracticeState, incoming: IncomingMessage): Reply | undefined {
  const { port } = new URL(state.address.url);
  const names = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!names.includes(incoming.headers.host ?? '')) {
    return plain(403, 'This server answers to its own loopback address only.');
  }
  const { origin } = incoming.headers;
  if (origin !== undefined && !names.some((name) => origin === `http://${name}`)) {
    return plain(403, 'Pages of other origins are not served.');
  }
  return undefined;
}
