/** What the file itself refuses, asked by a connection that goes round the app. */
import type { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { confirmedColumns } from '../../../src/main/adapters/storage/ledger/schema-1.ts';
import { holdsSlot, type RecordChange } from '../../../src/main/core/domain/usage-record.ts';
import {
  accepted,
  aLedger,
  anAttempt,
  anEnd,
  anHourMs,
  aRecord,
  aSubmission,
  errorIn,
  outcomeOf,
  rawConnection,
  rejected,
  unknown,
  valueIn,
  waiting,
  withdrawn,
} from './ledger-fixture.ts';

/** A ledger with one accepted record behind an ended attempt and one queued record, and a way round the app. */
function aFilledLedger(): {
  ledger: ReturnType<typeof aLedger>['ledger'];
  db: DatabaseSync;
  queued: string;
  done: string;
} {
  const { ledger, path } = aLedger();
  const done = aRecord();
  const queued = aRecord({ dimensionKey: 'gigabytes' });
  valueIn(ledger.submit(aSubmission([done, queued])));
  const attempt = anAttempt([done.recordId]);
  valueIn(ledger.beginAttempt(attempt));
  valueIn(
    ledger.endAttempt(
      anEnd(attempt.attemptId, [{ outcome: outcomeOf('recorded'), change: accepted(done.recordId) }]),
    ),
  );
  return { ledger, db: rawConnection(path), queued: queued.recordId, done: done.recordId };
}

describe('the file refuses', () => {
  it.each([...confirmedColumns])('to change %s of a confirmed record', (column) => {
    const { db } = aFilledLedger();
    const value = /seq|quantity|_ms$/.test(column) ? `coalesce(${column}, 0) + 3600000` : "'changed'";
    expect(() => db.exec(`UPDATE usage_record SET ${column} = ${value} WHERE status = 'pending'`)).toThrow(
      'record-is-confirmed',
    );
  });

  it.each([
    ['DELETE FROM usage_record', 'record-is-kept'],
    ['DELETE FROM submission', 'submission-is-kept'],
    ['DELETE FROM attempt', 'attempt-is-kept'],
    ['DELETE FROM attempt_record', 'attempt-is-kept'],
    ['DELETE FROM event', 'event-is-append-only'],
    ["UPDATE event SET content = '{}'", 'event-is-append-only'],
    ["UPDATE submission SET confirmation_text = 'no'", 'submission-is-confirmed'],
    ["UPDATE attempt SET request_id = 'other'", 'attempt-is-written'],
    ["UPDATE attempt_record SET outcome = 'refused'", 'attempt-is-written'],
    [
      "UPDATE usage_record SET description = description || '!' WHERE status = 'pending'",
      'record-is-confirmed',
    ],
    ["UPDATE usage_record SET rowid = 99 WHERE status = 'pending'", 'record-is-confirmed'],
    [
      `INSERT INTO event SELECT seq + 5, at_ms, kind, actor, content, hash, hash FROM event ORDER BY seq DESC LIMIT 1`,
      'event-breaks-the-chain',
    ],
    [
      `INSERT INTO event SELECT max(seq) + 1, at_ms, kind, actor, content, '${'0'.repeat(64)}', hash FROM event`,
      'event-breaks-the-chain',
    ],
    [
      "REPLACE INTO event SELECT seq, at_ms, 'forged', actor, content, previous_hash, hash FROM event WHERE seq = 1",
      'event-breaks-the-chain',
    ],
    ["UPDATE usage_record SET phase = 'sending' WHERE status = 'pending'", 'record-has-no-attempt'],
    ['UPDATE usage_record SET quantity = 2.5', 'cannot store REAL'],
  ])('%s', (sql, code) => {
    const { db } = aFilledLedger();
    expect(() => db.exec(sql)).toThrow(code);
  });

  it.each([
    [
      'a final record that comes back',
      "UPDATE usage_record SET status = 'pending', phase = 'queued', settled_ms = NULL WHERE record_id = ?",
    ],
    [
      'a final record that changes its reason',
      "UPDATE usage_record SET reason = 'offline' WHERE record_id = ?",
    ],
    [
      'an accepted record that turns out rejected',
      "UPDATE usage_record SET status = 'rejected', reason = 'offline', decided_by = 'kim' WHERE record_id = ?",
    ],
  ])('%s', (_, sql) => {
    const { db, done } = aFilledLedger();
    expect(() => db.prepare(sql).run(done)).toThrow('record-is-final');
  });

  it.each([
    ['a rejection without a reason', "status = 'rejected', phase = NULL, settled_ms = 1"],
    ['a final status with a phase', "status = 'accepted', settled_ms = 1"],
    ['a pending record without a phase', 'phase = NULL'],
    ['an unknown status', "status = 'lost', phase = NULL, settled_ms = 1"],
    ['a final status without its moment', "status = 'withdrawn', phase = NULL"],
  ])('%s', (_, changes) => {
    const { db, queued } = aFilledLedger();
    expect(() => db.prepare(`UPDATE usage_record SET ${changes} WHERE record_id = ?`).run(queued)).toThrow(
      'CHECK',
    );
  });

  it.each([
    ['a quantity beyond AWS’s limit', { quantity: 2_147_483_648 }],
    ['a negative quantity', { quantity: -1 }],
    ['a start that is no whole second', { startMs: anHourMs + 1 }],
    ['an hour slot that is not the start’s', { hourSlotMs: anHourMs + 3_600_000 }],
    ['a licence scheme without a licence', { licenseArn: null }],
    ['identifiers of both schemes', { productCode: 'a1b2c3d4e5f6g7h8i9j0k1l2m' }],
  ])('%s', (_, changes) => {
    const { ledger } = aLedger();
    expect(() => ledger.submit(aSubmission([aRecord(changes)]))).toThrow('Unexpected in ledger: submit');
    expect(valueIn(ledger.auditHead()).seq).toBe(0);
  });
});

describe('the file takes a record', () => {
  it.each([
    ['only as queued', { status: "'accepted'", phase: 'NULL', settled_ms: '1' }, 'record-must-begin-queued'],
    ['only as never tried', { attempt_count: '1' }, 'record-must-begin-queued'],
    [
      'only with the moment of its submission',
      { submitted_ms: 'submitted_ms + 1' },
      'record-is-not-of-its-submission',
    ],
    [
      'only with the seller of its submission',
      { seller_account_id: "'999900001111'" },
      'record-is-not-of-its-submission',
    ],
    ['when all fits', {}, null],
  ] as const)('%s', (_, changes, code) => {
    const { db } = aFilledLedger();
    const copied = confirmedColumns.filter((column) => column !== 'seq').map((column) => [column, column]);
    const values = {
      ...Object.fromEntries(copied),
      ...{ record_id: "'copy'", dimension_key: "'copy'", status: 'status', phase: 'phase', ...changes },
    };
    const insert = () =>
      db.exec(`INSERT INTO usage_record (${Object.keys(values).join()})
        SELECT ${Object.values(values).join()} FROM usage_record WHERE status = 'pending'`);
    if (code === null) expect(insert).not.toThrow();
    else expect(insert).toThrow(code);
  });
});

describe('a record in flight', () => {
  it('can neither be withdrawn nor sent a second time', () => {
    const { ledger, queued } = aFilledLedger();
    valueIn(ledger.beginAttempt(anAttempt([queued])));
    const refusal = { kind: 'not-possible-now', detail: 'record-is-in-flight' };
    expect(errorIn(ledger.change({ atMs: anHourMs, actor: 'kim', records: [withdrawn(queued)] }))).toEqual(
      refusal,
    );
    expect(errorIn(ledger.beginAttempt(anAttempt([queued])))).toEqual(refusal);
  });
});

describe('an attempt', () => {
  it('takes only pending records, of one seller, Region and product', () => {
    const { ledger, done, queued } = aFilledLedger();
    const foreign = aRecord({ productId: 'prod-other', dimensionKey: 'users' });
    const otherSeller = aRecord({ dimensionKey: 'seats' });
    valueIn(ledger.submit(aSubmission([foreign])));
    valueIn(ledger.submit(aSubmission([otherSeller], { sellerAccountId: '999900001111' })));
    const begin = (...ids: string[]) => errorIn(ledger.beginAttempt(anAttempt(ids)));
    const refused = (detail: string) => ({ kind: 'not-possible-now', detail });
    expect(begin(done)).toEqual(refused('record-is-final'));
    expect(begin(queued, foreign.recordId)).toEqual(refused('record-does-not-fit-the-attempt'));
    expect(begin(queued, otherSeller.recordId)).toEqual(refused('record-does-not-fit-the-attempt'));
    expect(begin(queued, queued)).toEqual(refused('record-is-in-flight'));
    expect(begin()).toEqual(refused('attempt-has-no-records'));
    expect(begin(queued, 'nobody')).toEqual({ kind: 'not-found', what: 'record', id: 'nobody' });
    expect(valueIn(ledger.record(queued))).toMatchObject({ phase: 'queued', attemptCount: 0 });
  });

  it('ends once, with an outcome for each of its records and no other', () => {
    const { ledger, done, queued } = aFilledLedger();
    const attempt = anAttempt([queued]);
    valueIn(ledger.beginAttempt(attempt));
    const ending = { outcome: outcomeOf('not-recorded'), change: waiting(queued) };
    const refused = (detail: string) => ({ kind: 'not-possible-now', detail });
    expect(errorIn(ledger.endAttempt(anEnd(attempt.attemptId, [])))).toEqual(
      refused('attempt-has-records-without-outcome'),
    );
    expect(
      errorIn(
        ledger.endAttempt(
          anEnd(attempt.attemptId, [ending, { outcome: outcomeOf('refused'), change: rejected(done) }]),
        ),
      ),
    ).toEqual(refused('record-does-not-fit-the-attempt'));
    valueIn(ledger.endAttempt(anEnd(attempt.attemptId, [ending])));
    expect(errorIn(ledger.endAttempt(anEnd(attempt.attemptId, [ending])))).toEqual(
      refused('attempt-is-not-open'),
    );
    expect(valueIn(ledger.attempts(queued))).toMatchObject([
      { outcome: 'not-recorded', reason: 'throttled' },
    ]);
  });
});

describe('the file’s own idea of a held slot', () => {
  const statuses = ['pending', 'accepted', 'rejected', 'withdrawn'] as const;
  const reasons = [null, 'duplicate-record', 'offline'] as const;
  const states = statuses.flatMap((status) =>
    reasons
      .filter((reason) => status !== 'rejected' || reason !== null)
      .map((reason) => ({ status, reason })),
  );

  it.each(states)('is the domain’s for $status with reason $reason', ({ status, reason }) => {
    const { db, queued } = aFilledLedger();
    const isHeld = holdsSlot({ status, reason }) ? 1 : 0;
    const isBillable = status === 'pending' || status === 'accepted' ? 1 : 0;
    const isPending = status === 'pending';
    const update =
      db.prepare(`UPDATE usage_record SET status = ?, reason = ?, phase = ?, settled_ms = ?, held = ?, billable = ?
      WHERE record_id = ?`);
    const write = (held: number, billable: number) =>
      update.run(
        status,
        reason,
        isPending ? 'held' : null,
        isPending ? null : anHourMs,
        held,
        billable,
        queued,
      );
    expect(() => write(1 - isHeld, isBillable)).toThrow('slot-does-not-fit-the-status');
    expect(() => write(isHeld, 1 - isBillable)).toThrow('slot-does-not-fit-the-status');
    expect(write(isHeld, isBillable).changes).toBe(1);
  });
});

describe('a decision on a record that may be recorded', () => {
  const unknownOne = () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    const attempt = anAttempt([record.recordId]);
    valueIn(ledger.beginAttempt(attempt));
    valueIn(
      ledger.endAttempt(
        anEnd(attempt.attemptId, [
          { outcome: outcomeOf('may-be-recorded'), change: unknown(record.recordId) },
        ]),
      ),
    );
    return { ledger, recordId: record.recordId };
  };
  const decide = (changes: Partial<RecordChange>) => {
    const { ledger, recordId } = unknownOne();
    const change = { ...rejected(recordId, 'window-missed'), mayBeRecorded: true, ...changes };
    const done = ledger.change({ atMs: anHourMs, actor: 'kim', records: [change] });
    return { ledger, recordId, done };
  };

  it('settles it, says who decided and on what, and stands in the trail', () => {
    const { ledger, recordId, done } = decide({ decidedBy: 'kim', decisionNote: 'Not on the invoice' });
    expect(done.ok).toBe(true);
    expect(valueIn(ledger.record(recordId))).toMatchObject({
      status: 'rejected',
      decidedBy: 'kim',
      decisionNote: 'Not on the invoice',
    });
    expect(valueIn(ledger.verifyAudit()).intact).toBe(true);
  });

  it.each([
    ['nobody', {}, 'record-may-be-recorded'],
    ['someone without a ground', { decidedBy: 'kim', decisionNote: ' ' }, 'decision-needs-evidence'],
    ['someone without a name', { decidedBy: '', decisionNote: 'I know' }, 'decision-needs-evidence'],
  ])('is refused by the file when made by %s', (_, changes, code) => {
    const { done } = decide(changes);
    expect(errorIn(done)).toEqual({ kind: 'not-possible-now', detail: code });
  });

  it('is none where nothing is unknown', () => {
    const { ledger } = aLedger();
    const record = aRecord();
    valueIn(ledger.submit(aSubmission([record])));
    const change = { ...withdrawn(record.recordId), decidedBy: 'kim', decisionNote: 'Taken back' };
    expect(errorIn(ledger.change({ atMs: anHourMs, actor: 'kim', records: [change] }))).toEqual({
      kind: 'not-possible-now',
      detail: 'nothing-to-decide',
    });
  });
});
