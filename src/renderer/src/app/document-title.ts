import type { UsageCounts } from '../../../contract/usage.ts';

/** Such as `Globex Robotics · 1 pending, 3 rejected · Usage Desk`. */
export function documentTitle(page: string, counts: UsageCounts | null, practice: boolean): string {
  const waiting = [
    counts !== null && counts.pending > 0 ? `${counts.pending} pending` : null,
    counts !== null && counts.rejected > 0 ? `${counts.rejected} rejected` : null,
  ].filter((part) => part !== null);
  return [page, waiting.join(', '), practice ? 'Practice' : '', 'Usage Desk']
    .filter((part) => part !== '')
    .join(' · ');
}
