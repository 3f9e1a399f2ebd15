/** What stands in place of the contracts, or above them, while they load, fail, changed, or are none. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { memo, useMemo } from 'react';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { hrefOf } from '../../app/routes.ts';
import { formatCount } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useContracts, useReadingFacts } from './contracts-store-context.tsx';
import { changesWords, missingWords, progressWords } from './list-words.ts';

interface ListProblemsProps {
  readonly onRetry: () => void;
}

export const ListProblems = memo(function ListProblems({ onRetry }: ListProblemsProps) {
  const reading = useReadingFacts();
  const { list, callProblem, catalogProblem, unreadable } = reading;
  return (
    <SpaceBetween size="s">
      {callProblem !== null && <ErrorAlert error={callProblem} onRetry={onRetry} />}
      {list.kind === 'failed' && (
        <ErrorAlert
          error={list.error}
          note={missingWords(reading)}
          action={
            <Button onClick={onRetry}>
              {list.pagesRead === 0 ? 'Read the contracts again' : 'Go on reading'}
            </Button>
          }
        />
      )}
      {catalogProblem !== null && (
        <ErrorAlert
          error={catalogProblem}
          note="Some product names could not be read, so product ids may stand in their place. The contracts themselves are not affected."
        />
      )}
      {unreadable > 0 && (
        <Alert type="warning" header={`${formatCount(unreadable, 'agreement')} can’t be shown`}>
          AWS told of {unreadable === 1 ? 'an agreement' : 'agreements'} without an id, a buyer, a product or
          a start. Look for {unreadable === 1 ? 'it' : 'them'} in the AWS Marketplace Management Portal under
          Agreements.
        </Alert>
      )}
    </SpaceBetween>
  );
});

/** AWS doesn't tell how many contracts there are, so the bar has no end and the words count. */
export const LoadProgress = memo(function LoadProgress() {
  const reading = useReadingFacts();
  const isNone = useContracts(({ rows }) => rows.length === 0);
  if (reading.list.kind !== 'loading' || isNone) return null;
  return (
    <SpaceBetween size="xxs">
      <progress className="stream" aria-label="Reading the contracts from AWS" />
      <Box color="text-body-secondary">{progressWords(reading)}</Box>
      {/* Read out once for each stage: a count that is spoken with every page would drown everything else. */}
      <LiveRegion hidden>
        {reading.lastCompleteUtc === null
          ? 'The list is incomplete and still loading.'
          : 'The list is being refreshed.'}
      </LiveRegion>
    </SpaceBetween>
  );
});

interface ChangesNoteProps {
  readonly rows: readonly ContractSummary[];
  readonly onShow: () => void;
  readonly onSeen: () => void;
}

/** What is new since the list was last complete. */
export const ChangesNote = memo(function ChangesNote({ rows, onShow, onSeen }: ChangesNoteProps) {
  const words = useMemo(() => changesWords(rows), [rows]);
  if (words === null) return null;
  return (
    <Alert
      type="info"
      action={
        <SpaceBetween direction="horizontal" size="xs">
          <Button onClick={onShow}>Show them</Button>
          <Button onClick={onSeen}>Mark as seen</Button>
        </SpaceBetween>
      }
    >
      {words}
    </Alert>
  );
});

export function NoContracts({ failed }: { readonly failed: boolean }) {
  if (failed) {
    return (
      <Box textAlign="center" padding="l" color="inherit">
        No contract could be read.
      </Box>
    );
  }
  return (
    <Box textAlign="center" padding="l">
      <Box variant="h3">AWS lists no contract of this seller account</Box>
      <div className="empty-list">
        <Box variant="p">
          Usage Desk asks for the agreements in which this account is the proposer (PartyType Proposer).
          Check:
        </Box>
        <ul>
          <li>Is this the seller account, and not a buyer’s or another account? It stands in the top bar.</li>
          <li>
            May your role search agreements as proposer (aws-marketplace:SearchAgreements, with a condition on
            PartyType, if there is one, that allows Proposer)?
          </li>
          <li>
            Was it sold by a channel partner? AWS lists such agreements with the partner, not here: it can be{' '}
            <Link href={hrefOf({ page: 'add-contract' })}>added by hand</Link>.
          </li>
        </ul>
      </div>
    </Box>
  );
}

interface NoMatchProps {
  /** Whether everything that AWS has is in the list. */
  readonly isComplete: boolean;
  readonly isLoading: boolean;
  readonly onClear: () => void;
}

export function NoMatch({ isComplete, isLoading, onClear }: NoMatchProps) {
  const why = isLoading
    ? 'The list is still loading: what you look for may be on its way.'
    : isComplete
      ? 'Try fewer letters, another spelling, or fewer filters.'
      : 'The list is incomplete: what you look for may be among what could not be read.';
  return (
    <Box textAlign="center" padding="l" color="inherit">
      <SpaceBetween size="s">
        <Box variant="h3">No contract fits</Box>
        <Box variant="p">{why}</Box>
        <Box variant="p">
          A contract that a channel partner sold is not listed by AWS: it can be{' '}
          <Link href={hrefOf({ page: 'add-contract' })}>added by hand</Link>.
        </Box>
        <Button onClick={onClear}>Clear all filters</Button>
      </SpaceBetween>
    </Box>
  );
}
