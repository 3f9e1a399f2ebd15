/** What tells a buyer's contracts for one product apart, in words. */
import type { ContractSummary, RelatedContract } from '../../../contract/contracts.ts';
import { formatDate, userTimeZone } from '../copy/formats.ts';
import { priceText } from './price.ts';

/** `1 Jan 2026 – 31 Dec 2026`; says what is not certain. */
export function datesOf({ startUtc, endUtc, endIsAbout, addedByHand }: ContractSummary): string {
  if (addedByHand) return 'added by hand, dates not known';
  const zone = userTimeZone();
  const end = endUtc === null ? 'no end date' : `${endIsAbout ? 'about ' : ''}${formatDate(endUtc, zone)}`;
  return `${formatDate(startUtc, zone)} – ${end}`;
}

/** The last letters of a licence ARN, by which people tell two apart. */
export function shortLicence(licenseArn: string): string {
  return `…${licenseArn.slice(-8)}`;
}

export function licencesText({ licenseArns }: ContractSummary): string {
  if (licenseArns.length === 0) return 'no licence shown';
  return `licence ${licenseArns.map(shortLicence).join(', ')}`;
}

type Price = NonNullable<RelatedContract['prices']>[number];

const nameOf = ({ dimensionName, dimensionKey }: Price): string => dimensionName ?? dimensionKey;
const find = (prices: readonly Price[], { dimensionKey }: Price): Price | undefined =>
  prices.find((one) => one.dimensionKey === dimensionKey);
const isSame = (a: Price | undefined, b: Price): boolean =>
  a?.unitPrice === b.unitPrice && a.currencyCode === b.currencyCode;
const orNone = (price: Price): string => priceText(price) ?? 'without a price';

/**
 * The prices that differ from those of `own`, each with its own beside it and at most `most`; one sentence where all are the same; null where
 * one can't be read.
 */
export function priceDifferences(
  own: RelatedContract['prices'],
  other: RelatedContract['prices'],
  most = 3,
): string | null {
  if (own === null || other === null) return null;
  const differing = other.filter((price) => !isSame(find(own, price), price));
  if (differing.length === 0 && own.length === other.length) return 'the same prices';
  if (differing.length === 0) return 'fewer metered dimensions, the same prices';
  const named = differing.slice(0, most).map((price) => {
    const here = find(own, price);
    return `${nameOf(price)} ${orNone(price)} (here ${here === undefined ? 'not metered' : orNone(here)})`;
  });
  const more = differing.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The prices of each contract in whatever they don't all agree, by agreement id and in the same order for all; those that can't be read are left out. */
export function pricesSideBySide(
  contracts: readonly RelatedContract[],
): ReadonlyMap<string, readonly { readonly name: string; readonly price: string }[]> {
  const read = contracts.flatMap(({ summary, prices }) => (prices === null ? [] : [{ summary, prices }]));
  const every = new Map(read.flatMap(({ prices }) => prices.map((price) => [price.dimensionKey, price])));
  const differing = [...every.values()].filter((price) =>
    read.some(({ prices }) => !isSame(find(prices, price), price)),
  );
  return new Map(
    read.map(({ summary, prices }) => [
      summary.agreementId,
      differing.map((one) => {
        const price = find(prices, one);
        return { name: nameOf(one), price: price === undefined ? 'not metered' : orNone(price) };
      }),
    ]),
  );
}
