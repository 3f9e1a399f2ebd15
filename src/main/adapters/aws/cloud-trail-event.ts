/**
 * Reads one event of CloudTrail's history. Its spellings are not settled: the account id comes in two, instants as US text without a zone, as ISO
 * text or as numbers. https://docs.aws.amazon.com/marketplace/latest/userguide/cloudtrail-logging.html
 */
import { z } from 'zod';
import type { TrailCall, TrailRecord } from '../../core/domain/trail-evidence.ts';
import { applicationId } from './aws-environment.ts';

const text = z.string().nullish().catch(null);
const instant = z.union([z.string(), z.number()]).nullish().catch(null);

const recordSchema = z.looseObject({
  dimension: text,
  timestamp: instant,
  quantity: z.coerce.number().nullish().catch(null),
  customerAWSAccountId: text,
  customerAWSAccountID: text,
  customerAwsAccountId: text,
  licenseArn: text,
});
type EventRecord = z.output<typeof recordSchema>;

const documentSchema = z.looseObject({
  userAgent: text,
  requestID: text,
  errorCode: text,
  userIdentity: z.looseObject({ arn: text }).nullish().catch(null),
  requestParameters: z
    .looseObject({ usageRecords: z.array(recordSchema).nullish().catch(null), productCode: text })
    .nullish()
    .catch(null),
  responseElements: z
    .looseObject({
      results: z
        .array(z.looseObject({ usageRecord: recordSchema.nullish(), meteringRecordId: text, status: text }))
        .nullish()
        .catch(null),
      unprocessedRecords: z.array(recordSchema).nullish().catch(null),
    })
    .nullish()
    .catch(null),
});

/** An entry of `LookupEvents` as far as it is read. */
export interface TrailEntry {
  readonly EventId?: string | undefined;
  readonly EventTime?: Date | undefined;
  readonly CloudTrailEvent?: string | undefined;
}

/** The call that an entry tells of; null when it can't be read. */
export function readTrailEntry(entry: TrailEntry): TrailCall | null {
  const parsed = documentSchema.safeParse(parseJson(entry.CloudTrailEvent));
  if (!parsed.success || entry.EventId === undefined || entry.EventTime === undefined) return null;
  const document = parsed.data;
  const answered = [
    ...(document.responseElements?.results ?? []).map((result) => ({
      key: result.usageRecord ? keyOf(result.usageRecord) : null,
      status: result.status ?? null,
      meteringRecordId: result.meteringRecordId ?? null,
    })),
    ...(document.responseElements?.unprocessedRecords ?? []).map((record) => ({
      key: keyOf(record),
      status: 'UnprocessedRecords',
      meteringRecordId: null,
    })),
  ];
  return {
    eventId: entry.EventId,
    atMs: entry.EventTime.getTime(),
    requestId: document.requestID ?? null,
    principalArn: document.userIdentity?.arn ?? null,
    isOurApp: namesOurApp(document.userAgent ?? ''),
    errorName: document.errorCode ?? null,
    productCode: document.requestParameters?.productCode ?? null,
    records: (document.requestParameters?.usageRecords ?? []).map((record): TrailRecord => {
      const key = keyOf(record);
      const answer = answered.find((one) => one.key === key);
      return {
        dimensionKey: record.dimension ?? null,
        startMs: instantMs(record.timestamp),
        quantity: record.quantity ?? null,
        buyerAccountId: accountOf(record),
        licenseArn: record.licenseArn ?? null,
        status: answer?.status ?? null,
        meteringRecordId: answer?.meteringRecordId ?? null,
      };
    }),
  };
}

/** Order is not promised, so that an answer finds its record by what it is. */
function keyOf(record: EventRecord): string {
  return JSON.stringify([
    record.dimension,
    instantMs(record.timestamp),
    accountOf(record),
    record.licenseArn ?? null,
  ]);
}

function accountOf(record: EventRecord): string | null {
  return record.customerAWSAccountId ?? record.customerAWSAccountID ?? record.customerAwsAccountId ?? null;
}

/** The SDK writes the application id as `app/NAME`. */
function namesOurApp(userAgent: string): boolean {
  return userAgent.split(/[\s[\]]+/).includes(`app/${applicationId}`);
}

const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
const usText = /^([A-Z][a-z]{2})[a-z]* (\d{1,2}), (\d{4}),? (\d{1,2}):(\d{2}):(\d{2})\s*([AP]M)$/u;

/** Epoch ms, to the second; null for what is no instant. Text without a zone is UTC. */
export function instantMs(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return wholeSeconds(value > 1e11 ? value : value * 1_000);
  const us = usText.exec(value.trim());
  if (us) {
    const [, month = '', day, year, hour, minute, second, half] = us;
    const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0);
    const at = months.indexOf(month) / 3;
    return Number.isInteger(at) && at >= 0
      ? Date.UTC(Number(year), at, Number(day), hours, Number(minute), Number(second))
      : null;
  }
  if (/^\d+(\.\d+)?$/.test(value)) return instantMs(Number(value));
  if (!/^\d{4}-\d{2}-\d{2}T/.test(value)) return null;
  const hasZone = /(Z|[+-]\d{2}:?\d{2})$/.test(value);
  return wholeSeconds(Date.parse(hasZone ? value : `${value}Z`));
}

function wholeSeconds(ms: number): number | null {
  return Number.isFinite(ms) ? Math.floor(ms / 1_000) * 1_000 : null;
}

function parseJson(json: string | undefined): unknown {
  try {
    return JSON.parse(json ?? '');
  } catch {
    return null;
  }
}
