import { AwsError } from './aws-error.ts';
import { epochSeconds, type JsonObject, member } from './aws-json.ts';
import { cutPage } from './paging.ts';
import type { SignedCall } from './signed-call.ts';
import type { WorldEntitlement } from './world-schema.ts';

const invalid = (message: string): AwsError => new AwsError('InvalidParameterException', message);
const filterNames = ['CUSTOMER_AWS_ACCOUNT_ID', 'CUSTOMER_IDENTIFIER', 'DIMENSION', 'LICENSE_ARN'];

/** https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-entitlements_GetEntitlements.html */
export function getEntitlements(input: JsonObject, call: SignedCall): JsonObject {
  const productCode = member.text(input, 'ProductCode');
  const product = productCode === undefined ? undefined : call.view.productByCode(productCode);
  if (product?.sellerAccountId !== call.caller.accountId) {
    throw invalid(`The product code ${productCode ?? '(none)'} is not one of this account's.`);
  }
  const filter = member.object(input, 'Filter') ?? {};
  const unknown = Object.keys(filter).find((name) => !filterNames.includes(name));
  if (unknown !== undefined) throw invalid(`The filter ${unknown} is unknown.`);
  if (filter.CUSTOMER_IDENTIFIER && filter.CUSTOMER_AWS_ACCOUNT_ID) {
    throw invalid('CUSTOMER_IDENTIFIER and CUSTOMER_AWS_ACCOUNT_ID are mutually exclusive.');
  }
  const maxResults = member.whole(input, 'MaxResults') ?? 25;
  if (maxResults < 1 || maxResults > 25) throw invalid('MaxResults must lie between 1 and 25.');
  const buyerOf = ({ acceptorAccountId }: WorldEntitlement) =>
    call.view.world.buyers.find(({ accountId }) => accountId === acceptorAccountId);
  const fits = (name: string, value: string | undefined): boolean => {
    const wanted = member.texts(filter, name);
    return wanted === undefined || (value !== undefined && wanted.includes(value));
  };
  const found = call.view.world.entitlements.filter(
    (entitlement) =>
      entitlement.productId === product.id &&
      Date.parse(entitlement.expirationDate) > call.nowMs &&
      fits('CUSTOMER_AWS_ACCOUNT_ID', entitlement.acceptorAccountId) &&
      fits('CUSTOMER_IDENTIFIER', buyerOf(entitlement)?.customerIdentifier) &&
      fits('DIMENSION', entitlement.dimension) &&
      fits('LICENSE_ARN', entitlement.licenseArn),
  );
  const page = cutPage(found, {
    question: [productCode, filter],
    nextToken: member.text(input, 'NextToken'),
    maxResults,
    emptyPage: call.emptyPage,
    onBadToken: () => invalid('The NextToken is invalid.'),
  });
  return {
    Entitlements: page.items.map((entitlement) => ({
      ProductCode: productCode,
      Dimension: entitlement.dimension,
      CustomerAWSAccountId: entitlement.acceptorAccountId,
      ...(entitlement.licenseArn ? { LicenseArn: entitlement.licenseArn } : {}),
      ExpirationDate: epochSeconds(entitlement.expirationDate),
      Value: entitledValue(entitlement),
    })),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

function entitledValue({
  integerValue,
  doubleValue,
  booleanValue,
  stringValue,
}: WorldEntitlement): JsonObject {
  if (integerValue !== undefined) return { IntegerValue: integerValue };
  if (doubleValue !== undefined) return { DoubleValue: doubleValue };
  return booleanValue !== undefined ? { BooleanValue: booleanValue } : { StringValue: stringValue ?? '' };
}
