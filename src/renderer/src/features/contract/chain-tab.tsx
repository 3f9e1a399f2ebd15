/** What a contract renewed or replaced and what followed it, and the buyer's other contracts for the product. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { RelatedContract } from '../../../../contract/contracts.ts';
import { hrefOf } from '../../app/routes.ts';
import { shownValue } from '../../ui/call-state.ts';
import { ContractStatusBadge } from '../../ui/contract-status-badge.tsx';
import { ErrorAlert } from '../../ui/error-alert.tsx';
import { datesOf, pricesSideBySide, shortLicence } from '../../ui/related-words.ts';
import { useRelated } from './use-related.ts';
import './contract.css';

export function ChainTab({ agreementId }: { readonly agreementId: string }) {
  const state = useRelated(agreementId);
  const related = shownValue(state);
  if (related === null) {
    return state.kind === 'failed' ? <ErrorAlert error={state.error} /> : <Spinner size="large" />;
  }
  const definitions = columns([...related.chain, ...related.concurrent], agreementId);
  return (
    <SpaceBetween size="l">
      {!related.isComplete && (
        <Box color="text-status-warning">
          The list of contracts is still being read: one may be missing here.
        </Box>
      )}
      <Table<RelatedContract>
        trackBy={({ summary }) => summary.agreementId}
        items={related.chain}
        wrapLines
        ariaLabels={{ tableLabel: 'Chain of this contract' }}
        columnDefinitions={definitions}
        header={
          <Header
            variant="h2"
            counter={`(${related.chain.length})`}
            description="Contracts that followed each other by renewal or replacement, the first on top. Usage belongs to the one that was valid when it began."
          >
            Chain
          </Header>
        }
      />
      <Table<RelatedContract>
        trackBy={({ summary }) => summary.agreementId}
        items={related.concurrent}
        wrapLines
        ariaLabels={{ tableLabel: 'Other contracts of this buyer for the product' }}
        columnDefinitions={definitions}
        header={
          <Header
            variant="h2"
            counter={`(${related.concurrent.length})`}
            description="They stand beside this one. AWS bills each by itself, so check which one the usage belongs to."
          >
            Other contracts of this buyer for the product
          </Header>
        }
        empty={
          <Box textAlign="center" color="text-body-secondary">
            This buyer has no other contract for the product.
          </Box>
        }
      />
    </SpaceBetween>
  );
}

/** The same for both tables, so that a contract of one can be compared with one of the other. */
function columns(
  all: readonly RelatedContract[],
  agreementId: string,
): TableProps.ColumnDefinition<RelatedContract>[] {
  const prices = pricesSideBySide(all);
  return [
    {
      id: 'agreement',
      header: 'Agreement',
      isRowHeader: true,
      minWidth: 260,
      cell: ({ summary }) =>
        summary.agreementId === agreementId ? (
          <Box variant="strong">{summary.agreementId} (this one)</Box>
        ) : (
          <Link href={hrefOf({ page: 'contract', agreementId: summary.agreementId, tab: 'usage' })}>
            {summary.agreementId}
          </Link>
        ),
    },
    { id: 'dates', header: 'From – to', minWidth: 218, cell: ({ summary }) => datesOf(summary) },
    {
      id: 'status',
      header: 'Status',
      minWidth: 150,
      cell: ({ summary }) => (
        <>
          <ContractStatusBadge contract={summary} />
          {summary.awsStatus !== 'ACTIVE' && (
            <Box fontSize="body-s" color="text-body-secondary">
              AWS: {summary.awsStatus}
            </Box>
          )}
        </>
      ),
    },
    {
      id: 'licence',
      header: 'Licence',
      minWidth: 120,
      cell: ({ summary }) =>
        summary.licenseArns.length === 0
          ? 'None shown'
          : summary.licenseArns.map((arn) => (
              <div key={arn} className="contract-licence" title={arn}>
                {shortLicence(arn)}
              </div>
            )),
    },
    {
      id: 'prices',
      header: 'Prices that differ',
      minWidth: 200,
      cell: ({ summary }) => (
        <Prices lines={prices.get(summary.agreementId) ?? null} isAlone={all.length === 1} />
      ),
    },
  ];
}

function Prices({
  lines,
  isAlone,
}: {
  readonly lines: ReturnType<ReturnType<typeof pricesSideBySide>['get']> | null;
  readonly isAlone: boolean;
}) {
  if (isAlone) return '–';
  if (lines === null || lines === undefined) return 'Could not be read';
  if (lines.length === 0) return 'None: the same prices';
  return (
    <dl className="contract-prices">
      {lines.map(({ name, price }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{price}</dd>
        </div>
      ))}
    </dl>
  );
}
