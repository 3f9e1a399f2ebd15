import {
  BatchDescribeEntitiesCommand,
  DescribeEntityCommand,
  paginateListEntities,
} from '@aws-sdk/client-marketplace-catalog';
import { GetEntitlementsCommand } from '@aws-sdk/client-marketplace-entitlement-service';
import { describe, expect, test } from 'vitest';
import { failure, noon, startAt } from './practice-fixture.ts';

const Catalog = 'AWSMarketplace';

describe('the catalog', () => {
  test('DescribeEntity gives the document twice, as an object and as text', async () => {
    const practice = await startAt(noon);
    const { product } = await practice.edge('contract-with-consumption');
    const entity = await practice
      .catalog()
      .send(new DescribeEntityCommand({ Catalog, EntityId: product.id }));
    expect(entity.EntityType).toBe('SaaSProduct@1.0');
    expect(entity.EntityIdentifier).toBe(`${product.id}@${product.revision}`);
    expect(entity.DetailsDocument).toMatchObject({
      Description: { ProductTitle: product.title, ProductCode: product.productCode },
      Dimensions: product.dimensions,
    });
    expect(JSON.parse(entity.Details ?? '')).toEqual(entity.DetailsDocument);
  });

  test('one key may be entitled and metered; a product may have no dimensions at all', async () => {
    const practice = await startAt(noon);
    const { product } = await practice.edge('contract-with-consumption');
    const types = product.dimensions
      ?.filter(({ Key }) => Key === 'data_ingested_gb')
      .map(({ Types }) => Types);
    expect(types).toEqual([['Entitled'], ['ExternallyMetered']]);
    const bare = await practice.edge('no-dimensions-in-catalog');
    const entity = await practice
      .catalog()
      .send(new DescribeEntityCommand({ Catalog, EntityId: bare.product.id }));
    expect(entity.DetailsDocument).not.toHaveProperty('Dimensions');
  });

  test('offers can be described, unknown entities are not found, other sellers’ products are denied', async () => {
    const practice = await startAt(noon);
    const { agreement } = await practice.edge('pay-as-you-go');
    const foreign = await practice.edge('product-of-another-seller');
    const describeOne = (EntityId: string) =>
      practice.catalog().send(new DescribeEntityCommand({ Catalog, EntityId }));
    const offer = await describeOne(agreement.offerId);
    expect(offer.DetailsDocument).toMatchObject({ Id: agreement.offerId, ProductId: agreement.productId });
    expect(await failure(describeOne('prod-none'))).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    });
    expect(await failure(describeOne(foreign.product.id))).toMatchObject({
      name: 'AccessDeniedException',
      status: 403,
    });
  });

  test('BatchDescribeEntities answers each entity or its error, and at most twenty', async () => {
    const practice = await startAt(noon);
    const { product } = await practice.edge('pay-as-you-go');
    const describeMany = (ids: string[]) =>
      practice.catalog().send(
        new BatchDescribeEntitiesCommand({
          EntityRequestList: ids.map((EntityId) => ({ Catalog, EntityId })),
        }),
      );
    const answer = await describeMany([product.id, 'prod-none']);
    expect(Object.keys(answer.EntityDetails ?? {})).toEqual([product.id]);
    expect(answer.Errors?.['prod-none']?.ErrorCode).toBe('ResourceNotFoundException');
    const tooMany = Array.from({ length: 21 }, () => product.id);
    expect(await failure(describeMany(tooMany))).toMatchObject({ name: 'ValidationException', status: 422 });
  });

  test('ListEntities pages through the seller’s own products', async () => {
    const practice = await startAt(noon);
    const titles: (string | undefined)[] = [];
    const pages = paginateListEntities(
      { client: practice.catalog() },
      { Catalog, EntityType: 'SaaSProduct', MaxResults: 2 },
    );
    for await (const page of pages) {
      titles.push(
        ...(page.EntitySummaryList ?? []).map(({ SaaSProductSummary }) => SaaSProductSummary?.ProductTitle),
      );
    }
    expect(titles).toHaveLength(7);
    expect(titles).toContain('Larch Data Pipeline');
    expect(titles).not.toContain('Kestrel Labs Vector Store');
  });
});

describe('GetEntitlements', () => {
  test('gives quantities by licence, of a channel partner’s sale too', async () => {
    const practice = await startAt(noon);
    const { agreement, product } = await practice.edge('sold-by-channel-partner');
    const { Entitlements } = await practice.entitlements().send(
      new GetEntitlementsCommand({
        ProductCode: product.productCode,
        Filter: { CUSTOMER_AWS_ACCOUNT_ID: [agreement.acceptorAccountId], DIMENSION: ['hosts'] },
      }),
    );
    expect(Entitlements).toEqual([
      {
        ProductCode: product.productCode,
        Dimension: 'hosts',
        CustomerAWSAccountId: agreement.acceptorAccountId,
        LicenseArn: agreement.licenseArns[0],
        ExpirationDate: new Date(agreement.endTime ?? 0),
        Value: { IntegerValue: 250 },
      },
    ]);
  });

  test('an unknown product code, an unknown filter and both customer filters are InvalidParameterException', async () => {
    const practice = await startAt(noon);
    const { product } = await practice.edge('contract-with-consumption');
    const read = (ProductCode: string, Filter?: Record<string, string[]>) =>
      failure(
        practice
          .entitlements()
          .send(new GetEntitlementsCommand({ ProductCode, ...(Filter ? { Filter } : {}) })),
      );
    const { productCode } = product;
    expect((await read(product.id)).name).toBe('InvalidParameterException');
    expect((await read(productCode, { BUYER: ['x'] })).name).toBe('InvalidParameterException');
    const both = { CUSTOMER_IDENTIFIER: ['a'], CUSTOMER_AWS_ACCOUNT_ID: ['1'] };
    expect((await read(productCode, both)).name).toBe('InvalidParameterException');
  });
});
