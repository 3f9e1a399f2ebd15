/** What a restored ledger must not believe: that what was pending in it still is. */
import { ok, type Result } from '../../../../contract/result.ts';
import type { RecordChange, StoredRecord } from '../../../core/domain/usage-record.ts';
import type { SqliteLedger } from './sqlite-ledger.ts';

/**
 * Makes every pending record of a restored ledger unknown, without a next try. Since the backup it may have been sent, settled
 * or taken back; sending it again by itself could bill what a person had withdrawn. CloudTrail or a person settles it.
 * Gives how many there are. `atMs` is epoch ms.
 */
export function undecideRecords(ledger: SqliteLedger, atMs: number): Result<number> {
  const open = ledger.unanswered();
  if (!open.ok) return open;
  for (const { attemptId, recordIds } of open.value) {
    const records: RecordChange[] = [];
    for (const recordId of recordIds) {
      const record = ledger.record(recordId);
      if (!record.ok) return record;
      if (record.value !== null) records.push(undecided(record.value));
    }
    const ended = ledger.endAttempt({
      attemptId,
      atMs,
      requestId: null,
      httpStatus: null,
      records: records.map((change) => ({ outcome: { kind: 'unanswered' }, change })),
    });
    if (!ended.ok) return ended;
  }
  const pending = ledger.pending();
  if (!pending.ok) return pending;
  const changed = ledger.change({ atMs, actor: 'app', records: pending.value.map(undecided) });
  return changed.ok ? ok(pending.value.length) : changed;
}

const undecided = (record: StoredRecord): RecordChange => ({
  recordId: record.recordId,
  status: 'pending',
  phase: 'unknown',
  reason: 'outcome-unknown',
  awsErrorName: record.awsErrorName,
  awsMessage: record.awsMessage,
  meteringRecordId: record.meteringRecordId,
  nextTryMs: null,
  settledMs: null,
  mayBeRecorded: true,
  sendAnyway: record.sendAnyway,
});
