import { describe, expect, test } from 'vitest';
import { discounted } from '../../../src/main/practice/default-terms.ts';
import { createDefaultWorld } from '../../../src/main/practice/default-world.ts';
import { parseWorld } from '../../../src/main/practice/world-store.ts';

const nowMs = Date.parse('2026-11-18T12:30:00.000Z');
const firstSeller = '482913607251';
const create = (agreements: number, seed = 1) => createDefaultWorld({ agreements, seed, nowMs });
const own = (world: ReturnType<typeof create>) =>
  world.agreements.filter(({ proposerAccountId }) => proposerAccountId === firstSeller);

describe('the default world', () => {
  test('is valid by its own schema, and the same for the same seed', () => {
    const world = create(40);
    expect(parseWorld(JSON.parse(JSON.stringify(world)), nowMs)).toEqual(world);
    expect(create(40)).toEqual(world);
    expect(create(40, 2).products[0]?.id).not.toBe(world.products[0]?.id);
  });

  test('has forty contracts of a dozen buyers, two of whom begin with a zero', () => {
    const world = create(40);
    expect(own(world)).toHaveLength(40);
    expect(world.buyers).toHaveLength(12);
    expect(world.buyers.filter(({ accountId }) => accountId.startsWith('0'))).toHaveLength(2);
  });

  test.each([40, 500, 10_000])(
    'at %i agreements the edges are the same and identifiers are unique',
    (count) => {
      const world = create(count);
      expect(own(world)).toHaveLength(count);
      expect(new Set(world.agreements.map(({ agreementId }) => agreementId)).size).toBe(
        world.agreements.length,
      );
      const edges = (of: typeof world) => of.agreements.filter(({ edge }) => edge).map(({ edge }) => edge);
      expect(edges(world)).toEqual(edges(create(40)));
    },
  );

  test('identifiers look like AWS’s', () => {
    for (const agreement of create(40).agreements) {
      expect(agreement.agreementId).toMatch(/^agmt-[a-z0-9]{25}$/);
      expect(agreement.productId).toMatch(/^prod-[a-z2-7]{13}$/);
      expect(agreement.offerId).toMatch(/^offer-[a-z0-9]{13}$/);
      for (const arn of agreement.licenseArns) {
        expect(arn).toMatch(/^arn:aws:license-manager::294406891311:license:l-[0-9a-f]{32}$/);
      }
    }
  });

  test('a renewal shares its licence, a replacement and concurrent agreements do not', () => {
    const world = create(40);
    const licence = (edge: string) => world.agreements.find((one) => one.edge === edge)?.licenseArns[0];
    const chain = (edge: string) => world.agreements.find((one) => one.edge === edge)?.initialAgreementId;
    expect(licence('renewal')).toBe(licence('renewed'));
    expect(chain('renewal')).toBe(chain('renewed'));
    expect(licence('replacement')).not.toBe(licence('replaced'));
    expect(chain('replacement')).toBe(chain('replaced'));
    expect(licence('concurrent-a')).not.toBe(licence('concurrent-b'));
  });

  test('one priced key is missing in the catalog, and one metered key has no price', () => {
    const world = create(40);
    const agreement = world.agreements.find(({ edge }) => edge === 'contract-with-consumption');
    const product = world.products.find(({ id }) => id === agreement?.productId);
    const text = JSON.stringify(agreement?.terms);
    const metered = product?.dimensions
      ?.filter(({ Types }) => Types?.includes('ExternallyMetered'))
      .map(({ Key }) => Key);
    expect(metered).toContain('profiler_hours');
    expect(text).not.toContain('profiler_hours');
    expect(metered).not.toContain('legacy_traces');
    expect(text).toContain('legacy_traces');
  });

  test('fewer agreements than edges are the first of them', () => {
    expect(own(create(3)).map(({ edge }) => edge)).toEqual([
      'contract-with-consumption',
      'pay-as-you-go',
      'pay-as-you-go-year-9999',
    ]);
  });
});

test.each([
  ['0.00025', 0, '0.00025'],
  ['0.00025', 15, '0.0002125'],
  ['24', 20, '19.2'],
  ['0', 10, '0'],
  ['512.375', 5, '486.75625'],
  ['0.10', 0, '0.10'],
])('%s less %i percent is exactly %s', (price, percent, result) => {
  expect(discounted(price, percent)).toBe(result);
});
