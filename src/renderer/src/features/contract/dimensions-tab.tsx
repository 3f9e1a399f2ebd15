/** What of the product can be metered on this contract, at which price, and what is prepaid or not offered. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { ContractDetails, Dimension } from '../../../../contract/contracts.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { priceParts, unitName } from '../../ui/price.ts';
import { ReasonBadge } from '../../ui/reason-badge.tsx';

export function DimensionsTab({ details }: { readonly details: ContractDetails }) {
  return (
    <Table<Dimension>
      trackBy={(dimension) => `${dimension.kind} ${dimension.key}`}
      items={details.dimensions}
      wrapLines
      ariaLabels={{ tableLabel: 'Dimensions and prices' }}
      header={
        <Header
          variant="h2"
          counter={`(${details.dimensions.length})`}
          description={
            details.summary.addedByHand
              ? 'From the product’s listing: whether this contract has each of them, and at which price, AWS doesn’t tell for one that was added by hand.'
              : 'Prices are those of this contract, not the public ones. Only metered dimensions can be reported.'
          }
        >
          Dimensions and prices
        </Header>
      }
      footer={<EntitlementNote details={details} />}
      empty={
        <Box textAlign="center" color="text-body-secondary" padding="l">
          {details.termsRead
            ? 'This contract has no dimensions.'
            : 'The dimensions could not be read; the reason stands at the top of this page.'}
        </Box>
      }
      columnDefinitions={[
        {
          id: 'name',
          header: 'Name',
          isRowHeader: true,
          minWidth: 180,
          cell: (dimension) => (
            <>
              {dimension.name ?? dimension.key}
              {dimension.description !== null && (
                <Box fontSize="body-s" color="text-body-secondary">
                  {dimension.description}
                </Box>
              )}
            </>
          ),
        },
        {
          id: 'key',
          header: 'Key',
          minWidth: 200,
          cell: (dimension) => <Copyable value={dimension.key} label="dimension key" />,
        },
        { id: 'kind', header: 'Kind', minWidth: 172, cell: (dimension) => <Kind dimension={dimension} /> },
        { id: 'unit', header: 'Unit', cell: (dimension) => unitName(dimension.unit, 2) },
        {
          id: 'price',
          header: <div className="number-head">Unit price</div>,
          minWidth: 130,
          cell: (dimension) => <Price dimension={dimension} />,
        },
        {
          id: 'entitled',
          header: <div className="number-head">Bought upfront</div>,
          cell: (dimension) => <div className="number">{boughtOf(dimension)}</div>,
        },
        {
          id: 'now',
          header: <div className="number-head">Entitled now</div>,
          cell: (dimension) => <div className="number">{formatIfWhole(dimension.entitledNow) ?? '–'}</div>,
        },
      ]}
    />
  );
}

function Price({ dimension }: { readonly dimension: Dimension }) {
  const price = priceParts(dimension);
  if (price === null) return <div className="number">–</div>;
  return (
    <div className="number">
      {price.amount}
      <Box fontSize="body-s" color="text-body-secondary">
        {price.per}
      </Box>
    </div>
  );
}

/** No quantity on something that was bought says that it is unlimited; of a contract that was added by hand it isn't known. */
function boughtOf({ kind, entitledQuantity, entitledNow }: Dimension): string {
  if (kind !== 'entitled') return '–';
  return formatIfWhole(entitledQuantity) ?? (entitledNow === null ? 'Unlimited' : '–');
}

function formatIfWhole(text: string | null): string | null {
  return text !== null && /^\d{1,15}$/.test(text) ? formatQuantity(Number(text)) : text;
}

/** Why the column of entitlements is empty, or not all that AWS tells. Nothing else depends on it. */
function EntitlementNote({ details }: { readonly details: ContractDetails }) {
  const { entitlementsRead } = details;
  if (entitlementsRead.kind === 'uncertain') {
    return (
      <Box color="text-body-secondary" fontSize="body-s">
        AWS tells entitlements of this buyer without saying for which contract, and the buyer has several for
        the product: those are not counted here.
      </Box>
    );
  }
  if (entitlementsRead.kind !== 'failed') return null;
  const isDenied = entitlementsRead.error.kind === 'not-allowed';
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {isDenied
        ? 'What the buyer is entitled to now isn’t shown: your role lacks aws-marketplace:GetEntitlements, which is optional. Usage can be reported without it.'
        : 'What the buyer is entitled to now could not be read just now. Usage can be reported without it.'}
    </Box>
  );
}

function Kind({ dimension }: { readonly dimension: Dimension }) {
  switch (dimension.kind) {
    case 'metered':
      return <StatusIndicator type="success">Metered</StatusIndicator>;
    case 'entitled':
      return (
        <StatusIndicator type="info" colorOverride="grey">
          Entitled: prepaid
        </StatusIndicator>
      );
    case 'not-offered':
      return (
        <>
          <StatusIndicator type="stopped">Not offered here</StatusIndicator>{' '}
          <ReasonBadge reason={dimension.reason} />
        </>
      );
  }
}
