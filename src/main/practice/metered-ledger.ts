import { randomUUID } from 'node:crypto';
import type { Behaviour } from './behaviour.ts';
import type { ResolvedRecord } from './metering-rules.ts';

/** What would be billed: one entry per record that was accepted and not sent before. */
export interface MeteredEntry {
  readonly meteringRecordId: string;
  readonly requestId: string;
  readonly sellerAccountId: string;
  readonly region: string;
  readonly scheme: 'licence' | 'product-code';
  /** Licence ARN or product code, by the scheme. */
  readonly subject: string;
  readonly productId: string;
  readonly productCode: string;
  readonly customerAWSAccountId: string;
  readonly dimension: string;
  readonly quantity: number;
  readonly timestamp: string;
  /** Start of the UTC hour within which AWS removes duplicates. */
  readonly hour: string;
  readonly acceptedAt: string;
  readonly usageAllocations?: unknown;
}

export interface MeteringOutcome {
  readonly status: string;
  readonly meteringRecordId?: string;
}

export interface MeteredLedger {
  readonly take: (
    resolved: ResolvedRecord,
    call: { readonly region: string; readonly requestId: string; readonly nowMs: number },
  ) => MeteringOutcome;
  readonly entries: () => readonly MeteredEntry[];
  readonly clear: () => void;
}

const hourMs = 3_600_000;

/**
 * First write wins within licence (or product), buyer, dimension and UTC hour, per Region; nothing is added up.
 * https://docs.aws.amazon.com/marketplace/latest/userguide/metering-for-usage.html
 */
export function createMeteredLedger(behaviour: () => Behaviour): MeteredLedger {
  let slots = new Map<string, MeteredEntry>();

  const take: MeteredLedger['take'] = (resolved, { region, requestId, nowMs }) => {
    if (!resolved.subscribed) return { status: 'CustomerNotSubscribed' };
    const { record, scheme, subject, buyerAccountId, product } = resolved;
    const hour = Math.floor(record.timestampMs / hourMs);
    const key = JSON.stringify([region, scheme, subject, buyerAccountId, record.dimension, hour]);
    const entry: MeteredEntry = {
      meteringRecordId: randomUUID(),
      requestId,
      sellerAccountId: product.sellerAccountId,
      region,
      scheme,
      subject,
      productId: product.id,
      productCode: product.productCode,
      customerAWSAccountId: buyerAccountId,
      dimension: record.dimension,
      quantity: record.quantity,
      timestamp: new Date(record.timestampMs).toISOString(),
      hour: new Date(hour * hourMs).toISOString(),
      acceptedAt: new Date(nowMs).toISOString(),
      ...(record.usageAllocations ? { usageAllocations: record.usageAllocations } : {}),
    };
    const earlier = slots.get(key);
    if (earlier) return again(earlier, entry, behaviour());
    slots.set(key, entry);
    return { status: 'Success', meteringRecordId: entry.meteringRecordId };
  };

  return {
    take,
    entries: () => [...slots.values()],
    clear: () => {
      slots = new Map();
    },
  };
}

function again(earlier: MeteredEntry, entry: MeteredEntry, behaviour: Behaviour): MeteringOutcome {
  const sameSplit = JSON.stringify(earlier.usageAllocations) === JSON.stringify(entry.usageAllocations);
  if (earlier.quantity !== entry.quantity || !sameSplit) return { status: 'DuplicateRecord' };
  const status =
    earlier.timestamp === entry.timestamp ? behaviour.identicalResend : behaviour.sameQuantityOtherMinute;
  return status === 'Success'
    ? { status, meteringRecordId: earlier.meteringRecordId }
    : { status: 'DuplicateRecord' };
}
