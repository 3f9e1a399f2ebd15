/** The two schemes by which a product can be metered, in words. */
import type { Scheme } from '../../../contract/contracts.ts';

export const schemeNames = {
  licence: 'By licence',
  'product-code': 'By product code',
} as const satisfies Record<Scheme, string>;

/** What each of them means, to choose by. */
export const schemeExplanations = {
  licence:
    'Each contract has a licence ARN. Products listed since 1 June 2026 work this way, and older ones that were switched to Concurrent Agreements.',
  'product-code':
    'One product code for all contracts. Products listed before June 2026 work this way unless someone switched them.',
} as const satisfies Record<Scheme, string>;
