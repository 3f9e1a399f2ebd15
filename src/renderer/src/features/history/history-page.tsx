/** Everything that was ever submitted from this computer, over all contracts: filtered, added up, exported. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useState } from 'react';
import type { HistoryFilter, HistorySort } from '../../../../contract/history.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { RecordsTable } from '../../ui/records-table.tsx';
import { shownValue, useCall } from '../../ui/use-call.ts';
import { useNow } from '../../ui/use-now.tsx';
import { type UsageList, useHistory } from '../../ui/use-usage-list.ts';
import { HistoryFilters } from './history-filters.tsx';
import { filterOf, filtersIn } from './history-form.ts';
import { HistoryTotals } from './history-totals.tsx';
import { useHistoryForm, useSettled } from './use-history-form.ts';
import './history.css';

const newestFirst: HistorySort = { by: 'submitted', descending: true };

export function HistoryPage() {
  usePageTitle('History');
  const session = shownValue(useCall('session.get', {}, ['session.changed']).state);
  const accountId = session !== null && 'identity' in session ? session.identity.accountId : null;
  return accountId === null ? <Spinner size="large" /> : <HistoryOf accountId={accountId} />;
}

function HistoryOf({ accountId }: { readonly accountId: string }) {
  const filters = useHistoryForm();
  const now = useNow(60_000);
  const filter = filterOf({ ...filters.form, text: useSettled(filters.form.text, 300) }, accountId, now);
  const [sort, setSort] = useState(newestFirst);
  const choices = shownValue(useCall('history.choices', {}, ['usage.changed']).state);
  const isFiltered = filtersIn(filters.form) > 0;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Every usage record that was submitted from this computer."
          actions={
            <ExportMenu filter={filter}>
              {isFiltered ? 'Export what is filtered' : 'Export all records'}
            </ExportMenu>
          }
        >
          History
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Container>
          <HistoryFilters {...filters} choices={choices} accountId={accountId} />
        </Container>
        <Found filter={filter} isFiltered={isFiltered} sort={sort} onSort={setSort} />
      </SpaceBetween>
    </ContentLayout>
  );
}

interface FoundProps {
  readonly filter: HistoryFilter;
  readonly isFiltered: boolean;
  readonly sort: HistorySort;
  readonly onSort: (sort: HistorySort) => void;
}

function Found(props: FoundProps) {
  const list = useHistory({ filter: props.filter, sort: props.sort });
  // The rows come first: adding up a large ledger takes longer, and would only hold them up.
  return list.state.kind === 'loading' && list.state.records.length === 0 ? (
    <Rows {...props} list={list} total={null} />
  ) : (
    <FoundWithTotals {...props} list={list} />
  );
}

type ListProps = FoundProps & { readonly list: UsageList };

function FoundWithTotals(props: ListProps) {
  const { state, reload } = useCall('history.totals', { filter: props.filter, byMonth: false }, [
    'usage.changed',
  ]);
  return (
    <SpaceBetween size="l">
      <HistoryTotals state={state} onRetry={() => void reload()} />
      <Rows {...props} total={shownValue(state)?.records ?? null} />
    </SpaceBetween>
  );
}

function Rows({ list, total, isFiltered, sort, onSort }: ListProps & { readonly total: number | null }) {
  const panel = useRecordPanel();
  const { state } = list;
  return (
    <SpaceBetween size="l">
      {state.error !== null && <ErrorAlert error={state.error} onRetry={() => void list.reload()} />}
      <RecordsTable
        showContract
        records={state.records}
        loading={state.kind === 'loading'}
        onOpenRecord={panel.open}
        selectedRecordId={panel.openRecordId}
        sorting={{ sort, onSort }}
        empty={<Nothing isFiltered={isFiltered} />}
        header={
          <Header variant="h2" {...(total === null ? {} : { counter: `(${formatQuantity(total)})` })}>
            Usage records
          </Header>
        }
        {...loadMoreFooter(list, total)}
      />
    </SpaceBetween>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  return isFiltered ? (
    <>
      <Box variant="h3">No record fits these filters</Box>
      <Box variant="p">Clear some of them. Other seller accounts are under “More filters”.</Box>
    </>
  ) : (
    <>
      <Box variant="h3">Nothing was submitted yet</Box>
      <Box variant="p">Open a contract and add usage: it appears here as soon as it is submitted.</Box>
    </>
  );
}
