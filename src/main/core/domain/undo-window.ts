/**
 * The undo window: after a person confirmed, nothing leaves for some seconds, and the whole submission can be taken back. Instants are
 * epoch ms in AWS's time.
 */
import type { RecordChange, StoredRecord } from './usage-record.ts';
import { stateOfRecord } from './usage-record.ts';
import { minuteMs, secondMs } from './utc-hours.ts';

/** With less left than this before a deadline, sending comes first. */
const leastLeftMs = 2 * minuteMs;
/** At most this part of what is left is spent on waiting. */
const partOfWhatIsLeft = 4;

/** The window in whole seconds for records with these deadlines: as wished, or shorter near a deadline, or none at its edge. */
export function undoSecondsFor(wishedSeconds: number, deadlinesMs: readonly number[], nowMs: number): number {
  const leftMs = Math.min(...deadlinesMs) - nowMs;
  if (leftMs < leastLeftMs) return 0;
  return Math.max(0, Math.min(wishedSeconds, Math.floor(leftMs / partOfWhatIsLeft / secondMs)));
}

/** Until when the record waits in its undo window; null when it is in none. */
export function undoUntilMs(record: StoredRecord, nowMs: number): number | null {
  const { nextTryMs } = record;
  return neverLeft(record) && record.phase === 'queued' && nextTryMs !== null && nextTryMs > nowMs
    ? nextTryMs
    : null;
}

/** Whether a submission can be taken back as a whole: none of it has left, and some of it is still here. */
export function canBeUndone(records: readonly StoredRecord[]): boolean {
  return (
    records.some(neverLeft) && records.every((record) => neverLeft(record) || record.status === 'withdrawn')
  );
}

function neverLeft({ status, phase, attemptCount, mayBeRecorded }: StoredRecord): boolean {
  return status === 'pending' && phase !== 'sending' && attemptCount === 0 && !mayBeRecorded;
}

/** Ends the window of a record before its time; null when it is in none. */
export function sentNow(record: StoredRecord, nowMs: number): RecordChange | null {
  return undoUntilMs(record, nowMs) === null ? null : { ...stateOfRecord(record), nextTryMs: null };
}

/**
 * After a crash inside the window it starts again, because nobody could see its end. Gives the records' changes; none for records that were
 * not in a window. `records` are of one submission.
 */
export function undoAgain(
  records: readonly StoredRecord[],
  wishedSeconds: number,
  nowMs: number,
): readonly RecordChange[] {
  const waited = records.filter(
    (record) => neverLeft(record) && record.phase === 'queued' && record.nextTryMs !== null,
  );
  if (waited.length === 0) return [];
  const seconds = undoSecondsFor(
    wishedSeconds,
    waited.map(({ deadlineMs }) => deadlineMs),
    nowMs,
  );
  const nextTryMs = seconds === 0 ? null : nowMs + seconds * secondMs;
  return waited.map((record) => ({ ...stateOfRecord(record), nextTryMs }));
}
