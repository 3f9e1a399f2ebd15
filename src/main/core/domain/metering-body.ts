/**
 * The exact BatchMeterUsage request of confirmed records:
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html
 */
import type { UsageRecordBody } from './usage-record.ts';
import { secondMs } from './utc-hours.ts';

/** One record with AWS's names, as it stands in the JSON that leaves. */
export interface MeteringRecord {
  /** Epoch seconds. */
  readonly Timestamp: number;
  readonly CustomerAWSAccountId: string;
  readonly Dimension: string;
  readonly Quantity: number;
  readonly LicenseArn?: string;
}

export interface MeteringBody {
  readonly UsageRecords: readonly MeteringRecord[];
  readonly ProductCode?: string;
}

/** AWS takes at most this many records a call. */
export const recordsPerCall = 25;

/** What a record is counted on: its licence under the licence scheme, its product code under the other. */
export function subjectOf(body: Pick<UsageRecordBody, 'scheme' | 'licenseArn' | 'productCode'>): string {
  const subject = body.scheme === 'licence' ? body.licenseArn : body.productCode;
  if (subject === null) throw new Error(`A record of scheme ${body.scheme} without its identifier`);
  return subject;
}

/**
 * The request of 1 to 25 records of one product. Under the licence scheme each record carries its licence and the call no
 * product code; AWS bills twice where both schemes meet, so a mixture throws.
 */
export function meteringBodyOf(bodies: readonly [UsageRecordBody, ...UsageRecordBody[]]): MeteringBody {
  const [first] = bodies;
  const isOneCall = bodies.every(
    (body) =>
      body.productId === first.productId &&
      body.scheme === first.scheme &&
      body.meteringRegion === first.meteringRegion &&
      (body.scheme === 'licence' || body.productCode === first.productCode),
  );
  if (!isOneCall || bodies.length > recordsPerCall) throw new Error('Records that do not fit into one call');
  const UsageRecords = bodies.map(recordOf);
  return first.scheme === 'licence' ? { UsageRecords } : { UsageRecords, ProductCode: subjectOf(first) };
}

function recordOf(body: UsageRecordBody): MeteringRecord {
  const subject = subjectOf(body);
  if (!Number.isInteger(body.startMs / secondMs)) throw new Error('A start time that is no whole second');
  return {
    Timestamp: body.startMs / secondMs,
    CustomerAWSAccountId: body.buyerAccountId,
    Dimension: body.dimensionKey,
    Quantity: body.quantity,
    ...(body.scheme === 'licence' ? { LicenseArn: subject } : {}),
  };
}

/** The request of one record as indented JSON, for a person to read. */
export function meteringRequestText(body: UsageRecordBody): string {
  return JSON.stringify(meteringBodyOf([body]), null, 2);
}
