/**
 * Which records share a call. A *lane* is what one call may hold: one seller, Region, scheme and product. Only the records of a lane can
 * be refused together, so lanes are sent side by side and never hold each other up.
 */

import { beforeSending, leavesUntilMs } from './before-sending.ts';
import { recordsPerCall } from './metering-body.ts';
import type { StoredRecord } from './usage-record.ts';
import { hourMs } from './utc-hours.ts';

/** Equal for records that may stand in one call. Under the other scheme than the licence's the call itself names the product code. */
export function laneOf(record: StoredRecord): string {
  const { sellerAccountId, meteringRegion, scheme, productId, productCode } = record;
  return JSON.stringify([sellerAccountId, meteringRegion, scheme, productId, productCode]);
}

/** At AWS's rate some hundred thousand records leave within it: whoever has more time than this can wait for those before him. */
const nearMs = hourMs;

/**
 * The order in which records leave that come in the order of confirming: those first whose deadline, or the end of the window after which a person is
 * asked, is near, the nearest before all; the others as they were confirmed, so that a contract's usage stands in as few calls, and lies in as few
 * places of the ledger, as can be.
 */
export function inOrderOfSending(records: readonly StoredRecord[], nowMs: number): readonly StoredRecord[] {
  const isNear = (record: StoredRecord): boolean => leavesUntilMs(record) - nowMs < nearMs;
  const near = records.filter(isNear).sort((a, b) => leavesUntilMs(a) - leavesUntilMs(b));
  return [...near, ...records.filter((record) => !isNear(record))];
}

/** From this attempt on, records whose calls stay without an answer go in smaller and smaller calls: it may be due to one of them. */
const patientAttempts = 2;

/**
 * The next call of a lane, whose records come in the order of sending: the first that is due and others like it. Records that may be
 * recorded already travel apart from those that surely are not, so that one trouble doesn't make a doubt of the other. Empty when nothing is due.
 */
export function nextBatch(lane: Iterable<StoredRecord>, nowMs: number): readonly StoredRecord[] {
  const batch: StoredRecord[] = [];
  let most = 1;
  for (const record of lane) {
    if (batch.length === most) break;
    const [first = record] = batch;
    if (record.mayBeRecorded !== first.mayBeRecorded || beforeSending(record, nowMs).kind !== 'send')
      continue;
    if (batch.length === 0) most = mostInCall(record);
    batch.push(record);
  }
  return batch;
}

function mostInCall({ mayBeRecorded, attemptCount }: StoredRecord): number {
  const halvings = mayBeRecorded ? Math.max(0, attemptCount - patientAttempts) : 0;
  return Math.max(1, recordsPerCall >> halvings);
}
