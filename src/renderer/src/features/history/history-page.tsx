/** Everything that was ever submitted from this computer, for all contracts, and its export. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { type Status, statuses } from '../../../../contract/usage.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { RecordsTable } from '../../ui/records-table.tsx';
import { useExport } from '../../ui/use-export.ts';
import { useUsageList } from '../../ui/use-usage-list.ts';

const statusWords = {
  pending: 'Pending',
  accepted: 'Accepted',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
} as const satisfies Record<Status, string>;

export function HistoryPage() {
  usePageTitle('History');
  const [status, setStatus] = useState<Status | null>(null);
  const list = useUsageList(null, status);
  const panel = useRecordPanel();
  const exporting = useExport(null);
  const { state } = list;

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Every usage record that was submitted from this computer, the newest first."
          actions={
            <Button
              iconName="download"
              loading={exporting.busy}
              loadingText="Exporting"
              onClick={() => void exporting.run()}
            >
              Export all as CSV
            </Button>
          }
        >
          History
        </Header>
      }
    >
      <SpaceBetween size="l">
        {state.error !== null && <ErrorAlert error={state.error} onRetry={() => void list.reload()} />}
        <RecordsTable
          showContract
          records={state.records}
          loading={state.kind === 'loading'}
          onOpenRecord={panel.open}
          selectedRecordId={panel.openRecordId}
          empty={<Nothing status={status} />}
          header={
            <SpaceBetween size="s">
              <Header variant="h2" counter={`(${formatQuantity(state.total)})`}>
                Usage records
              </Header>
              <SegmentedControl
                label="Status"
                selectedId={status ?? 'all'}
                options={[
                  { id: 'all', text: 'All' },
                  ...statuses.map((id) => ({ id, text: statusWords[id] })),
                ]}
                onChange={({ detail }) =>
                  setStatus(statuses.find((one) => one === detail.selectedId) ?? null)
                }
              />
            </SpaceBetween>
          }
          {...loadMoreFooter(list)}
        />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Nothing({ status }: { readonly status: Status | null }) {
  return status === null ? (
    <>
      <Box variant="h3">Nothing was submitted yet</Box>
      <Box variant="p">Open a contract and add usage: it appears here as soon as it is submitted.</Box>
    </>
  ) : (
    <>No record is {statusWords[status].toLowerCase()}.</>
  );
}
