/**
 * Reviews and their one submission. A review fixes exactly what will be sent; only that, only once, only while it is fresh
 * and only from the account whose name stood on it can it become a submission.
 */
import { randomUUID } from 'node:crypto';
import { confirmationText, type EntryInput, type Review, type Submission } from '../../../contract/entry.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { Money } from '../../../contract/primitives.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import { meteringRequestText } from '../domain/metering-body.ts';
import { addMoney } from '../domain/money.ts';
import { isSamePrincipal } from '../domain/principal.ts';
import { canonicalReview } from '../domain/review-content.ts';
import { undoSecondsFor } from '../domain/undo-window.ts';
import type { NewSubmission, UsageRecordBody } from '../domain/usage-record.ts';
import { monthStart, nextMonthStart, secondMs, utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger, Preferences } from '../ports.ts';
import type { CheckedContext, EntryService } from './entry.ts';
import { findPredecessors } from './predecessors.ts';
import {
  bodyOf,
  estimatesOfMonth,
  hashOf,
  reasonsOf,
  recordsOf,
  reviewLine,
  whatIsSent,
} from './review-parts.ts';
import type { Session } from './session.ts';

/** Long enough to read a review with care, short enough that its facts still hold. */
export const reviewLifeMs = 15 * 60_000;

/** Every start time of a review was in its window when the review was made: one that is too old now has grown so. */
function sinceReview(reason: ReasonCode): ReasonCode {
  return reason === 'too-old' ? 'became-too-old-while-reviewing' : reason;
}

/** Reviews that were made but never submitted; the oldest are forgotten beyond this. */
const keptReviews = 50;

type ReviewsLedger = Pick<Ledger, 'estimates' | 'record' | 'submissionOfReview' | 'submit'>;

export interface ReviewsDeps {
  readonly session: Pick<Session, 'requireIdentity'>;
  readonly entry: Pick<EntryService, 'check'>;
  readonly clock: Clock;
  readonly preferences: Pick<Preferences, 'get'>;
  readonly ledger: () => Result<ReviewsLedger>;
  /** Runs after a submission is on disk. */
  readonly onSubmitted: (agreementId: string) => void;
}

export interface Reviews {
  readonly create: (input: EntryInput) => Promise<Result<Review>>;
  readonly submit: (confirmation: {
    readonly reviewId: string;
    readonly hash: string;
    readonly confirmed: boolean;
  }) => Promise<Result<Submission>>;
}

interface KeptReview {
  readonly review: Review;
  readonly input: EntryInput;
  readonly createdMs: number;
  readonly bodies: readonly UsageRecordBody[];
  submitting: Promise<Result<Submission>> | null;
}

