/** Invented records for tests of the rules. */
import type { StoredRecord } from '../../../src/main/core/domain/usage-record.ts';
import { hourSlotOf } from '../../../src/main/core/domain/utc-hours.ts';
import { freshState } from '../../support/fresh-state.ts';

export const licence = 'arn:aws:license-manager::294406891311:license:l-0123456789abcdef0123456789abcdef';

const startMs = Date.parse('2026-11-20T14:05:00Z');

/** A queued record of 14:05, confirmed ten minutes later, whose window is six hours. */
export function storedRecord(changes: Partial<StoredRecord> = {}): StoredRecord {
  const submittedMs = startMs + 10 * 60_000;
  return {
    recordId: '6d0b2a52-2f0c-4f5c-9f0e-7f2f4a1f0001',
    submissionId: '6d0b2a52-2f0c-4f5c-9f0e-7f2f4a1f0002',
    agreementId: 'agmt-example1',
    productId: 'prod-example1',
    buyerAccountId: '011122223333',
    dimensionKey: 'api_calls',
    quantity: 1250,
    startMs,
    scheme: 'licence',
    meteringRegion: 'us-east-1',
    licenseArn: licence,
    productCode: null,
    hourSlotMs: hourSlotOf(startMs),
    deadlineMs: startMs + 24 * 3_600_000 - 60_000,
    productTitle: 'Acme Insights',
    dimensionName: 'API calls',
    unit: 'Calls',
    description: '',
    timeZone: 'Europe/Berlin',
    unitPrice: '0.002',
    estimate: { amount: '2.5', currencyCode: 'USD' },
    windowMs: 6 * 3_600_000,
    submittedMs,
    sellerAccountId: '123456789012',
    sellerRoleName: 'MeteringOps',
    sellerPrincipalArn: 'arn:aws:sts::123456789012:assumed-role/MeteringOps/pat',
    ...freshState,
    predecessorId: null,
    ...changes,
  };
}
