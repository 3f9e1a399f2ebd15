/** A company's network on loopback: AWS under a name that only the proxy can reach, behind a certificate of the company's own authority. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { generate } from 'selfsigned';

/** A name that no resolver knows: whoever reaches it came through the proxy. */
const awsName = 'aws.corporate.invalid';

export interface CorporateNetwork {
  /** To be set as `AWS_ENDPOINT_URL`. */
  readonly awsUrl: string;
  readonly proxyUrl: string;
  /** In the place of `proxy-canary`, which the address carries. */
  readonly setPassword: (password: string) => void;
  /** The authority's certificate as PEM text. */
  readonly authority: string;
  /** `host:port` of every tunnel that was asked for. */
  readonly tunnels: readonly string[];
  /** What the proxy answers to whoever asks for a tunnel; null makes one. */
  refuseWith: string | null;
  readonly close: () => Promise<void>;
}

/**
 * Puts the plain http server at `upstream` behind TLS and a proxy that asks for user and password. `onText` gets the headers and bodies that pass, both
 * ways, as they pass.
 */
export async function startCorporateNetwork(
  upstream: string,
  onText: (text: string) => void = () => undefined,
): Promise<CorporateNetwork> {
  const issued = await certificates();
  const aws = createTlsServer({ key: issued.key, cert: issued.cert }, (incoming, response) => {
    listenIn(incoming, onText);
    forward(upstream, incoming, response, onText);
  });
  const proxy = createServer((_request, response) => response.writeHead(405).end());
  const awsPort = await listen(aws);
  const tunnels: string[] = [];
  const sockets = new Set<Socket>();
  const network = { refuseWith: null as string | null };
  let password = 'proxy-canary';
  proxy.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    tunnels.push(incoming.url ?? '');
    const knowsPassword = incoming.headers['proxy-authorization'] === `Basic ${btoa(`ada:${password}`)}`;
    const refusal = knowsPassword ? network.refuseWith : '407 Proxy Authentication Required';
    if (refusal !== null) {
      socket.end(`HTTP/1.1 ${refusal}\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(awsPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on('error', () => undefined).on('close', () => sockets.delete(end));
    }
  });
  const proxyPort = await listen(proxy);
  return Object.assign(network, {
    awsUrl: `https://${awsName}:${awsPort}`,
    proxyUrl: `http://ada:proxy-canary@127.0.0.1:${proxyPort}`,
    authority: issued.authority,
    tunnels,
    setPassword: (next: string) => {
      password = next;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      aws.closeAllConnections();
      proxy.closeAllConnections();
      await Promise.all([aws, proxy].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  });
}

async function certificates() {
  const authority = await generate([{ name: 'commonName', value: 'A company’s authority' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const own = await generate([{ name: 'commonName', value: awsName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    ca: { key: authority.private, cert: authority.cert },
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'subjectAltName', altNames: [{ type: 2, value: awsName }] },
    ],
  });
  return { authority: authority.cert, key: own.private, cert: own.cert };
}

function listenIn(message: IncomingMessage, onText: (text: string) => void): void {
  const parts: Buffer[] = [];
  onText(JSON.stringify(message.headers));
  message.on('data', (part: Buffer) => parts.push(part));
  message.on('end', () => onText(Buffer.concat(parts).toString('utf8')));
}

function forward(
  upstream: string,
  incoming: IncomingMessage,
  response: ServerResponse,
  onText: (text: string) => void,
): void {
  const { method, url } = incoming;
  // Practice answers to its own name alone.
  const headers = { ...incoming.headers, host: new URL(upstream).host };
  const onward = request(new URL(url ?? '/', upstream), { method, headers }, (answer) => {
    listenIn(answer, onText);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  incoming.pipe(onward);
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
