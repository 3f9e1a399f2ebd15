/** The usage of the other contracts of a chain, beneath the contract's own: a renewal is one story to the person. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { RelatedContract } from '../../../../contract/contracts.ts';
import { hrefOf } from '../../app/routes.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { shownValue } from '../../ui/call-state.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { loadMoreFooter } from '../../ui/load-more.tsx';
import { useRecordPanel } from '../../ui/open-record.tsx';
import { RecordsTable } from '../../ui/records-table.tsx';
import { datesOf } from '../../ui/related-words.ts';
import { useRecordActs } from '../../ui/use-record-acts.tsx';
import { useUsageList } from '../../ui/use-usage-list.ts';
import { useRelated } from './use-related.ts';

export function ChainUsage({ agreementId }: { readonly agreementId: string }) {
  const chain = shownValue(useRelated(agreementId))?.chain ?? [];
  const at = chain.findIndex((one) => one.summary.agreementId === agreementId);
  // The newest first, as everywhere on this tab.
  const others = chain
    .map((member, index) => ({ member, isBefore: index < at }))
    .filter(({ member }) => member.summary.agreementId !== agreementId)
    .toReversed();
  return (
    <SpaceBetween size="l">
      {others.map(({ member, isBefore }) => (
        <MemberUsage key={member.summary.agreementId} member={member} isBefore={isBefore} />
      ))}
    </SpaceBetween>
  );
}

function MemberUsage({ member, isBefore }: { readonly member: RelatedContract; readonly isBefore: boolean }) {
  const { summary } = member;
  const list = useUsageList(summary.agreementId, null);
  const panel = useRecordPanel();
  const acts = useRecordActs();
  const { state } = list;
  const link = (
    <Link href={hrefOf({ page: 'contract', agreementId: summary.agreementId, tab: 'usage' })}>
      {summary.agreementId}
    </Link>
  );
  const which = isBefore ? 'The contract before this one' : 'The contract after this one';
  if (state.kind === 'ready' && state.total === 0) {
    return (
      <Box color="text-body-secondary">
        {which}, {link} ({datesOf(summary)}), has no usage here.
      </Box>
    );
  }
  return (
    <>
      {state.error !== null && <ErrorAlert error={state.error} onRetry={() => void list.reload()} />}
      <RecordsTable
        records={state.records}
        loading={state.kind === 'loading'}
        onOpenRecord={panel.open}
        selectedRecordId={panel.openRecordId}
        onAct={acts.act}
        header={
          <Header
            variant="h2"
            {...(state.total === null ? {} : { counter: `(${formatQuantity(state.total)})` })}
            description={
              <>
                {link}, {datesOf(summary)}
              </>
            }
          >
            {which}
          </Header>
        }
        empty={null}
        {...loadMoreFooter(list)}
      />
      {acts.dialog}
    </>
  );
}
