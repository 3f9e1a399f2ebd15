/** What must hold however AWS, the machine and chance behaved, read from practice's books and the ledger's file. */
import { join } from 'node:path';
import { openLedger } from '../../src/main/adapters/storage/ledger/open-ledger.ts';
import type { StoredAttempt, StoredRecord } from '../../src/main/core/domain/usage-record.ts';
import { hourSlotOf } from '../../src/main/core/domain/utc-hours.ts';

export interface MeteredEntry {
  readonly meteringRecordId: string;
  readonly region: string;
  readonly scheme: string;
  readonly subject: string;
  readonly productId: string;
  readonly customerAWSAccountId: string;
  readonly dimension: string;
  readonly quantity: number;
  readonly timestamp: string;
  readonly hour: string;
}

export interface LoggedCall {
  readonly operation: string;
  readonly userAgent: string;
  readonly fault?: string;
  /** Absent until AWS has answered. */
  readonly status?: number;
  readonly cut?: boolean;
  readonly region?: string;
  readonly request: {
    readonly ProductCode?: string;
    readonly UsageRecords?: readonly {
      readonly Timestamp: number;
      readonly Dimension: string;
      readonly Quantity: number;
      readonly CustomerAWSAccountId: string;
      readonly LicenseArn?: string;
    }[];
  };
}

export interface Books {
  readonly records: readonly StoredRecord[];
  readonly attempts: ReadonlyMap<string, readonly StoredAttempt[]>;
  readonly isIntact: boolean;
}

/** Reads a ledger that nobody has open. */
export function readLedger(dataDir: string): Books {
  const opened = openLedger({ path: join(dataDir, 'ledger.sqlite'), now: Date.now, practice: true });
  if (!opened.ok) throw new Error(`The ledger does not open: ${JSON.stringify(opened.error)}`);
  const ledger = opened.value;
  try {
    const records = [...ledger.iterate({ agreementId: null })];
    const attempts = new Map(
      records.map(({ recordId }) => {
        const found = ledger.attempts(recordId);
        return [recordId, found.ok ? found.value : []];
      }),
    );
    const check = ledger.verifyAudit();
    return { records, attempts, isIntact: check.ok && check.value.intact };
  } finally {
    ledger.close();
  }
}

const slotOf = (record: StoredRecord): string =>
  JSON.stringify([
    record.meteringRegion,
    record.licenseArn ?? record.productCode,
    record.buyerAccountId,
    record.dimensionKey,
    record.hourSlotMs,
  ]);

const bodyOf = (slot: string, startMs: number, quantity: number): string => `${slot} ${startMs} ${quantity}`;
const recordBody = (record: StoredRecord): string => bodyOf(slotOf(record), record.startMs, record.quantity);

const entryBody = (entry: MeteredEntry): string => {
  const startMs = Date.parse(entry.timestamp);
  const slot = JSON.stringify([
    entry.region,
    entry.subject,
    entry.customerAWSAccountId,
    entry.dimension,
    hourSlotOf(startMs),
  ]);
  return bodyOf(slot, startMs, entry.quantity);
};

function sentBodies(
  calls: readonly LoggedCall[],
): readonly { readonly slot: string; readonly body: string }[] {
  return calls.flatMap((call) =>
    (call.request.UsageRecords ?? []).map((record) => {
      const startMs = record.Timestamp * 1_000;
      const subject = record.LicenseArn ?? call.request.ProductCode;
      const { CustomerAWSAccountId, Dimension } = record;
      const slot = JSON.stringify([
        // A call that was cut before its signature was read says no Region; the app has one only.
        call.region ?? 'us-east-1',
        subject,
        CustomerAWSAccountId,
        Dimension,
        hourSlotOf(startMs),
      ]);
      return { slot, body: bodyOf(slot, startMs, record.Quantity) };
    }),
  );
}

const mayBeThere = (record: StoredRecord): boolean => record.status === 'pending' && record.mayBeRecorded;

/** Violations in words; none when all is well. `foreign` are metering record ids of others. `isSettled`: CloudTrail has answered. */
export function violations(
  books: Books,
  metered: readonly MeteredEntry[],
  calls: readonly LoggedCall[],
  { foreign, isSettled }: { readonly foreign: ReadonlySet<string>; readonly isSettled: boolean },
): readonly string[] {
  const found: string[] = [];
  const { records, attempts } = books;
  const own = metered.filter((entry) => !foreign.has(entry.meteringRecordId));
  const billed = new Set(own.map(entryBody));
  const say = (what: string, record: StoredRecord): void => {
    const { recordId, status, phase, reason, decidedBy, decisionNote } = record;
    const tries = (attempts.get(recordId) ?? []).map((one) => `${one.outcome}:${one.reason}`).join(' ');
    found.push(`${what}: ${recordId} ${status} ${phase} ${reason} [${tries}] ${decidedBy} ${decisionNote}`);
  };

  if (!books.isIntact) found.push('the audit trail is broken');
  for (const record of records) {
    if (record.status === 'accepted' && !billed.has(recordBody(record)))
      say('accepted, but not billed', record);
    if (record.status === 'pending' && record.phase === 'sending') say('still sending', record);
    if (record.status === 'pending' && record.phase !== 'queued' && record.reason === null)
      say('pending without a reason', record);
    if (isSettled && record.status === 'pending') say('still pending', record);
    if (record.status === 'rejected' && record.mayBeRecorded && record.decidedBy === null)
      say('rejected although it may be recorded', record);
  }

  const accounted = new Set(
    records.filter((one) => one.status === 'accepted' || (!isSettled && mayBeThere(one))).map(recordBody),
  );
  for (const entry of own) {
    if (accounted.has(entryBody(entry))) continue;
    const ofBody = records.find((record) => recordBody(record) === entryBody(entry));
    if (ofBody) say('billed, but neither accepted nor unknown', ofBody);
    else found.push(`billed, but never confirmed: ${JSON.stringify(entry)}`);
  }

  const usage = metered.map((one) =>
    JSON.stringify([one.productId, one.customerAWSAccountId, one.dimension, one.hour, one.subject]),
  );
  if (new Set(usage).size !== usage.length) found.push('an hour was billed twice');
  const acrossSchemes = own.map((one) =>
    JSON.stringify([one.productId, one.customerAWSAccountId, one.dimension, one.hour]),
  );
  const byLicence = new Set(own.filter((one) => one.scheme === 'licence').map((one) => one.subject)).size;
  if (byLicence === 0 && new Set(acrossSchemes).size !== own.length)
    found.push('an hour was billed under two identifiers');

  const confirmed = new Set(records.map(recordBody));
  const bodiesOfSlot = new Map<string, string[]>();
  for (const { slot, body } of sentBodies(calls)) {
    if (!confirmed.has(body)) found.push(`sent, but never confirmed: ${body}`);
    const bodies = bodiesOfSlot.get(slot) ?? [];
    if (!bodies.includes(body)) bodies.push(body);
    bodiesOfSlot.set(slot, bodies);
  }
  for (const bodies of bodiesOfSlot.values()) {
    for (const body of bodies.slice(0, -1)) {
      for (const record of records.filter((one) => recordBody(one) === body)) {
        const isFree =
          record.decidedBy !== null ||
          (!record.mayBeRecorded && (record.status === 'rejected' || record.status === 'withdrawn'));
        if (!isFree) say('its slot was sent a second body', record);
      }
    }
  }

  const written = new Set([...attempts.values()].flat().map(({ attemptId }) => attemptId)).size;
  if (calls.length > written) found.push(`${calls.length} calls, but only ${written} attempts in the ledger`);
  return found;
}
