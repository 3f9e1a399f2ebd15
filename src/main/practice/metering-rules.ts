import { lastReportMs, lifeOf } from './agreement-life.ts';
import { AwsError } from './aws-error.ts';
import type { Caller } from './credentials.ts';
import type { MeteringRecord, MeteringRequest } from './metering-request.ts';
import type { WorldAgreement, WorldProduct } from './world-schema.ts';
import type { WorldView } from './world-store.ts';

/** A record that AWS would look at: to whom and to what it belongs. */
export interface ResolvedRecord {
  readonly record: MeteringRecord;
  readonly product: WorldProduct;
  readonly scheme: 'licence' | 'product-code';
  readonly subject: string;
  readonly buyerAccountId: string;
  readonly subscribed: boolean;
}

export interface RuleContext {
  readonly view: WorldView;
  readonly caller: Caller;
  readonly region: string;
  readonly nowMs: number;
  readonly windowHours: number;
}

const hourMs = 3_600_000;

/** https://docs.aws.amazon.com/marketplace/latest/developerguide/metering-regions.html */
const meteringRegions = new Set(
  `us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-central-2
  eu-north-1 eu-south-1 eu-south-2 me-south-1 me-central-1 il-central-1 af-south-1 ap-east-1 ap-south-1 ap-south-2
  ap-southeast-1 ap-southeast-2 ap-southeast-3 ap-southeast-4 ap-northeast-1 ap-northeast-2 ap-northeast-3 cn-northwest-1`.split(
    /\s+/,
  ),
);

/** Applies every rule that refuses the whole call, and tells of each record whether its customer is subscribed. */
export function resolveRecords(request: MeteringRequest, context: RuleContext): readonly ResolvedRecord[] {
  if (!meteringRegions.has(context.region)) {
    throw new AwsError('DisabledApiException', `The API is disabled in the Region ${context.region}.`);
  }
  const licensed = request.records.filter(({ licenseArn }) => licenseArn !== undefined);
  if (licensed.length > 0 && request.productCode !== undefined) {
    throw new AwsError('ValidationException', 'ProductCode and LicenseArn must not be used in one request.');
  }
  for (const { customerAWSAccountId, customerIdentifier } of request.records) {
    if (customerAWSAccountId !== undefined && customerIdentifier !== undefined) {
      throw new AwsError(
        'ValidationException',
        'CustomerIdentifier and CustomerAWSAccountId are mutually exclusive.',
      );
    }
  }
  if (request.productCode !== undefined) {
    const product = context.view.productByCode(request.productCode);
    if (product?.sellerAccountId !== context.caller.accountId || product.type !== 'SaaSProduct') {
      throw invalidProductCode(request.productCode);
    }
    return request.records.map((record) => resolveByProductCode(record, product, context));
  }
  if (licensed.length !== request.records.length) throw invalidProductCode(request.productCode);
  const resolved = request.records.map((record) => resolveByLicence(record, context));
  if (new Set(resolved.map(({ product }) => product.id)).size > 1) {
    throw new AwsError('InvalidLicenseException', 'All usage records must be for the same product.');
  }
  return resolved;
}

const invalidProductCode = (code: string | undefined): AwsError =>
  new AwsError(
    'InvalidProductCodeException',
    `The product code ${code ?? '(none)'} passed in the request does not match the product code used for publishing the product.`,
  );

