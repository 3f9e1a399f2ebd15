/** Invented submissions, attempts and changes. Free of the test runner, so that child processes and benchmarks can use it. */
import { createHash, randomUUID } from 'node:crypto';
import type {
  AttemptEnd,
  NewSubmission,
  NewUsageRecord,
  RecordChange,
  RecordOutcome,
} from '../../../src/main/core/domain/usage-record.ts';

const hourMs = 3_600_000;

/** 2026-11-20T14:00:00Z. */
export const anHourMs = Date.UTC(2026, 10, 20, 14);

export const sellerAccountId = '111122223333';
export const principalArn = `arn:aws:sts::${sellerAccountId}:assumed-role/SalesOps/kim`;

export function aRecord(changes: Partial<NewUsageRecord> = {}): NewUsageRecord {
  const startMs = changes.startMs ?? anHourMs;
  const scheme = changes.scheme ?? 'licence';
  return {
    recordId: randomUUID(),
    agreementId: 'agmt-1a2b3c4d5e',
    productId: 'prod-aaaa1111bbbb2',
    buyerAccountId: '444455556666',
    dimensionKey: 'api_calls',
    quantity: 3,
    startMs,
    hourSlotMs: startMs - (startMs % hourMs),
    scheme,
    meteringRegion: 'us-east-1',
    licenseArn: scheme === 'licence' ? 'arn:aws:license-manager::294406891311:license:l-0a1b2c3d' : null,
    productCode: scheme === 'product-code' ? 'a1b2c3d4e5f6g7h8i9j0k1l2m' : null,
    deadlineMs: startMs + 24 * hourMs,
    productTitle: 'Data Lens',
    dimensionName: 'API calls',
    unit: 'Units',
    description: 'Overage of the morning',
    timeZone: 'Europe/Berlin',
    unitPrice: '0.00025',
    estimate: { amount: '0.00075', currencyCode: 'USD' },
    windowMs: 6 * hourMs,
    predecessorId: null,
    ...changes,
  };
}

const reviewJson = '{"lines":[]}';

export function aSubmission(
  records: readonly NewUsageRecord[] = [aRecord()],
  changes: Partial<Omit<NewSubmission, 'records'>> = {},
): NewSubmission {
  return {
    submissionId: randomUUID(),
    reviewId: randomUUID(),
    reviewHash: createHash('sha256')
      .update(changes.reviewJson ?? reviewJson)
      .digest('hex'),
    reviewedMs: anHourMs + 60_000,
    confirmedMs: anHourMs + 90_000,
    confirmationText: 'I confirm',
    reviewJson,
    sellerAccountId,
    sellerRoleName: 'SalesOps',
    sellerPrincipalArn: principalArn,
    profile: 'sales',
    records,
    ...changes,
  };
}

export function aChange(recordId: string, changes: Partial<RecordChange> = {}): RecordChange {
  return {
    recordId,
    status: 'pending',
    phase: 'queued',
    reason: null,
    awsErrorName: null,
    awsMessage: null,
    meteringRecordId: null,
    nextTryMs: null,
    settledMs: null,
    mayBeRecorded: false,
    sendAnyway: false,
    ...changes,
  };
}

const settledMs = anHourMs + 120_000;

export const accepted = (recordId: string): RecordChange =>
  aChange(recordId, { status: 'accepted', phase: null, meteringRecordId: 'mr-1', settledMs });

export const rejected = (
  recordId: string,
  reason: RecordChange['reason'] = 'invalid-usage-dimension',
): RecordChange => aChange(recordId, { status: 'rejected', phase: null, reason, settledMs });

export const withdrawn = (recordId: string): RecordChange =>
  aChange(recordId, { status: 'withdrawn', phase: null, settledMs });

export const unknown = (recordId: string): RecordChange =>
  aChange(recordId, {
    phase: 'unknown',
    reason: 'outcome-unknown',
    mayBeRecorded: true,
    nextTryMs: settledMs,
  });

export const waiting = (recordId: string): RecordChange =>
  aChange(recordId, { phase: 'waiting', reason: 'throttled', nextTryMs: settledMs });

export const anAttempt = (recordIds: readonly string[], attemptId: string = randomUUID()) => ({
  attemptId,
  recordIds,
  atMs: anHourMs + 100_000,
  accessKeyId: 'ASIAEXAMPLE000000001',
  principalArn,
});

type Outcome = AttemptEnd['records'][number]['outcome'];

export const outcomeOf = (kind: Outcome['kind']): Outcome => {
  const said = { reason: 'throttled', awsErrorName: 'ThrottlingException', awsMessage: 'Slow down' } as const;
  const outcomes = {
    recorded: { kind: 'recorded', meteringRecordId: 'mr-1' },
    refused: { kind: 'refused', ...said },
    'not-recorded': { kind: 'not-recorded', next: 'wait', ...said },
    'may-be-recorded': { kind: 'may-be-recorded', ...said },
    unanswered: { kind: 'unanswered' },
  } as const satisfies Record<Outcome['kind'], RecordOutcome | { kind: 'unanswered' }>;
  return outcomes[kind];
};

export const anEnd = (
  attemptId: string,
  records: AttemptEnd['records'],
  changes: Partial<AttemptEnd> = {},
): AttemptEnd => ({
  attemptId,
  atMs: settledMs,
  requestId: 'req-1',
  httpStatus: 200,
  records,
  ...changes,
});
