/**
 * Version 4 of the ledger: a record's slot and its place in the estimates stand in columns of their own, which a call's answer rarely touches.
 * SQLite rewrites an index whenever a column in its condition is written, also with the same value; computed from the status, these
 * conditions had every answer rewrite three large indexes. The file itself still holds both columns to what the status says.
 */
const holdsSlot = (row: string) => `(${row}.status IN ('pending', 'accepted')
    OR (${row}.status = 'rejected' AND coalesce(${row}.reason, '') = 'duplicate-record'))`;

const isBillable = (row: string) => `(${row}.status IN ('pending', 'accepted'))`;

const sameHour = `held = 1 AND product_id = NEW.product_id AND buyer_account_id = NEW.buyer_account_id
    AND hour_slot_ms = NEW.hour_slot_ms AND dimension_key = NEW.dimension_key`;

const staysFinal = `CREATE TRIGGER usage_record_stays_final BEFORE UPDATE ON usage_record WHEN OLD.status <> 'pending'
BEGIN SELECT RAISE(ABORT, 'record-is-final'); END;`;

const columns = `
DROP TRIGGER usage_record_begins;
DROP TRIGGER usage_record_stays_final;
DROP INDEX usage_record_held_slot;
DROP INDEX usage_record_held_hour;
DROP INDEX usage_record_billable;
ALTER TABLE usage_record DROP COLUMN held;
-- Mirrors holdsSlot of core/domain/usage-record.ts.
ALTER TABLE usage_record ADD COLUMN held INTEGER NOT NULL DEFAULT 1 CHECK (held IN (0, 1));
ALTER TABLE usage_record ADD COLUMN billable INTEGER NOT NULL DEFAULT 1 CHECK (billable IN (0, 1));
UPDATE usage_record SET held = ${holdsSlot('usage_record')}, billable = 0 WHERE NOT ${isBillable('usage_record')};
${staysFinal}
`;

const indexes = `
CREATE UNIQUE INDEX usage_record_held_slot ON usage_record
  (metering_region, scheme, subject, buyer_account_id, dimension_key, hour_slot_ms) WHERE held = 1;
CREATE INDEX usage_record_held_hour ON usage_record
  (product_id, buyer_account_id, hour_slot_ms, dimension_key) WHERE held = 1;
CREATE INDEX usage_record_billable ON usage_record
  (agreement_id, start_ms, seller_account_id, estimate_currency, estimate_amount) WHERE billable = 1;
`;

const triggers = `
CREATE TRIGGER usage_record_begins BEFORE INSERT ON usage_record BEGIN
  SELECT RAISE(ABORT, 'record-must-begin-queued')
    WHERE NEW.status <> 'pending' OR NEW.phase IS NOT 'queued' OR NEW.attempt_count <> 0 OR NEW.may_be_recorded <> 0
      OR NEW.held <> 1 OR NEW.billable <> 1;
  SELECT RAISE(ABORT, 'record-is-not-of-its-submission') WHERE NOT EXISTS (
    SELECT 1 FROM submission WHERE seq = NEW.submission_seq AND confirmed_ms = NEW.submitted_ms
      AND seller_account_id = NEW.seller_account_id);
  SELECT RAISE(ABORT, 'mixed-scheme') WHERE EXISTS (
    SELECT 1 FROM usage_record WHERE ${sameHour} AND scheme <> NEW.scheme);
  SELECT RAISE(ABORT, 'other-region') WHERE EXISTS (
    SELECT 1 FROM usage_record WHERE ${sameHour} AND metering_region <> NEW.metering_region);
END;

CREATE TRIGGER usage_record_slot_follows_status AFTER UPDATE ON usage_record
WHEN NEW.held IS NOT ${holdsSlot('NEW')} OR NEW.billable IS NOT ${isBillable('NEW')}
BEGIN SELECT RAISE(ABORT, 'slot-does-not-fit-the-status'); END;
`;

export const schema4 = columns + indexes + triggers;
