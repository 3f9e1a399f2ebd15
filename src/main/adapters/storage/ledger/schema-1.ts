/**
 * Version 1 of the ledger. What must never happen is refused here, by the file itself, whatever the code above does:
 * an hour slot held twice, one hour's usage under two schemes or Regions, a confirmed quantity that changes, a final
 * status that comes back, a record that may be at AWS and lets go of its slot, an event that is rewritten.
 *
 * The messages of RAISE are codes, read in `failures.ts`. A shipped version is never edited: a change is a new version.
 */

/** Stands where the first event's predecessor would be. */
export const genesisHash = '0'.repeat(64);

const tables = `
CREATE TABLE submission (
  seq INTEGER PRIMARY KEY,
  submission_id TEXT NOT NULL UNIQUE,
  review_id TEXT NOT NULL UNIQUE,
  review_hash TEXT NOT NULL,
  reviewed_ms INTEGER NOT NULL,
  confirmed_ms INTEGER NOT NULL,
  confirmation_text TEXT NOT NULL CHECK (confirmation_text <> ''),
  review_json TEXT NOT NULL,
  seller_account_id TEXT NOT NULL CHECK (seller_account_id <> ''),
  seller_role_name TEXT,
  seller_principal_arn TEXT NOT NULL CHECK (seller_principal_arn <> ''),
  profile TEXT NOT NULL
) STRICT;

CREATE TABLE usage_record (
  seq INTEGER PRIMARY KEY,
  record_id TEXT NOT NULL UNIQUE,
  submission_seq INTEGER NOT NULL REFERENCES submission (seq),
  -- Copies of the submission's, for the indexes; a trigger holds them equal.
  submitted_ms INTEGER NOT NULL,
  seller_account_id TEXT NOT NULL,
  agreement_id TEXT NOT NULL CHECK (agreement_id <> ''),
  product_id TEXT NOT NULL CHECK (product_id <> ''),
  buyer_account_id TEXT NOT NULL CHECK (buyer_account_id <> ''),
  dimension_key TEXT NOT NULL CHECK (dimension_key <> ''),
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 0 AND 2147483647),
  start_ms INTEGER NOT NULL CHECK (start_ms % 1000 = 0),
  hour_slot_ms INTEGER NOT NULL CHECK (hour_slot_ms = start_ms - start_ms % 3600000),
  scheme TEXT NOT NULL CHECK (scheme IN ('licence', 'product-code')),
  metering_region TEXT NOT NULL CHECK (metering_region <> ''),
  license_arn TEXT CHECK ((license_arn IS NOT NULL) = (scheme = 'licence')),
  product_code TEXT CHECK ((product_code IS NOT NULL) = (scheme = 'product-code')),
  subject TEXT NOT NULL GENERATED ALWAYS AS (coalesce(license_arn, product_code)) STORED,
  deadline_ms INTEGER NOT NULL,
  window_ms INTEGER NOT NULL,
  product_title TEXT,
  dimension_name TEXT,
  unit TEXT,
  description TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  unit_price TEXT,
  -- Money is decimal text: a binary float would round it.
  estimate_amount TEXT CHECK ((estimate_amount IS NULL) = (estimate_currency IS NULL)),
  estimate_currency TEXT,
  -- From here on a record changes, while it is pending.
  status TEXT NOT NULL CHECK (status IN ('pending', 'accepted', 'rejected', 'withdrawn')),
  phase TEXT CHECK (phase IN ('queued', 'sending', 'waiting', 'held', 'unknown')),
  reason TEXT CHECK (status <> 'rejected' OR reason IS NOT NULL),
  aws_error_name TEXT,
  aws_message TEXT,
  request_id TEXT,
  metering_record_id TEXT,
  next_try_ms INTEGER,
  settled_ms INTEGER CHECK ((settled_ms IS NULL) = (status = 'pending')),
  attempt_count INTEGER NOT NULL DEFAULT 0,
  may_be_recorded INTEGER NOT NULL DEFAULT 0 CHECK (may_be_recorded IN (0, 1)),
  send_anyway INTEGER NOT NULL DEFAULT 0 CHECK (send_anyway IN (0, 1)),
  -- The one door for a person (or CloudTrail) to settle a record that may be recorded: set together with the final
  -- status, it lifts the trigger usage_record_may_be_recorded for that update. Nothing sets it yet.
  decided_by TEXT CHECK (decided_by IS NULL OR status <> 'pending'),
  -- Mirrors holdsSlot of core/domain/usage-record.ts.
  held INTEGER NOT NULL GENERATED ALWAYS AS (
    status IN ('pending', 'accepted') OR (status = 'rejected' AND coalesce(reason, '') = 'duplicate-record')
  ) STORED,
  CHECK ((phase IS NOT NULL) = (status = 'pending'))
) STRICT;

CREATE TABLE attempt (
  seq INTEGER PRIMARY KEY,
  attempt_id TEXT NOT NULL UNIQUE,
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER,
  -- One call has one seller, one Region and one product.
  seller_account_id TEXT NOT NULL,
  metering_region TEXT NOT NULL,
  product_id TEXT NOT NULL,
  principal_arn TEXT NOT NULL,
  access_key_id TEXT NOT NULL,
  request_id TEXT,
  http_status INTEGER
) STRICT;

CREATE TABLE attempt_record (
  record_seq INTEGER NOT NULL REFERENCES usage_record (seq),
  attempt_seq INTEGER NOT NULL REFERENCES attempt (seq),
  outcome TEXT CHECK (outcome IN ('recorded', 'refused', 'not-recorded', 'may-be-recorded', 'unanswered')),
  reason TEXT,
  aws_error_name TEXT,
  aws_message TEXT,
  metering_record_id TEXT,
  PRIMARY KEY (record_seq, attempt_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  content TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

-- Counting a contract's records again for each page would grow with them.
CREATE TABLE record_count (
  agreement_id TEXT NOT NULL,
  status TEXT NOT NULL,
  seller_account_id TEXT NOT NULL,
  records INTEGER NOT NULL,
  PRIMARY KEY (agreement_id, status, seller_account_id)
) STRICT, WITHOUT ROWID;
`;

