/** Secret names for things that may be had once, within two minutes. */
import { createHash, randomBytes } from 'node:crypto';

export interface Tickets<T> {
  /** Keeps the thing and gives its secret name. Of too many the oldest is forgotten. */
  readonly issue: (thing: T) => string;
  /** Hands the thing out and forgets it; null for a name that is unknown, used or expired. */
  readonly take: (id: string) => T | null;
}

const lifetimeMs = 2 * 60_000;
const mostTickets = 16;

/** `now` gives milliseconds that only ever grow. */
export function createTickets<T>(deps: { readonly now: () => number }): Tickets<T> {
  const tickets = new Map<string, { readonly thing: T; readonly expiresAt: number }>();
  return {
    issue: (thing) => {
      for (const [key, { expiresAt }] of tickets) if (expiresAt <= deps.now()) tickets.delete(key);
      const oldest = tickets.keys().next();
      if (tickets.size >= mostTickets && !oldest.done) tickets.delete(oldest.value);
      const id = randomBytes(32).toString('base64url');
      tickets.set(keyOf(id), { thing, expiresAt: deps.now() + lifetimeMs });
      return id;
    },
    take: (id) => {
      const key = keyOf(id);
      const found = tickets.get(key);
      tickets.delete(key);
      return found === undefined || found.expiresAt <= deps.now() ? null : found.thing;
    },
  };
}

/** Looked up by its hash, so that the time of the lookup tells nothing of the id. */
const keyOf = (id: string): string => createHash('sha256').update(id).digest('hex');
