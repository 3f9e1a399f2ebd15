/** The order in which lists of usage records are worked off. Pure. */
import type { UsageRecordView } from '../../../contract/usage.ts';

type Order = (a: UsageRecordView, b: UsageRecordView) => number;

/** Whether a pending record waits for a person, as the core counts it: an unknown one with a next try goes on by itself. */
export function needsPerson({
  status,
  phase,
  nextTryUtc,
}: Pick<UsageRecordView, 'status' | 'phase' | 'nextTryUtc'>): boolean {
  return status === 'pending' && (phase === 'held' || (phase === 'unknown' && nextTryUtc === null));
}

/** What waits for a person first, then what runs out first. */
export const pendingOrder: Order = (a, b) =>
  Number(needsPerson(b)) - Number(needsPerson(a)) || Date.parse(a.deadlineUtc) - Date.parse(b.deadlineUtc);

/** What can still be reported first, the nearest deadline on top; then the newest. `nowMs` is AWS's time. */
export function rejectedOrder(nowMs: number): Order {
  const left = (record: UsageRecordView) => Date.parse(record.deadlineUtc) - nowMs;
  return (a, b) => {
    const [leftOfA, leftOfB] = [left(a), left(b)];
    if (leftOfA > 0 !== leftOfB > 0) return leftOfA > 0 ? -1 : 1;
    return leftOfA > 0 ? leftOfA - leftOfB : Date.parse(b.submittedUtc) - Date.parse(a.submittedUtc);
  };
}
