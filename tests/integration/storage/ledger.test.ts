import { describe, expect, it } from 'vitest';
import {
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  aRecord,
  aSubmission,
  outcomeOf,
  valueIn,
} from './ledger-fixture.ts';

describe('the way of a record through the ledger', () => {
  it('keeps what was confirmed and gives it back with who confirmed it', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    const submission = aSubmission([record]);
    expect(valueIn(ledger.submit(submission))).toEqual({ submissionId: submission.submissionId });
    expect(valueIn(ledger.record(record.recordId))).toEqual({
      ...record,
      submissionId: submission.submissionId,
      submittedMs: submission.confirmedMs,
      sellerAccountId: submission.sellerAccountId,
      sellerRoleName: submission.sellerRoleName,
      sellerPrincipalArn: submission.sellerPrincipalArn,
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
    });
    const { records: _, ...confirmed } = submission;
    expect(valueIn(ledger.submission(submission.submissionId))).toEqual(confirmed);
    expect(valueIn(ledger.submission('nobody'))).toBeNull();
    expect(ledger.submissionOfReview(submission.reviewId)).toEqual({ submissionId: submission.submissionId });
    expect(ledger.submissionOfReview('nobody')).toBeNull();
  });

  it('goes from queued over sending to accepted, and keeps the attempt', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    const attempt = anAttempt([record.recordId]);
    valueIn(ledger.beginAttempt(attempt));
    expect(valueIn(ledger.record(record.recordId))).toMatchObject({ phase: 'sending', attemptCount: 1 });
    expect(valueIn(ledger.unanswered())).toEqual([
      { attemptId: attempt.attemptId, recordIds: [record.recordId] },
    ]);
    valueIn(
      ledger.endAttempt(
        anEnd(attempt.attemptId, [{ outcome: outcomeOf('recorded'), change: accepted(record.recordId) }]),
      ),
    );
    expect(valueIn(ledger.record(record.recordId))).toMatchObject({
      status: 'accepted',
      phase: null,
      requestId: 'req-1',
      meteringRecordId: 'mr-1',
    });
    expect(valueIn(ledger.unanswered())).toEqual([]);
    expect(valueIn(ledger.attempts(record.recordId))).toEqual([
      {
        attemptId: attempt.attemptId,
        recordCount: 1,
        accessKeyId: attempt.accessKeyId,
        startedMs: attempt.atMs,
        endedMs: expect.any(Number),
        outcome: 'recorded',
        reason: null,
        requestId: 'req-1',
        httpStatus: 200,
        awsErrorName: null,
        awsMessage: null,
      },
    ]);
  });
});
