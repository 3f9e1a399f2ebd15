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

/** The prices that differ from those of `own`, at most `most`; one sentence where all are the same; null where one can't be read. */
export function priceDifferences(
  own: RelatedContract['prices'],
  other: RelatedContract['prices'],
  most = 3,
): string | null {
  if (own === null || other === null) return null;
  const differing = other.filter((price) => {
    const here = own.find((one) => one.dimensionKey === price.dimensionKey);
    return here?.unitPrice !== price.unitPrice || here.currencyCode !== price.currencyCode;
  });
  if (differing.length === 0 && own.length === other.length) return 'the same prices';
  if (differing.length === 0) return 'fewer metered dimensions, the same prices';
  const named = differing
    .slice(0, most)
    .map((price) => `${price.dimensionName ?? price.dimensionKey} ${priceText(price) ?? 'without a price'}`);
  const more = differing.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