function resolveByLicence(record: MeteringRecord, context: RuleContext): ResolvedRecord {
  const licenseArn = record.licenseArn ?? '';
  const agreements = context.view.agreementsOfLicence(licenseArn);
  const [first] = agreements;
  const product = first && context.view.product(first.productId);
  const invalid = (reason: string): AwsError =>
    new AwsError('InvalidLicenseException', `The license ${licenseArn} is invalid: ${reason}.`);
  if (!first || !product || product.sellerAccountId !== context.caller.accountId) {
    throw invalid('it does not exist or belongs to another product provider');
  }
  if (product.type !== 'SaaSProduct') throw invalid('its product is not metered by this operation');
  if (record.customerAWSAccountId !== first.acceptorAccountId) {
    throw invalid(`it does not belong to the customer ${record.customerAWSAccountId ?? '(none)'}`);
  }
  checkDimension(record, product);
  checkWindow(record, context);
  const lives = agreements.map((agreement) => lifeOf(agreement, context.nowMs));
  const over = lives.every(({ endMs }) => context.nowMs > endMs + lastReportMs);
  const covered = lives.some(
    ({ startMs, endMs }) => record.timestampMs >= startMs && record.timestampMs < endMs,
  );
  if (!over && !covered) throw invalid('the usage lies outside its activation period');
  return {
    record,
    product,
    scheme: 'licence',
    subject: licenseArn,
    buyerAccountId: first.acceptorAccountId,
    subscribed: !over && !isSuspended(first.acceptorAccountId, context.view),
  };
}

function resolveByProductCode(
  record: MeteringRecord,
  product: WorldProduct,
  context: RuleContext,
): ResolvedRecord {
  const buyerAccountId = customerOf(record, context.view);
  checkDimension(record, product);
  checkWindow(record, context);
  const lives = context.view
    .agreementsOfBuyer(product.id, buyerAccountId)
    .map((agreement: WorldAgreement) => lifeOf(agreement, context.nowMs));
  const live = lives.filter(
    ({ startMs, endMs }) => startMs <= context.nowMs && context.nowMs <= endMs + lastReportMs,
  );
  const covered = live.some(
    ({ startMs, endMs }) => record.timestampMs >= startMs && record.timestampMs < endMs,
  );
  if (live.length > 0 && !covered) {
    throw outOfBounds('it lies outside the time in which the customer uses the software');
  }
  return {
    record,
    product,
    scheme: 'product-code',
    subject: product.productCode,
    buyerAccountId,
    subscribed: live.length > 0 && !isSuspended(buyerAccountId, context.view),
  };
}

function customerOf({ customerIdentifier, customerAWSAccountId }: MeteringRecord, view: WorldView): string {
  if (customerAWSAccountId !== undefined) return customerAWSAccountId;
  const buyer = view.world.buyers.find((known) => known.customerIdentifier === customerIdentifier);
  if (buyer && customerIdentifier !== undefined) return buyer.accountId;
  throw new AwsError(
    'InvalidCustomerIdentifierException',
    `You have metered usage for a customer identifier that does not exist: ${customerIdentifier ?? '(none)'}.`,
  );
}

const isSuspended = (accountId: string, view: WorldView): boolean =>
  view.world.buyers.some((buyer) => buyer.accountId === accountId && buyer.suspended);

function checkDimension({ dimension }: MeteringRecord, product: WorldProduct): void {
  const metered = product.dimensions?.some(
    ({ Key, Types }) => Key === dimension && Types?.includes('ExternallyMetered'),
  );
  if (metered) return;
  throw new AwsError(
    'InvalidUsageDimensionException',
    `The usage dimension ${dimension} does not match one of the usage dimensions associated with the product.`,
  );
}

const outOfBounds = (reason: string): AwsError =>
  new AwsError('TimestampOutOfBoundsException', `The timestamp is out of bounds: ${reason}.`);

/**
 * The submission window and the closing of the month at 06:00 UTC on the first.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_UsageRecord.html
 */
function checkWindow({ timestampMs }: MeteringRecord, { nowMs, windowHours }: RuleContext): void {
  if (timestampMs > nowMs) throw outOfBounds('it lies in the future');
  const ageMs = nowMs - timestampMs;
  const tooOld = windowHours === 24 ? ageMs >= 24 * hourMs : ageMs > windowHours * hourMs;
  if (tooOld) throw outOfBounds(`it lies ${windowHours} hours or more in the past`);
  const now = new Date(nowMs);
  const monthStartMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
  if (timestampMs < monthStartMs && nowMs >= monthStartMs + 6 * hourMs) {
    throw outOfBounds('its month was closed at 06:00 UTC on the first day of this month');
  }
}
