/** Which record is asked about, on one line. */
import Box from '@cloudscape-design/components/box';
import type { UsageRecordView } from '../../../contract/usage.ts';
import { formatAccountId, formatInstant, formatQuantity, userTimeZone } from '../copy/formats.ts';

export function RecordInBrief({ record }: { readonly record: UsageRecordView }) {
  return (
    <Box variant="strong">
      {record.buyerAlias ?? formatAccountId(record.buyerAccountId)}: {formatQuantity(record.quantity)} ×{' '}
      {record.dimensionName ?? record.dimensionKey}, {formatInstant(record.startUtc, userTimeZone())}
    </Box>
  );
}
