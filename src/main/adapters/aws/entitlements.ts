import {
  type Entitlement as AwsEntitlement,
  type GetEntitlementFilterName,
  GetEntitlementsCommand,
  MarketplaceEntitlementServiceClient,
} from '@aws-sdk/client-marketplace-entitlement-service';
import type { Entitlement, Entitlements } from '../../core/ports.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { createReader, marketplaceRegion, type ReadDeps } from './read-clients.ts';

/** The most that AWS gives a page. */
const pageSize = 25;

/** A product has at most 200 entitled dimensions, a buyer at most 100 agreements for it; an empty page still counts. */
const mostPages = 200;

/**
 * What buyers are entitled to now.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-entitlements_GetEntitlements.html
 */
export function createEntitlements(deps: ReadDeps): Entitlements {
  const read = createReader(
    deps,
    (credentials, requestHandler) =>
      new MarketplaceEntitlementServiceClient({
        region: marketplaceRegion,
        credentials,
        userAgentAppId: applicationId,
        ...learnsClock,
        requestHandler,
      }),
  );
  return {
    of: ({ productCode, buyerAccountId, licenseArn }) =>
      read(async (client) => {
        const filter: Partial<Record<GetEntitlementFilterName, string[]>> = {
          ...(buyerAccountId === null ? {} : { CUSTOMER_AWS_ACCOUNT_ID: [buyerAccountId] }),
          ...(licenseArn === null ? {} : { LICENSE_ARN: [licenseArn] }),
        };
        const found: Entitlement[] = [];
        let token: string | undefined;
        for (let page = 0; page < mostPages; page += 1) {
          const answer = await client.send(
            new GetEntitlementsCommand({
              ProductCode: productCode,
              Filter: filter,
              MaxResults: pageSize,
              NextToken: token,
            }),
          );
          found.push(...(answer.Entitlements ?? []).flatMap(toEntitlement));
          if (!answer.NextToken || answer.NextToken === token) return found;
          token = answer.NextToken;
        }
        throw new Error(`The entitlements of ${productCode} do not end after ${mostPages} pages.`);
      }),
  };
}

/** None without dimension or value: it says nothing. */
function toEntitlement(row: AwsEntitlement): Entitlement[] {
  const { IntegerValue, DoubleValue, BooleanValue, StringValue } = row.Value ?? {};
  const value = IntegerValue ?? DoubleValue ?? BooleanValue ?? StringValue;
  if (row.Dimension === undefined || value === undefined) return [];
  return [
    {
      dimensionKey: row.Dimension,
      quantity: String(value),
      buyerAccountId: row.CustomerAWSAccountId ?? null,
      licenseArn: row.LicenseArn ?? null,
    },
  ];
}
