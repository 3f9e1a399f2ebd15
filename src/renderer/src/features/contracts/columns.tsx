/** The columns of the contract list. */
import type { TableProps } from '@cloudscape-design/components/table';
import { memo, type ReactNode } from 'react';
import type { ContractSummary } from '../../../../contract/contracts.ts';
import type { Money } from '../../../../contract/primitives.ts';
import { hrefOf } from '../../app/routes.ts';
import { whyNoUsage } from '../../copy/contract-status.ts';
import {
  formatAccountId,
  formatDate,
  formatInstant,
  formatMoney,
  formatQuantity,
  userTimeZone,
} from '../../copy/formats.ts';
import { ContractStatusBadge } from '../../ui/contract-status-badge.tsx';
import { licencesText } from '../../ui/related-words.ts';
import { RowButton, Secondary } from '../../ui/row-parts.tsx';
import { useNow } from '../../ui/use-now.tsx';
import { BuyerCell } from './buyer-cell.tsx';
import { Clamped, Identifier } from './cell-text.tsx';
import { ChangeBadge } from './change-badge.tsx';
import { isSortable } from './contract-order.ts';
import { useHasSibling } from './siblings.ts';

export type ContractColumn = TableProps.ColumnDefinition<ContractSummary> & {
  readonly id: string;
  /** In the choice of columns. */
  readonly label: string;
};

type Draft = Omit<ContractColumn, 'header'> & { readonly header?: ReactNode };

/** A date in one piece, with the cell's own space around it. */
const dayWidth = 116;

const drafts: readonly Draft[] = [
  {
    id: 'buyer',
    label: 'Buyer',
    isRowHeader: true,
    minWidth: 172,
    cell: (row) => <BuyerCell contract={row} />,
  },
  {
    id: 'product',
    label: 'Product and agreement',
    minWidth: 165,
    cell: (row) => <ProductAndAgreement contract={row} />,
  },
  {
    id: 'status',
    label: 'Status',
    minWidth: 180,
    cell: (row) => <ContractStatusBadge contract={row} />,
  },
  {
    id: 'start',
    label: 'Starts',
    minWidth: dayWidth,
    cell: (row) => (row.addedByHand ? 'Not known' : <Day utc={row.startUtc} />),
  },
  {
    id: 'end',
    label: 'Ends',
    minWidth: dayWidth,
    cell: (row) => (
      <>
        {row.endIsAbout && row.endUtc !== null && 'about '}
        <Day utc={row.endUtc} none={row.addedByHand ? 'Not known' : 'No end'} />
      </>
    ),
  },
  {
    id: 'last-usage',
    label: 'Last usage',
    minWidth: 88,
    cell: (row) => (
      <span className="narrow-days">
        <Day utc={row.lastUsageUtc} />
      </span>
    ),
  },
  {
    id: 'month',
    label: 'This month (est.)',
    header: <div className="number-head">This month (est.)</div>,
    minWidth: 116,
    cell: (row) => <Amounts moneys={row.monthEstimates} />,
  },
  { id: 'records', label: 'Pending and rejected', minWidth: 110, cell: (row) => recordsText(row) },
  {
    id: 'agreement',
    label: 'Agreement id',
    minWidth: 165,
    cell: (row) => <Identifier text={row.agreementId} />,
  },
  { id: 'offer', label: 'Offer id', minWidth: 150, cell: (row) => <Identifier text={row.offerId} /> },
  {
    id: 'product-code',
    label: 'Product code',
    minWidth: 150,
    cell: (row) => <Identifier text={row.productCode} />,
  },
  {
    id: 'licences',
    label: 'Licence ARN',
    minWidth: 165,
    cell: (row) =>
      row.licenseArns.length === 0
        ? '–'
        : row.licenseArns.map((arn) => (
            <div key={arn}>
              <Identifier text={arn} />
            </div>
          )),
  },
  {
    id: 'add',
    label: 'Add usage',
    header: <span className="visually-hidden">Add usage</span>,
    minWidth: 130,
    cell: (row) => <AddUsage contract={row} />,
  },
];

