/** How old and how complete the list of contracts is, in words. */
import { formatAge } from '../../copy/formats.ts';
import type { ReadingFacts } from './contracts-store.ts';

/** Beside the title of the list; also while it is read anew, and when that failed. `nowMs` is AWS's time as epoch ms. */
export function listAge(
  { list, lastCompleteUtc }: Pick<ReadingFacts, 'list' | 'lastCompleteUtc'>,
  nowMs: number,
): string {
  if (lastCompleteUtc === null)
    return list.kind === 'failed' ? 'Incomplete' : 'Incomplete: still loading from AWS';
  const age = `As AWS had it ${formatAge(nowMs - Date.parse(lastCompleteUtc))}`;
  if (list.kind === 'loading') return `${age}; refreshing…`;
  return list.kind === 'failed' ? `${age}; refreshing stopped` : age;
}

/** Also before the first answer, as long as the asking has not failed. */
export const isBeingRead = ({ list, callProblem }: Pick<ReadingFacts, 'list' | 'callProblem'>): boolean =>
  list.kind === 'loading' || (list.kind === 'idle' && callProblem === null);
