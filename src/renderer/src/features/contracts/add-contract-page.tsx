/** A contract that AWS doesn't list for this account, added by licence ARN, buyer account and product. */
import Alert from '@cloudscape-design/components/alert';
import Autosuggest from '@cloudscape-design/components/autosuggest';
import BreadcrumbGroup from '@cloudscape-design/components/breadcrumb-group';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import type { AppError } from '../../../../contract/errors.ts';
import { useApi } from '../../api/api-context.tsx';
import { hrefOf, navigate } from '../../app/routes.ts';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { usePageTitle } from '../../ui/page-title.tsx';
import { useContractsStore } from './contracts-store-context.tsx';

export function AddContractPage() {
  usePageTitle('Add a contract by hand');
  return (
    <ContentLayout
      breadcrumbs={
        <BreadcrumbGroup
          ariaLabel="Where you are"
          items={[
            { text: 'Contracts', href: hrefOf({ page: 'contracts' }) },
            { text: 'Add by hand', href: '' },
          ]}
        />
      }
      header={
        <Header
          variant="h1"
          description="For a contract of your product that AWS doesn’t list for your account, such as one that a channel partner sold."
        >
          Add a contract by hand
        </Header>
      }
    >
      <div className="sheet">
        <AddContract />
      </div>
    </ContentLayout>
  );
}

interface Typed {
  readonly licenseArn: string;
  readonly account: string;
  readonly productId: string;
}

function AddContract() {
  const api = useApi();
  const rows = useStore(useContractsStore().store).rows;
  const [typed, setTyped] = useState<Typed>({ licenseArn: '', account: '', productId: '' });
  const [asked, setAsked] = useState(false);
  const [adding, setAdding] = useState(false);
  const [problem, setProblem] = useState<AppError | null>(null);
  const change = (change: Partial<Typed>) => {
    setTyped({ ...typed, ...change });
    setProblem(null);
  };
  const errors = errorsOf(typed);
  const add = async () => {
    setAsked(true);
    if (adding || Object.keys(errors).length > 0) return;
    setAdding(true);
    const answer = await api.call('contracts.addByHand', {
      licenseArn: typed.licenseArn.trim(),
      buyerAccountId: digitsOf(typed.account),
      productId: typed.productId.trim(),
    });
    setAdding(false);
    if (!answer.ok) return setProblem(answer.error);
    navigate({ page: 'contract', agreementId: answer.value.agreementId, tab: 'usage' });
  };
  const errorOf = (field: keyof Typed) => (asked && errors[field] ? { errorText: errors[field] } : {});
  return (
    <SpaceBetween size="l">
      <Alert type="info" header="What can be done with it">
        Usage is metered on its licence as on any other. Its prices, start and end are not known here: there
        are no estimates, every metered dimension of the product is offered, and AWS alone judges whether the
        contract takes them. It is kept on this computer only.
      </Alert>
      <Container>
        <SpaceBetween size="m">
          <FormField
            label="Licence ARN"
            description="From the buyer’s registration, or from an AWS Marketplace event in your seller account."
            stretch
            {...errorOf('licenseArn')}
          >
            <Input
              value={typed.licenseArn}
              autoComplete={false}
              spellcheck={false}
              placeholder="arn:aws:license-manager::…:license:l-…"
              onChange={({ detail }) => change({ licenseArn: detail.value })}
            />
          </FormField>
          <FormField
            label="Buyer account"
            description="The AWS account that holds the licence; it is the one that is billed."
            {...errorOf('account')}
          >
            <Input
              value={typed.account}
              inputMode="numeric"
              autoComplete={false}
              spellcheck={false}
              placeholder="0123-4567-8901"
              onChange={({ detail }) => change({ account: detail.value })}
            />
          </FormField>
          <FormField
            label="Product"
            description="Choose one of your products, or enter its id."
            stretch
            {...errorOf('productId')}
          >
            <Autosuggest
              value={typed.productId}
              options={productsOf(rows)}
              placeholder="prod-…"
              empty="No product is known from your contracts: enter its id"
              enteredTextLabel={(value) => `Use ${value}`}
              ariaLabel="Product"
              onChange={({ detail }) => change({ productId: detail.value })}
            />
          </FormField>
          {problem !== null && <Refused problem={problem} />}
          <SpaceBetween size="xs" direction="horizontal">
            <Button variant="primary" loading={adding} loadingText="Asking AWS" onClick={() => void add()}>
              Add the contract
            </Button>
            <Button variant="link" onClick={() => navigate({ page: 'contracts' })}>
              Cancel
            </Button>
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </SpaceBetween>
  );
}

/** Where AWS or this computer has the contract already, the way to it. */
function Refused({ problem }: { readonly problem: AppError }) {
  const known = problem.kind === 'not-addable' ? problem.agreementId : null;
  const action =
    known === null ? undefined : (
      <Button href={hrefOf({ page: 'contract', agreementId: known, tab: 'usage' })}>Open the contract</Button>
    );
  return <ErrorAlert error={problem} action={action} note="Nothing was added." />;
}

const digitsOf = (account: string) => account.replaceAll(/[\s-]/g, '');

function errorsOf({ licenseArn, account, productId }: Typed): Partial<Record<keyof Typed, string>> {
  return {
    ...(licenseArn.trim() === '' ? { licenseArn: 'Enter the licence ARN.' } : {}),
    ...(/^\d{12}$/.test(digitsOf(account))
      ? {}
      : { account: 'Enter the 12 digits of the account, leading zeros too.' }),
    ...(productId.trim() === '' ? { productId: 'Choose or enter the product.' } : {}),
  };
}

/** The SaaS products of the contracts that are listed, by name. */
function productsOf(rows: readonly ContractSummary[]) {
  const products = new Map(
    rows.filter((row) => row.resourceType === 'SaaSProduct').map((row) => [row.productId, row.productTitle]),
  );
  return [...products]
    .map(([value, title]) => ({
      value,
      label: value,
      ...(title === null ? {} : { description: title, filteringTags: [title] }),
    }))
    .toSorted((a, b) => (a.description ?? a.value).localeCompare(b.description ?? b.value));
}
