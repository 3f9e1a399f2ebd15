import { describe, expect, it } from 'vitest';
import { freshState } from '../../support/fresh-state.ts';
import {
  aChange,
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  aRecord,
  aSubmission,
  errorIn,
  nowMs,
  outcomeOf,
  rejected,
  unknown,
  valueIn,
  waiting,
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
      ...freshState,
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

  it('keeps of each record of a call what was said of it, whatever it shares with the others', () => {
    const { ledger } = aLedger();
    const kinds = [
      'recorded',
      'refused',
      'recorded',
      'not-recorded',
      'may-be-recorded',
      'unanswered',
    ] as const;
    const states = {
      recorded: (recordId: string) => ({ ...accepted(recordId), meteringRecordId: `mr-${recordId}` }),
      refused: (recordId: string) => ({ ...rejected(recordId), awsMessage: `No such ${recordId}` }),
      'not-recorded': waiting,
      'may-be-recorded': unknown,
      unanswered: unknown,
    };
    const records = kinds.map((_, index) => aRecord({ dimensionKey: `dimension_${index}` }));
    valueIn(ledger.submit(aSubmission(records)));
    const attempt = anAttempt(records.map(({ recordId }) => recordId));
    valueIn(ledger.beginAttempt(attempt));
    const said = kinds.map((kind, index) => {
      const change = states[kind](records[index]?.recordId ?? '');
      const outcome = outcomeOf(kind);
      return {
        change,
        outcome:
          outcome.kind === 'recorded' ? { ...outcome, meteringRecordId: `mr-${change.recordId}` } : outcome,
      };
    });
    valueIn(ledger.endAttempt(anEnd(attempt.attemptId, said)));

    for (const { change, outcome } of said) {
      expect(valueIn(ledger.record(change.recordId))).toMatchObject({ ...change, requestId: 'req-1' });
      expect(valueIn(ledger.attempts(change.recordId))).toMatchObject([{ outcome: outcome.kind }]);
    }
    expect(valueIn(ledger.verifyAudit())).toMatchObject({ intact: true });
  });

  it('takes the last state of a record that is changed twice at once', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    const states = [
      waiting(record.recordId),
      aChange(record.recordId, { phase: 'held', reason: 'not-allowed' }),
    ];
    valueIn(ledger.change({ atMs: nowMs, actor: 'app', records: states }));
    expect(valueIn(ledger.record(record.recordId))).toMatchObject({
      ...{ phase: 'held', reason: 'not-allowed', nextTryMs: null },
    });
  });

  it('names the record of a call, or of a change, that it does not have, and changes nothing', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    const missing = { kind: 'not-found', what: 'record', id: 'nobody' };
    expect(errorIn(ledger.beginAttempt(anAttempt([record.recordId, 'nobody'])))).toEqual(missing);
    const records = [waiting(record.recordId), waiting('nobody')];
    expect(errorIn(ledger.change({ atMs: nowMs, actor: 'app', records }))).toEqual(missing);
    expect(valueIn(ledger.record(record.recordId))).toMatchObject({ phase: 'queued', attemptCount: 0 });
  });
});
