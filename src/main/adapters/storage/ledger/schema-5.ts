/**
 * Version 5 of the ledger: the file says for good whether it is of practice, so that what was practised can never be restored into the live
 * ledger, nor the other way round.
 */
export const schema5 = `
CREATE TABLE origin (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  practice INTEGER NOT NULL CHECK (practice IN (0, 1))
) STRICT;
CREATE TRIGGER origin_stays BEFORE UPDATE ON origin BEGIN SELECT RAISE(ABORT, 'origin-stays'); END;
CREATE TRIGGER origin_is_kept BEFORE DELETE ON origin BEGIN SELECT RAISE(ABORT, 'origin-stays'); END;
`;
