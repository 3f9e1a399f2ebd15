import { connectionReason } from '../../core/domain/connection-reason.ts';

/** What can be read off anything that the AWS SDK or Node throws, without trusting its shape. */
export interface FailureFacts {
  /** The name of the error: AWS's exception name, or JavaScript's. */
  readonly name: string;
  readonly message: string;
  /** True when AWS itself answered with an error that names itself. */
  readonly answeredByAws: boolean;
  readonly httpStatus: number | null;
  readonly requestId: string | null;
  /** Node's code of a network failure, such as `ENOTFOUND`. */
  readonly code: string | null;
  readonly host: string | null;
  /** True when the network failed before one byte of a request could leave. */
  readonly neverConnected: boolean;
}

/** AWS's texts and a file's are shown and stored: longer ones are cut. */
const longestMessage = 1_000;

/**
 * Node's codes of a connection that was never made, with the system call they belong to: the same code may also come from a
 * connection that stood, and then the request may have arrived. https://nodejs.org/api/errors.html#common-system-errors
 */
const connectCodes = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'ETIMEDOUT',
  'ECONNRESET',
]);
const lookupCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL', 'EAI_NONAME']);

/** The server spoke no TLS at all, so the handshake never came to an end. */
const handshakeFailure =
  /wrong version number|unsupported protocol|handshake failure|tlsv1 alert protocol version/i;
const disconnectedInHandshake = /before secure TLS connection was established/;
const connectTimeout = /did not establish a connection/;

/** Reads the facts of a failure. Takes anything, never throws. */
export function readFailure(cause: unknown): FailureFacts {
  const own = record(cause);
  const metadata = record(own.$metadata);
  const httpStatus = typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
  const name = text(own.name) ?? 'Error';
  return {
    name,
    message: (text(own.message) ?? '').slice(0, longestMessage),
    // `$fault` is set only where the SDK understood an error answer; `Unknown` is its name for an empty one.
    answeredByAws: httpStatus !== null && text(own.$fault) !== null && name !== 'Unknown',
    httpStatus,
    requestId: text(metadata.requestId),
    code: text(own.code) ?? firstCode(cause),
    host: text(own.hostname) ?? text(own.host) ?? text(own.address),
    neverConnected: httpStatus === null && neverConnected(cause),
  };
}

function neverConnected(cause: unknown): boolean {
  // Several addresses of one host were tried, and each failed.
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(neverConnected);
  const own = record(cause);
  const code = text(own.code) ?? '';
  const message = text(own.message) ?? '';
  if (lookupCodes.has(code)) return own.syscall === 'getaddrinfo';
  if (own.syscall === 'connect') return connectCodes.has(code);
  // The certificate ended the handshake, or the proxy made no tunnel: there was nothing to send a request through.
  if (connectionReason(code) !== 'offline') return true;
  if (code === 'EPROTO') return handshakeFailure.test(message);
  if (code === 'ECONNRESET') return disconnectedInHandshake.test(message);
  return own.name === 'TimeoutError' && code === '' && connectTimeout.test(message);
}

function firstCode(cause: unknown): string | null {
  return cause instanceof AggregateError ? text(record(cause.errors[0]).code) : null;
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...fields(value) } : {};
}

/** Own and inherited fields that matter: a `name` often stands on the prototype. */
function fields(value: object): Record<string, unknown> {
  const names = ['name', 'message', 'code', 'syscall', 'hostname', 'host', 'address', '$metadata', '$fault'];
  const more = ['httpStatusCode', 'requestId', 'error'];
  return Object.fromEntries([...names, ...more].map((name) => [name, Reflect.get(value, name)]));
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
