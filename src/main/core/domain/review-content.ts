/** What a review shows, as one canonical text: the same content always gives the same bytes, so it can be hashed. */
import type { Review } from '../../../contract/entry.ts';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** JSON with the keys of every object in code-unit order and nothing between. `undefined` members do not appear. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Everything on a review but the hash itself, as canonical JSON; its SHA-256 is the review's hash. */
export function canonicalReview(review: Omit<Review, 'hash'> & { readonly hash?: string }): string {
  const { hash: _, ...content } = review;
  return canonicalJson(content);
}
