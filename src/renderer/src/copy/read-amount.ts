/** An amount of money as a person types it beside a note. Pure. */

export type ReadAmount =
  | { readonly kind: 'none' }
  /** Exact decimal text with a point. */
  | { readonly kind: 'amount'; readonly amount: string }
  | { readonly kind: 'wrong' };

/**
 * Point or comma may mark the fraction; no grouping, as `1,250` would have two meanings. Three digits after a comma are such a case, and
 * wrong; after a point they are a fraction, as prices have them.
 */
export function readAmount(text: string): ReadAmount {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'none' };
  const parts = /^(\d{1,15})(?:([.,])(\d{1,10}))?$/.exec(trimmed);
  if (parts === null) return { kind: 'wrong' };
  const [, whole = '', separator, fraction] = parts;
  if (separator === ',' && fraction?.length === 3) return { kind: 'wrong' };
  return { kind: 'amount', amount: fraction === undefined ? whole : `${whole}.${fraction}` };
}
