/** The order in which lists of usage records are worked off. Pure. */
import type { UsageRecordView } from '../../../contract/usage.ts';

type Order = (a: UsageRecordView, b: UsageRecordView) => number;

/** What waits for a person first, then what runs out first. */
export const pendingOrder: Order = (a, b) =>
  Number(b.needsPerson) - Number(a.needsPerson) || Date.parse(a.deadlineUtc) - Date.parse(b.deadlineUtc);

/** What can still be reported first, the nearest deadline on top; then the newest. `nowMs` is AWS's time. */
export function rejectedOrder(nowMs: number): Order {
  const left = (record: UsageRecordView) => Date.parse(record.deadlineUtc) - nowMs;
  return (a, b) => {
    const [leftOfA, leftOfB] = [left(a), left(b)];
    if (leftOfA > 0 !== leftOfB > 0) return leftOfA > 0 ? -1 : 1;
    return leftOfA > 0 ? leftOfA - leftOfB : Date.parse(b.submittedUtc) - Date.parse(a.submittedUtc);
  };
}
