/** The columns of the contract list. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { TableProps } from '@cloudscape-design/components/table';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import { hrefOf } from '../../app/routes.ts';
import { whyNoUsage } from '../../copy/contract-status.ts';
import {
  formatAccountId,
  formatDate,
  formatInstant,
  formatMoneys,
  userTimeZone,
} from '../../copy/formats.ts';
import { ContractStatusBadge } from '../../ui/contract-status-badge.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { byEnd, byMonthEstimate, byStatus, byText } from './contract-order.ts';

export type ContractColumn = TableProps.ColumnDefinition<ContractSummary>;

export const contractColumns: readonly ContractColumn[] = [
  {
    id: 'buyer',
    header: 'Buyer',
    isRowHeader: true,
    minWidth: 160,
    sortingComparator: byText((row) => row.buyerAlias ?? row.buyerAccountId),
    cell: (row) => <Buyer contract={row} />,
  },
  {
    id: 'product',
    header: 'Product and agreement',
    minWidth: 165,
    sortingComparator: byText((row) => `${row.productTitle ?? row.productId} ${row.agreementId}`),
    cell: (row) => <ProductAndAgreement contract={row} />,
  },
  {
    id: 'status',
    header: 'Status',
    minWidth: 180,
    sortingComparator: byStatus,
    cell: (row) => <ContractStatusBadge contract={row} />,
  },
  {
    id: 'start',
    header: 'Starts',
    minWidth: 88,
    sortingComparator: byText((row) => row.startUtc),
    cell: (row) => <Day utc={row.startUtc} />,
  },
  {
    id: 'end',
    header: 'Ends',
    minWidth: 88,
    sortingComparator: byEnd,
    cell: (row) => (
      <>
        {row.endIsAbout && row.endUtc !== null && 'about '}
        <Day utc={row.endUtc} none="No end" />
      </>
    ),
  },
  {
    id: 'last-usage',
    header: 'Last usage',
    minWidth: 88,
    sortingComparator: byText((row) => row.lastUsageUtc ?? ''),
    cell: (row) => <Day utc={row.lastUsageUtc} none="–" />,
  },
  {
    id: 'month',
    header: 'This month (est.)',
    minWidth: 115,
    sortingComparator: byMonthEstimate,
    cell: (row) => formatMoneys(row.monthEstimates),
  },
  {
    id: 'add',
    header: <span className="visually-hidden">Add usage</span>,
    minWidth: 138,
    cell: (row) => <AddUsage contract={row} />,
  },
];

function Buyer({ contract }: { readonly contract: ContractSummary }) {
  const id = formatAccountId(contract.buyerAccountId);
  const href = hrefOf({ page: 'contract', agreementId: contract.agreementId, tab: 'usage' });
  return (
    <div>
      <Link href={href}>
        <Clamped text={contract.buyerAlias ?? id} />
      </Link>
      {contract.buyerAlias !== null && (
        <Box color="text-body-secondary" fontSize="body-s">
          {id}
        </Box>
      )}
    </div>
  );
}

function ProductAndAgreement({ contract }: { readonly contract: ContractSummary }) {
  return (
    <div>
      <Clamped text={contract.productTitle ?? contract.productId} />
      <Box color="text-body-secondary" fontSize="body-s">
        <span className="one-line" title={contract.agreementId}>
          {contract.agreementId}
        </span>
      </Box>
    </div>
  );
}

/** Two lines at most; the whole text on hover. */
function Clamped({ text }: { readonly text: string }) {
  return (
    <span className="clamped" title={text}>
      {text}
    </span>
  );
}

function Day({ utc, none = '–' }: { readonly utc: string | null; readonly none?: string }) {
  if (utc === null) return none;
  const zone = userTimeZone();
  return (
    <time className="day" dateTime={utc} title={formatInstant(utc, zone)}>
      {formatDate(utc, zone)}
    </time>
  );
}

function AddUsage({ contract }: { readonly contract: ContractSummary }) {
  const why = whyNoUsage(contract, useNow(60_000), userTimeZone());
  const buyer = contract.buyerAlias ?? formatAccountId(contract.buyerAccountId);
  return (
    <Button
      variant="normal"
      wrapText={false}
      disabled={why !== null}
      disabledReason={why ?? ''}
      href={hrefOf({ page: 'add-usage', agreementId: contract.agreementId })}
      ariaLabel={`Add usage to ${buyer}, agreement ${contract.agreementId}`}
    >
      Add usage
    </Button>
  );
}
