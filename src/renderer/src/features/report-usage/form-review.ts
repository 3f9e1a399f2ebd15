/** From the form to its review, and from there to a submission. */
import type { EntryLine, Submission } from '../../../../contract/entry.ts';
import type { Result } from '../../../../contract/result.ts';
import type { EntryFormDesk } from './entry-form-desk.ts';
import { firstError } from './entry-reading.ts';
import { blankForm, type ReviewOutcome } from './form-state.ts';

/** The lines of the last submission as they were typed, for a person who takes it back. */
interface Submitted {
  readonly submissionId: string;
  readonly lines: readonly EntryLine[];
}

/** Review and submission of one form; what the core refuses stands in `reviewProblem`. */
export function createFormReview(desk: EntryFormDesk) {
  const { api, store, agreementId, saver, entry, checkNow, setLines } = desk;
  let submitted: Submitted | null = null;

  /** Checks once more and, if all is well, has the core write the review. */
  const makeReview = async (): Promise<ReviewOutcome> => {
    if (store.getState().reviewing) return { kind: 'failed' };
    store.setState({ showAll: true, reviewing: true, reviewProblem: null });
    try {
      await checkNow();
      const { checked, checkProblem } = store.getState();
      if (checkProblem !== null) return { kind: 'failed' };
      if (checked === null || !checked.reviewable) return { kind: 'errors', first: firstError(checked) };
      const review = await api.call('reviews.create', entry());
      if (!review.ok) {
        store.setState({ reviewProblem: review.error });
        return { kind: 'failed' };
      }
      store.setState({ review: review.value });
      return { kind: 'reviewed' };
    } finally {
      store.setState({ reviewing: false });
    }
  };

  /** Makes the submission, once: while a call is out, and after it, a second press does nothing. */
  const submit = async (confirmed: boolean): Promise<Result<Submission> | null> => {
    const { review, submitting, lines } = store.getState();
    if (review === null || submitting || !confirmed) return null;
    store.setState({ submitting: true, reviewProblem: null });
    const { reviewId, hash } = review;
    const answer = await api.call('reviews.submit', { reviewId, hash, confirmed });
    if (!answer.ok) {
      // The check tells which lines are meant; the answer does not.
      if (answer.error.kind === 'slot-taken') await checkNow();
      store.setState({ submitting: false, reviewProblem: answer.error });
      return answer;
    }
    submitted = { submissionId: answer.value.submissionId, lines };
    await finish();
    return answer;
  };

  /** The lines of a submission as they were typed; null unless it is the last one that was made here. */
  const linesOf = (submissionId: string): readonly EntryLine[] | null =>
    submitted?.submissionId === submissionId ? submitted.lines : null;

  /** The work is done: its draft goes, and the next form begins anew. */
  const finish = async (): Promise<void> => {
    saver.forget();
    await api.call('drafts.discard', { agreementId });
    store.setState(blankForm, true);
  };

  /** The line has gone to another contract: here it goes for good, and with the last one the draft. */
  const handOver = async (lineId: string): Promise<void> => {
    const left = store.getState().lines.filter((line) => line.lineId !== lineId);
    if (left.length === 0) return finish();
    setLines(left);
    await saver.flush();
  };

  return { makeReview, submit, linesOf, finish, handOver };
}
