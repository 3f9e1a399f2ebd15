/** The lines of a file of aliases, with what each would change; what needs a look comes first. */
import Box from '@cloudscape-design/components/box';
import Pagination from '@cloudscape-design/components/pagination';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useMemo, useState } from 'react';
import type { AliasLine } from '../../../../contract/aliases.ts';
import { formatAccountId, formatQuantity } from '../../copy/formats.ts';
import { lineNotes, lineWords } from './alias-words.ts';

const pageSize = 10;

const rank = { problem: 0, changed: 1, new: 2, unnamed: 3, same: 4 } as const satisfies Record<
  AliasLine['outcome'],
  number
>;

const types = {
  problem: 'error',
  changed: 'warning',
  new: 'success',
  unnamed: 'stopped',
  same: 'stopped',
} as const satisfies Record<AliasLine['outcome'], StatusIndicatorProps.Type>;

const columns: TableProps.ColumnDefinition<AliasLine>[] = [
  { id: 'line', header: 'Line', minWidth: 60, cell: (line) => formatQuantity(line.line) },
  {
    id: 'account',
    header: 'Buyer account',
    isRowHeader: true,
    minWidth: 150,
    cell: (line) =>
      line.buyerAccountId === null ? line.accountText || '–' : formatAccountId(line.buyerAccountId),
  },
  {
    id: 'outcome',
    header: 'What happens',
    minWidth: 300,
    cell: (line) => (
      <>
        <StatusIndicator type={types[line.outcome]}>{lineWords(line)}</StatusIndicator>
        {lineNotes(line).map((note) => (
          <Box key={note} color="text-body-secondary" fontSize="body-s">
            {note}
          </Box>
        ))}
      </>
    ),
  },
];

export function AliasLines({ lines }: { readonly lines: readonly AliasLine[] }) {
  const [page, setPage] = useState(1);
  const inOrder = useMemo(
    () => lines.toSorted((a, b) => rank[a.outcome] - rank[b.outcome] || a.line - b.line),
    [lines],
  );
  const pages = Math.max(1, Math.ceil(inOrder.length / pageSize));
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      trackBy={(line) => String(line.line)}
      items={inOrder.slice((page - 1) * pageSize, page * pageSize)}
      columnDefinitions={columns}
      ariaLabels={{ tableLabel: 'What the file would change' }}
      pagination={
        pages > 1 && (
          <Pagination
            currentPageIndex={page}
            pagesCount={pages}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
          />
        )
      }
    />
  );
}
