/** The title of the list: how many contracts, as of when, and what can be done with all of them. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { hrefOf } from '../../app/routes.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { useNow } from '../../ui/use-now.tsx';
import { AliasesMenu } from './aliases-menu.tsx';
import type { ContractsState } from './contracts-store.ts';
import { listAge } from './list-age.ts';

interface ListHeaderProps {
  readonly state: ContractsState;
  readonly isLoading: boolean;
  readonly onRefresh: () => void;
}

export function ListHeader({ state, isLoading, onRefresh }: ListHeaderProps) {
  const now = useNow(30_000);
  return (
    <Header
      variant="awsui-h1-sticky"
      counter={`(${formatQuantity(state.count)}${state.lastCompleteUtc === null ? '+' : ''})`}
      description={listAge(state, now)}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button href={hrefOf({ page: 'add-contract' })}>Add by hand</Button>
          <AliasesMenu />
          <Button
            iconName="refresh"
            loading={isLoading}
            loadingText="Reading the contracts"
            onClick={onRefresh}
          >
            Refresh
          </Button>
        </SpaceBetween>
      }
    >
      Contracts
    </Header>
  );
}
