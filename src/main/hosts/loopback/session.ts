/** Launch codes and the sessions that they are traded for. Both live in memory only and end with the process. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SessionsDeps {
  /** Milliseconds that only ever grow; their start does not matter. */
  readonly now: () => number;
  /** The name of the cookie holds the port, because cookies do not care for ports. */
  readonly port: number;
}

export type Trade =
  | { readonly kind: 'session'; readonly setCookie: string }
  /** Unknown, used or expired; the caller waits this long before it answers. */
  | { readonly kind: 'refused'; readonly delayMs: number }
  /** Too many wrong codes: none is taken any more until a new one is issued. */
  | { readonly kind: 'stopped' };

export interface Sessions {
  /** A new launch code: 256 random bits, good once and for two minutes. It also ends a stop after wrong codes. */
  readonly issueCode: () => string;
  /**
   * Gives a session for a good code. Only what may be a guess counts as one: it has the form of a code, and no page of another site led to
   * it (`fromOtherSite`), or any web page could put all codes out of use. Such a page sees no answer and has 256 bits to guess.
   */
  readonly trade: (code: string, from: { readonly fromOtherSite: boolean }) => Trade;
  /** Whether a Cookie header carries a session of this process. */
  readonly has: (cookieHeader: string | undefined) => boolean;
}

export const codeLifetimeMs = 2 * 60_000;
/** Enough for every browser and profile of one person; the oldest goes when there are more. */
const mostSessions = 32;
const mostCodes = 8;
const mostFailures = 10;
const firstDelayMs = 100;
const longestDelayMs = 2_000;

export function createSessions(deps: SessionsDeps): Sessions {
  const cookieName = `usage-desk-${deps.port}`;
  let codes: readonly { readonly hash: Buffer; readonly expiresAt: number }[] = [];
  let sessions: readonly Buffer[] = [];
  let failures = 0;

  return {
    issueCode: () => {
      failures = 0;
      const code = newSecret();
      const live = codes.filter((known) => known.expiresAt > deps.now());
      codes = [...live, { hash: hashOf(code), expiresAt: deps.now() + codeLifetimeMs }].slice(-mostCodes);
      return code;
    },
    trade: (code, { fromOtherSite }) => {
      if (failures >= mostFailures) return { kind: 'stopped' };
      const hash = hashOf(code);
      const found = codes.filter((known) => timingSafeEqual(known.hash, hash));
      codes = codes.filter((known) => !found.includes(known) && known.expiresAt > deps.now());
      if (!found.some((known) => known.expiresAt > deps.now())) {
        const delayMs = Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
        if (formOfCode.test(code) && !fromOtherSite) failures += 1;
        return { kind: 'refused', delayMs };
      }
      const secret = newSecret();
      sessions = [...sessions, hashOf(secret)].slice(-mostSessions);
      return {
        kind: 'session',
        setCookie: `${cookieName}=${secret}; Path=/; HttpOnly; SameSite=Strict`,
      };
    },
    has: (cookieHeader) => {
      const hashes = cookiesNamed(cookieName, cookieHeader).map(hashOf);
      return hashes.some((hash) => sessions.some((known) => timingSafeEqual(known, hash)));
    },
  };
}

/** 32 bytes as base64url. */
const formOfCode = /^[\w-]{43}$/;

const newSecret = (): string => randomBytes(32).toString('base64url');

/** Hashes have one length, so that comparing them takes one time. */
const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

function cookiesNamed(name: string, header: string | undefined): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
