/** How calls leave this computer: through which proxy, trusting whom, to which addresses. Every client of the SDK gets its handler here. */
import { readFileSync } from 'node:fs';
import { Agent, get } from 'node:https';
import { getCACertificates } from 'node:tls';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { err, ok, type Result } from '../../../contract/result.ts';
import { ExpectedFailure } from './aws-errors.ts';
import { findEndpointOverrides, isLoopback } from './endpoint-overrides.ts';
import { proxySettings, UnusableProxy } from './proxy-settings.ts';

/** All in ms. */
export interface CallTimeouts {
  readonly connectionTimeout: number;
  readonly requestTimeout: number;
}

/** Of sign-in and of the reads. A call that hangs must not hang a screen. */
const readTimeouts: CallTimeouts = { connectionTimeout: 5_000, requestTimeout: 30_000 };

export interface CallHandler extends NodeHttpHandler {
  /** Why the last call got no answer; null where it got one. The SDK's credential providers hand on no more than a text of it. */
  readonly failure: () => unknown;
}

export interface Network {
  /**
   * A new handler, for one client and its connections. `caBundle` is the profile's `ca_bundle`, or null. Throws `ExpectedFailure` when a setting
   * of the network can't be followed.
   */
  readonly handler: (caBundle: string | null, timeouts?: CallTimeouts) => CallHandler;
  /** Asks an address once, sends nothing but it, follows nothing: where it leads to, or null. Rejects with the network's failure. */
  readonly redirectOf: (url: URL) => Promise<string | null>;
  /** Whether anything may leave: every configured endpoint is acknowledged, and none is plain http on the open net. */
  readonly check: () => Result<void>;
}

export interface NetworkOptions {
  /** Whether a person has acknowledged the overrides that hold. Practice lives by one and has nothing to acknowledge. */
  readonly isAcknowledged: () => boolean;
}

/** The settings are those of the process, read anew for each client. */
export function createNetwork({ isAcknowledged }: NetworkOptions): Network {
  const check = (): Result<void> => {
    const overrides = findEndpointOverrides(process.env);
    const insecure = overrides.find(({ url }) => isInsecure(url));
    if (insecure !== undefined) return err({ kind: 'endpoint-insecure', ...insecure });
    return isAcknowledged() ? ok(undefined) : err({ kind: 'endpoints-unacknowledged' });
  };
  return {
    check,
    redirectOf: (url) =>
      locationOf(url, new Agent({ proxyEnv: { ...proxyOf(process.env) }, ...trustOf(process.env, null) })),
    handler: (caBundle, timeouts = readTimeouts) => guardedHandler(check, caBundle, timeouts),
  };
}

function guardedHandler(
  check: () => Result<void>,
  caBundle: string | null,
  timeouts: CallTimeouts,
): CallHandler {
  const proxy = proxyOf(process.env);
  return new GuardedHandler(check, proxy.HTTPS_PROXY ?? null, {
    ...timeouts,
    throwOnRequestTimeout: true,
    httpsAgent: { proxyEnv: { ...proxy }, ...trustOf(process.env, caBundle) },
  });
}

function locationOf(url: URL, agent: Agent): Promise<string | null> {
  return new Promise<string | null>((resolve, reject) => {
    const request = get(url, { agent, timeout: readTimeouts.connectionTimeout }, (answer) => {
      answer.resume();
      const { location } = answer.headers;
      resolve(
        location !== undefined && URL.canParse(location, url.href) ? new URL(location, url).href : null,
      );
    });
    request.once('timeout', () =>
      request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })),
    );
    request.once('error', reject);
  }).finally(() => agent.destroy());
}

type HandlerOptions = ConstructorParameters<typeof NodeHttpHandler>[0];
type Handle = NodeHttpHandler['handle'];

/** The last step before the network: whatever resolved the address, nothing passes that the person has not been asked about. */
class GuardedHandler extends NodeHttpHandler implements CallHandler {
  readonly #check: () => Result<void>;
  readonly #proxy: string | null;
  #failure: unknown = null;

