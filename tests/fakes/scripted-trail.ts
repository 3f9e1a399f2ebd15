/** A CloudTrail whose calls the test writes; it remembers what it was asked. */
import type { AppError } from '../../src/contract/errors.ts';
import { err, ok } from '../../src/contract/result.ts';
import type { TrailCall, TrailRecord } from '../../src/main/core/domain/trail-evidence.ts';
import type { StoredRecord } from '../../src/main/core/domain/usage-record.ts';
import type { SubmissionTrail } from '../../src/main/core/ports.ts';

type Query = Parameters<SubmissionTrail['calls']>[0];

export function createScriptedTrail() {
  const asked: Query[] = [];
  let calls: readonly TrailCall[] = [];
  let problem: AppError | null = null;
  const trail: SubmissionTrail = {
    calls: (query) => {
      asked.push(query);
      return Promise.resolve(problem ? err(problem) : ok({ calls, isComplete: true }));
    },
  };
  return {
    trail,
    asked,
    show: (...next: readonly TrailCall[]) => {
      calls = next;
    },
    fail: (next: AppError | null) => {
      problem = next;
    },
  };
}

/** A call of this app that carried the record. */
export function aTrailCall(
  record: StoredRecord,
  said: Partial<TrailRecord> = {},
  changes: Partial<TrailCall> = {},
): TrailCall {
  return {
    eventId: 'event-1',
    atMs: record.submittedMs,
    requestId: 'req-1',
    principalArn: 'arn:aws:sts::111122223333:assumed-role/Pipeline/nightly',
    isOurApp: true,
    errorName: null,
    productCode: record.productCode,
    records: [
      {
        dimensionKey: record.dimensionKey,
        startMs: record.startMs,
        quantity: record.quantity,
        buyerAccountId: record.buyerAccountId,
        licenseArn: record.licenseArn,
        status: 'Success',
        meteringRecordId: 'mr-trail',
        ...said,
      },
    ],
    ...changes,
  };
}
