import { z } from 'zod';
import { createWorldSchema, type World, type WorldAgreement, type WorldProduct } from './world-schema.ts';

/** The world with its look-ups: one instance per version of the world. */
export interface WorldView {
  readonly version: number;
  readonly world: World;
  readonly product: (productId: string) => WorldProduct | undefined;
  readonly productByCode: (productCode: string) => WorldProduct | undefined;
  readonly agreement: (agreementId: string) => WorldAgreement | undefined;
  /** All agreements that carry the licence: a renewal keeps it. */
  readonly agreementsOfLicence: (licenseArn: string) => readonly WorldAgreement[];
  readonly agreementsOfBuyer: (productId: string, acceptorAccountId: string) => readonly WorldAgreement[];
}

export interface WorldStore {
  readonly view: () => WorldView;
  readonly replace: (world: World) => void;
}

/** Checks a world that came from outside. Throws an `Error` whose message names each field at fault. */
export function parseWorld(input: unknown, nowMs: number): World {
  const parsed = createWorldSchema(nowMs).safeParse(input);
  if (parsed.success) return parsed.data;
  throw new Error(`This world can't be used:\n${z.prettifyError(parsed.error)}`);
}

export function createWorldStore(first: World): WorldStore {
  let view = createView(first, 1);
  return {
    view: () => view,
    replace: (world) => {
      view = createView(world, view.version + 1);
    },
  };
}

function createView(world: World, version: number): WorldView {
  const products = new Map(world.products.map((product) => [product.id, product]));
  const productsByCode = new Map(world.products.map((product) => [product.productCode, product]));
  const agreements = new Map(world.agreements.map((agreement) => [agreement.agreementId, agreement]));
  const byLicence = Map.groupBy(
    world.agreements.flatMap((agreement) =>
      [...agreement.licenseArns, ...(agreement.unlistedLicenseArns ?? [])].map((arn) => ({ arn, agreement })),
    ),
    ({ arn }) => arn,
  );
  const buyerKey = (productId: string, accountId: string): string => `${productId} ${accountId}`;
  const byBuyer = Map.groupBy(world.agreements, (agreement) =>
    buyerKey(agreement.productId, agreement.acceptorAccountId),
  );
  return {
    version,
    world,
    product: (id) => products.get(id),
    productByCode: (code) => productsByCode.get(code),
    agreement: (id) => agreements.get(id),
    agreementsOfLicence: (arn) => (byLicence.get(arn) ?? []).map(({ agreement }) => agreement),
    agreementsOfBuyer: (productId, accountId) => byBuyer.get(buyerKey(productId, accountId)) ?? [],
  };
}
