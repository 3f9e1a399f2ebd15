/** The guide of one record in the reader's zone. */
import type { GuideFacts } from '../../../contract/guide.ts';
import { type Guide, type GuidedRecord, guideOf } from '../../../contract/reasons/guide-words.ts';
import { formatAccountId, formatCountdown, formatInstant, formatQuantity, userTimeZone } from './formats.ts';

export function guideOfRecord(record: GuidedRecord, facts: GuideFacts, zone: string = userTimeZone()): Guide {
  return guideOf(record, facts, {
    instant: (utc) => formatInstant(utc, zone),
    span: formatCountdown,
    account: formatAccountId,
    quantity: (quantity) => formatQuantity(quantity),
  });
}
