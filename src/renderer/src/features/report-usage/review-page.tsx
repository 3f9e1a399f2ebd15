/** The review: reads like the cheque that it is. Exactly what stands here goes to AWS, once, after it was confirmed. */

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { confirmationText, type Review } from '../../../../contract/entry.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { navigate } from '../../app/routes.ts';
import { formatAccountId, formatCount, formatTime, userTimeZone } from '../../copy/formats.ts';
import { reasonOf } from '../../copy/reasons.ts';
import { undoSentence } from '../../copy/undo.ts';
import { draftFlash } from '../../ui/draft-flash.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFlash } from '../../ui/flash.tsx';
import { useFrameActs } from '../../ui/frame-acts.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { useNow } from '../../ui/use-now.tsx';
import { Breadcrumbs } from './add-usage-page.tsx';
import { linesInTheWay } from './lines-in-the-way.ts';
import type { ReportUsageStore } from './report-usage-store.ts';
import { useReportState, useReportUsage } from './report-usage-stores.ts';
import { ExactRequests, MonthSoFar, ReviewedLines, ReviewSentence, ReviewWarnings } from './review-parts.tsx';
import './entry-form.css';
import './review.css';

export function ReviewPage({ agreementId }: { readonly agreementId: string }) {
  const report = useReportUsage(agreementId);
  const review = useReportState(report, (state) => state.review);
  usePageTitle('Review usage');
  useEffect(() => {
    // A review lives as long as the page: after a reload the form, which has the draft, is the place to be.
    if (report.store.getState().review === null) navigate({ page: 'add-usage', agreementId });
  }, [report, agreementId]);
  if (review === null) return null;
  return <ShownReview key={review.reviewId} report={report} review={review} />;
}

function ShownReview({ report, review }: { readonly report: ReportUsageStore; readonly review: Review }) {
  const { agreementId } = review;
  const problem = useReportState(report, (state) => state.reviewProblem);
  const buyer = review.buyerAlias ?? formatAccountId(review.buyerAccountId);
  const back = () => navigate({ page: 'add-usage', agreementId });
  return (
    <ContentLayout
      breadcrumbs={<Breadcrumbs agreementId={agreementId} buyer={buyer} here="Review" />}
      header={
        <Header variant="h1" description={`${review.productTitle ?? review.productId} · ${agreementId}`}>
          Review usage for {buyer}
        </Header>
      }
    >
      <div className="review-sheet">
        <SpaceBetween size="l">
          {problem !== null && (
            <FocusedAlert of={problem}>
              <SubmitProblem problem={problem} report={report} agreementId={agreementId} />
            </FocusedAlert>
          )}
          <Container>
            <SpaceBetween size="l">
              <ReviewSentence review={review} />
              <ReviewedLines review={review} />
              <MonthSoFar review={review} />
              <ReviewWarnings review={review} />
            </SpaceBetween>
          </Container>
          <ExactRequests review={review} />
          <Confirm report={report} review={review} onBack={back} />
        </SpaceBetween>
      </div>
    </ContentLayout>
  );
}

interface ConfirmProps {
  readonly report: ReportUsageStore;
  readonly review: Review;
  readonly onBack: () => void;
}

