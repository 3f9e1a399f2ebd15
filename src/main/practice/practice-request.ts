import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** A whole request, read. */
export interface PracticeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The body as a form; empty when it is none. */
  readonly form: URLSearchParams;
  readonly header: (name: string) => string | undefined;
}

/** Far above AWS's own limit of 1 MB for a metering request; a world of 10,000 agreements must fit. */
const maxBodyBytes = 128 * 1024 * 1024;

export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

export async function readRequest(incoming: IncomingMessage): Promise<PracticeRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > maxBodyBytes) throw new BodyTooLarge('The request body is too large.');
    chunks.push(part);
  }
  const body = Buffer.concat(chunks).toString('utf8');
  const { pathname, searchParams } = new URL(`http://practice${incoming.url ?? '/'}`);
  const header = (name: string): string | undefined => {
    const value = incoming.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const isForm = header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  return {
    method: incoming.method ?? 'GET',
    path: pathname,
    query: searchParams,
    headers: incoming.headers,
    body,
    form: new URLSearchParams(isForm ? body : ''),
    header,
  };
}
