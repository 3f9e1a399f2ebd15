/**
 * What CloudTrail's event history says of a record whose outcome is unknown. The history shows what was sent and answered, not what is
 * billed; that something is missing in it proves nothing.
 * https://docs.aws.amazon.com/marketplace/latest/userguide/cloudtrail-logging.html
 */
import { isOfUnknown } from './settle.ts';
import { type RecordChange, type StoredAttempt, type StoredRecord, stateOfRecord } from './usage-record.ts';
import { hourMs, hourSlotOf, minuteMs } from './utc-hours.ts';

/** One record of a call as the event shows it; null where the event is silent. */
export interface TrailRecord {
  readonly dimensionKey: string | null;
  /** Whole seconds, epoch ms. */
  readonly startMs: number | null;
  readonly quantity: number | null;
  readonly buyerAccountId: string | null;
  readonly licenseArn: string | null;
  /** AWS's status word, or `UnprocessedRecords`; null when the call was refused or the answer does not show it. */
  readonly status: string | null;
  readonly meteringRecordId: string | null;
}

/** One BatchMeterUsage call of a seller account in a Region. */
export interface TrailCall {
  readonly eventId: string;
  readonly atMs: number;
  readonly requestId: string | null;
  readonly principalArn: string | null;
  /** Whether the call named this app in its user agent. */
  readonly isOurApp: boolean;
  /** AWS's error when it refused the call. */
  readonly errorName: string | null;
  readonly productCode: string | null;
  readonly records: readonly TrailRecord[];
}

/** What one event says of one hour slot. */
export interface TrailFinding extends Omit<TrailCall, 'records' | 'productCode'> {
  readonly status: string | null;
  readonly meteringRecordId: string | null;
  readonly startMs: number | null;
  readonly quantity: number | null;
  /** The very record: same instant and quantity too. */
  readonly isSameRecord: boolean;
}

/** All that the calls say of the record's hour slot, oldest first. */
export function findingsFor(record: StoredRecord, calls: readonly TrailCall[]): readonly TrailFinding[] {
  const found = calls.flatMap(({ records, productCode, ...call }) =>
    records
      .filter((one) => isOfSlot(one, productCode, record))
      .map(({ status, meteringRecordId, startMs, quantity }) => ({
        ...call,
        status,
        meteringRecordId,
        startMs,
        quantity,
        isSameRecord: startMs === record.startMs && quantity === record.quantity,
      })),
  );
  return found.sort((a, b) => a.atMs - b.atMs);
}

function isOfSlot(one: TrailRecord, productCode: string | null, record: StoredRecord): boolean {
  const ofSubject =
    record.scheme === 'licence'
      ? one.licenseArn === record.licenseArn
      : one.licenseArn === null && productCode === record.productCode;
  return (
    ofSubject &&
    one.dimensionKey === record.dimensionKey &&
    one.buyerAccountId === record.buyerAccountId &&
    one.startMs !== null &&
    hourSlotOf(one.startMs) === record.hourSlotMs
  );
}

export type TrailVerdict =
  | { readonly kind: 'recorded'; readonly finding: TrailFinding }
  | { readonly kind: 'someone-elses'; readonly finding: TrailFinding }
  | { readonly kind: 'open' };

const duplicate = 'DuplicateRecord';

/** AWS takes no signature of a clock that is further off; the time of an attempt is this computer's idea of AWS's. */
const clockToleranceMs = 5 * minuteMs;

/** Null: no attempt is known that may have been recorded, although the record may be; its calls are not all known. */
function firstMayBeMs(attempts: readonly Pick<StoredAttempt, 'outcome' | 'startedMs'>[]): number | null {
  const times = attempts
    .filter(({ outcome }) => outcome !== 'not-recorded' && outcome !== 'refused')
    .map(({ startedMs }) => startedMs);
  return times.length === 0 ? null : Math.min(...times);
}

/**
 * Our own call with a success settles the record as recorded. Someone else's success does as a duplicate, but only where AWS also called ours one,
 * theirs came before any of ours that may have been recorded, and all calls of the time were seen: first write wins, and one of ours may have been the
 * first. Our own refused call settles nothing, because another may have gone through.
 */
