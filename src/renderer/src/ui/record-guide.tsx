/** The reason of one record, with what it means for this very record. */
import type { UsageRecordView } from '../../../contract/usage.ts';
import { guideOfRecord } from '../copy/guide.ts';
import { ReasonText } from './reason-text.tsx';
import { shownValue, useCall } from './use-call.ts';

/** The catalogue's words stand at once; the record's own facts join them when they are read. Nothing for a record without a reason. */
export function RecordGuide({ record }: { readonly record: UsageRecordView }) {
  const facts = shownValue(useCall('usage.guide', { recordId: record.recordId }, ['usage.changed']).state);
  if (record.reason === null) return null;
  const guide = facts === null ? null : guideOfRecord(record, facts);
  return <ReasonText reason={record.reason} raw={record} guide={guide} />;
}
