/**
 * The audit trail: who did what and when, append-only, each row hashing the one before. A row that is changed, removed or
 * slipped in afterwards breaks the chain from there on; cutting off its end shows against a head that was kept elsewhere.
 */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { integer, type Row, text } from './rows.ts';
import { genesisHash } from './schema-1.ts';

export type EventKind =
  | 'submitted'
  | 'attempt-begun'
  | 'attempt-ended'
  | 'changed'
  | 'written-off'
  | 'reopened'
  | 'metering-chosen'
  | 'restored';

export interface NewEvent {
  /** Epoch ms, UTC, AWS's time. */
  readonly atMs: number;
  readonly kind: EventKind;
  /** The principal that did it, or `app`. */
  readonly actor: string;
  /** Plain JSON data; stored with sorted keys. */
  readonly content: unknown;
}

/** The newest row of the trail; `seq` 0 with the genesis hash while there is none. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

export type AuditCheck =
  | { readonly intact: true; readonly head: AuditHead }
  /** `seq` is the first row that does not fit. */
  | { readonly intact: false; readonly seq: number };

/** JSON text with the keys of every object in code-unit order, so that equal data is equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(inOrder(value));
}

/** A copy first, and then the JSON text: a replacer would be asked for every field of every record anew. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== 'object') return value;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) ordered[key] = inOrder(Reflect.get(value, key));
  return ordered;
}

/** A row of the trail. `content` is the JSON text that was hashed. */
export interface TrailEvent extends Omit<NewEvent, 'content' | 'kind'> {
  readonly seq: number;
  readonly kind: string;
  readonly content: string;
  readonly previousHash: string;
  readonly hash: string;
}

type HashedFields = Omit<TrailEvent, 'hash'>;

/** SHA-256 (hex) over one unambiguous text: a JSON array of the previous hash and every field of the row. */
export function eventHash(event: HashedFields): string {
  const { previousHash, seq, atMs, kind, actor, content } = event;
  return createHash('sha256')
    .update(JSON.stringify([previousHash, seq, atMs, kind, actor, content]))
    .digest('hex');
}

/** The row as the event that follows `last`; null when it was changed, or is not the one that follows. */
export function eventAfter(last: AuditHead, row: Row): TrailEvent | null {
  try {
    const event = {
      seq: integer(row, 'seq'),
      atMs: integer(row, 'at_ms'),
      kind: text(row, 'kind'),
      actor: text(row, 'actor'),
      content: text(row, 'content'),
      previousHash: text(row, 'previous_hash'),
      hash: text(row, 'hash'),
    };
    const follows = event.seq === last.seq + 1 && event.previousHash === last.hash;
    return follows && event.hash === eventHash(event) ? event : null;
  } catch {
    // A value of another type: the app never wrote that.
    return null;
  }
}

export const toHead = (row: Row | undefined): AuditHead =>
  row === undefined ? { seq: 0, hash: genesisHash } : { seq: integer(row, 'seq'), hash: text(row, 'hash') };

export interface EventLog {
  /** Appends within the transaction that is open. */
  readonly append: (event: NewEvent) => void;
  readonly head: () => AuditHead;
  /** Reads the whole trail and computes it anew. */
  readonly verify: () => AuditCheck;
}

/** The audit trail of an open ledger. Its methods throw what SQLite throws. */
export function createEventLog(db: DatabaseSync): EventLog {
  const newest = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1');
  const all = db.prepare('SELECT * FROM event ORDER BY seq');
  const insert = db.prepare(
    `INSERT INTO event (seq, at_ms, kind, actor, content, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );

  const head = () => toHead(newest.get());

  return {
    head,
    append: ({ atMs, kind, actor, content }) => {
      const { seq: before, hash: previousHash } = head();
      const seq = before + 1;
      const json = canonicalJson(content);
      const hash = eventHash({ previousHash, seq, atMs, kind, actor, content: json });
      insert.run(seq, atMs, kind, actor, json, previousHash, hash);
    },
    verify: () => {
      let last: AuditHead = toHead(undefined);
      for (const row of all.iterate()) {
        const event = eventAfter(last, row);
        if (event === null) return { intact: false, seq: last.seq + 1 };
        last = { seq: event.seq, hash: event.hash };
      }
      return { intact: true, head: last };
    },
  };
}