  constructor(check: () => Result<void>, proxy: string | null, options: HandlerOptions) {
    super(options);
    this.#check = check;
    this.#proxy = proxy;
  }

  failure(): unknown {
    return this.#failure;
  }

  override async handle(...call: Parameters<Handle>): ReturnType<Handle> {
    try {
      const answer = await this.#pass(...call);
      this.#failure = null;
      return answer;
    } catch (cause) {
      this.#failure = cause;
      throw cause;
    }
  }

  async #pass(...[request, options]: Parameters<Handle>): ReturnType<Handle> {
    const checked = this.#check();
    if (!checked.ok) throw new ExpectedFailure(checked.error);
    const url = `${request.protocol}//${request.hostname}`;
    if (isInsecure(url)) throw new ExpectedFailure({ kind: 'endpoint-insecure', setting: '', url });
    const proxy = this.#proxy;
    try {
      return await super.handle(request, options);
    } catch (cause) {
      throw (proxy === null ? null : unreachableProxy(cause, proxy, request.port)) ?? cause;
    }
  }
}

/**
 * The failure under a name of its own where it was the proxy that could not be reached: Node tells it as it does of AWS's own host. Null where it
 * wasn't, or where a proxy on AWS's own port leaves that open.
 */
function unreachableProxy(cause: unknown, proxy: string, awsPort: number | undefined): Error | null {
  const [first = cause]: readonly unknown[] = cause instanceof AggregateError ? cause.errors : [];
  if (!(first instanceof Error) || !('syscall' in first)) return null;
  const { hostname, port, protocol } = new URL(proxy);
  const proxyPort = Number(port) || (protocol === 'https:' ? 443 : 80);
  const isLookup = first.syscall === 'getaddrinfo' && 'hostname' in first && first.hostname === hostname;
  const isConnect =
    first.syscall === 'connect' &&
    'port' in first &&
    first.port === proxyPort &&
    proxyPort !== (awsPort ?? 443);
  if (!isLookup && !isConnect) return null;
  return Object.assign(new Error(`The proxy can't be reached: ${first.message}`, { cause }), {
    code: 'ERR_PROXY_UNREACHABLE',
    hostname,
  });
}

function isInsecure(url: string): boolean {
  return !URL.canParse(url) || (new URL(url).protocol !== 'https:' && !isLoopback(url));
}

function proxyOf(env: NodeJS.ProcessEnv) {
  try {
    return proxySettings(env);
  } catch (cause) {
    if (!(cause instanceof UnusableProxy)) throw cause;
    throw new ExpectedFailure({
      kind: 'network-setting-unusable',
      setting: cause.setting,
      value: cause.address,
      detail: '',
    });
  }
}

/**
 * Who is trusted. `AWS_CA_BUNDLE`, else the profile's `ca_bundle`, takes the place of the usual authorities, as for the AWS CLI: whoever names one may want to
 * trust nobody else (https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html). `NODE_EXTRA_CA_CERTS`, which a packaged Electron passes over,
 * is added to either. Empty without any: Node's own list then stands as it is.
 */
function trustOf(env: NodeJS.ProcessEnv, caBundle: string | null): { readonly ca?: string[] } {
  const bundle = env.AWS_CA_BUNDLE
    ? readCertificates('AWS_CA_BUNDLE', env.AWS_CA_BUNDLE)
    : caBundle && readCertificates('ca_bundle', caBundle);
  const extra = env.NODE_EXTRA_CA_CERTS && readCertificates('NODE_EXTRA_CA_CERTS', env.NODE_EXTRA_CA_CERTS);
  if (!bundle && !extra) return {};
  return { ca: [...(bundle ? [bundle] : getCACertificates('default')), ...(extra ? [extra] : [])] };
}

function readCertificates(setting: string, path: string): string {
  const unusable = (detail: string): ExpectedFailure =>
    new ExpectedFailure({ kind: 'network-setting-unusable', setting, value: path, detail });
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw unusable(cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown');
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw unusable('no-certificate');
  return text;
}