const indexes = `
CREATE UNIQUE INDEX usage_record_held_slot ON usage_record
  (metering_region, scheme, subject, buyer_account_id, dimension_key, hour_slot_ms) WHERE held = 1;
CREATE INDEX usage_record_held_hour ON usage_record
  (product_id, buyer_account_id, hour_slot_ms, dimension_key) WHERE held = 1;
CREATE INDEX usage_record_of_agreement ON usage_record (agreement_id, submitted_ms);
CREATE INDEX usage_record_by_time ON usage_record (submitted_ms);
CREATE INDEX usage_record_of_agreement_apart ON usage_record (agreement_id, status, submitted_ms)
  WHERE status <> 'accepted';
CREATE INDEX usage_record_apart ON usage_record (status, submitted_ms) WHERE status <> 'accepted';
CREATE INDEX usage_record_billable ON usage_record
  (agreement_id, start_ms, seller_account_id, estimate_currency, estimate_amount)
  WHERE status IN ('pending', 'accepted');
CREATE INDEX usage_record_of_submission ON usage_record (submission_seq);
CREATE INDEX attempt_open ON attempt (started_ms) WHERE ended_ms IS NULL;
CREATE INDEX attempt_record_of_attempt ON attempt_record (attempt_seq);
`;

/** Columns of a record that were confirmed, or follow from what was: they never change. */
export const confirmedColumns = [
  ...[
    'seq',
    'record_id',
    'submission_seq',
    'submitted_ms',
    'seller_account_id',
    'agreement_id',
    'product_id',
  ],
  ...[
    'buyer_account_id',
    'dimension_key',
    'quantity',
    'start_ms',
    'hour_slot_ms',
    'scheme',
    'metering_region',
  ],
  ...['license_arn', 'product_code', 'deadline_ms', 'window_ms', 'product_title', 'dimension_name', 'unit'],
  ...['description', 'time_zone', 'unit_price', 'estimate_amount', 'estimate_currency'],
] as const;

const differs = (columns: readonly string[]) =>
  columns.map((column) => `NEW.${column} IS NOT OLD.${column}`).join(' OR ');

const sameHour = `held = 1 AND product_id = NEW.product_id AND buyer_account_id = NEW.buyer_account_id
    AND hour_slot_ms = NEW.hour_slot_ms AND dimension_key = NEW.dimension_key`;

const openAttempt = (record: string) => `EXISTS (
    SELECT 1 FROM attempt_record JOIN attempt ON attempt.seq = attempt_record.attempt_seq
    WHERE attempt_record.record_seq = ${record} AND attempt.ended_ms IS NULL)`;

