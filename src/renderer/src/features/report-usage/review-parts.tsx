/** The parts of the review that are only read. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { Review, ReviewLine } from '../../../../contract/entry.ts';
import { hourSpan, issueText } from '../../copy/entry-issues.ts';
import {
  formatAccountId,
  formatCount,
  formatInstant,
  formatMoney,
  formatMoneys,
  formatQuantity,
  formatUtc,
} from '../../copy/formats.ts';
import { inThePlaceOf } from '../../copy/rejections.ts';
import { unitName } from '../../ui/price.ts';

export function ReviewSentence({ review }: { readonly review: Review }) {
  const { seller } = review;
  const account = formatAccountId(review.buyerAccountId);
  const buyer = (
    <b>
      {review.buyerAlias === null ? '' : `${review.buyerAlias} `}
      <span className="review-account">{review.buyerAlias === null ? account : `(${account})`}</span>
    </b>
  );
  return (
    <div>
      <div className="review-sentence">
        {review.totals.length === 0 ? (
          <>
            You are about to report {formatCount(review.lines.length, 'line')} of usage of {buyer}. No price
            is known for it here.
          </>
        ) : (
          <>
            You are about to report usage of about <b>{formatMoneys(review.totals)}</b> to be billed to{' '}
            {buyer}.
          </>
        )}
      </div>
      <Box color="text-body-secondary" padding={{ top: 'xs' }}>
        From seller account {seller.accountName === null ? '' : `${seller.accountName} · `}
        {formatAccountId(seller.accountId)}
        {seller.roleName === null ? '' : `, role ${seller.roleName}`}, to AWS Marketplace metering in{' '}
        {review.meteringRegion}
        {review.scheme === 'licence'
          ? `, on licence ${review.licenseArn ?? '–'}`
          : `, under product code ${review.productCode ?? '–'}`}
        .
      </Box>
    </div>
  );
}

export function ReviewedLines({ review }: { readonly review: Review }) {
  const zone = review.timeZone;
  return (
    <Table<ReviewLine>
      variant="embedded"
      wrapLines
      trackBy="lineId"
      items={review.lines}
      ariaLabels={{ tableLabel: 'Lines to be submitted' }}
      columnDefinitions={[
        {
          id: 'dimension',
          header: 'Dimension',
          isRowHeader: true,
          cell: (line) => (
            <>
              {line.dimensionName ?? line.dimensionKey}
              <Box fontSize="body-s" color="text-body-secondary">
                {line.dimensionKey}
                {line.description === '' ? '' : ` · ${line.description}`}
              </Box>
              {line.predecessor !== null && (
                <Box fontSize="body-s" color="text-body-secondary">
                  {inThePlaceOf(line.predecessor, zone)}
                </Box>
              )}
            </>
          ),
        },
        {
          id: 'quantity',
          header: <div className="entry-number">Quantity</div>,
          cell: (line) => (
            <div className="entry-number">
              <Box fontWeight="bold">{formatQuantity(line.quantity)}</Box>
              <Box fontSize="body-s" color="text-body-secondary">
                {line.quantity === 0 ? 'Nothing to report' : unitName(line.unit, line.quantity)}
              </Box>
            </div>
          ),
        },
        {
          id: 'start',
          header: 'Start time',
          cell: (line) => (
            <>
              {formatInstant(line.startUtc, zone)}
              <Box fontSize="body-s" color="text-body-secondary">
                {formatUtc(line.startUtc)} · hour slot {hourSpan(line.hourSlotUtc, 'UTC')} UTC
              </Box>
            </>
          ),
        },
        {
          id: 'price',
          header: <div className="entry-number">Unit price</div>,
          cell: (line) => <div className="entry-number">{unitPrice(line)}</div>,
        },
        {
          id: 'estimate',
          header: <div className="entry-number">Estimate</div>,
          cell: (line) => (
            <div className="entry-number">{line.estimate === null ? '–' : formatMoney(line.estimate)}</div>
          ),
        },
      ]}
    />
  );
}

function unitPrice({ unitPrice: amount, estimate }: ReviewLine): string {
  if (amount === null) return '–';
  return estimate === null ? amount : formatMoney({ amount, currencyCode: estimate.currencyCode });
}

export function MonthSoFar({ review }: { readonly review: Review }) {
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: 'This submission, estimate', value: formatMoneys(review.totals) },
        { label: 'This contract’s month (UTC) before', value: formatMoneys(review.monthBefore) },
        { label: 'This contract’s month (UTC) after', value: formatMoneys(review.monthAfter) },
      ]}
    />
  );
}

export function ReviewWarnings({ review }: { readonly review: Review }) {
  const warnings = review.lines.flatMap((line, at) =>
    line.warnings.map((warning) => ({
      key: `${line.lineId} ${warning.code}`,
      text: `Line ${at + 1}, ${line.dimensionName ?? line.dimensionKey}: ${issueText(warning, review.timeZone)}`,
    })),
  );
  if (warnings.length === 0) return null;
  return (
    <Alert type="warning" header="Look at this before you submit">
      <SpaceBetween size="xxs">
        {warnings.map((warning) => (
          <div key={warning.key}>{warning.text}</div>
        ))}
      </SpaceBetween>
    </Alert>
  );
}

export function ExactRequests({ review }: { readonly review: Review }) {
  return (
    <ExpandableSection headerText="The exact requests, one for each line">
      <SpaceBetween size="s">
        {review.lines.map((line, at) => (
          <pre key={line.lineId} className="review-request">
            {pretty(review.requests[at] ?? '')}
          </pre>
        ))}
      </SpaceBetween>
    </ExpandableSection>
  );
}

/** Indented for reading; a body that is no JSON stays as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
