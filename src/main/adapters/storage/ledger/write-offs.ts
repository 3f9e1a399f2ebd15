/** Settling a rejected record without AWS: writing it off, and reopening it. */
import type { DatabaseSync } from 'node:sqlite';
import { err, ok } from '../../../../contract/result.ts';
import type { Ledger } from '../../../core/ports.ts';
import type { EventLog } from './events.ts';
import { integer } from './rows.ts';
import { createTransaction } from './transaction.ts';

export function createWriteOffs(db: DatabaseSync, events: EventLog): Pick<Ledger, 'writeOff' | 'reopen'> {
  const transaction = createTransaction(db);
  const find = db.prepare('SELECT seq FROM usage_record WHERE record_id = ?');
  const insert = db.prepare(`INSERT INTO write_off (seq, record_seq, at_ms, actor, note, amount, currency)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const open = db.prepare('SELECT seq FROM write_off WHERE record_seq = ? AND reopened_ms IS NULL');
  const close = db.prepare('UPDATE write_off SET reopened_ms = ?, reopened_by = ? WHERE seq = ?');

  return {
    writeOff: ({ recordId, atMs, actor, note, amount: money }) =>
      transaction(() => {
        const record = find.get(recordId);
        if (record === undefined) return err({ kind: 'not-found', what: 'record', id: recordId });
        const amount = money?.amount ?? null;
        const currency = money?.currencyCode ?? null;
        events.append({ atMs, kind: 'written-off', actor, content: { recordId, note, amount, currency } });
        insert.run(events.head().seq, integer(record, 'seq'), atMs, actor, note, amount, currency);
        return ok(undefined);
      }),
    reopen: ({ recordId, atMs, actor }) =>
      transaction(() => {
        const record = find.get(recordId);
        if (record === undefined) return err({ kind: 'not-found', what: 'record', id: recordId });
        const writeOff = open.get(integer(record, 'seq'));
        if (writeOff === undefined)
          return err({ kind: 'not-possible-now', detail: 'record-is-not-written-off' });
        const writeOffSeq = integer(writeOff, 'seq');
        events.append({ atMs, kind: 'reopened', actor, content: { recordId, writeOffSeq } });
        close.run(atMs, actor, writeOffSeq);
        return ok(undefined);
      }),
  };
}
