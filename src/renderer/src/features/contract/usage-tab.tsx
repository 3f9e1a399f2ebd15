/** The usage of a contract, or of the chain of renewals it stands in, newest first. It updates by itself; rows change in place. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { RecordsTable } from '../../ui/records-table.tsx';
import type { UsageListState } from '../../ui/usage-list-store.ts';
import { useNow } from '../../ui/use-now.tsx';
import { useRecordActs } from '../../ui/use-record-acts.tsx';
import { useChainUsage } from '../../ui/use-usage-list.ts';
import { ChainMember } from './chain-member.tsx';
import { UsageByMonth } from './usage-by-month.tsx';
import { useChain } from './use-related.ts';

export function UsageTab({ agreementId }: { readonly agreementId: string }) {
  const { members, agreementIds } = useChain(agreementId);
  const isChain = agreementIds.length > 1;
  const list = useChainUsage(agreementIds);
  const panel = useRecordPanel();
  const acts = useRecordActs();
  const { state } = list;
  const recordsFirst = useRecordsFirst(state);
  return (
    <SpaceBetween size="l">
      {state.error !== null && (
        <ErrorAlert
          error={state.error}
          onRetry={() => void list.reload()}
          {...(state.records.length === 0 ? {} : { note: 'What was read before is still shown.' })}
        />
      )}
      {recordsFirst === false && <UsageByMonth agreementIds={agreementIds} />}
      <RecordsTable
        records={state.records}
        loading={state.kind === 'loading'}
        onOpenRecord={panel.open}
        selectedRecordId={panel.openRecordId}
        onAct={acts.act}
        {...(isChain
          ? {
              contractOf: (record: UsageRecordView) => (
                <ChainMember chain={members} agreementId={agreementId} ofAgreementId={record.agreementId} />
              ),
            }
          : {})}
        header={
          <Header
            variant="h2"
            counter={`(${formatQuantity(state.total ?? 0)})`}
            {...(isChain
              ? { description: `Of the ${agreementIds.length} contracts of this chain, newest first.` }
              : {})}
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
      {recordsFirst === true && <UsageByMonth agreementIds={agreementIds} />}
      {acts.dialog}
    </SpaceBetween>
  );
}

const justNowMs = 2 * 60_000;

/**
 * Whoever has just submitted looks for the new rows; otherwise what it all comes to goes before. Settled once, so that nothing moves under the
 * pointer; null until the records are there.
 */
function useRecordsFirst({ kind, records }: UsageListState): boolean | null {
  const [settled, setSettled] = useState<boolean | null>(null);
  const now = useNow(60_000);
  if (settled !== null || kind === 'loading') return settled;
  const recordsFirst = records.some(
    ({ status, submittedUtc }) => status === 'pending' || now - Date.parse(submittedUtc) < justNowMs,
  );
  setSettled(recordsFirst);
  return recordsFirst;
}
