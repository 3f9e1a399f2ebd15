import { BatchDescribeEntitiesCommand, MarketplaceCatalogClient } from '@aws-sdk/client-marketplace-catalog';
import { z } from 'zod';
import type { Catalog, CatalogDimension, Product } from '../../core/ports.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { createReader, marketplaceRegion, type ReadDeps } from './read-clients.ts';

/** AWS documents no limit for a batch; this many are known to pass. */
const productsPerCall = 20;

const optionalText = z.string().nullish().catch(null);

/**
 * A product document as far as it is read. AWS changes its shape by product type and over time, so what is missing or odd counts as not
 * stated, and never hides the rest.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_BatchDescribeEntities.html
 */
const productDocumentSchema = z.looseObject({
  Description: z.looseObject({ ProductTitle: optionalText, ProductCode: optionalText }).nullish().catch(null),
  Dimensions: z.array(z.unknown()).nullish().catch(null),
});

const dimensionSchema = z.looseObject({
  Key: z.string().min(1),
  Name: optionalText,
  Description: optionalText,
  Unit: optionalText,
  Types: z.array(z.string()).nullish().catch(null),
});

/** What the catalog tells of the seller's products. Another seller's product can't be read and is missing from the answer. */
export function createCatalog(deps: ReadDeps): Catalog {
  const read = createReader(
    deps,
    (credentials, requestHandler) =>
      new MarketplaceCatalogClient({
        region: marketplaceRegion,
        credentials,
        userAgentAppId: applicationId,
        ...learnsClock,
        requestHandler,
      }),
  );
  return {
    products: (productIds) =>
      read(async (client) => {
        const wanted = [...new Set(productIds)];
        if (wanted.length > productsPerCall) throw new Error(`More than ${productsPerCall} products a call`);
        const products = new Map<string, Product>();
        if (wanted.length === 0) return products;
        const answer = await client.send(
          new BatchDescribeEntitiesCommand({
            EntityRequestList: wanted.map((id) => ({ Catalog: 'AWSMarketplace', EntityId: id })),
          }),
        );
        for (const [key, entity] of Object.entries(answer.EntityDetails ?? {})) {
          // AWS answers by the id that was asked for; its own identifier has the revision behind an `@`.
          const productId = wanted.find((id) => id === key || key.startsWith(`${id}@`));
          const product = productId === undefined ? null : toProduct(productId, entity);
          if (product !== null) products.set(product.productId, product);
        }
        return products;
      }),
  };
}

/** Reads a product document, parsed or as JSON text; null when it is none. */
export function toProduct(
  productId: string,
  entity: {
    readonly EntityType?: string | undefined;
    readonly DetailsDocument?: unknown;
    readonly Details?: unknown;
    readonly EntityIdentifier?: string | undefined;
  },
): Product | null {
  const parsed = productDocumentSchema.safeParse(entity.DetailsDocument ?? parseJson(entity.Details));
  if (!parsed.success) return null;
  const { Description: description, Dimensions: dimensions } = parsed.data;
  return {
    productId,
    title: description?.ProductTitle ?? null,
    productCode: description?.ProductCode || null,
    // `SaaSProduct@1.0`: the version of the document's form is none of the product's.
    type: entity.EntityType?.split('@')[0] ?? null,
    revision: entity.EntityIdentifier?.split('@')[1] ?? null,
    dimensions: (dimensions ?? []).flatMap(toDimension),
  };
}

function toDimension(value: unknown): CatalogDimension[] {
  const parsed = dimensionSchema.safeParse(value);
  if (!parsed.success) return [];
  const { Key, Name, Unit, Description, Types } = parsed.data;
  return [
    {
      key: Key,
      name: Name ?? null,
      unit: Unit ?? null,
      description: Description ?? null,
      types: Types ?? [],
    },
  ];
}

function parseJson(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
