/** The ways a call can take from a page to the core. Each gives the parsed answer, as the page gets it. */
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CallName } from '../../../src/contract/calls.ts';
import { startLoopback } from '../../../src/main/hosts/loopback/server.ts';
import type { ComposedApp } from './composed-app.ts';

export interface Way {
  /** As it stands in the name of a row: `through …`. */
  readonly name: string;
  readonly call: (name: CallName, input: unknown) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** No host at all: what every host must call in the end. */
export function inProcess({ dispatch }: ComposedApp): Way {
  return { name: 'in-process dispatch', call: dispatch, close: async () => undefined };
}

/** The browser host: HTTP, gate, session and JSON on both sides, on a connection that stays open as a browser keeps it. */
export async function throughLoopback(app: ComposedApp, pageDir: string): Promise<Way> {
  const { dispatch, hub, downloads, uploads, incidents, now } = app;
  const host = await startLoopback({ dispatch, hub, downloads, uploads, incidents, now, pageDir, port: 0 });
  const agent = new Agent({ keepAlive: true });
  const entered = request(host.newLaunchAddress(), { agent }).end();
  const [answer] = await once(entered, 'response');
  answer.resume();
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const headers = { 'sec-fetch-site': 'same-origin', origin: host.origin, cookie };
  return {
    name: 'the loopback host',
    call: (name, input) => post(`${host.origin}/api/${name}`, { agent, headers }, JSON.stringify(input)),
    close: async () => {
      agent.destroy();
      await host.close();
    },
  };
}

/** The least that HTTP costs: a bare server in front of the same core, which lets anyone in. */
export async function throughBareHttp({ dispatch }: ComposedApp): Promise<Way> {
  const server = createServer(async (incoming, response) => {
    const answer = await dispatch(incoming.url?.slice(1), JSON.parse(await text(incoming)));
    const body = JSON.stringify(answer);
    response
      .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) })
      .end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  return {
    name: 'bare node:http',
    call: (name, input) =>
      post(`http://127.0.0.1:${port}/${name}`, { agent, headers: {} }, JSON.stringify(input)),
    close: async () => {
      agent.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

interface Sent {
  readonly agent: Agent;
  readonly headers: Readonly<Record<string, string>>;
}

async function post(url: string, { agent, headers }: Sent, body: string): Promise<unknown> {
  const sent = request(url, {
    method: 'POST',
    agent,
    headers: {
      ...headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    },
  });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  return JSON.parse(await text(answer));
}
