/**
 * Version 2 of the ledger: a decision on a record that may be recorded says on what evidence it rests. The decision itself, in
 * `decided_by`, is the one door past the rule that such a record stays pending, so the file refuses one without its grounds.
 */
export const schema2 = `
ALTER TABLE usage_record ADD COLUMN decision_note TEXT
  CHECK ((decision_note IS NULL) = (decided_by IS NULL));

CREATE TRIGGER usage_record_decided_on_evidence BEFORE UPDATE OF decided_by ON usage_record
WHEN OLD.status = 'pending' AND NEW.decided_by IS NOT NULL AND (NEW.decided_by = '' OR trim(coalesce(NEW.decision_note, '')) = '')
BEGIN SELECT RAISE(ABORT, 'decision-needs-evidence'); END;

-- Whether the record is there is what is decided; that it was refused, or never left, is AWS's to say or the sender's to know.
CREATE TRIGGER usage_record_decides_what_is_unknown BEFORE UPDATE OF decided_by ON usage_record
WHEN OLD.status = 'pending' AND NEW.decided_by IS NOT NULL AND OLD.may_be_recorded = 0
BEGIN SELECT RAISE(ABORT, 'nothing-to-decide'); END;
`;
