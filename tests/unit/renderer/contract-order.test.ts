import { describe, expect, it } from 'vitest';
import { contractStatusWords, whyNoUsage } from '../../../src/renderer/src/copy/contract-status.ts';
import {
  byEnd,
  byUrgency,
  createContractSearch,
  passesStatus,
} from '../../../src/renderer/src/features/contracts/contract-order.ts';
import { aContract } from '../../support/sample-views.ts';

const now = Date.parse('2026-11-20T14:00:00Z');

describe('finding a contract', () => {
  const contract = aContract({ lastUsageUtc: '2026-11-19T23:30:00Z' });
  const finds = createContractSearch(now, 'Europe/Berlin');

  it.each([
    ['alias', 'globex'],
    ['account id', '111122223333'],
    ['account id with dashes', '1111-2222'],
    ['agreement id', 'AGMT-6Z1C'],
    ['product title', 'insights'],
    ['product code', '4hx9'],
    ['offer id', 'offer-abc'],
    ['licence', 'license:l-0example'],
    ['the middle of an identifier', '22223333'],
    ['several words of several columns', 'globex insights active'],
    ['status', 'Active'],
    ['start as shown', '1 Jan 2026'],
    ['start as digits', '2026-01-01'],
    ['end as shown, in the zone of the reader', '1 Jan 2027'],
    ['end as digits', '2027-01-01'],
    ['last usage as shown', '20 nov'],
    ['last usage as digits', '2026-11-20'],
  ])('works by %s', (_, text) => {
    expect(finds(contract, text)).toBe(true);
  });

  it.each([
    ['Starts in', { status: { kind: 'not-started', startsUtc: '2026-11-23T15:00:00Z' } }],
    ['left to report', { status: { kind: 'closing', closesUtc: '2026-11-20T14:38:30Z' } }],
    ['Ended', { status: { kind: 'ended', endedUtc: null } }],
    ['Not by hand', { status: { kind: 'not-by-hand', cause: 'ami' } }],
    ['no end', { endUtc: null }],
    ['電力', { buyerAlias: '東京電力' }],
  ] as const)('works by %s', (text, change) => {
    expect(finds(aContract(change), text)).toBe(true);
    expect(finds(contract, text)).toBe(false);
  });

  it('takes a status word for a whole word, and wants every word', () => {
    expect(finds(aContract({ productTitle: 'Extended support' }), 'ended')).toBe(false);
    expect(finds(contract, 'globex pipeline')).toBe(false);
    expect(finds(aContract({ buyerAlias: 'Larch', productTitle: 'Data Pipeline' }), 'larch pipeline')).toBe(
      true,
    );
  });

  it('finds nothing by letters that are nowhere, and everything by none', () => {
    expect(finds(contract, 'zzzz')).toBe(false);
    expect(finds(contract, '  ')).toBe(true);
  });

  it('copes with a contract of which little is known', () => {
    const bare = aContract({ buyerAlias: null, productTitle: null, productCode: null, offerId: null });
    expect(finds(bare, 'globex')).toBe(false);
    expect(finds(bare, 'prod-insights')).toBe(true);
  });

  it('tells by status, and by whether usage can be added', () => {
    expect(passesStatus(contract, 'ended')).toBe(false);
    expect(passesStatus(contract, 'can-be-metered')).toBe(true);
    const closed = aContract({ addUsage: { allowed: false, reason: 'no-metered-dimension' } });
    expect(passesStatus(closed, 'can-be-metered')).toBe(false);
    expect(passesStatus(closed, 'active')).toBe(true);
  });
});

describe('the order of contracts', () => {
  it('puts what runs out first, then active by end, ended last with the latest in front', () => {
    const order = [
      aContract({
        agreementId: 'old',
        status: { kind: 'ended', endedUtc: null },
        endUtc: '2025-01-01T00:00:00Z',
      }),
      aContract({ agreementId: 'endless', endUtc: null }),
      aContract({ agreementId: 'late', endUtc: '2027-12-31T00:00:00Z' }),
      aContract({ agreementId: 'soon', endUtc: '2026-12-01T00:00:00Z' }),
      aContract({
        agreementId: 'recent',
        status: { kind: 'ended', endedUtc: null },
        endUtc: '2026-09-01T00:00:00Z',
      }),
      aContract({ agreementId: 'closing', status: { kind: 'closing', closesUtc: '2026-11-20T14:38:00Z' } }),
    ].sort(byUrgency);
    expect(order.map((one) => one.agreementId)).toEqual([
      'closing',
      'soon',
      'late',
      'endless',
      'recent',
      'old',
    ]);
  });

  it('treats two contracts without an end as equal', () => {
    expect(byEnd(aContract({ endUtc: null }), aContract({ endUtc: null }))).toBe(0);
  });
});

describe('the status of a contract in words', () => {
  it('counts down to the start and to the last moment', () => {
    const starting = aContract({ status: { kind: 'not-started', startsUtc: '2026-11-23T15:00:00Z' } });
    expect(contractStatusWords(starting, now, 'UTC').text).toBe('Starts in 3 days');
    const closing = aContract({ status: { kind: 'closing', closesUtc: '2026-11-20T14:38:30Z' } });
    expect(contractStatusWords(closing, now, 'UTC').text).toBe('38 min left to report');
    expect(contractStatusWords(closing, now, 'UTC').explanation).toContain('20 Nov 2026, 14:38:30 UTC');
  });

  it('gives no reason where usage can be added, and the fitting one where it can’t', () => {
    expect(whyNoUsage(aContract(), now, 'UTC')).toBeNull();
    const container = aContract({
      status: { kind: 'not-by-hand', cause: 'container' },
      addUsage: { allowed: false, reason: 'not-a-saas-product' },
    });
    expect(whyNoUsage(container, now, 'UTC')).toContain('container');
    const prepaid = aContract({ addUsage: { allowed: false, reason: 'no-metered-dimension' } });
    expect(whyNoUsage(prepaid, now, 'UTC')).toMatch(/\w{3,}/);
  });
});
