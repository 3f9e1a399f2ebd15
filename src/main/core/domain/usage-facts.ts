/** What about a record is worth telling a person who doesn't look at the screen. Instants are epoch ms in AWS's time. */
import type { UsageFactKind } from '../../../contract/events.ts';
import type { StoredRecord } from './usage-record.ts';
import { minuteMs } from './utc-hours.ts';

/** From this long before its deadline a record that has met trouble is near it. */
export const nearDeadlineMs = 30 * minuteMs;

type Facts = Pick<
  StoredRecord,
  'recordId' | 'status' | 'phase' | 'reason' | 'nextTryMs' | 'deadlineMs' | 'mayBeRecorded'
>;

/** Whether a pending record waits for a person; an unknown one that is sent again goes on by itself. */
function needsPerson({ status, phase, nextTryMs }: Facts): boolean {
  return status === 'pending' && (phase === 'held' || (phase === 'unknown' && nextTryMs === null));
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
    ...(needsPerson(record) ? ['needs-person' as const] : []),
    ...(isNear ? ['near-deadline' as const] : []),
  ];
}

/** When a record that is pending now comes near its deadline, if nothing else happens; null where it is past that. */
export function nearsDeadlineAt(record: Facts, nowMs: number): number | null {
  const atMs = record.deadlineMs - nearDeadlineMs;
  return canMissItsDeadline(record) && atMs > nowMs ? atMs : null;
}

/** One name for one fact: the same trouble once more, after it was lifted, is another fact. */
export function factKey({ recordId, reason }: Facts, kind: UsageFactKind): string {
  return kind === 'needs-person' ? `${kind} ${recordId} ${reason ?? ''}` : `${kind} ${recordId}`;
}
