import type { JsonObject } from './aws-json.ts';
import type { Behaviour } from './behaviour.ts';
import type { MeteredLedger } from './metered-ledger.ts';
import { readMeteringRequest } from './metering-request.ts';
import { resolveRecords } from './metering-rules.ts';
import type { SignedCall } from './signed-call.ts';

/** What a fault changes in an answer that is otherwise right. */
export interface MeteringTwist {
  /** Indexes of the records that are left unprocessed, or all of them. */
  readonly unprocessed?: 'all' | readonly number[];
  /** Status word put in the place of `Success`. */
  readonly unknownStatus?: string;
}

/** BatchMeterUsage. Throws `AwsError` for what refuses the whole call. */
export function batchMeterUsage(
  input: JsonObject,
  call: SignedCall,
  { ledger, behaviour, twist }: { ledger: MeteredLedger; behaviour: Behaviour; twist: MeteringTwist },
): JsonObject {
  const request = readMeteringRequest(input);
  const resolved = resolveRecords(request, {
    view: call.view,
    caller: call.caller,
    region: call.region,
    nowMs: call.nowMs,
    windowHours: behaviour.windowHours,
  });
  const isLeft = (index: number): boolean =>
    twist.unprocessed === 'all' || (twist.unprocessed?.includes(index) ?? false);
  const results = resolved.flatMap((record, index) => {
    if (isLeft(index)) return [];
    const outcome = ledger.take(record, call);
    return [
      {
        UsageRecord: record.record.raw,
        ...(outcome.meteringRecordId ? { MeteringRecordId: outcome.meteringRecordId } : {}),
        Status: outcome.status === 'Success' ? (twist.unknownStatus ?? 'Success') : outcome.status,
      },
    ];
  });
  return {
    Results: behaviour.resultsOrder === 'reversed' ? results.reverse() : results,
    UnprocessedRecords: resolved.filter((_, index) => isLeft(index)).map(({ record }) => record.raw),
  };
}
