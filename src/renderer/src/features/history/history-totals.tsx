/** What is filtered comes to. Asked for once the first rows are there: it takes longer. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { StatusTotal, HistoryTotals as Totals } from '../../../../contract/history.ts';
import { statuses } from '../../../../contract/usage.ts';
import { formatCount, formatMoneys } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { UsageTotalsTable } from '../../ui/usage-totals.tsx';
import { type CallState, shownValue } from '../../ui/use-call.ts';
import { statusNames } from './history-words.ts';

export interface HistoryTotalsProps {
  readonly state: CallState<Totals>;
  readonly onRetry: () => void;
}

export function HistoryTotals({ state, onRetry }: HistoryTotalsProps) {
  const totals = shownValue(state);
  if (state.kind === 'failed') return <ErrorAlert error={state.error} onRetry={onRetry} />;
  return (
    <Container>
      {totals === null ? (
        <Box color="text-body-secondary">
          <Spinner /> Adding up what is filtered
        </Box>
      ) : (
        <SpaceBetween size="s">
          <KeyValuePairs
            columns={4}
            items={statuses.map((status) => ({
              label: statusNames[status],
              value: <Total total={totals.byStatus[status]} />,
            }))}
          />
          {totals.totals.length > 0 && (
            <ExpandableSection headerText="By dimension">
              <UsageTotalsTable
                totals={totals.totals}
                showProduct
                label="Totals of what is filtered, by dimension"
              />
            </ExpandableSection>
          )}
        </SpaceBetween>
      )}
    </Container>
  );
}

function Total({ total }: { readonly total: StatusTotal }) {
  return (
    <>
      {formatCount(total.records, 'record')}
      {total.records > 0 && (
        <Box color="text-body-secondary">
          {total.money.length === 0 ? 'no price' : formatMoneys(total.money)}
        </Box>
      )}
    </>
  );
}
