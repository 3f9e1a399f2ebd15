import { describe, expect, it } from 'vitest';
import { contractStatusWords, whyNoUsage } from '../../../src/renderer/src/copy/contract-status.ts';
import {
  byEnd,
  byUrgency,
  passesStatus,
  passesText,
} from '../../../src/renderer/src/features/contracts/contract-order.ts';
import { aContract } from '../../support/sample-views.ts';

const now = Date.parse('2026-11-20T14:00:00Z');

describe('finding a contract', () => {
  const contract = aContract();

  it.each([
    ['alias', 'globex'],
    ['account id', '111122223333'],
    ['account id with dashes', '1111-2222'],
    ['agreement id', 'AGMT-6Z1C'],
    ['product title', 'insights'],
    ['product code', '4hx9'],
    ['offer id', 'offer-abc'],
    ['licence', 'license:l-0example'],
  ])('works by %s', (_, text) => {
    expect(passesText(contract, text)).toBe(true);
  });

  it('finds nothing by letters that are nowhere, and everything by none', () => {
    expect(passesText(contract, 'zzzz')).toBe(false);
    expect(passesText(contract, '  ')).toBe(true);
  });

  it('copes with a contract of which little is known', () => {
    const bare = aContract({ buyerAlias: null, productTitle: null, productCode: null, offerId: null });
    expect(passesText(bare, 'globex')).toBe(false);
    expect(passesText(bare, 'prod-insights')).toBe(true);
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
