import { AwsError } from './aws-error.ts';
import { createConstraints, type JsonObject, member } from './aws-json.ts';
import { accessDenied } from './credentials.ts';
import { cutPage } from './paging.ts';
import type { SignedCall } from './signed-call.ts';
import type { World, WorldProduct } from './world-schema.ts';

type Offer = World['offers'][number];

const notFound = (entityId: string): AwsError =>
  new AwsError('ResourceNotFoundException', `The entity ${entityId} was not found in the catalog.`, 404);

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_DescribeEntity.html */
export function describeEntity(query: URLSearchParams, call: SignedCall): JsonObject {
  checkCatalog(query.get('catalog') ?? undefined);
  const detail = entityDetail(query.get('entityId') ?? '', call);
  return { ...detail, Details: JSON.stringify(detail.DetailsDocument) };
}

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_BatchDescribeEntities.html */
export function batchDescribeEntities(input: JsonObject, call: SignedCall): JsonObject {
  const requests = member.objects(input, 'EntityRequestList') ?? [];
  const constraints = createConstraints();
  constraints.check(
    requests.length >= 1 && requests.length <= 20,
    `[${requests.length} entities]`,
    'entityRequestList',
    'Member must have length between 1 and 20',
  );
  throwAs422(() => constraints.throwIfBroken());
  const details: Record<string, JsonObject> = {};
  const errors: Record<string, JsonObject> = {};
  for (const request of requests) {
    checkCatalog(member.text(request, 'Catalog'));
    const entityId = member.text(request, 'EntityId') ?? '';
    try {
      details[entityId] = entityDetail(entityId, call);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      errors[entityId] = { ErrorCode: error.name, ErrorMessage: error.message };
    }
  }
  return { EntityDetails: details, Errors: errors };
}

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_ListEntities.html */
export function listEntities(input: JsonObject, call: SignedCall): JsonObject {
  checkCatalog(member.text(input, 'Catalog'));
  const entityType = member.text(input, 'EntityType') ?? '';
  const maxResults = member.whole(input, 'MaxResults') ?? 20;
  const shared = member.text(input, 'OwnershipType') === 'SHARED';
  const all = shared ? [] : summaries(entityType, call);
  if (maxResults < 1 || maxResults > 50) throw invalid('MaxResults must lie between 1 and 50.');
  const filters = member.object(input, 'EntityTypeFilters') ?? {};
  const own = member.object(filters, `${entityType}Filters`) ?? {};
  const wantedIds = member.texts(member.object(own, 'EntityId') ?? {}, 'ValueList');
  const wantedTitles = member.texts(member.object(own, 'ProductTitle') ?? {}, 'ValueList');
  const found = all.filter(
    ({ EntityId, Name }) => (wantedIds?.includes(EntityId) ?? true) && (wantedTitles?.includes(Name) ?? true),
  );
  const page = cutPage(found, {
    question: [entityType, wantedIds, wantedTitles],
    nextToken: member.text(input, 'NextToken'),
    maxResults,
    emptyPage: call.emptyPage,
    onBadToken: () => invalid('The NextToken is invalid.'),
  });
  return { EntitySummaryList: page.items, ...(page.nextToken ? { NextToken: page.nextToken } : {}) };
}

const invalid = (message: string): AwsError => new AwsError('ValidationException', message, 422);

function throwAs422(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw error instanceof AwsError ? invalid(error.message) : error;
  }
}

function checkCatalog(catalog: string | undefined): void {
  if (catalog !== 'AWSMarketplace') throw invalid(`The catalog ${catalog ?? '(none)'} is invalid.`);
}

function entityDetail(entityId: string, call: SignedCall): JsonObject {
  const product = call.view.product(entityId);
  if (product) {
    // Somebody else's product is not this account's to describe.
    if (product.sellerAccountId !== call.caller.accountId) {
      throw accessDenied(call.caller, 'aws-marketplace:DescribeEntity');
    }
    return {
      EntityType: `${product.type}@1.0`,
      EntityIdentifier: `${product.id}@${product.revision}`,
      EntityArn: arnOf(product.type, product.id, call),
      LastModifiedDate: product.lastModified,
      DetailsDocument: productDocument(product),
    };
  }
  const offer = call.view.world.offers.find(({ id }) => id === entityId);
  const offered = offer && call.view.product(offer.productId);
  if (!offer || offered?.sellerAccountId !== call.caller.accountId) throw notFound(entityId);
  return {
    EntityType: 'Offer@1.0',
    EntityIdentifier: `${offer.id}@1`,
    EntityArn: arnOf('Offer', offer.id, call),
    LastModifiedDate: offered.lastModified,
    DetailsDocument: offerDocument(offer),
  };
}

const arnOf = (type: string, id: string, { caller }: SignedCall): string =>
  `arn:aws:aws-marketplace:us-east-1:${caller.accountId}:AWSMarketplace/${type}/${id}`;

function productDocument(product: WorldProduct): JsonObject {
  return {
    Description: {
      ProductTitle: product.title,
      ProductCode: product.productCode,
      ShortDescription: product.shortDescription,
      LongDescription: product.shortDescription,
      Manufacturer: 'Kestrel Cloud Software',
      Highlights: [],
      SearchKeywords: [],
      Categories: ['Operations'],
      Visibility: product.visibility,
      ProductState: 'Active',
    },
    PromotionalResources: { LogoUrl: '', Videos: [], AdditionalResources: [] },
    SupportInformation: { Description: 'Write to our support.', Resources: [] },
    ...(product.dimensions ? { Dimensions: product.dimensions } : {}),
    Versions: [],
    Targeting: { PositiveTargeting: { BuyerAccounts: [] } },
  };
}

const offerDocument = (offer: Offer): JsonObject => ({
  Id: offer.id,
  State: offer.state,
  Name: offer.name,
  Description: offer.name,
  ProductId: offer.productId,
  Terms: [],
  Rules: [],
});

function summaries(entityType: string, call: SignedCall) {
  const { world } = call.view;
  const products = world.products.filter(({ sellerAccountId }) => sellerAccountId === call.caller.accountId);
  if (entityType === 'Offer') {
    return world.offers
      .filter(({ productId }) => products.some(({ id }) => id === productId))
      .map((offer) => ({
        Name: offer.name,
        EntityType: 'Offer',
        EntityId: offer.id,
        EntityArn: arnOf('Offer', offer.id, call),
        LastModifiedDate: call.view.product(offer.productId)?.lastModified,
        OfferSummary: { Name: offer.name, ProductId: offer.productId, State: offer.state },
      }));
  }
  return products
    .filter(({ type }) => type === entityType)
    .map((product) => ({
      Name: product.title,
      EntityType: product.type,
      EntityId: product.id,
      EntityArn: arnOf(product.type, product.id, call),
      LastModifiedDate: product.lastModified,
      Visibility: product.visibility,
      [`${product.type}Summary`]: { ProductTitle: product.title, Visibility: product.visibility },
    }));
}
