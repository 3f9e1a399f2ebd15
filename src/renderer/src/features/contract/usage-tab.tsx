/** The usage of a contract, newest first. It updates by itself; rows change in place. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Money } from '../../../../contract/primitives.ts';
import type { Status, UsageRecordView } from '../../../../contract/usage.ts';
import { formatMoneys, formatQuantity } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { RecordsTable } from '../../ui/records-table.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { useRecordActs } from '../../ui/use-record-acts.tsx';
import { type UsageList, useUsageList } from '../../ui/use-usage-list.ts';
import { UsageByMonth } from './usage-by-month.tsx';

export interface UsageTabProps {
  readonly agreementId: string;
  /** What this month's usage comes to, one amount a currency; empty where that is not known. */
  readonly monthEstimates: readonly Money[];
}

export function UsageTab({ agreementId, monthEstimates }: UsageTabProps) {
  const list = useUsageList(agreementId, null);
  const panel = useRecordPanel();
  const acts = useRecordActs();
  const { state } = list;
  return (
    <SpaceBetween size="l">
      {state.error !== null && (
        <ErrorAlert
          error={state.error}
          onRetry={() => void list.reload()}
          {...(state.records.length === 0 ? {} : { note: 'What was read before is still shown.' })}
        />
      )}
      <UsageByMonth agreementIds={[agreementId]} />
      <RecordsTable
        records={state.records}
        loading={state.kind === 'loading'}
        onOpenRecord={panel.open}
        selectedRecordId={panel.openRecordId}
        onAct={acts.act}
        header={
          <Header
            variant="h2"
            counter={`(${formatQuantity(state.total ?? 0)})`}
            description={<MonthTotals monthEstimates={monthEstimates} list={list} />}
          >
            Usage records
          </Header>
        }
        empty={
          <>
            <Box variant="strong">No usage yet</Box>
            <Box color="text-body-secondary">
              Usage that is submitted on this computer shows up here, with what AWS said to it.
            </Box>
          </>
        }
        {...loadMoreFooter(list)}
      />
      {acts.dialog}
    </SpaceBetween>
  );
}

interface MonthTotalsProps {
  readonly monthEstimates: readonly Money[];
  readonly list: UsageList;
}

function MonthTotals({ monthEstimates, list }: MonthTotalsProps) {
  const now = useNow(60_000);
  const { records, nextCursor } = list.state;
  const month = new Date(now).toISOString().slice(0, 7);
  const ofMonth = records.filter((record) => record.startUtc.startsWith(month));
  const name = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    now,
  );
  const among = nextCursor === null ? '' : ` (of the newest ${formatQuantity(records.length)} records)`;
  return (
    <>
      {name}, by start time in UTC:{' '}
      {monthEstimates.length > 0 && (
        <>
          about <Box variant="strong">{formatMoneys(monthEstimates)}</Box> accepted or pending ·{' '}
        </>
      )}
      {countOf(ofMonth, 'accepted')} accepted · {countOf(ofMonth, 'pending')} pending ·{' '}
      {countOf(ofMonth, 'rejected')} rejected{among}
    </>
  );
}

function countOf(records: readonly UsageRecordView[], status: Status): string {
  return formatQuantity(records.filter((record) => record.status === status).length);
}