function Confirm({ report, review, onBack }: ConfirmProps) {
  const flashes = useFlash();
  const [confirmed, setConfirmed] = useState(false);
  const submitting = useReportState(report, (state) => state.submitting);
  const wishedSeconds =
    shownValue(useCall('settings.get', {}, ['settings.changed']).state)?.undoSeconds ?? null;
  const session = shownValue(useCall('session.get', {}, ['session.changed']).state);
  const isSignedIn = session === null || session.state === 'signed-in';
  // What was confirmed under a sign-in that is over is confirmed anew under the next one.
  useEffect(() => {
    if (!isSignedIn) setConfirmed(false);
  }, [isSignedIn]);
  const expired = useNow(1000) > Date.parse(review.expiresUtc);
  const submit = () => {
    void report.submit(confirmed).then((answer) => {
      if (!answer?.ok) return;
      flashes.dismiss(draftFlash);
      navigate({ page: 'contract', agreementId: review.agreementId, tab: 'usage' });
    });
  };
  return (
    <Container>
      <SpaceBetween size="m">
        <Alert type="warning">
          <div>Submissions are final and cannot be reversed.</div>
          <div>{undoSentence(review.undoSeconds, wishedSeconds)}</div>
        </Alert>
        <Toggle
          checked={confirmed}
          disabled={submitting}
          onChange={({ detail }) => setConfirmed(detail.checked)}
        >
          {confirmationText}
        </Toggle>
        <SpaceBetween size="xs" direction="horizontal" alignItems="center">
          <Button onClick={onBack} disabled={submitting}>
            Back
          </Button>
          <Button
            variant="primary"
            disabled={!confirmed || submitting || expired}
            loading={submitting}
            loadingText="Writing to the ledger"
            onClick={submit}
          >
            Submit {formatCount(review.lines.length, 'line')} to AWS
          </Button>
          <Box color="text-body-secondary" fontSize="body-s">
            {expired
              ? 'This review has run out. Go back and review once more; what you entered is still there.'
              : `This review can be confirmed until ${formatTime(review.expiresUtc, userTimeZone())}.`}
          </Box>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  );
}

/** Kinds for which another look at the form, or a new review, is the way on. */
const needReview: ReadonlySet<AppError['kind']> = new Set([
  'review-expired',
  'review-changed',
  'slot-taken',
  'lines-have-errors',
  'contract-closed',
  'not-found',
]);

/** Takes the focus whenever `of` is another one: the button that was pressed may have gone or gone out of use. */
function FocusedAlert({ of, children }: { readonly of: AppError; readonly children: ReactNode }) {
  const alert = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another problem is the reason to take the focus again
  useEffect(() => alert.current?.focus(), [of]);
  return (
    <div ref={alert} role="alert" tabIndex={-1}>
      {children}
    </div>
  );
}

interface SubmitProblemProps {
  readonly problem: AppError;
  readonly report: ReportUsageStore;
  readonly agreementId: string;
}

function SubmitProblem({ problem, report, agreementId }: SubmitProblemProps) {
  const checked = useReportState(report, (state) => state.checked);
  const review = useReportState(report, (state) => state.review);
  if (problem.kind === 'already-submitted') {
    return (
      <ErrorAlert
        error={problem}
        action={
          <Button
            onClick={() => {
              void report.finish().then(() => navigate({ page: 'contract', agreementId, tab: 'usage' }));
            }}
          >
            See the Usage tab
          </Button>
        }
      />
    );
  }
  if (!needReview.has(problem.kind)) return <OtherProblem problem={problem} />;
  return (
    <ErrorAlert
      error={problem}
      {...noteOf(problem, review === null ? [] : linesInTheWay(review, checked))}
      action={<Button onClick={() => navigate({ page: 'add-usage', agreementId })}>Back to the lines</Button>}
    />
  );
}

function OtherProblem({ problem }: { readonly problem: AppError }) {
  const { signInAgain } = useFrameActs();
  if (problem.kind !== 'sign-in-expired' && problem.kind !== 'not-signed-in') {
    return <ErrorAlert error={problem} />;
  }
  return (
    <ErrorAlert
      error={problem}
      note="These lines were not submitted. They are still here: sign in, then confirm and submit them."
      action={<Button onClick={signInAgain}>Sign in again</Button>}
    />
  );
}

/** What has changed, in words. */
function noteOf(problem: AppError, inTheWay: readonly string[]): { note?: string } {
  if (problem.kind === 'slot-taken') return inTheWay.length === 0 ? {} : { note: inTheWay.join(' ') };
  const named = problem.kind === 'review-changed' || problem.kind === 'lines-have-errors';
  if (!named || problem.reasons.length === 0) return {};
  return { note: problem.reasons.map((reason) => `${reasonOf(reason).title}.`).join(' ') };
}
