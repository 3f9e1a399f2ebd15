/**
 * Which records share a call. A *lane* is what one call may hold: one seller, Region, scheme and product. Only the records of a lane can
 * be refused together, so lanes are sent side by side and never hold each other up.
 */
import { recordsPerCall } from './metering-body.ts';
import { beforeSending } from './settle.ts';
import type { StoredRecord } from './usage-record.ts';

/** Equal for records that may stand in one call. Under the other scheme than the licence's the call itself names the product code. */
export function laneOf(record: StoredRecord): string {
  const { sellerAccountId, meteringRegion, scheme, productId, productCode } = record;
  return JSON.stringify([sellerAccountId, meteringRegion, scheme, productId, productCode]);
}

/** From this attempt on, records whose calls stay without an answer go in smaller and smaller calls: it may be due to one of them. */
const patientAttempts = 2;

/**
 * The next call of a lane: the due record with the nearest deadline and others like it. Records that may be recorded already travel apart from
 * those that surely are not, so that one trouble doesn't make a doubt of the other. Empty when nothing is due.
 */
export function nextBatch(lane: readonly StoredRecord[], nowMs: number): readonly StoredRecord[] {
  const due = lane
    .filter((record) => beforeSending(record, nowMs).kind === 'send')
    .sort((a, b) => a.deadlineMs - b.deadlineMs);
  const [first] = due;
  if (!first) return [];
  const alike = due.filter((record) => record.mayBeRecorded === first.mayBeRecorded);
  const halvings = first.mayBeRecorded ? Math.max(0, first.attemptCount - patientAttempts) : 0;
  return alike.slice(0, Math.max(1, recordsPerCall >> halvings));
}
