import type { UsageCounts } from '../../../contract/usage.ts';

/** Such as `Globex Robotics · 4 pending (1 for you), 3 rejected · Usage Desk`. */
export function documentTitle(page: string, counts: UsageCounts | null, practice: boolean): string {
  const waiting = [
    counts !== null && counts.pending > 0 ? pendingPart(counts) : null,
    counts !== null && counts.rejected > 0 ? `${counts.rejected} rejected` : null,
  ].filter((part) => part !== null);
  return [page, waiting.join(', '), practice ? 'Practice' : '', 'Usage Desk']
    .filter((part) => part !== '')
    .join(' · ');
}

function pendingPart({ pending, needPerson }: UsageCounts): string {
  return needPerson > 0 ? `${pending} pending (${needPerson} for you)` : `${pending} pending`;
}
