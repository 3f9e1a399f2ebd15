/** What AWS or the deadline refused: a list to be emptied, what can still be saved on top. */
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { formatCountdown, formatQuantity } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { rejectedOrder } from '../../ui/record-order.ts';
import { RecordsTable } from '../../ui/records-table.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { useUsageList } from '../../ui/use-usage-list.ts';

export function RejectedPage() {
  usePageTitle('Rejected');
  const list = useUsageList(null, 'rejected');
  const panel = useRecordPanel();
  const now = useNow(30_000);
  const { state } = list;
  const ordered = useMemo(() => [...state.records].sort(rejectedOrder(now)), [state.records, now]);
  const inTime = ordered.filter((record) => Date.parse(record.deadlineUtc) > now);
  const tooLate = ordered.filter((record) => Date.parse(record.deadlineUtc) <= now);
  const table = { showContract: true, onOpenRecord: panel.open, selectedRecordId: panel.openRecordId };
  const nearest = inTime[0];

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={`(${formatQuantity(state.total ?? 0)})`}
          description="Records that were not recorded, and are not billed. Open one to see why, and what to do."
        >
          Rejected
        </Header>
      }
    >
      <SpaceBetween size="l">
        {state.error !== null && <ErrorAlert error={state.error} onRetry={() => void list.reload()} />}
        {nearest !== undefined && (
          <RecordsTable
            {...table}
            records={inTime}
            empty={null}
            header={
              <Header
                variant="h2"
                counter={`(${formatQuantity(inTime.length)})`}
                description={`AWS would still take usage of this time. The first has ${formatCountdown(
                  Date.parse(nearest.deadlineUtc) - now,
                )} left: correct the cause, then report it on its contract.`}
              >
                Still in time
              </Header>
            }
          />
        )}
        {(tooLate.length > 0 || inTime.length === 0) && (
          <RecordsTable
            {...table}
            records={tooLate}
            loading={state.kind === 'loading'}
            empty={
              <>
                <Box variant="h3">Nothing was rejected</Box>
                <Box variant="p">What AWS refuses appears here, with the reason and what to do.</Box>
              </>
            }
            {...(tooLate.length === 0 ? {} : { header: <TooLateHeader count={tooLate.length} /> })}
            {...loadMoreFooter(list)}
          />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

function TooLateHeader({ count }: { readonly count: number }) {
  return (
    <Header
      variant="h2"
      counter={`(${formatQuantity(count)})`}
      description="AWS’s deadline has passed. Settle what is owed with the buyer outside AWS Marketplace."
    >
      Past their deadline
    </Header>
  );
}
