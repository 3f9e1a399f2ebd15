/** One submission as a page to keep: what, for whom, by whom, when, AWS's record ids, the audit head. Made to be printed. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { type ReactNode, useEffect, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import type { SubmissionReceipt, UsageRecordView } from '../../../../contract/usage.ts';
import {
  formatAccountId,
  formatInstant,
  formatMoney,
  formatMoneys,
  formatUtc,
  userTimeZone,
} from '../../copy/formats.ts';
import { statusWords } from '../../copy/reasons.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { quantityText } from '../../ui/price.ts';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { useReceiptPdf } from '../../ui/use-receipt-pdf.ts';
import './receipt.css';

export function ReceiptPage({ submissionId }: { readonly submissionId: string }) {
  usePageTitle('Receipt');
  const { state, reload } = useCall('submissions.get', { submissionId }, ['usage.changed']);
  const receipt = shownValue(state);
  const pdf = useReceiptPdf(submissionId);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="What was submitted together, and what AWS said to it. To keep it, print it or save it as a PDF."
          actions={
            <SpaceBetween size="xs" direction="horizontal">
              <Button disabled={receipt === null} onClick={() => window.print()}>
                Print this receipt
              </Button>
              {pdf.isPossible && (
                <Button disabled={receipt === null} loading={pdf.isSaving} onClick={() => void pdf.save()}>
                  Save as PDF
                </Button>
              )}
            </SpaceBetween>
          }
        >
          Receipt of a submission
        </Header>
      }
    >
      {state.kind === 'failed' && <ErrorAlert error={state.error} onRetry={() => void reload()} />}
      {receipt === null ? (
        state.kind !== 'failed' && <Spinner size="large" />
      ) : (
        <>
          <Receipt receipt={receipt} isOnPaper={false} />
          <PrintedCopy receipt={receipt} always={pdf.isSaving} />
        </>
      )}
    </ContentLayout>
  );
}

interface PrintedCopyProps {
  readonly receipt: SubmissionReceipt;
  /** Also while nothing says that it prints. */
  readonly always: boolean;
}

/** Beside the app, so that nothing of its frame is on the paper. */
function PrintedCopy({ receipt, always }: PrintedCopyProps) {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    // The browser takes the page as it stands when the event is over.
    const begin = () => flushSync(() => setPrinting(true));
    const end = () => setPrinting(false);
    window.addEventListener('beforeprint', begin);
    window.addEventListener('afterprint', end);
    return () => {
      window.removeEventListener('beforeprint', begin);
      window.removeEventListener('afterprint', end);
    };
  }, []);
  if (!printing && !always) return null;
  return createPortal(
    <div className="receipt-print">
      <h1>Receipt of a submission</h1>
      <Receipt receipt={receipt} isOnPaper />
    </div>,
    document.body,
  );
}

interface ReceiptProps {
  readonly receipt: SubmissionReceipt;
  /** Nothing can be pressed there. */
  readonly isOnPaper: boolean;
}

function Receipt({ receipt, isOnPaper }: ReceiptProps) {
  const { records } = receipt;
  const onOpen = useRecordPanel().open;
  const first = records[0];
  const buyer = first === undefined ? '–' : named(first.buyerAlias, formatAccountId(first.buyerAccountId));
  return (
    <article className="receipt" aria-label="Receipt">
      <SpaceBetween size="l">
        {receipt.practice && (
          <p className="receipt-practice">Practice: a simulated AWS. Nothing here is billed.</p>
        )}
        <Facts
          facts={[
            [
              'Usage of',
              first === undefined ? '–' : `${first.productTitle ?? first.productId} (${first.agreementId})`,
            ],
            ['To be billed to', buyer],
            ['Submitted from', named(receipt.sellerAccountName, formatAccountId(receipt.sellerAccountId))],
            ['Submitted by', receipt.sellerPrincipalArn],
            ['Profile', receipt.profile],
            ['Reviewed', bothTimes(receipt.reviewedUtc)],
            ['Confirmed', bothTimes(receipt.confirmedUtc)],
            ['In the words', `“${receipt.confirmationText}”`],
          ]}
        />
        <Lines records={records} onOpen={isOnPaper ? null : onOpen} />
        <p className="receipt-total">
          {records.length === 1 ? 'Estimate' : `Estimate of all ${records.length} records`}:{' '}
          <strong>{formatMoneys(receipt.estimates)}</strong>. AWS computes the amount that is billed.
        </p>
        <Facts
          facts={[
            ['Submission', receipt.submissionId],
            ['Hash of the review', receipt.reviewHash],
            ['Audit head', `${receipt.auditHead.seq}:${receipt.auditHead.hash}`],
            ['As of', bothTimes(receipt.nowUtc)],
          ]}
        />
      </SpaceBetween>
    </article>
  );
}

/** Here and in UTC; once where that is the same. */
function bothTimes(utc: string): string {
  const here = formatInstant(utc, userTimeZone());
  return here === formatUtc(utc) ? here : `${here} = ${formatUtc(utc)}`;
}

const named = (name: string | null, id: string) => (name === null ? id : `${name} (${id})`);

function Facts({ facts }: { readonly facts: readonly (readonly [string, string])[] }) {
  return (
    <dl className="receipt-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

interface LinesProps {
  readonly records: readonly UsageRecordView[];
  /** Null where nothing can be pressed. */
  readonly onOpen: ((recordId: string) => void) | null;
}

function Lines({ records, onOpen }: LinesProps) {
  const zone = userTimeZone();
  return (
    <table className="receipt-lines">
      <caption className="visually-hidden">Usage records of this submission</caption>
      <thead>
        <tr>
          <th scope="col">Dimension</th>
          <th scope="col">Usage time</th>
          <th scope="col" className="receipt-number">
            Quantity
          </th>
          <th scope="col" className="receipt-number">
            Estimate
          </th>
          <th scope="col">What AWS said</th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <tr key={record.recordId}>
            <th scope="row">
              {onOpen === null ? (
                (record.dimensionName ?? record.dimensionKey)
              ) : (
                <Link
                  onFollow={(event) => {
                    event.preventDefault();
                    onOpen(record.recordId);
                  }}
                >
                  {record.dimensionName ?? record.dimensionKey}
                </Link>
              )}
              <Small>{record.dimensionKey}</Small>
              {record.description !== '' && <Small>“{record.description}”</Small>}
            </th>
            <td>
              {formatInstant(record.startUtc, zone)}
              {zone !== 'UTC' && <Small>{formatUtc(record.startUtc)}</Small>}
            </td>
            <td className="receipt-number">{quantityText(record.quantity, record.unit)}</td>
            <td className="receipt-number">
              {record.estimate === null ? '–' : formatMoney(record.estimate)}
            </td>
            <td>
              {statusWords(record, zone).text}
              {record.meteringRecordId !== null && <Small>AWS’s record id: {record.meteringRecordId}</Small>}
              {record.reason !== null && record.status === 'rejected' && <Small>{record.reason}</Small>}
              {record.requestId !== null && <Small>Request id: {record.requestId}</Small>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Small({ children }: { readonly children: ReactNode }) {
  return (
    <Box fontSize="body-s" color="text-body-secondary">
      {children}
    </Box>
  );
}
