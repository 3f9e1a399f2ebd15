/** What is said about merging two quantities of one hour. */
import { formatQuantity } from '../../copy/formats.ts';
import { largestQuantity, longestDescription, type Merge } from './merge-lines.ts';

/** `1,250 + 40 = 1,290` */
export function sumWords(first: number, second: number, sum: number): string {
  return `${formatQuantity(first)} + ${formatQuantity(second)} = ${formatQuantity(sum)}`;
}

/** Why two parts can't become one record, and what to do. */
export function whyNoMerge(merge: Exclude<Merge, { readonly kind: 'possible' }>): string {
  switch (merge.kind) {
    case 'too-large':
      return `Together they are ${formatQuantity(merge.sum)}, and one record holds at most ${formatQuantity(largestQuantity)}. Put one of them into a free hour.`;
    case 'descriptions-too-long':
      return `Their descriptions together have more than ${longestDescription} letters. Shorten one, then they can be merged.`;
    case 'two-predecessors':
      return 'Each of them stands in the place of a rejected record of its own, and one record can’t stand for two. Write one of those off first, or put one into a free hour.';
  }
}
