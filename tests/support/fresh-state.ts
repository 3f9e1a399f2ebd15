import type { RecordState, StoredRecord } from '../../src/main/core/domain/usage-record.ts';

type FreshState = Pick<
  StoredRecord,
  | keyof RecordState
  | 'requestId'
  | 'attemptCount'
  | 'lastSentMs'
  | 'decidedBy'
  | 'decisionNote'
  | 'successorId'
  | 'writeOff'
>;

/** The state of a record that was just confirmed. */
export const freshState: FreshState = {
  status: 'pending',
  phase: 'queued',
  reason: null,
  awsErrorName: null,
  awsMessage: null,
  requestId: null,
  meteringRecordId: null,
  nextTryMs: null,
  settledMs: null,
  attemptCount: 0,
  lastSentMs: null,
  mayBeRecorded: false,
  sendAnyway: false,
  decidedBy: null,
  decisionNote: null,
  successorId: null,
  writeOff: null,
};
