import type { IncomingMessage } from 'node:http';
import type { RequestFacts } from './gate.ts';

/** What the gate needs to know of a request. No forwarded header counts: we stand behind no proxy. */
export function factsOf(request: IncomingMessage, hasSession: boolean): RequestFacts {
  const { headers, headersDistinct } = request;
  const length = headers['content-length'];
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    host: headersDistinct.host ?? [],
    origin: headersDistinct.origin ?? [],
    secFetchSite: single(headersDistinct['sec-fetch-site']),
    secFetchMode: single(headersDistinct['sec-fetch-mode']),
    secFetchDest: single(headersDistinct['sec-fetch-dest']),
    contentType: single(headersDistinct['content-type']),
    contentEncoding: single(headersDistinct['content-encoding']),
    contentLength: length === undefined ? null : Number(length),
    hasSession,
  };
}

/** The value of a header that may stand once; a doubled one is joined and so equals nothing that is expected. */
function single(values: readonly string[] | undefined): string | null {
  return values === undefined ? null : values.join(', ');
}
