/**
 * What can be metered on a contract: the dimensions that the product's listing marks `ExternallyMetered` and the agreement's
 * own rate card prices. One that stands in only one of them is shown with the reason why it isn't offered.
 * https://docs.aws.amazon.com/marketplace/latest/userguide/saas-contract-with-consumption.html
 */
import type { Dimension } from '../../../contract/contracts.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { AgreementTerms, CatalogDimension } from '../ports.ts';

const meteredType = 'ExternallyMetered';
const entitledType = 'Entitled';

type Terms = Pick<AgreementTerms, 'usagePrices' | 'entitlements'>;

/** What the buyer is entitled to now, by dimension key; null where it differs by licence. */
export type EntitledNow = ReadonlyMap<string, string | null>;

/** Metered dimensions first, then prepaid ones, then those that are not offered; each in the listing's order. */
export function mergeDimensions(
  catalog: readonly CatalogDimension[],
  terms: Terms,
  now: EntitledNow = new Map(),
): Dimension[] {
  const keys = new Set([
    ...catalog.map((one) => one.key),
    ...terms.usagePrices.map((price) => price.dimensionKey),
    ...terms.entitlements.map((entitlement) => entitlement.dimensionKey),
    ...now.keys(),
  ]);
  return sorted([...keys].flatMap((key) => rowsOf(key, catalog, terms, now)));
}

function sorted(rows: readonly Dimension[]): Dimension[] {
  const order = { metered: 0, entitled: 1, 'not-offered': 2 } as const;
  return rows.toSorted((a, b) => order[a.kind] - order[b.kind]);
}

/**
 * The dimensions of a contract whose terms nobody here can read, since it was added by hand: the metered ones of the listing, without a
 * price. Whether its deal has each of them, AWS alone knows.
 */
export function dimensionsByHand(
  catalog: readonly CatalogDimension[],
  now: EntitledNow = new Map(),
): Dimension[] {
  const metered = catalog.filter((one) => one.types.includes(meteredType));
  const entitled = [...now.keys()].map((key): Dimension => {
    const listed = catalog.find((one) => one.key === key && one.types.includes(entitledType));
    return { ...described(key, listed), kind: 'entitled', entitledNow: now.get(key) ?? null };
  });
  return sorted([
    ...metered.map((one): Dimension => ({ ...described(one.key, one), kind: 'metered' })),
    ...entitled,
  ]);
}

/** The rows of one key: a key can be prepaid and metered at once, in one listing entry or in two. */
function rowsOf(
  key: string,
  catalog: readonly CatalogDimension[],
  terms: Terms,
  now: EntitledNow,
): Dimension[] {
  const listed = catalog.filter((one) => one.key === key);
  const asMetered = listed.find((one) => one.types.includes(meteredType));
  const asEntitled = listed.find((one) => one.types.includes(entitledType));
  const prices = terms.usagePrices.filter((price) => price.dimensionKey === key);
  const bought = terms.entitlements.find((entitlement) => entitlement.dimensionKey === key);
  const rows: Dimension[] = [];
  if (asMetered && prices.length > 0) {
    rows.push({ ...described(key, asMetered), ...priceOf(prices), kind: 'metered' });
  }
  const isEntitled = bought !== undefined || now.has(key);
  if (isEntitled) {
    rows.push({
      ...described(key, asEntitled ?? listed[0]),
      kind: 'entitled',
      entitledQuantity: bought?.quantity ?? null,
      entitledNow: now.get(key) ?? null,
    });
  }
  const reason = whyNotOffered({ asMetered, asEntitled, listed, isPriced: prices.length > 0, isEntitled });
  if (reason !== null) {
    rows.push({ ...described(key, asMetered ?? listed[0]), ...priceOf(prices), kind: 'not-offered', reason });
  }
  return rows;
}

interface Found {
  readonly asMetered: CatalogDimension | undefined;
  readonly asEntitled: CatalogDimension | undefined;
  readonly listed: readonly CatalogDimension[];
  readonly isPriced: boolean;
  readonly isEntitled: boolean;
}

function whyNotOffered({ asMetered, asEntitled, listed, isPriced, isEntitled }: Found): ReasonCode | null {
  if (asMetered) return isPriced ? null : 'dimension-not-in-this-contract';
  if (isPriced && listed.length === 0) return 'dimension-not-listed';
  if (isPriced) return asEntitled ? 'dimension-not-metered' : 'dimension-of-other-kind';
  if (isEntitled || listed.length === 0) return null;
  return asEntitled ? 'dimension-not-bought' : 'dimension-of-other-kind';
}

function described(key: string, listed: CatalogDimension | undefined): Dimension {
  return {
    key,
    name: listed?.name ?? null,
    unit: listed?.unit ?? null,
    description: listed?.description ?? null,
    kind: 'not-offered',
    reason: null,
    unitPrice: null,
    currencyCode: null,
    entitledQuantity: null,
    entitledNow: null,
  };
}

/** This agreement's price; none where its rate cards name several for one key, because no estimate could be right. */
function priceOf(prices: AgreementTerms['usagePrices']): Pick<Dimension, 'unitPrice' | 'currencyCode'> {
  const [first] = prices;
  const isOne = prices.every(
    (price) => price.unitPrice === first?.unitPrice && price.currencyCode === first.currencyCode,
  );
  return first && isOne
    ? { unitPrice: first.unitPrice, currencyCode: first.currencyCode }
    : { unitPrice: null, currencyCode: null };
}

/** The key of `keys` that was probably meant: the same but for capitals, else at most two letters away; null when none. */
export function nearestKey(typed: string, keys: readonly string[]): string | null {
  const ranked = keys
    .map((key) => ({ key, distance: editDistance(typed.toLowerCase(), key.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const [best] = ranked;
  // Two letters of a very short key are no likeness.
  return best && best.distance <= Math.min(2, Math.floor(best.key.length / 3)) ? best.key : null;
}

/** Levenshtein distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
