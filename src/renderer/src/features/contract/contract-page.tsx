/** One contract: who, what and when at the top, its usage first among the tabs. */
import Box from '@cloudscape-design/components/box';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Tabs from '@cloudscape-design/components/tabs';
import { useState } from 'react';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import type { UsageRecordView } from '../../../../contract/usage.ts';
import { type ContractTab, hrefOf, navigate } from '../../app/routes.ts';
import { formatAccountId } from '../../copy/formats.ts';
import { type CallState, shownValue } from '../../ui/call-state.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { useFrameActs } from '../../ui/frame-acts.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { useHeadingThatGoes } from '../../ui/record-focus.ts';
import { useCall } from '../../ui/use-call.ts';
import { ChainTab } from './chain-tab.tsx';
import { ContractHeader } from './contract-header.tsx';
import { ContractOverview } from './contract-overview.tsx';
import { DetailsTab } from './details-tab.tsx';
import { DimensionsTab } from './dimensions-tab.tsx';
import { UsageTab } from './usage-tab.tsx';

export interface ContractPageProps {
  readonly agreementId: string;
  readonly tab: ContractTab;
}

export function ContractPage({ agreementId, tab }: ContractPageProps) {
  const { state, reload } = useCall('contracts.get', { agreementId }, [
    'contracts.changed',
    'settings.changed',
    // Signing in again brings back what could not be read without.
    'session.changed',
  ]);
  const details = shownValue(state);
  const newest = useNewestRecord(agreementId, details === null && state.kind === 'failed');
  const buyer = details === null ? newest && buyerName(newest) : buyerName(details.summary);
  const [editingAlias, setEditingAlias] = useState(false);
  usePageTitle(buyer ?? 'Contract');
  const retry = () => void reload();
  return (
    <ContentLayout
      breadcrumbs={
        <BreadcrumbGroup
          ariaLabel="Where you are"
          items={[
            { text: 'Contracts', href: hrefOf({ page: 'contracts' }) },
            { text: buyer ?? agreementId, href: '' },
          ]}
        />
      }
      header={
        details === null ? (
          <HeaderMeanwhile name={buyer ?? 'Contract'} line={knownLine(agreementId, newest)} />
        ) : (
          <ContractHeader
            details={details}
            editingAlias={editingAlias}
            onEditAlias={setEditingAlias}
            onAliasSaved={retry}
          />
        )
      }
    >
      <SpaceBetween size="l">
        {state.kind === 'failed' && (
          <ReadProblem error={state.error} onRetry={retry} hasUsage={details !== null || newest !== null} />
        )}
        {details === null && state.kind !== 'failed' && <Spinner size="large" />}
        {details !== null && details.problem !== null && (
          <ErrorAlert error={details.problem} onRetry={retry} note={missingNote(details)} />
        )}
        {details !== null && <ContractOverview details={details} onEditAlias={() => setEditingAlias(true)} />}
        {(details !== null || newest !== null || mayHaveUsage(state)) && (
          <ContractTabs agreementId={agreementId} details={details} tab={tab} />
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

/** As long as the contract isn't read. */
function HeaderMeanwhile({ name, line }: { readonly name: string; readonly line: string }) {
  useHeadingThatGoes();
  return (
    <Header variant="h1" description={line}>
      {name}
    </Header>
  );
}

/** The newest usage record of the contract in the ledger, while AWS can't be asked about the contract; null when there is none. */
function useNewestRecord(agreementId: string, wanted: boolean): UsageRecordView | null {
  const query = { agreementId, status: null, cursor: null, limit: 1 };
  const page = shownValue(useCall('usage.list', query, ['usage.changed', 'session.changed']).state);
  return wanted ? (page?.records[0] ?? null) : null;
}

/** A contract that is not there has no usage to show; of any other the ledger may hold some. */
function mayHaveUsage(state: CallState<ContractDetails>): boolean {
  return state.kind === 'failed' && state.error.kind !== 'not-found';
}

function knownLine(agreementId: string, newest: UsageRecordView | null): string {
  return newest === null ? agreementId : `${newest.productTitle ?? newest.productId} · ${agreementId}`;
}

interface ContractTabsProps {
  readonly agreementId: string;
  /** Null while AWS can't be asked: the usage is in the ledger all the same. */
  readonly details: ContractDetails | null;
  readonly tab: ContractTab;
}

function ContractTabs({ agreementId, details, tab }: ContractTabsProps) {
  const href = (to: ContractTab) => hrefOf({ page: 'contract', agreementId, tab: to });
  return (
    <Tabs
      activeTabId={tab}
      ariaLabel="Parts of the contract"
      onChange={({ detail }) => {
        const to = tabIds.find((id) => id === detail.activeTabId);
        if (to !== undefined) navigate({ page: 'contract', agreementId, tab: to });
      }}
      tabs={[
        {
          id: 'usage',
          label: 'Usage',
          href: href('usage'),
          content: <UsageTab key={agreementId} agreementId={agreementId} />,
        },
        {
          id: 'dimensions',
          label: 'Dimensions and prices',
          href: href('dimensions'),
          content: details === null ? <NotRead /> : <DimensionsTab details={details} />,
        },
        {
          id: 'details',
          label: 'Details',
          href: href('details'),
          content: details === null ? <NotRead /> : <DetailsTab details={details} />,
        },
        {
          id: 'chain',
          label: 'Chain',
          href: href('chain'),
          content: details === null ? <NotRead /> : <ChainTab agreementId={agreementId} />,
        },
      ]}
    />
  );
}

const tabIds = ['usage', 'dimensions', 'details', 'chain'] as const satisfies readonly ContractTab[];

function NotRead() {
  return <Box color="text-body-secondary">AWS has to be asked for this, and could not be.</Box>;
}

interface ReadProblemProps {
  readonly error: AppError;
  readonly onRetry: () => void;
  readonly hasUsage: boolean;
}

function ReadProblem({ error, onRetry, hasUsage }: ReadProblemProps) {
  const { signInAgain } = useFrameActs();
  if (error.kind === 'not-found') {
    const toContracts = <Button href={hrefOf({ page: 'contracts' })}>To the contracts</Button>;
    return <ErrorAlert error={error} action={toContracts} />;
  }
  const needsSignIn = error.kind === 'sign-in-expired' || error.kind === 'not-signed-in';
  return (
    <ErrorAlert
      error={error}
      onRetry={onRetry}
      {...(hasUsage ? { note: 'The usage below is kept on this computer and still stands.' } : {})}
      {...(needsSignIn ? { action: <Button onClick={signInAgain}>Sign in again</Button> } : {})}
    />
  );
}

function missingNote({ termsRead }: ContractDetails): string {
  return termsRead
    ? 'Some names or dimensions of the product could not be read. The rest of this page is complete.'
    : 'Dimensions and prices could not be read. The rest of this page, its usage above all, still stands.';
}

function buyerName(of: Pick<UsageRecordView, 'buyerAlias' | 'buyerAccountId'>): string {
  return of.buyerAlias ?? formatAccountId(of.buyerAccountId);
}
