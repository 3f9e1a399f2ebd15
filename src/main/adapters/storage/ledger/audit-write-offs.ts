/** What the trail says of write-offs and their reopening, held against their rows. */
import type { DatabaseSync } from 'node:sqlite';
import type { TrailEvent } from './events.ts';
import { integer } from './rows.ts';
import type { Compare, Found, Said } from './said.ts';

export interface WriteOffAudit {
  readonly take: (event: TrailEvent, content: Said) => void;
  readonly takeReopening: (event: TrailEvent, content: Said) => void;
  /** After the last event: what the trail has nothing of. */
  readonly finish: () => void;
}

export function createWriteOffAudit(db: DatabaseSync, found: Found, compare: Compare): WriteOffAudit {
  const recordSeqById = db.prepare('SELECT seq FROM usage_record WHERE record_id = ?');
  // A backup of before version 3 has no such table, and its trail tells of none.
  const hasWriteOffs =
    db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'write_off'").get() !== undefined;
  const writeOffBySeq = hasWriteOffs ? db.prepare('SELECT * FROM write_off WHERE seq = ?') : null;
  /** By its event, the event that reopened it. */
  const writeOffs = new Map<number, number | null>();

  return {
    take: (event, content) => {
      const recordId = String(content.recordId);
      const record = recordSeqById.get(recordId);
      const stored = writeOffBySeq?.get(event.seq);
      if (record === undefined || stored === undefined) {
        found('lost', 'write-off', recordId, event.seq);
        return;
      }
      writeOffs.set(event.seq, null);
      const { recordId: _, ...said } = content;
      const { atMs, actor } = event;
      compare('write-off', recordId, event.seq, stored, { ...said, atMs, actor, recordSeq: record.seq });
    },
    takeReopening: (event, content) => {
      const recordId = String(content.recordId);
      const writeOffSeq = Number(content.writeOffSeq);
      const stored = writeOffBySeq?.get(writeOffSeq);
      if (stored === undefined || !writeOffs.has(writeOffSeq)) {
        found('lost', 'write-off', recordId, event.seq);
        return;
      }
      writeOffs.set(writeOffSeq, event.seq);
      const { atMs: reopenedMs, actor: reopenedBy } = event;
      compare('write-off', recordId, event.seq, stored, { reopenedMs, reopenedBy });
    },
    finish: () => {
      if (!hasWriteOffs) return;
      const all = db.prepare(`SELECT write_off.seq, reopened_ms, record_id FROM write_off
        LEFT JOIN usage_record ON usage_record.seq = record_seq ORDER BY write_off.seq`);
      for (const row of all.iterate()) {
        const seq = integer(row, 'seq');
        const reopenedSeq = writeOffs.get(seq);
        const id = String(row.record_id);
        if (reopenedSeq === undefined) found('not-in-trail', 'write-off', id, null);
        else if (reopenedSeq === null && row.reopened_ms !== null)
          found('differs', 'write-off', id, seq, 'reopened_ms');
      }
    },
  };
}
