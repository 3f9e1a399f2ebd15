/**
 * What was used beyond what was bought. AWS subtracts nothing by itself:
 * https://docs.aws.amazon.com/marketplace/latest/userguide/saas-contract-with-consumption.html
 */
import type { Overage } from '../../../contract/entry.ts';
import { parseQuantity } from './quantity.ts';

/**
 * `usedText` is the quantity used in total as typed in `locale`; `entitled` the entitlement as AWS writes it, null when unlimited or
 * not known; `alreadyReported` is told beside it and never subtracted, because only the person knows which period the total covers.
 */
export function overageOf(
  usedText: string,
  locale: string,
  entitled: string | null,
  alreadyReported: number,
): Overage {
  const bought = entitled !== null && /^\d{1,15}$/.test(entitled) ? Number(entitled) : null;
  if (bought === null) return { kind: 'no-entitlement' };
  const read = parseQuantity(usedText, locale);
  if (read.kind === 'refused') return { kind: 'unclear', code: read.code, readings: [] };
  if (read.kind === 'ambiguous') {
    return { kind: 'unclear', code: 'quantity-ambiguous', readings: [...read.readings] };
  }
  return {
    kind: 'known',
    used: read.value,
    entitled: bought,
    over: Math.max(0, read.value - bought),
    alreadyReported,
  };
}
