/**
 * Version 6 of the ledger: what was said of a call's records stands together, by the call. It was kept by record: the records of one call
 * are of many contracts, so that each intent and each answer wrote about as many pages as it had records.
 */
const openAttempt = `EXISTS (
    SELECT 1 FROM attempt_record JOIN attempt ON attempt.seq = attempt_record.attempt_seq
    WHERE attempt_record.record_seq = NEW.record_seq AND attempt.ended_ms IS NULL)`;

const moved = `
CREATE TABLE attempt_record_before AS SELECT * FROM attempt_record;
-- Its triggers and its index go with it; the triggers of other tables find the new one by its name.
DROP TABLE attempt_record;
CREATE TABLE attempt_record (
  attempt_seq INTEGER NOT NULL REFERENCES attempt (seq),
  record_seq INTEGER NOT NULL REFERENCES usage_record (seq),
  outcome TEXT CHECK (outcome IN ('recorded', 'refused', 'not-recorded', 'may-be-recorded', 'unanswered')),
  reason TEXT,
  aws_error_name TEXT,
  aws_message TEXT,
  metering_record_id TEXT,
  PRIMARY KEY (attempt_seq, record_seq)
) STRICT, WITHOUT ROWID;
INSERT INTO attempt_record (attempt_seq, record_seq, outcome, reason, aws_error_name, aws_message, metering_record_id)
  SELECT attempt_seq, record_seq, outcome, reason, aws_error_name, aws_message, metering_record_id
  FROM attempt_record_before ORDER BY attempt_seq, record_seq;
DROP TABLE attempt_record_before;
CREATE INDEX attempt_record_of_record ON attempt_record (record_seq);
`;

/** As in version 1: dropping the table dropped them. */
const triggers = `
CREATE TRIGGER attempt_record_begins BEFORE INSERT ON attempt_record BEGIN
  SELECT RAISE(ABORT, 'attempt-is-written') WHERE NEW.outcome IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM attempt WHERE seq = NEW.attempt_seq AND ended_ms IS NULL);
  SELECT RAISE(ABORT, 'record-is-in-flight') WHERE ${openAttempt};
  SELECT RAISE(ABORT, 'record-is-final') WHERE EXISTS (
    SELECT 1 FROM usage_record WHERE seq = NEW.record_seq AND status <> 'pending');
  SELECT RAISE(ABORT, 'record-does-not-fit-the-attempt') WHERE NOT EXISTS (
    SELECT 1 FROM usage_record JOIN attempt ON attempt.seq = NEW.attempt_seq
    WHERE usage_record.seq = NEW.record_seq
      AND usage_record.seller_account_id = attempt.seller_account_id
      AND usage_record.metering_region = attempt.metering_region
      AND usage_record.product_id = attempt.product_id);
END;
CREATE TRIGGER attempt_record_stays BEFORE UPDATE ON attempt_record
WHEN OLD.outcome IS NOT NULL OR NEW.record_seq IS NOT OLD.record_seq OR NEW.attempt_seq IS NOT OLD.attempt_seq
BEGIN SELECT RAISE(ABORT, 'attempt-is-written'); END;
CREATE TRIGGER attempt_record_is_kept BEFORE DELETE ON attempt_record
BEGIN SELECT RAISE(ABORT, 'attempt-is-kept'); END;
`;

export const schema6 = moved + triggers;