export const contractColumns: readonly ContractColumn[] = drafts.map((draft) => ({
  header: draft.label,
  ...draft,
  ...(isSortable(draft.id) ? { sortingField: draft.id } : {}),
}));

/** What stands there until a person chooses; the rest is a choice away. */
const hiddenAtFirst: ReadonlySet<string> = new Set([
  'start',
  'records',
  'agreement',
  'offer',
  'product-code',
  'licences',
]);
/** Without these a row can't be told or used. */
const always: ReadonlySet<string> = new Set(['buyer', 'add']);

export interface ColumnChoice {
  readonly id: string;
  readonly visible: boolean;
}

/** The columns in the chosen order; ones that the choice doesn't know (of a newer version) keep their place at the end. */
export function columnDisplay(chosen: readonly ColumnChoice[]): readonly ColumnChoice[] {
  const known = chosen.filter(({ id }) => contractColumns.some((column) => column.id === id));
  const rest = contractColumns
    .filter(({ id }) => !known.some((choice) => choice.id === id))
    .map(({ id }) => ({ id, visible: !hiddenAtFirst.has(id) }));
  const all = [...known, ...rest].map(({ id, visible }) => ({ id, visible: visible || always.has(id) }));
  // The row's button stays at its edge.
  return [...all.filter(({ id }) => id !== 'add'), ...all.filter(({ id }) => id === 'add')];
}

export const columnOptions = contractColumns.map(({ id, label }) => ({
  id,
  label,
  alwaysVisible: always.has(id),
}));

const ProductAndAgreement = memo(function ProductAndAgreement({
  contract,
}: {
  readonly contract: ContractSummary;
}) {
  return (
    <div>
      <Clamped text={contract.productTitle ?? contract.productId} />
      <Secondary>
        {contract.addedByHand ? 'Added by hand' : <Identifier text={contract.agreementId} />}
      </Secondary>
      <ToldApart contract={contract} />
      {contract.change !== null && <ChangeBadge change={contract.change} />}
    </div>
  );
});

/** Of several contracts of one buyer for one product: by what people tell them apart. Prices are read when one is opened. */
function ToldApart({ contract }: { readonly contract: ContractSummary }) {
  if (!useHasSibling(contract.agreementId)) return null;
  const since = contract.addedByHand ? '' : `since ${formatDate(contract.startUtc, userTimeZone())}, `;
  return (
    <Secondary>
      One of several: {since}
      {licencesText(contract)}
    </Secondary>
  );
}

/** One below the other, where a contract has prices in several currencies. */
function Amounts({ moneys }: { readonly moneys: readonly Money[] }) {
  if (moneys.length === 0) return <div className="number">–</div>;
  return moneys.map((money) => (
    <div key={money.currencyCode} className="number">
      {formatMoney(money)}
    </div>
  ));
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

function recordsText({ pendingCount, rejectedCount }: ContractSummary): string {
  const parts = [
    ...(pendingCount > 0 ? [`${formatQuantity(pendingCount)} pending`] : []),
    ...(rejectedCount > 0 ? [`${formatQuantity(rejectedCount)} rejected`] : []),
  ];
  return parts.length === 0 ? '–' : parts.join(', ');
}

const AddUsage = memo(function AddUsage({ contract }: { readonly contract: ContractSummary }) {
  const why = whyNoUsage(contract, useNow(60_000), userTimeZone());
  const buyer = contract.buyerAlias ?? formatAccountId(contract.buyerAccountId);
  return (
    <RowButton
      href={hrefOf({ page: 'add-usage', agreementId: contract.agreementId })}
      label={`Add usage to ${buyer}, agreement ${contract.agreementId}`}
      disabledReason={why}
    >
      Add usage
    </RowButton>
  );
});
