/** Everything odd that the list of contracts must cope with stands in a practice world of any size. */
import { describe, expect, test } from 'vitest';
import { createDefaultWorld } from '../../../src/main/practice/default-world.ts';
import type { WorldAgreement } from '../../../src/main/practice/world-schema.ts';

const nowMs = Date.parse('2026-11-18T12:30:00.000Z');
const firstSeller = '482913607251';
const knownStatuses = ['ACTIVE', 'CANCELLED', 'EXPIRED', 'TERMINATED', 'RENEWED', 'REPLACED', 'ARCHIVED'];
const knownTypes = [
  'SaaSProduct',
  'AmiProduct',
  'ContainerProduct',
  'MachineLearningProduct',
  'ProfessionalServicesProduct',
];
const knownTerms = [
  'configurableUpfrontPricingTerm',
  'usageBasedPricingTerm',
  'freeTrialPricingTerm',
  'validityTerm',
  'renewalTerm',
  'legalTerm',
  'supportTerm',
];

type World = ReturnType<typeof createDefaultWorld>;
type Fits = (agreement: WorldAgreement, world: World) => boolean;

const endMs = ({ endTime }: WorldAgreement) => (endTime === null ? null : Date.parse(endTime));
const hasEnd = (agreement: WorldAgreement) => agreement.endTime?.startsWith('9999') === false;
const productOf = ({ productId }: WorldAgreement, { products }: World) =>
  products.find(({ id }) => id === productId);
const termKinds = ({ terms }: WorldAgreement) => terms.flatMap((term) => Object.keys(term));

function usagePrices({ terms }: WorldAgreement): string[] {
  const usage = terms.find((term) => 'usageBasedPricingTerm' in term)?.usageBasedPricingTerm;
  return [...JSON.stringify(usage ?? null).matchAll(/"price":"([^"]+)"/g)].map(([, price = '']) => price);
}

const keysOf = (agreement: WorldAgreement, world: World, type: string) =>
  (productOf(agreement, world)?.dimensions ?? [])
    .filter(({ Types }) => Types?.includes(type))
    .map(({ Key }) => Key);

/** Those of the same buyer and product that don't follow each other and are in force together. */
const isBesideAnother: Fits = (one, { agreements }) =>
  one.status === 'ACTIVE' &&
  agreements.some(
    (other) =>
      other.status === 'ACTIVE' &&
      other.acceptorAccountId === one.acceptorAccountId &&
      other.productId === one.productId &&
      other.initialAgreementId !== one.initialAgreementId,
  );

const edges: Readonly<Record<string, Fits>> = {
  'no end date': ({ endTime }) => endTime === null,
  'the end date of the year 9999': ({ endTime }) => endTime?.startsWith('9999') === true,
  'ended early, with its end date ahead': (one) =>
    one.status === 'CANCELLED' && hasEnd(one) && (endMs(one) ?? 0) > nowMs,
  'ended early without an end date': (one) => one.status === 'CANCELLED' && one.endTime === null,
  'still in the hour after its end': (one) => {
    const end = hasEnd(one) ? endMs(one) : null;
    return end !== null && end < nowMs && end > nowMs - 3_600_000;
  },
  'not started': ({ startTime }) => Date.parse(startTime) > nowMs,
  'with a free trial': (one) => termKinds(one).includes('freeTrialPricingTerm'),
  'one price of zero': (one) =>
    usagePrices(one).includes('0') && !usagePrices(one).every((price) => price === '0'),
  'every price zero': (one) =>
    usagePrices(one).length > 0 && usagePrices(one).every((price) => price === '0'),
  'in euro': ({ currencyCode }) => currencyCode === 'EUR',
  'in yen': ({ currencyCode }) => currencyCode === 'JPY',
  'of an unknown status': ({ status }) => !knownStatuses.includes(status),
  'of an unknown resource type': ({ resourceType }) => !knownTypes.includes(resourceType),
  'with an unknown kind of term': (one) => termKinds(one).some((kind) => !knownTerms.includes(kind)),
  'of a buyer whose account id begins with a zero': ({ acceptorAccountId }) =>
    acceptorAccountId.startsWith('0'),
  'without a usage term': (one, world) =>
    usagePrices(one).length === 0 && keysOf(one, world, 'ExternallyMetered').length > 0,
  'with a dimension that joined the product later': (one, world) =>
    usagePrices(one).length > 0 &&
    keysOf(one, world, 'ExternallyMetered').some((key) => !JSON.stringify(one.terms).includes(`"${key}"`)),
  'with a price of what the listing lost': (one, world) =>
    JSON.stringify(one.terms).includes('"legacy_traces"') &&
    !keysOf(one, world, 'ExternallyMetered').includes('legacy_traces'),
  'with one key entitled and metered': (one, world) =>
    keysOf(one, world, 'Entitled').some((key) => keysOf(one, world, 'ExternallyMetered').includes(key)),
  'of a product that is restricted now': (one, world) => productOf(one, world)?.visibility === 'Restricted',
  'of a product without dimensions in the catalog': (one, world) =>
    productOf(one, world)?.dimensions === undefined && usagePrices(one).length > 0,
  'of another seller’s product': (one, world) => productOf(one, world)?.sellerAccountId !== firstSeller,
  'without a licence': (one) =>
    one.licenseArns.length === 0 &&
    one.unlistedLicenseArns === undefined &&
    one.resourceType === 'SaaSProduct',
  'with a licence that the search does not show': (one) => (one.unlistedLicenseArns ?? []).length > 0,
  'with two licences': ({ licenseArns }) => licenseArns.length === 2,
  'beside another of the same buyer and product': isBesideAnother,
  renewed: ({ status }) => status === 'RENEWED',
  replaced: ({ status }) => status === 'REPLACED',
  'following another': ({ agreementId, initialAgreementId }) => agreementId !== initialAgreementId,
  'an AMI': ({ resourceType }) => resourceType === 'AmiProduct',
  'a container': ({ resourceType }) => resourceType === 'ContainerProduct',
  'machine learning': ({ resourceType }) => resourceType === 'MachineLearningProduct',
  'a professional service': ({ resourceType }) => resourceType === 'ProfessionalServicesProduct',
  'a contract without consumption': (one, world) =>
    one.status === 'ACTIVE' &&
    keysOf(one, world, 'Entitled').length > 0 &&
    keysOf(one, world, 'ExternallyMetered').length === 0,
};

describe.each([
  { agreements: 40, seed: 1 },
  { agreements: 10_000, seed: 7 },
])('of $agreements agreements, seed $seed', (options) => {
  const world = createDefaultWorld({ ...options, nowMs });
  const own = world.agreements.filter(({ proposerAccountId }) => proposerAccountId === firstSeller);

  test.each(Object.keys(edges))('one is %s', (name) => {
    const named = own.filter((agreement) => agreement.edge !== undefined);
    expect(named.filter((one) => edges[name]?.(one, world)).map(({ edge }) => edge)).not.toEqual([]);
  });

  test('a channel partner sold one, which no search of the seller gives', () => {
    const sold = world.agreements.filter(({ edge }) => edge === 'sold-by-channel-partner');
    expect(sold).toHaveLength(1);
    expect(own).not.toContain(sold[0]);
    expect(productOf(sold[0] as WorldAgreement, world)?.sellerAccountId).toBe(firstSeller);
  });
});
