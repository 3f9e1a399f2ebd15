/**
 * Version 3 of the ledger: what becomes of a rejected record. A later record may take its place (its *successor*), or a person writes it
 * off, and may reopen it. The file refuses two successors at once, a successor of what was not rejected, and both at once. Also
 * the indexes by which the history is searched.
 */
const links = `
ALTER TABLE usage_record ADD COLUMN predecessor_id TEXT REFERENCES usage_record (record_id);

-- A successor that was taken back leaves its predecessor open again.
CREATE UNIQUE INDEX usage_record_successor ON usage_record (predecessor_id)
  WHERE predecessor_id IS NOT NULL AND status <> 'withdrawn';

CREATE TRIGGER usage_record_keeps_its_predecessor BEFORE UPDATE OF predecessor_id ON usage_record
WHEN NEW.predecessor_id IS NOT OLD.predecessor_id
BEGIN SELECT RAISE(ABORT, 'record-is-confirmed'); END;

CREATE TRIGGER usage_record_succeeds BEFORE INSERT ON usage_record WHEN NEW.predecessor_id IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'predecessor-is-not-rejected') WHERE NOT EXISTS (
    SELECT 1 FROM usage_record WHERE record_id = NEW.predecessor_id AND status = 'rejected'
      AND seller_account_id = NEW.seller_account_id AND buyer_account_id = NEW.buyer_account_id);
  SELECT RAISE(ABORT, 'record-has-a-successor') WHERE EXISTS (
    SELECT 1 FROM usage_record WHERE predecessor_id = NEW.predecessor_id AND status <> 'withdrawn');
  SELECT RAISE(ABORT, 'record-is-written-off') WHERE EXISTS (
    SELECT 1 FROM usage_record JOIN write_off ON write_off.record_seq = usage_record.seq
    WHERE record_id = NEW.predecessor_id AND reopened_ms IS NULL);
END;
`;

const writeOffs = `
CREATE TABLE write_off (
  -- The number of the event that tells of it.
  seq INTEGER PRIMARY KEY,
  record_seq INTEGER NOT NULL REFERENCES usage_record (seq),
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  note TEXT NOT NULL CHECK (trim(note) <> ''),
  amount TEXT CHECK ((amount IS NULL) = (currency IS NULL)),
  currency TEXT,
  reopened_ms INTEGER,
  reopened_by TEXT CHECK ((reopened_by IS NULL) = (reopened_ms IS NULL))
) STRICT;
CREATE UNIQUE INDEX write_off_open ON write_off (record_seq) WHERE reopened_ms IS NULL;
CREATE INDEX write_off_of_record ON write_off (record_seq);

CREATE TRIGGER write_off_begins BEFORE INSERT ON write_off BEGIN
  SELECT RAISE(ABORT, 'write-off-without-event')
    WHERE NEW.reopened_ms IS NOT NULL OR NEW.seq IS NOT (SELECT max(seq) FROM event);
  SELECT RAISE(ABORT, 'record-is-not-rejected') WHERE NOT EXISTS (
    SELECT 1 FROM usage_record WHERE seq = NEW.record_seq AND status = 'rejected');
  SELECT RAISE(ABORT, 'record-is-written-off') WHERE EXISTS (
    SELECT 1 FROM write_off WHERE record_seq = NEW.record_seq AND reopened_ms IS NULL);
  SELECT RAISE(ABORT, 'record-has-a-successor') WHERE EXISTS (
    SELECT 1 FROM usage_record AS record JOIN usage_record AS next ON next.predecessor_id = record.record_id
    WHERE record.seq = NEW.record_seq AND next.status <> 'withdrawn');
END;
CREATE TRIGGER write_off_stays BEFORE UPDATE ON write_off
WHEN OLD.reopened_ms IS NOT NULL OR NEW.reopened_ms IS NULL OR NEW.seq <> OLD.seq
  OR NEW.record_seq <> OLD.record_seq OR NEW.at_ms <> OLD.at_ms OR NEW.actor <> OLD.actor OR NEW.note <> OLD.note
  OR NEW.amount IS NOT OLD.amount OR NEW.currency IS NOT OLD.currency
BEGIN SELECT RAISE(ABORT, 'write-off-is-written'); END;
CREATE TRIGGER write_off_is_kept BEFORE DELETE ON write_off
BEGIN SELECT RAISE(ABORT, 'write-off-is-kept'); END;
`;

/** One a filter of the history, each in the order in which it is shown. */
const indexes = `
CREATE INDEX usage_record_of_seller ON usage_record (seller_account_id, submitted_ms);
CREATE INDEX usage_record_of_buyer ON usage_record (buyer_account_id, submitted_ms);
CREATE INDEX usage_record_of_product ON usage_record (product_id, submitted_ms);
CREATE INDEX usage_record_of_dimension ON usage_record (dimension_key, submitted_ms);
CREATE INDEX usage_record_with_reason ON usage_record (reason, submitted_ms) WHERE reason IS NOT NULL;
CREATE INDEX usage_record_by_start ON usage_record (start_ms);
CREATE INDEX submission_of_principal ON submission (seller_principal_arn, confirmed_ms);
`;

export const schema3 = writeOffs + links + indexes;
