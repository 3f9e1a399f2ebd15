/** The ledger's record and attempt as the page sees them. */
import type { Attempt, Settlement, UsageRecordView } from '../../../contract/usage.ts';
import { awaitsTrailUntilMs } from '../domain/trail-evidence.ts';
import { undoUntilMs } from '../domain/undo-window.ts';
import { needsPerson } from '../domain/usage-facts.ts';
import type { StoredAttempt, StoredRecord } from '../domain/usage-record.ts';
import { utc } from '../domain/utc-hours.ts';

const utcOrNull = (atMs: number | null): string | null => (atMs === null ? null : utc(atMs));

/** Null for a record that was not rejected. */
export function settlementOf({ status, successorId, writeOff }: StoredRecord): Settlement | null {
  if (status !== 'rejected') return null;
  if (successorId !== null) return { kind: 'followed', successorId };
  if (writeOff === null) return { kind: 'open' };
  const { atMs, actor, note, amount } = writeOff;
  return { kind: 'written-off', atUtc: utc(atMs), by: actor, note, amount };
}

/** `aliases` maps buyer account ids to their local names; `nowMs` is AWS's time. */
export function recordView(
  record: StoredRecord,
  aliases: Readonly<Record<string, string>>,
  nowMs: number,
): UsageRecordView {
  return {
    recordId: record.recordId,
    submissionId: record.submissionId,
    agreementId: record.agreementId,
    buyerAccountId: record.buyerAccountId,
    buyerAlias: aliases[record.buyerAccountId] ?? null,
    productId: record.productId,
    productTitle: record.productTitle,
    dimensionKey: record.dimensionKey,
    dimensionName: record.dimensionName,
    unit: record.unit,
    quantity: record.quantity,
    startUtc: utc(record.startMs),
    hourSlotUtc: utc(record.hourSlotMs),
    timeZone: record.timeZone,
    description: record.description,
    unitPrice: record.unitPrice,
    estimate: record.estimate,
    status: record.status,
    phase: record.phase,
    reason: record.reason,
    awsErrorName: record.awsErrorName,
    awsMessage: record.awsMessage,
    requestId: record.requestId,
    meteringRecordId: record.meteringRecordId,
    nextTryUtc: utcOrNull(record.nextTryMs),
    needsPerson: needsPerson(record, nowMs),
    awaitsTrailUntilUtc: utcOrNull(awaitsTrailUntilMs(record)),
    undoUntilUtc: utcOrNull(undoUntilMs(record, nowMs)),
    deadlineUtc: utc(record.deadlineMs),
    settledUtc: utcOrNull(record.settledMs),
    attemptCount: record.attemptCount,
    decidedBy: record.decidedBy,
    decisionNote: record.decisionNote,
    predecessorId: record.predecessorId,
    settlement: settlementOf(record),
    scheme: record.scheme,
    meteringRegion: record.meteringRegion,
    licenseArn: record.licenseArn,
    productCode: record.productCode,
    submittedUtc: utc(record.submittedMs),
    sellerAccountId: record.sellerAccountId,
    sellerRoleName: record.sellerRoleName,
    sellerPrincipalArn: record.sellerPrincipalArn,
  };
}

export function attemptView(attempt: StoredAttempt): Attempt {
  return {
    attemptId: attempt.attemptId,
    startedUtc: utc(attempt.startedMs),
    endedUtc: utcOrNull(attempt.endedMs),
    outcome: attempt.outcome ?? 'in-flight',
    recordCount: attempt.recordCount,
    reason: attempt.reason,
    requestId: attempt.requestId,
    awsErrorName: attempt.awsErrorName,
    awsMessage: attempt.awsMessage,
  };
}
