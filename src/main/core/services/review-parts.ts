/** The parts of a review: its lines, what exactly they send, the hash over what was shown, and the records it becomes. */
import { createHash, randomUUID } from 'node:crypto';
import type { CheckedLine, EntryInput, Predecessor, Review, ReviewLine } from '../../../contract/entry.ts';
import type { Money } from '../../../contract/primitives.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { effectiveTimes } from '../domain/contract-times.ts';
import { canonicalReview } from '../domain/review-content.ts';
import type { NewUsageRecord, UsageRecordBody } from '../domain/usage-record.ts';
import { deadlineOf } from '../domain/usage-window.ts';
import { hourSlotOf, monthStart, utc } from '../domain/utc-hours.ts';
import type { CheckedContext } from './entry.ts';

/** The month's estimate and warnings may move while someone reads; what is sent and what it costs may not. */
export function whatIsSent(review: Review): string {
  return JSON.stringify([
    review.requests,
    review.meteringRegion,
    review.totals,
    review.lines.map((line) => [
      line.dimensionKey,
      line.quantity,
      line.startUtc,
      line.unitPrice,
      line.description,
    ]),
  ]);
}

/** SHA-256, as hex, over the canonical JSON of everything that the review shows. */
export function hashOf(content: Omit<Review, 'hash'>): string {
  return createHash('sha256').update(canonicalReview(content)).digest('hex');
}

/** Each reason that keeps the lines from a review, once. */
export function reasonsOf({ checked }: CheckedContext): ReasonCode[] {
  const ofLines = checked.lines.flatMap((line) =>
    line.issues.filter((issue) => issue.severity === 'error').map((issue) => issue.code),
  );
  return [...new Set([...checked.blockers, ...ofLines])];
}

/** The line as the review shows it; empty while something of it is missing. */
export function reviewLine(
  line: EntryInput['lines'][number],
  checked: CheckedLine,
  { contract }: CheckedContext,
  predecessor: Predecessor | null,
): ReviewLine[] {
  const { quantity, startUtc, hourSlotUtc } = checked;
  const dimension = contract.details.dimensions.find(
    (one) => one.key === line.dimensionKey && one.kind === 'metered',
  );
  if (quantity === null || startUtc === null || hourSlotUtc === null || !dimension) return [];
  const { endMs } = effectiveTimes(contract.agreement);
  return [
    {
      lineId: line.lineId,
      dimensionKey: dimension.key,
      dimensionName: dimension.name,
      unit: dimension.unit,
      quantity,
      startUtc,
      hourSlotUtc,
      unitPrice: dimension.unitPrice,
      estimate: checked.estimate,
      description: line.description.trim(),
      deadlineUtc: utc(deadlineOf({ startMs: Date.parse(startUtc), contractEndMs: endMs })),
      warnings: checked.issues.filter((issue) => issue.severity === 'warning'),
      predecessor,
    },
  ];
}

/** Estimates of the lines that lie in the UTC month of `nowMs`: in its first hours the month before is still open for usage. */
export function estimatesOfMonth(lines: readonly ReviewLine[], nowMs: number): Money[] {
  return lines.flatMap(({ startUtc, estimate }) =>
    estimate !== null && Date.parse(startUtc) >= monthStart(nowMs) ? [estimate] : [],
  );
}

/** What AWS will get for the line. */
export function bodyOf(
  line: ReviewLine,
  { contract }: CheckedContext,
  metering: NonNullable<CheckedContext['metering']>,
): UsageRecordBody {
  return {
    agreementId: contract.agreement.agreementId,
    productId: contract.agreement.productId,
    buyerAccountId: contract.agreement.buyerAccountId,
    dimensionKey: line.dimensionKey,
    quantity: line.quantity,
    startMs: Date.parse(line.startUtc),
    ...metering,
  };
}

/** The records that the confirmed review becomes; `now` is the same review as it would be made at this moment. */
export function recordsOf(
  review: Review,
  now: Pick<Review, 'lines'>,
  bodies: readonly UsageRecordBody[],
  context: CheckedContext,
): NewUsageRecord[] {
  return bodies.flatMap((body, index) => {
    const line = review.lines[index];
    if (!line) return [];
    return {
      ...body,
      recordId: randomUUID(),
      hourSlotMs: hourSlotOf(body.startMs),
      // The contract may have ended between review and confirmation: the sooner deadline holds.
      deadlineMs: Math.min(
        Date.parse(line.deadlineUtc),
        Date.parse(now.lines[index]?.deadlineUtc ?? line.deadlineUtc),
      ),
      productTitle: review.productTitle,
      dimensionName: line.dimensionName,
      unit: line.unit,
      description: line.description,
      timeZone: review.timeZone,
      unitPrice: line.unitPrice,
      estimate: line.estimate,
      windowMs: context.windowMs,
      predecessorId: line.predecessor?.recordId ?? null,
    };
  });
}
