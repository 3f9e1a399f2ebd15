/** What of the product can be metered on this contract, at which price, and what is prepaid or not offered. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { ContractDetails, Dimension } from '../../../../contract/contracts.ts';
import { Copyable } from '../../ui/copyable.tsx';
import { priceText, unitName } from '../../ui/price.ts';
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
          description="Prices are those of this contract, not the public ones. Only metered dimensions can be reported."
        >
          Dimensions and prices
        </Header>
      }
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
        { id: 'kind', header: 'Kind', minWidth: 130, cell: (dimension) => <Kind dimension={dimension} /> },
        { id: 'unit', header: 'Unit', cell: (dimension) => unitName(dimension.unit, 2) },
        {
          id: 'price',
          header: <div className="contract-number">Unit price</div>,
          minWidth: 140,
          cell: (dimension) => <div className="contract-number">{priceText(dimension) ?? '–'}</div>,
        },
        {
          id: 'entitled',
          header: <div className="contract-number">Bought upfront</div>,
          cell: (dimension) => <div className="contract-number">{dimension.entitledQuantity ?? '–'}</div>,
        },
      ]}
    />
  );
}

function Kind({ dimension }: { readonly dimension: Dimension }) {
  switch (dimension.kind) {
    case 'metered':
      return <StatusIndicator type="success">Metered</StatusIndicator>;
    case 'entitled':
      return (
        <StatusIndicator type="info" colorOverride="grey">
          Prepaid
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
