/** The title of the list: how many contracts, as of when, and what can be done with all of them. */
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { hrefOf } from '../../app/routes.ts';
import { formatQuantity } from '../../copy/formats.ts';
import { useNow } from '../../ui/use-now.tsx';
import { AliasesMenu } from './aliases-menu.tsx';
import { useReadingFacts } from './contracts-store-context.tsx';
import { isBeingRead, listAge } from './list-age.ts';

export function ListHeader({ onRefresh }: { readonly onRefresh: () => void }) {
  const reading = useReadingFacts();
  const now = useNow(30_000);
  return (
    <Header
      variant="awsui-h1-sticky"
      counter={`(${formatQuantity(reading.count)}${reading.lastCompleteUtc === null ? '+' : ''})`}
      description={listAge(reading, now)}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <Button href={hrefOf({ page: 'add-contract' })}>Add by hand</Button>
          <AliasesMenu />
          <Button
            iconName="refresh"
            loading={isBeingRead(reading)}
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
