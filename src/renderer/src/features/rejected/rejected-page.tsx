/** What AWS or the deadline refused and nobody has settled yet: a list to be emptied, what can still be saved on top. */
import Box from '@cloudscape-design/components/box';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import { everything, type HistoryFilter, type HistorySort } from '../../../../contract/history.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { hrefOf } from '../../app/routes.ts';
import { formatCountdown, formatQuantity } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFrameActs } from '../../ui/frame-acts.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { OtherAccounts } from '../../ui/other-accounts.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { rejectedOrder } from '../../ui/record-order.ts';
import { RecordsTable } from '../../ui/records-table.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { useNow } from '../../ui/use-now.tsx';
import { useRecordActs } from '../../ui/use-record-acts.tsx';
import { useHistory } from '../../ui/use-usage-list.ts';
import { TickedActs } from './ticked-acts.tsx';

const openOnes: HistoryFilter = { ...everything, status: 'rejected', settled: 'open' };
/** What is still in time began last. */
const latestUsageFirst: HistorySort = { by: 'usage', descending: true };

export function RejectedPage() {
  usePageTitle('Rejected');
  const { identity } = useFrameActs();
  const list = useHistory({
    filter: { ...openOnes, sellerAccountId: identity.accountId },
    sort: latestUsageFirst,
  });
  const counts = shownValue(useCall('usage.counts', {}, ['usage.changed']).state);
  const acts = useRecordActs();
  const panel = useRecordPanel();
  const now = useNow(30_000);
  const [tickedIds, setTickedIds] = useState<ReadonlySet<string>>(new Set());
  const { state } = list;
  const ordered = useMemo(() => [...state.records].sort(rejectedOrder(now)), [state.records, now]);
  const inTime = ordered.filter((record) => Date.parse(record.deadlineUtc) > now);
  const tooLate = ordered.filter((record) => Date.parse(record.deadlineUtc) <= now);
  const tickedOf = (records: readonly UsageRecordView[]) =>
    records.filter(({ recordId }) => tickedIds.has(recordId));
  const tickingOf = (records: readonly UsageRecordView[]) => ({
    ticked: tickedOf(records),
    onTick: (ticked: readonly UsageRecordView[]) => {
      const others = [...tickedIds].filter((id) => records.every(({ recordId }) => recordId !== id));
      setTickedIds(new Set([...others, ...ticked.map(({ recordId }) => recordId)]));
    },
  });
  const table = (records: readonly UsageRecordView[]) => ({
    records,
    showContract: true,
    onOpenRecord: panel.open,
    selectedRecordId: panel.openRecordId,
    onAct: acts.act,
    ...(records.length === 0 ? {} : { ticking: tickingOf(records) }),
  });
  const nearest = inTime[0];

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          {...(counts === null ? {} : { counter: `(${formatQuantity(counts.rejected)})` })}
          description="Records that were not recorded and are not billed, until each is reported anew or written off."
          {...(ordered.length === 0
            ? {}
            : { actions: <TickedActs records={tickedOf(ordered)} acts={acts} /> })}
        >
          Rejected
        </Header>
      }
    >
      <SpaceBetween size="l">
        {state.error !== null && <ErrorAlert error={state.error} onRetry={() => void list.reload()} />}
        <OtherAccounts status="rejected" />
        {nearest !== undefined && (
          <RecordsTable
            {...table(inTime)}
            empty={null}
            header={
              <Header
                variant="h2"
                counter={`(${formatQuantity(inTime.length)})`}
                description={`AWS would still take usage of this time. The first has ${formatCountdown(
                  Date.parse(nearest.deadlineUtc) - now,
                )} left: correct the cause, then resend.`}
              >
                Still in time
              </Header>
            }
          />
        )}
        {(tooLate.length > 0 || inTime.length === 0) && (
          <RecordsTable
            {...table(tooLate)}
            loading={state.kind === 'loading'}
            empty={
              <>
                <Box variant="h3">Nothing is open</Box>
                <Box variant="p">
                  What AWS refuses appears here, with the reason and what to do. What was settled stands in
                  the <Link href={hrefOf({ page: 'history' })}>history</Link>.
                </Box>
              </>
            }
            {...(tooLate.length === 0 ? {} : { header: <TooLateHeader count={tooLate.length} /> })}
            {...loadMoreFooter(list)}
          />
        )}
      </SpaceBetween>
      {acts.dialog}
    </ContentLayout>
  );
}

function TooLateHeader({ count }: { readonly count: number }) {
  return (
    <Header
      variant="h2"
      counter={`(${formatQuantity(count)})`}
      description="AWS’s deadline has passed. Settle what is owed with the buyer outside AWS Marketplace, then write it off here."
    >
      Past their deadline
    </Header>
  );
}
