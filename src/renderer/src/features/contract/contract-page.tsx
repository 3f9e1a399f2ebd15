/** One contract: who, what and when at the top, its usage first among the tabs. */
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
import { type ContractTab, hrefOf, navigate } from '../../app/routes.ts';
import { formatAccountId } from '../../copy/formats.ts';
import { shownValue } from '../../ui/call-state.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { useCall } from '../../ui/use-call.ts';
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
  ]);
  const details = shownValue(state);
  const buyer = details === null ? null : buyerName(details);
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
          <Header variant="h1" description={agreementId}>
            Contract
          </Header>
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
        {state.kind === 'failed' && <ReadProblem error={state.error} onRetry={retry} />}
        {details === null && state.kind !== 'failed' && <Spinner size="large" />}
        {details !== null && (
          <>
            {details.problem !== null && (
              <ErrorAlert error={details.problem} onRetry={retry} note={missingNote(details)} />
            )}
            <ContractOverview details={details} onEditAlias={() => setEditingAlias(true)} />
            <ContractTabs details={details} tab={tab} />
          </>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

function ContractTabs({ details, tab }: { readonly details: ContractDetails; readonly tab: ContractTab }) {
  const { agreementId } = details.summary;
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
          content: <UsageTab summary={details.summary} />,
        },
        {
          id: 'dimensions',
          label: 'Dimensions and prices',
          href: href('dimensions'),
          content: <DimensionsTab details={details} />,
        },
        { id: 'details', label: 'Details', href: href('details'), content: <DetailsTab details={details} /> },
      ]}
    />
  );
}

const tabIds = ['usage', 'dimensions', 'details'] as const satisfies readonly ContractTab[];

function ReadProblem({ error, onRetry }: { readonly error: AppError; readonly onRetry: () => void }) {
  if (error.kind !== 'not-found') return <ErrorAlert error={error} onRetry={onRetry} />;
  return (
    <ErrorAlert
      error={error}
      action={<Button href={hrefOf({ page: 'contracts' })}>To the contracts</Button>}
    />
  );
}

function missingNote({ termsRead }: ContractDetails): string {
  return termsRead
    ? 'Some names or dimensions of the product could not be read. The rest of this page is complete.'
    : 'Dimensions and prices could not be read. The rest of this page, its usage above all, still stands.';
}

function buyerName({ summary }: ContractDetails): string {
  return summary.buyerAlias ?? formatAccountId(summary.buyerAccountId);
}
