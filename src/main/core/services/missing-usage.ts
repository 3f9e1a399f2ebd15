/**
 * What AWS took through this app and the ledger doesn't have, as after the restore of a backup. CloudTrail shows what was sent and
 * answered in the last 90 days, some 15 minutes late: https://docs.aws.amazon.com/marketplace/latest/userguide/cloudtrail-logging.html
 */
import type { MissingUsage } from '../../../contract/ledger.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { TrailCall, TrailRecord } from '../domain/trail-evidence.ts';
import type { StoredRecord } from '../domain/usage-record.ts';
import { hourMs, minuteMs, utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger, Preferences, SubmissionTrail } from '../ports.ts';
import { defaultMeteringRegion } from './contract-details.ts';
import type { Session } from './session.ts';

export interface MissingUsageDeps {
  readonly ledger: () => Result<Ledger>;
  readonly trail: SubmissionTrail;
  readonly session: Pick<Session, 'requireIdentity'>;
  readonly clock: Clock;
  readonly preferences: Preferences;
}

export interface MissingUsageService {
  /** Asks CloudTrail in every Region that a product is metered in; fails with what keeps it from answering. */
  readonly find: (daysBack: number) => Promise<Result<MissingUsage>>;
}

const dayMs = 24 * hourMs;
/** A record is sent for so long after it was submitted, and no longer. */
const longestOnItsWayMs = dayMs + hourMs;
const pageSize = 200;

/** A record that the event shows in full. */
type Known = TrailRecord & {
  readonly dimensionKey: string;
  readonly startMs: number;
  readonly quantity: number;
};

export function createMissingUsage(deps: MissingUsageDeps): MissingUsageService {
  async function find(daysBack: number): Promise<Result<MissingUsage>> {
    const seller = deps.session.requireIdentity();
    if (!seller.ok) return seller;
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const untilMs = deps.clock.now();
    const fromMs = untilMs - daysBack * dayMs;
    const known = keysSince(ledger.value, fromMs - longestOnItsWayMs);
    if (!known.ok) return known;
    const { products, buyerAliases } = deps.preferences.get();
    const regions = [
      ...new Set([defaultMeteringRegion, ...Object.values(products).map((one) => one.meteringRegion)]),
    ];
    const records: MissingUsage['records'] = [];
    let isComplete = true;
    for (const meteringRegion of regions) {
      const answer = await deps.trail.calls({
        sellerAccountId: seller.value.accountId,
        ...{ meteringRegion, accessKeyId: null, fromMs },
        // AWS's time is known to about a second.
        untilMs: untilMs + minuteMs,
      });
      if (!answer.ok) return answer;
      isComplete &&= answer.value.isComplete;
      for (const { call, record } of answer.value.calls.flatMap(acceptedOf)) {
        const key = keyOf({ ...record, ...call, meteringRegion });
        if (known.value.has(key)) continue;
        // An identical resend is the same record.
        known.value.add(key);
        records.push(viewOf(call, record, meteringRegion, buyerAliases));
      }
    }
    records.sort((a, b) => a.acceptedUtc.localeCompare(b.acceptedUtc));
    return ok({
      fromUtc: utc(fromMs),
      untilUtc: utc(untilMs),
      meteringRegions: regions,
      isComplete,
      records,
    });
  }

  return { find };
}

/** What the ledger has of the records that were submitted since. */
function keysSince(ledger: Ledger, sinceMs: number): Result<Set<string>> {
  const keys = new Set<string>();
  let cursor: string | null = null;
  for (;;) {
    const page: ReturnType<Ledger['list']> = ledger.list({
      ...{ agreementId: null, status: null },
      ...{ cursor, limit: pageSize },
    });
    if (!page.ok) return page;
    for (const record of page.value.records) keys.add(keyOf(record));
    const last = page.value.records.at(-1);
    cursor = page.value.nextCursor;
    if (cursor === null || last === undefined || last.submittedMs < sinceMs) return ok(keys);
  }
}

type Keyed = Pick<
  StoredRecord,
  'dimensionKey' | 'startMs' | 'quantity' | 'licenseArn' | 'productCode' | 'meteringRegion'
> & { readonly buyerAccountId: string | null };

function keyOf(record: Keyed): string {
  const { meteringRegion, licenseArn, productCode, buyerAccountId } = record;
  const { dimensionKey, startMs, quantity } = record;
  const subject = licenseArn ?? productCode;
  return JSON.stringify([meteringRegion, subject, buyerAccountId, dimensionKey, startMs, quantity]);
}

/** The records of one of our own calls that AWS accepted. */
function acceptedOf(call: TrailCall): readonly { readonly call: TrailCall; readonly record: Known }[] {
  if (!call.isOurApp || call.errorName !== null) return [];
  return call.records.flatMap((record) => {
    const { dimensionKey, startMs, quantity, status } = record;
    if (status !== 'Success' || dimensionKey === null || startMs === null || quantity === null) return [];
    return [{ call, record: { ...record, dimensionKey, startMs, quantity } }];
  });
}

function viewOf(
  { atMs, requestId, principalArn, productCode }: TrailCall,
  record: Known,
  meteringRegion: string,
  aliases: Readonly<Record<string, string>>,
): MissingUsage['records'][number] {
  const { buyerAccountId, dimensionKey, quantity, licenseArn, meteringRecordId } = record;
  return {
    acceptedUtc: utc(atMs),
    ...{ requestId, meteringRecordId, principalArn, meteringRegion, buyerAccountId },
    buyerAlias: buyerAccountId === null ? null : (aliases[buyerAccountId] ?? null),
    ...{ dimensionKey, quantity, licenseArn, productCode },
    startUtc: utc(record.startMs),
  };
}
