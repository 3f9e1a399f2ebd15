/** How far the list has been read, what is missing, and what changed, in words. */
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { formatCount, formatInstant, userTimeZone } from '../../copy/formats.ts';
import type { ReadingFacts } from './contracts-store.ts';

/** What a reading that stopped has and has not; what stands in the list all the same. */
export function missingWords({ list, lastCompleteUtc, count }: ReadingFacts): string {
  if (list.kind !== 'failed') return '';
  const reached = `AWS was read up to page ${list.pagesRead}, with ${formatCount(list.found, 'contract')}`;
  if (lastCompleteUtc !== null)
    return `The list could not be refreshed. It stands as AWS had it at ${formatInstant(lastCompleteUtc, userTimeZone())}${list.pagesRead === 0 ? '' : `, with what came since: ${reached}`}.`;
  if (list.pagesRead === 0) return 'No contract could be read.';
  const missing = list.activeRead
    ? 'Every active contract is here; ended ones and those of other statuses are missing'
    : 'Active contracts may be missing';
  return `The list is incomplete. ${reached}. ${missing}. The ${formatCount(count, 'contract')} shown can be used.`;
}

/** How far a reading is; empty while there is none. */
export function progressWords({ list, lastCompleteUtc }: ReadingFacts): string {
  if (list.kind !== 'loading') return '';
  const busy = list.isWaiting ? ' AWS is busy just now; the reading goes on by itself.' : '';
  const far = `${formatCount(list.pagesRead, 'page')}, ${formatCount(list.found, 'contract')} so far`;
  if (lastCompleteUtc !== null) {
    const asOf = formatInstant(lastCompleteUtc, userTimeZone());
    return `Refreshing the contracts from AWS: ${far}. Until then this is how AWS had them at ${asOf}.${busy}`;
  }
  const what = list.activeRead
    ? 'Every active contract is here; AWS is being read for all others'
    : 'The list is incomplete: active contracts come first';
  return `${what}. ${far}. You can work with them already.${busy}`;
}

/** Such as `Changed since you last looked: 2 new contracts, 1 ended contract.` Null when nothing changed. */
export function changesWords(rows: readonly ContractSummary[]): string | null {
  const counts = { new: 0, ended: 0, renewed: 0, replaced: 0 };
  for (const { change } of rows) if (change !== null) counts[change] += 1;
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([change, count]) => formatCount(count, `${change} contract`));
  return parts.length === 0 ? null : `Changed since you last looked: ${parts.join(', ')}.`;
}
