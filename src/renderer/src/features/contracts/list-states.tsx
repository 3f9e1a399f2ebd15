/** What stands in place of the contracts, or above them, while they load, fail, or are none. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { formatCount, formatInstant, userTimeZone } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import type { ContractsState } from './contracts-store.ts';

export function ListProblems({
  state,
  onRetry,
}: {
  readonly state: ContractsState;
  readonly onRetry: () => void;
}) {
  const { list, callProblem, catalogProblem } = state;
  return (
    <SpaceBetween size="s">
      {callProblem !== null && <ErrorAlert error={callProblem} onRetry={onRetry} />}
      {list.kind === 'failed' && (
        <ErrorAlert
          error={list.error}
          note={failedNote(state)}
          action={<Button onClick={onRetry}>Read the contracts again</Button>}
        />
      )}
      {catalogProblem !== null && (
        <ErrorAlert
          error={catalogProblem}
          note="Product names could not be read, so product ids stand in their place. The contracts themselves are complete."
        />
      )}
    </SpaceBetween>
  );
}

function failedNote({ rows, lastCompleteUtc }: ContractsState): string {
  return lastCompleteUtc === null
    ? `The list is not complete: ${formatCount(rows.length, 'contract')} could be read, then it stopped.`
    : `The list could not be refreshed. This is how AWS had it at ${formatInstant(lastCompleteUtc, userTimeZone())}.`;
}

type Progress = Pick<ContractsState, 'list' | 'lastCompleteUtc' | 'rows'>;

/** AWS doesn't tell how many contracts there are, so the bar has no end and the words count. */
export function LoadProgress({ list, lastCompleteUtc, rows }: Progress) {
  if (list.kind !== 'loading' || rows.length === 0) return null;
  const pages = formatCount(list.pagesRead, 'page');
  return (
    <SpaceBetween size="xxs">
      <progress className="stream" aria-label="Reading the contracts from AWS" />
      <LiveRegion>
        <Box color="text-body-secondary">
          {lastCompleteUtc === null
            ? `Reading the contracts from AWS: ${pages}, ${formatCount(rows.length, 'contract')} so far. You can work with them already.`
            : `Refreshing the contracts from AWS: ${pages} so far. You can go on working with the list as it was at ${formatInstant(lastCompleteUtc, userTimeZone())}.`}
        </Box>
      </LiveRegion>
    </SpaceBetween>
  );
}

export function NoContracts({ failed }: { readonly failed: boolean }) {
  if (failed) {
    return (
      <Box textAlign="center" padding="l" color="inherit">
        No contract could be read.
      </Box>
    );
  }
  return (
    <Box textAlign="center" padding="l" color="inherit">
      <Box variant="h3">AWS lists no contract of this seller account</Box>
      <div className="empty-list">
        <Box variant="p">
          Usage Desk asks for the agreements in which this account is the proposer. Check:
        </Box>
        <ul>
          <li>Is this the seller account, and not a buyer’s or another account? It stands in the top bar.</li>
          <li>May your role search agreements as proposer (aws-marketplace:SearchAgreements)?</li>
          <li>Was it sold by a channel partner? AWS lists such agreements with the partner, not here.</li>
        </ul>
      </div>
    </Box>
  );
}

export function NoMatch({
  isLoading,
  onClear,
}: {
  readonly isLoading: boolean;
  readonly onClear: () => void;
}) {
  return (
    <Box textAlign="center" padding="l" color="inherit">
      <SpaceBetween size="s">
        <Box variant="h3">No contract fits</Box>
        <Box variant="p">
          {isLoading
            ? 'The list is still loading: what you look for may be on its way.'
            : 'Try fewer letters, another spelling, or all statuses.'}
        </Box>
        <Button onClick={onClear}>Clear the search</Button>
      </SpaceBetween>
    </Box>
  );
}
