/** What is said about settling rejected records. */
import type { Predecessor } from '../../../contract/entry.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { Settlement } from '../../../contract/usage.ts';
import { formatInstant, formatMoney, formatQuantity } from './formats.ts';
import { reasonOf } from './reasons.ts';

/** In the place of what a line or record stands; the instant in an IANA zone. */
export function inThePlaceOf(
  { quantity, startUtc, dimensionKey, reason }: Omit<Predecessor, 'recordId'>,
  zone: string,
): string {
  const why = reason === null ? '' : ` as “${reasonOf(reason).badge}”`;
  return `In the place of the record of ${formatQuantity(quantity)} ${dimensionKey}, ${formatInstant(startUtc, zone)}, rejected${why}`;
}

/** How a rejected record stands, in a word or two. */
export function settlementWords(settlement: Settlement): string {
  switch (settlement.kind) {
    case 'open':
      return 'Open';
    case 'followed':
      return 'Reported anew';
    case 'written-off':
      return settlement.amount === null ? 'Written off' : `Written off: ${formatMoney(settlement.amount)}`;
  }
}

/** The field of the form at which a correction begins. */
export function fieldAtFault(reason: ReasonCode | null): 'dimension' | 'quantity' | 'date' {
  switch (reason) {
    case 'invalid-usage-dimension':
    case 'dimension-unknown':
    case 'dimension-not-metered':
    case 'dimension-not-in-this-contract':
      return 'dimension';
    case 'timestamp-out-of-bounds':
    case 'window-missed':
    case 'too-old':
    case 'month-closed':
      return 'date';
    default:
      return 'quantity';
  }
}
