/**
 * Who may ask what of the loopback server. Loopback says where packets go, not who sent them: any open web page and any
 * local program can knock. Pure: facts of a request in, a decision out.
 */

export interface RequestFacts {
  readonly method: string;
  /** The request target as it arrived, encoded, with its query. */
  readonly target: string;
  /** Every value of a header, since a doubled one is suspicious; empty when it is absent. */
  readonly host: readonly string[];
  readonly origin: readonly string[];
  readonly secFetchSite: string | null;
  readonly secFetchMode: string | null;
  readonly secFetchDest: string | null;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  /** What Content-Length says, or null. */
  readonly contentLength: number | null;
  /** Whether the request carries the cookie of a session of this process. */
  readonly hasSession: boolean;
}

export interface GatePolicy {
  readonly port: number;
  readonly maxBodyBytes: number;
  readonly maxUploadBytes: number;
}

export type Route =
  | { readonly kind: 'page'; readonly path: string }
  /** `fromOtherSite`: a page of another site, or a local file, led the browser here. */
  | { readonly kind: 'launch'; readonly code: string; readonly fromOtherSite: boolean }
  | { readonly kind: 'call'; readonly name: string }
  | { readonly kind: 'events' }
  | { readonly kind: 'download'; readonly id: string }
  | { readonly kind: 'upload'; readonly id: string };

export type RefusalReason =
  | 'bad-target'
  | 'wrong-host'
  | 'wrong-method'
  | 'wrong-origin'
  | 'cross-site'
  | 'no-session'
  | 'not-json'
  | 'not-a-file'
  | 'too-large';

export type Decision =
  | { readonly allow: true; readonly route: Route }
  | { readonly allow: false; readonly status: number; readonly reason: RefusalReason };

const refuse = (status: number, reason: RefusalReason): Decision => ({ allow: false, status, reason });

/** No form and no script of another page can send this type without asking first, which is refused. */
const uploadType = 'application/octet-stream';

/** Decides on one request. The first rule that fails gives the reason. */
export function decide(facts: RequestFacts, policy: GatePolicy): Decision {
  // A rebound name resolves to this computer too, but its Host header still says whose page it is.
  if (facts.host.length !== 1 || facts.host[0] !== `127.0.0.1:${policy.port}`)
    return refuse(403, 'wrong-host');
  // An absolute target would bring a host of its own.
  if (!facts.target.startsWith('/')) return refuse(400, 'bad-target');
  const [path = '', query = ''] = splitOnce(facts.target, '?');
  if (path.startsWith('/api/')) return decideCall(facts, policy, path.slice('/api/'.length));
  if (path.startsWith('/uploads/')) return decideUpload(facts, policy, path.slice('/uploads/'.length));
  // A GET changes nothing, so no Origin is needed; one that is there must be ours.
  if (facts.method !== 'GET') return refuse(405, 'wrong-method');
  if (facts.origin.length > 0 && !isOwnOrigin(facts, policy)) return refuse(403, 'wrong-origin');
  if (path === '/launch') return decideLaunch(facts, query);
  if (path === '/events') return decidePrivate(facts, { kind: 'events' });
  if (path.startsWith('/downloads/')) {
    return decidePrivate(facts, { kind: 'download', id: path.slice('/downloads/'.length) });
  }
  return isOpenedOrOwn(facts) ? { allow: true, route: { kind: 'page', path } } : refuse(403, 'cross-site');
}

function decideCall(facts: RequestFacts, policy: GatePolicy, name: string): Decision {
  const refusal = refuseForeignPost(facts, policy);
  if (refusal !== null) return refusal;
  if (!isJson(facts)) return refuse(415, 'not-json');
  if (facts.contentLength !== null && facts.contentLength > policy.maxBodyBytes)
    return refuse(413, 'too-large');
  return { allow: true, route: { kind: 'call', name } };
}

/** Its length must be told: room for it is looked for before the first byte. */
function decideUpload(facts: RequestFacts, policy: GatePolicy, id: string): Decision {
  const refusal = refuseForeignPost(facts, policy);
  if (refusal !== null) return refusal;
  if (facts.contentEncoding !== null || facts.contentType !== uploadType) return refuse(415, 'not-a-file');
  const { contentLength } = facts;
  if (contentLength === null || !Number.isSafeInteger(contentLength)) return refuse(411, 'not-a-file');
  if (contentLength > policy.maxUploadBytes) return refuse(413, 'too-large');
  return { allow: true, route: { kind: 'upload', id } };
}

function refuseForeignPost(facts: RequestFacts, policy: GatePolicy): Decision | null {
  if (facts.method !== 'POST') return refuse(405, 'wrong-method');
  if (!isOwnOrigin(facts, policy)) return refuse(403, 'wrong-origin');
  if (facts.secFetchSite !== 'same-origin') return refuse(403, 'cross-site');
  return facts.hasSession ? null : refuse(403, 'no-session');
}

function decidePrivate(facts: RequestFacts, route: Route): Decision {
  if (facts.secFetchSite !== 'same-origin') return refuse(403, 'cross-site');
  return facts.hasSession ? { allow: true, route } : refuse(403, 'no-session');
}

/** A launch address is opened from a terminal or a local file, so it may come from anywhere, but only as a page of its own. */
function decideLaunch(facts: RequestFacts, query: string): Decision {
  if (!isDocument(facts)) return refuse(403, 'cross-site');
  const code = new URLSearchParams(query).get('code') ?? '';
  return { allow: true, route: { kind: 'launch', code, fromOtherSite: isFromOtherSite(facts) } };
}

/**
 * The page itself is open and holds no secret: after a launch from a file the redirect still counts as cross-site and
 * lacks the Strict cookie. Its parts, though, are for our own page only.
 */
function isOpenedOrOwn(facts: RequestFacts): boolean {
  return !isFromOtherSite(facts) || isDocument(facts);
}

/** Another port of this computer is another site here, though browsers call it the same. */
function isFromOtherSite({ secFetchSite }: RequestFacts): boolean {
  return secFetchSite === 'cross-site' || secFetchSite === 'same-site';
}

/** Whether a browser says that it opens a page in a tab. A program that says neither where from nor what for is no browser. */
function isDocument(facts: RequestFacts): boolean {
  if (facts.secFetchSite === null && facts.secFetchDest === null) return true;
  return facts.secFetchMode === 'navigate' && facts.secFetchDest === 'document';
}

function isOwnOrigin(facts: RequestFacts, policy: GatePolicy): boolean {
  return facts.origin.length === 1 && facts.origin[0] === `http://127.0.0.1:${policy.port}`;
}

/** Forms can send neither this type nor an encoding of it without asking first, which is refused. */
function isJson(facts: RequestFacts): boolean {
  if (facts.contentEncoding !== null) return false;
  return /^application\/json(\s*;\s*charset="?utf-8"?)?$/i.test(facts.contentType?.trim() ?? '');
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