const recordTriggers = `
CREATE TRIGGER usage_record_begins BEFORE INSERT ON usage_record BEGIN
  SELECT RAISE(ABORT, 'record-must-begin-queued')
    WHERE NEW.status <> 'pending' OR NEW.phase IS NOT 'queued' OR NEW.attempt_count <> 0 OR NEW.may_be_recorded <> 0;
  SELECT RAISE(ABORT, 'record-is-not-of-its-submission') WHERE NOT EXISTS (
    SELECT 1 FROM submission WHERE seq = NEW.submission_seq AND confirmed_ms = NEW.submitted_ms
      AND seller_account_id = NEW.seller_account_id);
  -- AWS's own key knows neither of these: the same usage by the other identifiers, or sent to another Region, is billed again.
  SELECT RAISE(ABORT, 'mixed-scheme') WHERE EXISTS (
    SELECT 1 FROM usage_record WHERE ${sameHour} AND scheme <> NEW.scheme);
  SELECT RAISE(ABORT, 'other-region') WHERE EXISTS (
    SELECT 1 FROM usage_record WHERE ${sameHour} AND metering_region <> NEW.metering_region);
END;

CREATE TRIGGER usage_record_stays_as_confirmed BEFORE UPDATE ON usage_record
WHEN ${differs(confirmedColumns)}
BEGIN SELECT RAISE(ABORT, 'record-is-confirmed'); END;

CREATE TRIGGER usage_record_stays_final BEFORE UPDATE ON usage_record WHEN OLD.status <> 'pending'
BEGIN SELECT RAISE(ABORT, 'record-is-final'); END;

CREATE TRIGGER usage_record_in_flight BEFORE UPDATE ON usage_record
WHEN OLD.phase = 'sending' AND ${openAttempt('OLD.seq')}
BEGIN SELECT RAISE(ABORT, 'record-is-in-flight'); END;

CREATE TRIGGER usage_record_sends_by_attempt BEFORE UPDATE OF phase ON usage_record
WHEN NEW.phase = 'sending' AND NOT ${openAttempt('NEW.seq')}
BEGIN SELECT RAISE(ABORT, 'record-has-no-attempt'); END;

-- Once a call's outcome was unknown, only success or a decision settles the record.
CREATE TRIGGER usage_record_may_be_recorded BEFORE UPDATE ON usage_record
WHEN NEW.decided_by IS NULL AND NEW.status <> 'accepted' AND (
  (NEW.status IN ('rejected', 'withdrawn') AND NEW.may_be_recorded = 1)
  OR (NEW.may_be_recorded = 0 AND (OLD.may_be_recorded = 1 OR EXISTS (
    SELECT 1 FROM attempt_record
    WHERE record_seq = OLD.seq AND outcome IN ('may-be-recorded', 'unanswered')))))
BEGIN SELECT RAISE(ABORT, 'record-may-be-recorded'); END;

CREATE TRIGGER usage_record_is_kept BEFORE DELETE ON usage_record
BEGIN SELECT RAISE(ABORT, 'record-is-kept'); END;

CREATE TRIGGER usage_record_counts_in AFTER INSERT ON usage_record BEGIN
  INSERT INTO record_count VALUES (NEW.agreement_id, NEW.status, NEW.seller_account_id, 1)
    ON CONFLICT DO UPDATE SET records = records + 1;
END;

CREATE TRIGGER usage_record_counts_over AFTER UPDATE OF status ON usage_record WHEN NEW.status <> OLD.status BEGIN
  UPDATE record_count SET records = records - 1
    WHERE agreement_id = OLD.agreement_id AND status = OLD.status AND seller_account_id = OLD.seller_account_id;
  INSERT INTO record_count VALUES (NEW.agreement_id, NEW.status, NEW.seller_account_id, 1)
    ON CONFLICT DO UPDATE SET records = records + 1;
END;
`;

const otherTriggers = `
CREATE TRIGGER submission_stays BEFORE UPDATE ON submission
BEGIN SELECT RAISE(ABORT, 'submission-is-confirmed'); END;
CREATE TRIGGER submission_is_kept BEFORE DELETE ON submission
BEGIN SELECT RAISE(ABORT, 'submission-is-kept'); END;

CREATE TRIGGER attempt_stays BEFORE UPDATE ON attempt
WHEN OLD.ended_ms IS NOT NULL OR NEW.ended_ms IS NULL OR ${differs([
  ...['seq', 'attempt_id', 'started_ms', 'seller_account_id', 'metering_region', 'product_id'],
  ...['principal_arn', 'access_key_id'],
])}
BEGIN SELECT RAISE(ABORT, 'attempt-is-written'); END;
CREATE TRIGGER attempt_is_kept BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'attempt-is-kept'); END;

CREATE TRIGGER attempt_record_begins BEFORE INSERT ON attempt_record BEGIN
  SELECT RAISE(ABORT, 'attempt-is-written') WHERE NEW.outcome IS NOT NULL
    OR NOT EXISTS (SELECT 1 FROM attempt WHERE seq = NEW.attempt_seq AND ended_ms IS NULL);
  SELECT RAISE(ABORT, 'record-is-in-flight') WHERE ${openAttempt('NEW.record_seq')};
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
WHEN OLD.outcome IS NOT NULL OR ${differs(['record_seq', 'attempt_seq'])}
BEGIN SELECT RAISE(ABORT, 'attempt-is-written'); END;
CREATE TRIGGER attempt_record_is_kept BEFORE DELETE ON attempt_record
BEGIN SELECT RAISE(ABORT, 'attempt-is-kept'); END;

CREATE TRIGGER event_follows BEFORE INSERT ON event
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event)
  OR NEW.previous_hash IS NOT coalesce((SELECT hash FROM event ORDER BY seq DESC LIMIT 1), '${genesisHash}')
BEGIN SELECT RAISE(ABORT, 'event-breaks-the-chain'); END;
CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'event-is-append-only'); END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'event-is-append-only'); END;
`;

export const schema1 = tables + indexes + recordTriggers + otherTriggers;
