/** What about a record is worth telling a person who doesn't look at the screen. Instants are epoch ms in AWS's time. */
import type { UsageFactKind } from '../../../contract/events.ts';
import type { Phase } from '../../../contract/usage.ts';
import { awaitsTrailUntilMs } from './trail-evidence.ts';
import type { StoredRecord } from './usage-record.ts';
import { minuteMs } from './utc-hours.ts';

/** From this long before its deadline a record that has met trouble is near it. */
export const nearDeadlineMs = 30 * minuteMs;

type State = Pick<StoredRecord, 'status' | 'phase' | 'reason' | 'nextTryMs' | 'submittedMs' | 'lastSentMs'>;
type Facts = State & Pick<StoredRecord, 'recordId' | 'deadlineMs'>;

/** The phases in which a record may need a person. */
export const phasesForPerson = ['held', 'unknown'] as const satisfies readonly Phase[];

/**
 * Whether a pending record waits for a person now. An unknown one does once it is not sent again by itself, and CloudTrail would have shown
 * its calls or a person can lift what keeps it.
 */
export function needsPerson(record: State, nowMs: number): boolean {
  const { status, phase, nextTryMs } = record;
  if (status !== 'pending') return false;
  if (phase === 'held') return true;
  if (phase !== 'unknown' || nextTryMs !== null) return false;
  const untilMs = awaitsTrailUntilMs(record);
  return untilMs === null || nowMs >= untilMs;
}

/** Still to be sent, kept from it so far, and soon too late for it. What is on its way undisturbed is no news, however near its deadline. */
function canMissItsDeadline({ status, phase, nextTryMs }: Facts): boolean {
  if (status !== 'pending') return false;
  return phase === 'held' || phase === 'waiting' || (phase === 'unknown' && nextTryMs !== null);
}

/** The facts that hold of a pending record now. */
export function factsOf(record: Facts, nowMs: number): readonly UsageFactKind[] {
  const leftMs = record.deadlineMs - nowMs;
  const isNear = canMissItsDeadline(record) && leftMs > 0 && leftMs <= nearDeadlineMs;
  return [
    ...(needsPerson(record, nowMs) ? ['needs-person' as const] : []),
    ...(isNear ? ['near-deadline' as const] : []),
  ];
}

/** When another fact will hold of a record that is pending now, if nothing else happens than that time passes: instants after now. */
export function factsFollowAt(record: Facts, nowMs: number): readonly number[] {
  const nearMs = canMissItsDeadline(record) ? record.deadlineMs - nearDeadlineMs : null;
  return [nearMs, awaitsTrailUntilMs(record)].flatMap((atMs) =>
    atMs !== null && atMs > nowMs ? [atMs] : [],
  );
}

/** One name for one fact: the same trouble once more, after it was lifted, is another fact. */
export function factKey({ recordId, reason }: Facts, kind: UsageFactKind): string {
  return kind === 'needs-person' ? `${kind} ${recordId} ${reason ?? ''}` : `${kind} ${recordId}`;
}