export function createReviews(deps: ReviewsDeps): Reviews {
  const kept = new Map<string, KeptReview>();

  async function create(input: EntryInput): Promise<Result<Review>> {
    const seller = deps.session.requireIdentity();
    if (!seller.ok) return seller;
    const context = await deps.entry.check(input);
    if (!context.ok) return context;
    const built = build(input, context.value, seller.value, {
      reviewId: randomUUID(),
      createdMs: context.value.nowMs,
    });
    if (!built.ok) return built;
    kept.set(built.value.review.reviewId, built.value);
    forgetOldest();
    return ok(built.value.review);
  }

  function build(
    input: EntryInput,
    context: CheckedContext,
    seller: Identity,
    made: { readonly reviewId: string; readonly createdMs: number },
  ): Result<KeptReview> {
    const { contract, metering, checked } = context;
    if (!checked.reviewable || metering === null)
      return err({ kind: 'lines-have-errors', reasons: reasonsOf(context) });
    const { summary } = contract.details;
    const before = monthEstimates(seller.accountId, summary.agreementId, context.nowMs);
    if (!before.ok) return before;
    const predecessors = predecessorsOf(input, context, seller);
    if (!predecessors.ok) return predecessors;
    const lines = input.lines.flatMap((line, index) => {
      const found = checked.lines[index];
      return found ? reviewLine(line, found, context, predecessors.value.get(line.lineId) ?? null) : [];
    });
    if (lines.length !== input.lines.length)
      return err({ kind: 'lines-have-errors', reasons: reasonsOf(context) });
    const bodies = lines.map((line) => bodyOf(line, context, metering));
    const content: Omit<Review, 'hash'> = {
      reviewId: made.reviewId,
      expiresUtc: utc(made.createdMs + reviewLifeMs),
      agreementId: summary.agreementId,
      buyerAccountId: summary.buyerAccountId,
      buyerAlias: summary.buyerAlias,
      productId: summary.productId,
      productTitle: summary.productTitle,
      seller,
      ...metering,
      timeZone: input.timeZone,
      lines,
      totals: checked.totals,
      monthBefore: before.value,
      monthAfter: addMoney([...before.value, ...estimatesOfMonth(lines, context.nowMs)]),
      undoSeconds: undoSecondsFor(
        deps.preferences.get().undoSeconds,
        lines.map((line) => Date.parse(line.deadlineUtc)),
        context.nowMs,
      ),
      requests: bodies.map(meteringRequestText),
    };
    const review = { ...content, hash: hashOf(content) };
    return ok({ review, input, createdMs: made.createdMs, bodies, submitting: null });
  }

  function predecessorsOf(input: EntryInput, context: CheckedContext, seller: Identity) {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    return findPredecessors(input.lines, ledger.value, {
      sellerAccountId: seller.accountId,
      buyerAccountId: context.contract.agreement.buyerAccountId,
    });
  }

  function monthEstimates(sellerAccountId: string, agreementId: string, nowMs: number): Result<Money[]> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const estimates = ledger.value.estimates({
      sellerAccountId,
      fromMs: monthStart(nowMs),
      untilMs: nextMonthStart(nowMs),
    });
    return estimates.ok ? ok([...(estimates.value.get(agreementId) ?? [])]) : estimates;
  }

  async function submit(confirmation: {
    readonly reviewId: string;
    readonly hash: string;
    readonly confirmed: boolean;
  }): Promise<Result<Submission>> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const earlier = ledger.value.submissionOfReview(confirmation.reviewId);
    if (earlier) return err({ kind: 'already-submitted', submissionId: earlier.submissionId });
    const found = kept.get(confirmation.reviewId);
    if (!found) return err({ kind: 'not-found', what: 'review', id: confirmation.reviewId });
    if (!confirmation.confirmed) return err({ kind: 'not-confirmed' });
    if (confirmation.hash !== found.review.hash) return err({ kind: 'review-changed', reasons: [] });
    if (found.submitting) return alreadySubmitting(found.submitting);
    found.submitting = submitOnce(found, ledger.value).finally(() => {
      found.submitting = null;
    });
    return found.submitting;
  }

  /** A second click waits for the first one's fate. */
  async function alreadySubmitting(first: Promise<Result<Submission>>): Promise<Result<Submission>> {
    const outcome = await first;
    return outcome.ok
      ? err({ kind: 'already-submitted', submissionId: outcome.value.submissionId })
      : outcome;
  }

  async function submitOnce(found: KeptReview, ledger: ReviewsLedger): Promise<Result<Submission>> {
    const { review } = found;
    const seller = deps.session.requireIdentity();
    if (!seller.ok) return seller;
    const other = otherSender(seller.value, review.seller);
    if (other) return err(other);
    const context = await deps.entry.check(found.input);
    if (!context.ok) return context;
    const { nowMs } = context.value;
    if (nowMs > found.createdMs + reviewLifeMs)
      return err({ kind: 'review-expired', expiredUtc: review.expiresUtc });
    const rebuilt = build(found.input, context.value, seller.value, {
      reviewId: review.reviewId,
      createdMs: found.createdMs,
    });
    if (!rebuilt.ok) {
      return rebuilt.error.kind === 'lines-have-errors'
        ? err({ kind: 'review-changed', reasons: rebuilt.error.reasons.map(sinceReview) })
        : rebuilt;
    }
    if (whatIsSent(rebuilt.value.review) !== whatIsSent(review))
      return err({ kind: 'review-changed', reasons: [] });
    const submissionId = randomUUID();
    const records = recordsOf(review, rebuilt.value.review, found.bodies, context.value);
    // What the review promised, or less where the deadline has come near since.
    const undoSeconds = Math.min(review.undoSeconds, rebuilt.value.review.undoSeconds);
    const submission: NewSubmission = {
      submissionId,
      reviewId: review.reviewId,
      reviewHash: review.hash,
      reviewedMs: found.createdMs,
      confirmedMs: nowMs,
      confirmationText,
      reviewJson: canonicalReview(review),
      sellerAccountId: seller.value.accountId,
      sellerRoleName: seller.value.roleName,
      sellerPrincipalArn: seller.value.principalArn,
      profile: seller.value.profile,
      records,
    };
    const submitted = ledger.submit(submission, undoSeconds === 0 ? null : nowMs + undoSeconds * secondMs);
    if (!submitted.ok) return submitted;
    kept.delete(review.reviewId);
    deps.onSubmitted(review.agreementId);
    return ok({ submissionId, recordIds: records.map((record) => record.recordId) });
  }

  function forgetOldest(): void {
    for (const reviewId of kept.keys()) {
      if (kept.size <= keptReviews) return;
      kept.delete(reviewId);
    }
  }

  return { create, submit };
}

/** Why the one who confirms is not the one whose name stood on the review; null when it is the same. */
function otherSender(now: Identity, then: Identity): AppError | null {
  if (now.accountId !== then.accountId) {
    return { kind: 'wrong-account', expectedAccountId: then.accountId, signedInAccountId: now.accountId };
  }
  if (isSamePrincipal(now.principalArn, then.principalArn)) return null;
  return { kind: 'wrong-principal', expectedArn: then.principalArn, signedInArn: now.principalArn };
}
