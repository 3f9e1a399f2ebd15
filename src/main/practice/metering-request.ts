import { AwsError } from './aws-error.ts';
import { createConstraints, type JsonObject, member } from './aws-json.ts';

/** One usage record as it came, with its instant in epoch milliseconds. `raw` is what an answer repeats. */
export interface MeteringRecord {
  readonly raw: JsonObject;
  readonly timestampMs: number;
  readonly dimension: string;
  readonly quantity: number;
  readonly customerIdentifier: string | undefined;
  readonly customerAWSAccountId: string | undefined;
  readonly licenseArn: string | undefined;
  readonly usageAllocations: readonly JsonObject[] | undefined;
}

export interface MeteringRequest {
  readonly productCode: string | undefined;
  readonly records: readonly MeteringRecord[];
}

const maxQuantity = 2_147_483_647;
const licensePattern =
  /^arn:aws[a-zA-Z0-9-]*:[a-zA-Z0-9-]+:[a-zA-Z0-9-]*:[a-zA-Z0-9-]*:[a-zA-Z0-9-]+[:/][^\s]+$/;
const tagPattern = /^[a-zA-Z0-9+\-=._:\\/@ ]+$/;

/**
 * Reads a BatchMeterUsage request by the service's model: `SerializationException` for wrong JSON types,
 * `ValidationException` for broken constraints, and the two exceptions about tags and allocations.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html
 */
export function readMeteringRequest(input: JsonObject): MeteringRequest {
  const productCode = member.text(input, 'ProductCode') || undefined;
  const rawRecords = member.objects(input, 'UsageRecords');
  const constraints = createConstraints();
  constraints.check(rawRecords !== undefined, undefined, 'usageRecords', 'Member must not be null');
  constraints.check(
    (rawRecords?.length ?? 0) <= 25,
    `[${rawRecords?.length} records]`,
    'usageRecords',
    'Member must have length less than or equal to 25',
  );
  constraints.check(
    productCode === undefined || /^[-a-zA-Z0-9/=:_.@]{0,255}$/.test(productCode),
    productCode,
    'productCode',
    'Member must satisfy regular expression pattern: ^[-a-zA-Z0-9/=:_.@]*$',
  );
  const records = (rawRecords ?? []).map((raw, index) =>
    readRecord(raw, `usageRecords.${index + 1}.member`, constraints),
  );
  constraints.throwIfBroken();
  for (const record of records) checkAllocations(record);
  return { productCode, records };
}

function readRecord(
  raw: JsonObject,
  path: string,
  constraints: ReturnType<typeof createConstraints>,
): MeteringRecord {
  const timestampMs = member.instantMs(raw, 'Timestamp');
  const dimension = member.text(raw, 'Dimension');
  const quantity = member.whole(raw, 'Quantity') ?? 0;
  const customerAWSAccountId = member.text(raw, 'CustomerAWSAccountId');
  const customerIdentifier = member.text(raw, 'CustomerIdentifier');
  const licenseArn = member.text(raw, 'LicenseArn');
  const { check } = constraints;
  check(timestampMs !== undefined, undefined, `${path}.timestamp`, 'Member must not be null');
  check(dimension !== undefined, undefined, `${path}.dimension`, 'Member must not be null');
  check(
    dimension === undefined || dimension.length >= 1,
    dimension,
    `${path}.dimension`,
    'Member must have length greater than or equal to 1',
  );
  check(
    (dimension?.length ?? 0) <= 255,
    dimension,
    `${path}.dimension`,
    'Member must have length less than or equal to 255',
  );
  check(
    quantity <= maxQuantity,
    quantity,
    `${path}.quantity`,
    `Member must have value less than or equal to ${maxQuantity}`,
  );
  check(quantity >= 0, quantity, `${path}.quantity`, 'Member must have value greater than or equal to 0');
  check(
    customerAWSAccountId === undefined || /^[0-9]{1,255}$/.test(customerAWSAccountId),
    customerAWSAccountId,
    `${path}.customerAWSAccountId`,
    'Member must satisfy regular expression pattern: ^[0-9]+$',
  );
  check(
    licenseArn === undefined || licensePattern.test(licenseArn),
    licenseArn,
    `${path}.licenseArn`,
    'Member must satisfy regular expression pattern: the pattern of an Amazon Resource Name',
  );
  return {
    raw,
    timestampMs: timestampMs ?? 0,
    dimension: dimension ?? '',
    quantity,
    customerIdentifier: customerIdentifier || undefined,
    customerAWSAccountId,
    licenseArn,
    usageAllocations: member.objects(raw, 'UsageAllocations'),
  };
}

function checkAllocations({ usageAllocations, quantity }: MeteringRecord): void {
  if (usageAllocations === undefined) return;
  const keys = new Set<string>();
  const sets = new Set<string>();
  let sum = 0;
  for (const allocation of usageAllocations) {
    sum += member.whole(allocation, 'AllocatedUsageQuantity') ?? 0;
    const tags = (member.objects(allocation, 'Tags') ?? []).map((tag) => ({
      key: member.text(tag, 'Key') ?? '',
      value: member.text(tag, 'Value') ?? '',
    }));
    for (const { key, value } of tags) {
      keys.add(key);
      const fits = tagPattern.test(key) && tagPattern.test(value) && key.length <= 100 && value.length <= 256;
      if (!fits) throw new AwsError('InvalidTagException', `The tag ${key}=${value} is invalid.`);
    }
    sets.add(
      tags
        .map(({ key, value }) => `${key}=${value}`)
        .sort()
        .join('\n'),
    );
  }
  if (keys.size > 5) {
    throw new AwsError('InvalidTagException', 'The number of distinct tags is greater than the limit of 5.');
  }
  if (sum !== quantity || sets.size !== usageAllocations.length) {
    throw new AwsError(
      'InvalidUsageAllocationsException',
      'Sum of allocated usage quantities is not equal to the usage quantity, or two allocations carry the same tags.',
    );
  }
}
