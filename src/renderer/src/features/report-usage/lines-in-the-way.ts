/** Which lines of a review can't be submitted any more, in words. */
import type { CheckedEntry, Review } from '../../../../contract/entry.ts';
import { issueText } from '../../copy/entry-issues.ts';

/** A sentence for each line that the newest check finds wrong, in the order of the review; empty when it finds none. */
export function linesInTheWay(
  review: Pick<Review, 'lines' | 'timeZone'>,
  checked: CheckedEntry | null,
): readonly string[] {
  return review.lines.flatMap((line, at) => {
    const issues = checked?.lines.find((one) => one.lineId === line.lineId)?.issues ?? [];
    const first = issues.find((issue) => issue.severity === 'error');
    if (first === undefined) return [];
    return [
      `Line ${at + 1}, ${line.dimensionName ?? line.dimensionKey}: ${issueText(first, review.timeZone)}`,
    ];
  });
}
