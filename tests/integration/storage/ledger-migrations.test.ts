/** What a migration makes of rows that an older version wrote. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { checkLedger } from '../../../src/main/adapters/storage/ledger/audit.ts';
import { createGuard } from '../../../src/main/adapters/storage/ledger/failures.ts';
import { migrate, migrations } from '../../../src/main/adapters/storage/ledger/migrations.ts';
import { createSqliteLedger } from '../../../src/main/adapters/storage/ledger/sqlite-ledger.ts';
import { holdsSlot } from '../../../src/main/core/domain/usage-record.ts';
import {
  accepted,
  anAttempt,
  anEnd,
  aRecord,
  aSubmission,
  errorIn,
  noIncidents,
  nowMs,
  outcomeOf,
  temporaryFolder,
  unknown,
  valueIn,
  waiting,
} from './ledger-fixture.ts';

it('keeps held what was held, and billable what was billable', () => {
  const db = new DatabaseSync(join(temporaryFolder(), 'ledger.sqlite'));
  migrate(db, 0, migrations.slice(0, 3));
  db.exec(`INSERT INTO submission (submission_id, review_id, review_hash, reviewed_ms, confirmed_ms, confirmation_text,
      review_json, seller_account_id, seller_principal_arn, profile) VALUES ('s', 'r', 'h', 0, 0, 'c', '{}', 'seller', 'arn', 'p')`);
  const insert =
    db.prepare(`INSERT INTO usage_record (record_id, submission_seq, submitted_ms, seller_account_id, agreement_id,
      product_id, buyer_account_id, dimension_key, quantity, start_ms, hour_slot_ms, scheme, metering_region, license_arn,
      deadline_ms, window_ms, description, time_zone, status, phase)
    VALUES (?, 1, 0, 'seller', 'a', 'p', 'b', ?, 1, 0, 0, 'licence', 'us-east-1', 'l', 0, 0, '', 'UTC', 'pending', 'queued')`);
  const settle = db.prepare(
    'UPDATE usage_record SET status = ?, reason = ?, phase = NULL, settled_ms = 1 WHERE record_id = ?',
  );
  const states = [
    { status: 'pending', reason: null },
    { status: 'accepted', reason: null },
    { status: 'rejected', reason: 'duplicate-record' },
    { status: 'rejected', reason: 'invalid-license' },
    { status: 'withdrawn', reason: null },
  ] as const;
  for (const [index, { status, reason }] of states.entries()) {
    insert.run(String(index), String(index));
    if (status !== 'pending') settle.run(status, reason, String(index));
  }

  migrate(db, 3, migrations);

  const rows = db.prepare('SELECT held, billable FROM usage_record ORDER BY seq').all();
  expect(rows.map((row) => row.held === 1)).toEqual(states.map(holdsSlot));
  expect(rows.map((row) => row.billable)).toEqual([1, 1, 0, 0, 0]);
  expect(() => db.exec("UPDATE usage_record SET quantity = 2 WHERE record_id = '1'")).toThrow('record-is');
  db.close();
});

it('keeps what was said of each call’s records, and still guards it', () => {
  const path = join(temporaryFolder(), 'ledger.sqlite');
  const old = new DatabaseSync(path);
  migrate(old, 0, migrations.slice(0, 5));
  const guard = createGuard(path, noIncidents);
  const before = createSqliteLedger(old, guard);
  const records = ['requests', 'gigabytes', 'seats'].map((dimensionKey) => aRecord({ dimensionKey }));
  valueIn(before.submit(aSubmission(records)));
  const [settled = '', open = '', untried = ''] = records.map(({ recordId }) => recordId);
  const waits = anAttempt([settled, open]);
  valueIn(before.beginAttempt(waits));
  const said = [
    { outcome: outcomeOf('recorded'), change: accepted(settled) },
    { outcome: outcomeOf('not-recorded'), change: waiting(open) },
  ];
  valueIn(before.endAttempt(anEnd(waits.attemptId, said)));
  const underWay = anAttempt([open]);
  valueIn(before.beginAttempt(underWay));
  const tables = (db: DatabaseSync) =>
    db
      .prepare(`SELECT record_seq, attempt_seq, outcome, reason, aws_error_name, aws_message, metering_record_id
        FROM attempt_record ORDER BY record_seq, attempt_seq`)
      .all();
  const kept = tables(old);

  migrate(old, 5, migrations);

  expect(kept).toHaveLength(3);
  expect(tables(old)).toEqual(kept);
  expect(old.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  const ledger = createSqliteLedger(old, guard);
  expect(valueIn(ledger.attempts(open)).map(({ outcome }) => outcome)).toEqual(['not-recorded', null]);
  expect(valueIn(ledger.unanswered())).toEqual([{ attemptId: underWay.attemptId, recordIds: [open] }]);
  expect(errorIn(ledger.beginAttempt(anAttempt([open])))).toMatchObject({ detail: 'record-is-in-flight' });
  expect(errorIn(ledger.beginAttempt(anAttempt([settled])))).toMatchObject({ detail: 'record-is-final' });
  expect(errorIn(ledger.change({ atMs: nowMs, actor: 'app', records: [waiting(open)] }))).toMatchObject({
    detail: 'record-is-in-flight',
  });
  for (const tampering of [
    "UPDATE attempt_record SET outcome = 'refused' WHERE outcome = 'recorded'",
    'UPDATE attempt_record SET record_seq = 3 WHERE outcome IS NULL',
    'DELETE FROM attempt_record',
  ]) {
    expect(() => old.exec(tampering)).toThrow('attempt-is');
  }
  valueIn(
    ledger.endAttempt(
      anEnd(underWay.attemptId, [{ outcome: outcomeOf('unanswered'), change: unknown(open) }]),
    ),
  );
  valueIn(ledger.beginAttempt(anAttempt([untried])));
  expect(checkLedger(old, null)).toMatchObject({ intact: true, checkedRecords: 3 });
  ledger.close();
});
