/** What a migration makes of rows that an older version wrote. */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { migrate, migrations } from '../../../src/main/adapters/storage/ledger/migrations.ts';
import { holdsSlot } from '../../../src/main/core/domain/usage-record.ts';
import { temporaryFolder } from './ledger-fixture.ts';

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
