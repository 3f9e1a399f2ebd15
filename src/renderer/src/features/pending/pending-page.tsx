/** What is on its way, and on top what waits for a person. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { formatCount, formatCountdown, formatQuantity } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFrameActs } from '../../ui/frame-acts.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { OtherAccounts } from '../../ui/other-accounts.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { pendingOrder } from '../../ui/record-order.ts';
import { RecordsTable } from '../../ui/records-table.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { useRecordActs } from '../../ui/use-record-acts.tsx';
import { useUsageList } from '../../ui/use-usage-list.ts';

export function PendingPage() {
  usePageTitle('Pending');
  const list = useUsageList(null, 'pending', useFrameActs().identity.accountId);
  const panel = useRecordPanel();
  const acts = useRecordActs();
  const { state } = list;
  const ordered = useMemo(() => [...state.records].sort(pendingOrder), [state.records]);
  const waiting = ordered.filter((record) => record.needsPerson);
  const onItsWay = ordered.filter((record) => !record.needsPerson);
  const table = {
    showContract: true,
    onOpenRecord: panel.open,
    selectedRecordId: panel.openRecordId,
    onAct: acts.act,
  };

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          counter={`(${formatQuantity(state.total ?? 0)})`}
          description="Confirmed records that have no final answer yet. They are safe on this computer’s disk."
        >
          Pending
        </Header>
      }
    >
      <SpaceBetween size="l">
        {state.error !== null && <ErrorAlert error={state.error} onRetry={() => void list.reload()} />}
        <OtherAccounts status="pending" />
        {waiting.length > 0 && (
          <RecordsTable
            {...table}
            records={waiting}
            empty={null}
            header={
              <Header
                variant="h2"
                counter={`(${formatQuantity(waiting.length)})`}
                description={<NextDeadline records={waiting} />}
              >
                Waiting for you
              </Header>
            }
          />
        )}
        <RecordsTable
          {...table}
          records={onItsWay}
          loading={state.kind === 'loading'}
          empty={<Nothing needPerson={waiting.length > 0} />}
          header={
            <Header
              variant="h2"
              counter={`(${formatQuantity(onItsWay.length)})`}
              description="These go on by themselves."
            >
              On their way
            </Header>
          }
          {...loadMoreFooter(list)}
        />
        {state.nextCursor !== null && (
          <Alert type="info">
            More records are pending than are shown. Show more to have them all in this order.
          </Alert>
        )}
      </SpaceBetween>
      <LiveRegion hidden>{`${formatCount(waiting.length, 'record')} waiting for you`}</LiveRegion>
      {acts.dialog}
    </ContentLayout>
  );
}

/** How long the most urgent record still has, counting down. */
function NextDeadline({ records }: { readonly records: readonly UsageRecordView[] }) {
  const now = useNow();
  const next = Math.min(...records.map((record) => Date.parse(record.deadlineUtc))) - now;
  return next > 0
    ? `The first of them can be sent for another ${formatCountdown(next)}.`
    : 'For the first of them AWS’s deadline has passed.';
}

function Nothing({ needPerson }: { readonly needPerson: boolean }) {
  return needPerson ? (
    <>Nothing else is on its way.</>
  ) : (
    <>
      <Box variant="h3">Nothing is pending</Box>
      <Box variant="p">Every record of this seller account has its final answer.</Box>
    </>
  );
}
