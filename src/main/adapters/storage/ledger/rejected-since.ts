/** Which records were rejected since a row of the audit trail: the trail has them in their order, however old they are. */
import type { DatabaseSync } from 'node:sqlite';
import type { AuditHead } from '../../../../contract/ledger.ts';
import { ok } from '../../../../contract/result.ts';
import type { Ledger } from '../../../core/ports.ts';
import { toHead } from './events.ts';
import { recordColumns, toRecord } from './record-row.ts';

export function createRejectedSince(db: DatabaseSync): Ledger['rejectedSince'] {
  const newest = db.prepare('SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1');
  const hasRow = db.prepare('SELECT 1 FROM event WHERE seq = ? AND hash = ?');
  // An answer has the state under `change`, any other change is the state itself.
  const rejected = db.prepare(`WITH said AS MATERIALIZED (
      SELECT coalesce(entry.value ->> '$.change.recordId', entry.value ->> '$.recordId') AS record_id
      FROM event CROSS JOIN json_each(event.content, '$.records') AS entry
      WHERE event.seq > ? AND event.kind IN ('attempt-ended', 'changed')
        AND coalesce(entry.value ->> '$.change.status', entry.value ->> '$.status') = 'rejected'
      ORDER BY event.seq)
    SELECT ${recordColumns} FROM said
    CROSS JOIN usage_record AS record ON record.record_id = said.record_id
    CROSS JOIN submission ON submission.seq = record.submission_seq`);
  const isKnown = ({ seq, hash }: AuditHead): boolean => seq === 0 || hasRow.get(seq, hash) !== undefined;

  return (trail) => {
    const head = toHead(newest.get());
    const isNothingNew = trail === null || trail.seq === head.seq || !isKnown(trail);
    return ok({ records: isNothingNew ? [] : rejected.all(trail.seq).map(toRecord), trail: head });
  };
}
