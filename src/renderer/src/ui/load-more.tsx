/** The foot of a list of usage records: how many there are, and the way to more. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { formatQuantity } from '../copy/formats.ts';
import type { UsageList } from './use-usage-list.ts';

/** The `footer` of a table, or nothing at all where everything is shown. */
export function loadMoreFooter(
  list: UsageList,
  total: number | null = list.state.total,
): { readonly footer?: ReactNode } {
  return list.state.nextCursor === null ? {} : { footer: <LoadMore list={list} total={total} /> };
}

function LoadMore({ list, total }: { readonly list: UsageList; readonly total: number | null }) {
  const { records, loadingMore } = list.state;
  return (
    <Box textAlign="center">
      <SpaceBetween size="xs">
        <Box color="text-body-secondary">
          {formatQuantity(records.length)} {total === null ? '' : `of ${formatQuantity(total)} `}shown
        </Box>
        <Button loading={loadingMore} onClick={() => void list.loadMore()}>
          Show more
        </Button>
      </SpaceBetween>
    </Box>
  );
}