export function verdictOf(
  findings: readonly TrailFinding[],
  attempts: readonly Pick<StoredAttempt, 'awsErrorName' | 'outcome' | 'startedMs'>[],
  search: { readonly isComplete: boolean },
): TrailVerdict {
  const isOwn = (finding: TrailFinding): boolean => finding.isOurApp && finding.isSameRecord;
  const successes = findings.filter((finding) => finding.status === 'Success');
  const own = successes.find(isOwn);
  if (own) return { kind: 'recorded', finding: own };
  const firstMs = firstMayBeMs(attempts);
  if (firstMs === null || !search.isComplete) return { kind: 'open' };
  const other = successes.find(({ atMs }) => atMs < firstMs - clockToleranceMs);
  const wasDuplicate =
    attempts.some((attempt) => attempt.awsErrorName === duplicate) ||
    findings.some((finding) => isOwn(finding) && finding.status === duplicate);
  return other && wasDuplicate ? { kind: 'someone-elses', finding: other } : { kind: 'open' };
}

/** The name under which CloudTrail's decisions stand in the ledger. */
export const trailName = 'CloudTrail';

/** What the verdict makes of the record; null when it stays unknown. */
export function decidedByTrail(
  record: StoredRecord,
  verdict: TrailVerdict,
  nowMs: number,
): RecordChange | null {
  if (!canBeDecided(record, nowMs) || verdict.kind === 'open') return null;
  const { finding } = verdict;
  const settled = { ...stateOfRecord(record), phase: null, nextTryMs: null, settledMs: nowMs };
  const decidedBy = trailName;
  const evidence = `event ${finding.eventId} of ${new Date(finding.atMs).toISOString()}`;
  if (verdict.kind === 'recorded') {
    return {
      ...settled,
      ...{ status: 'accepted', reason: null, awsErrorName: null, awsMessage: null },
      meteringRecordId: finding.meteringRecordId,
      decidedBy,
      decisionNote: `Our own call was recorded: ${evidence}`,
    };
  }
  const who = finding.principalArn ?? 'someone else';
  return {
    ...settled,
    ...{ status: 'rejected', reason: 'duplicate-record', awsErrorName: duplicate, awsMessage: null },
    decidedBy,
    decisionNote: `The record in this hour is of ${who}: ${evidence}`,
  };
}

/** A person's decision, on the evidence; null where there is nothing to decide. `decidedBy` is the principal. */
export function decidedByPerson(
  record: StoredRecord,
  decision: { readonly isRecorded: boolean; readonly decidedBy: string; readonly note: string },
  nowMs: number,
): RecordChange | null {
  if (!canBeDecided(record, nowMs)) return null;
  const { decidedBy, note: decisionNote } = decision;
  const settled = { ...stateOfRecord(record), phase: null, nextTryMs: null, settledMs: nowMs };
  if (decision.isRecorded) return { ...settled, status: 'accepted', reason: null, decidedBy, decisionNote };
  return { ...settled, status: 'rejected', reason: 'decided-not-recorded', decidedBy, decisionNote };
}

/** Unknown, and nothing that is sent by itself can tell more. */
export function canBeDecided(record: StoredRecord, nowMs: number): boolean {
  return (
    record.status === 'pending' &&
    record.phase === 'unknown' &&
    record.mayBeRecorded &&
    (record.nextTryMs === null || nowMs >= record.deadlineMs)
  );
}

/** CloudTrail usually shows a call after a quarter of an hour; there is no promise. */
const firstLookMs = 20 * minuteMs;
const longestPauseMs = 6 * hourMs;
/** From then on that CloudTrail shows nothing is worth telling. */
const expectedWithinMs = 90 * minuteMs;

type Sent = Pick<StoredRecord, 'submittedMs' | 'lastSentMs'>;

/** When an unknown record was sent last. One of a restored ledger need not know its calls. */
function sentMs({ submittedMs, lastSentMs }: Sent): number {
  return Math.max(submittedMs, lastSentMs ?? submittedMs);
}

/** When to look first, or again after so many looks at `lastLookMs`. */
export function nextLookMs(record: Sent, looks: number, lastLookMs: number | null): number {
  if (lastLookMs === null) return sentMs(record) + firstLookMs;
  return lastLookMs + Math.min(longestPauseMs, firstLookMs * 2 ** Math.min(looks - 1, 10));
}

/** From this instant on a person need not wait for CloudTrail any longer. */
export function trailExpectedByMs(record: Sent): number {
  return sentMs(record) + expectedWithinMs;
}

/** Until when an unknown record that is sent no more waits for CloudTrail, unless a person can lift what keeps it; null for any other. */
export function awaitsTrailUntilMs(
  record: Sent & Pick<StoredRecord, 'status' | 'phase' | 'reason' | 'nextTryMs'>,
): number | null {
  const { status, phase, reason, nextTryMs } = record;
  const isWithoutTry = status === 'pending' && phase === 'unknown' && nextTryMs === null;
  return isWithoutTry && isOfUnknown(reason) ? trailExpectedByMs(record) : null;
}
