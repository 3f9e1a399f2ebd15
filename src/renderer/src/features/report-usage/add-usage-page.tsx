/** Add usage to one contract: the one-time question, the kept draft, or the form. */
import Alert from '@cloudscape-design/components/alert';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import type { ContractDetails } from '../../../../contract/contracts.ts';
import type { ReasonCode } from '../../../../contract/reason-codes.ts';
import { hrefOf, navigate } from '../../app/routes.ts';
import { whyNoUsage } from '../../copy/contract-status.ts';
import { formatAccountId, userTimeZone } from '../../copy/formats.ts';
import { shownValue } from '../../ui/call-state.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { ReasonText } from '../../ui/reason-text.tsx';
import { datesOf } from '../../ui/related-words.ts';
import { useCall } from '../../ui/use-call.ts';
import { useNow } from '../../ui/use-now.tsx';
import { EntryForm } from './entry-form.tsx';
import { LicenceMissing } from './licence-missing.tsx';
import { SchemeQuestion } from './scheme-question.tsx';
import './entry-form.css';

export function AddUsagePage({ agreementId }: { readonly agreementId: string }) {
  const { state, reload } = useCall('contracts.get', { agreementId }, [
    'contracts.changed',
    'settings.changed',
  ]);
  const details = shownValue(state);
  const buyer = details === null ? null : buyerOf(details);
  usePageTitle(buyer === null ? 'Add usage' : `Add usage to ${buyer}`);
  const toContract = () => navigate({ page: 'contract', agreementId, tab: 'usage' });
  return (
    <ContentLayout
      breadcrumbs={<Breadcrumbs agreementId={agreementId} buyer={buyer} here="Add usage" />}
      header={
        <Header variant="h1" description={details === null ? agreementId : productLine(details)}>
          {buyer === null ? 'Add usage' : `Add usage to ${buyer}`}
        </Header>
      }
    >
      {details === null ? (
        state.kind === 'failed' ? (
          <ErrorAlert error={state.error} onRetry={() => void reload()} />
        ) : (
          <Spinner size="large" />
        )
      ) : (
        <Step details={details} onReload={() => void reload()} onCancel={toContract} />
      )}
    </ContentLayout>
  );
}

interface StepProps {
  readonly details: ContractDetails;
  readonly onReload: () => void;
  readonly onCancel: () => void;
}

function Step({ details, onReload, onCancel }: StepProps) {
  const { addUsage } = details.summary;
  if (!details.termsRead && details.problem !== null) {
    return (
      <ErrorAlert
        error={details.problem}
        onRetry={onReload}
        note="The contract’s dimensions and prices could not be read, so nothing can be added just now. A draft is kept."
      />
    );
  }
  if (!addUsage.allowed && addUsage.reason !== 'scheme-not-chosen') {
    return (
      <Stopped onCancel={onCancel} header="Usage can’t be added to this contract">
        <WhyNot summary={details.summary} reason={addUsage.reason} />
        <OpenMembers agreementId={details.summary.agreementId} />
      </Stopped>
    );
  }
  if (details.scheme === null) {
    return <SchemeQuestion details={details} onChosen={onReload} onCancel={onCancel} />;
  }
  if (details.scheme === 'licence' && details.licences.length === 0) {
    return <LicenceMissing details={details} onFound={onReload} onCancel={onCancel} />;
  }
  return <EntryForm details={details} />;
}

/** What the list and the contract page say of the status; where time or kind is not the reason, the guide's own words. */
function WhyNot({
  summary,
  reason,
}: {
  readonly summary: ContractDetails['summary'];
  readonly reason: ReasonCode;
}) {
  const why = whyNoUsage(summary, useNow(60_000), userTimeZone());
  const isRunning = summary.status.kind === 'active' || summary.status.kind === 'closing';
  return isRunning || why === null ? <ReasonText reason={reason} ofRecord={false} /> : why;
}

/** Other contracts of the chain that take usage, as ways on. */
function OpenMembers({ agreementId }: { readonly agreementId: string }) {
  const chain = shownValue(useCall('contracts.related', { agreementId }).state)?.chain ?? [];
  const open = chain.filter(({ summary }) => summary.agreementId !== agreementId && summary.addUsage.allowed);
  if (open.length === 0) return null;
  return (
    <>
      {' '}
      It is part of a chain, and usage can be added to{' '}
      {open.map(({ summary }, at) => (
        <span key={summary.agreementId}>
          {at > 0 && ', '}
          <Link href={hrefOf({ page: 'add-usage', agreementId: summary.agreementId })}>
            {summary.agreementId}
          </Link>{' '}
          ({datesOf(summary)})
        </span>
      ))}
      .
    </>
  );
}

interface StoppedProps {
  readonly header: string;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

function Stopped({ header, onCancel, children }: StoppedProps) {
  return (
    <SpaceBetween size="m">
      <Alert type="warning" header={header}>
        {children}
      </Alert>
      <Button onClick={onCancel}>Back to the contract</Button>
    </SpaceBetween>
  );
}

interface BreadcrumbsProps {
  readonly agreementId: string;
  readonly buyer: string | null;
  readonly here: string;
}

export function Breadcrumbs({ agreementId, buyer, here }: BreadcrumbsProps) {
  return (
    <BreadcrumbGroup
      ariaLabel="Where you are"
      items={[
        { text: 'Contracts', href: hrefOf({ page: 'contracts' }) },
        { text: buyer ?? agreementId, href: hrefOf({ page: 'contract', agreementId, tab: 'usage' }) },
        { text: here, href: '' },
      ]}
    />
  );
}

function buyerOf({ summary }: ContractDetails): string {
  return summary.buyerAlias ?? formatAccountId(summary.buyerAccountId);
}

function productLine({ summary }: ContractDetails): string {
  return `${summary.productTitle ?? summary.productId} · ${summary.agreementId} · account ${formatAccountId(summary.buyerAccountId)}`;
}
