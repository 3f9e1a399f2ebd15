import { describe, expect, it } from 'vitest';
import type { Trait } from '../../../src/contract/contracts-view.ts';
import { contractStatusWords, whyNoUsage } from '../../../src/renderer/src/copy/contract-status.ts';
import { has, passes, sorted } from '../../../src/renderer/src/features/contracts/contract-order.ts';
import { createContractSearch } from '../../../src/renderer/src/features/contracts/contract-search.ts';
import { siblingsAmong } from '../../../src/renderer/src/features/contracts/siblings.ts';
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
});

describe('narrowing the list', () => {
  const all = { status: 'all', productId: null, buyerAccountId: null, traits: [] } as const;

  it('takes each filter by itself, and all of them together', () => {
    const contract = aContract({ pendingCount: 1 });
    expect(passes(contract, all, now)).toBe(true);
    expect(passes(contract, { ...all, status: 'ended' }, now)).toBe(false);
    expect(passes(contract, { ...all, productId: 'prod-insights0000' }, now)).toBe(true);
    expect(passes(contract, { ...all, productId: 'prod-other' }, now)).toBe(false);
    expect(passes(contract, { ...all, buyerAccountId: '000000000001' }, now)).toBe(false);
    expect(passes(contract, { ...all, status: 'active', traits: ['has-pending'] }, now)).toBe(true);
    expect(passes(contract, { ...all, traits: ['has-pending', 'has-rejected'] }, now)).toBe(false);
  });

  it.each<[Trait, Parameters<typeof aContract>[0], boolean]>([
    ['can-be-metered', {}, true],
    ['can-be-metered', { addUsage: { allowed: false, reason: 'no-metered-dimension' } }, false],
    ['ending-soon', { endUtc: '2026-12-20T14:00:00Z' }, true],
    ['ending-soon', { endUtc: '2026-12-20T14:00:01Z' }, false],
    ['ending-soon', { endUtc: null }, false],
    ['ending-soon', { endUtc: '2026-11-20T13:38:00Z', status: { kind: 'ended', endedUtc: null } }, false],
    [
      'ending-soon',
      { endUtc: '2026-11-20T13:38:00Z', status: { kind: 'closing', closesUtc: '2026-11-20T14:38:00Z' } },
      true,
    ],
    ['has-pending', { pendingCount: 2 }, true],
    ['has-rejected', { rejectedCount: 0 }, false],
    ['changed', { change: 'renewed' }, true],
    ['changed', {}, false],
  ])('%s of %o is %s', (trait, change, expected) => {
    expect(has(aContract(change), trait, now)).toBe(expected);
  });
});

describe('the order of contracts', () => {
  it('puts what runs out first, then active by end, ended last with the latest in front', () => {
    const rows = [
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
    ];
    const order = sorted(rows, null, false);
    expect(order.map((one) => one.agreementId)).toEqual([
      'closing',
      'soon',
      'late',
      'endless',
      'recent',
      'old',
    ]);
  });

  it('orders by rejected records first and then by pending ones, however many there are', () => {
    const rows = [
      aContract({ agreementId: 'a', rejectedCount: 5_000, pendingCount: 2 }),
      aContract({ agreementId: 'b', rejectedCount: 5_000, pendingCount: 1 }),
      aContract({ agreementId: 'c', rejectedCount: 4_999, pendingCount: 70_000 }),
    ];
    expect(sorted(rows, 'records', false).map(({ agreementId }) => agreementId)).toEqual(['c', 'b', 'a']);
  });

  it('sorts names as the language does, both ways, and the same names by their id', () => {
    const rows = [
      aContract({ agreementId: 'b', buyerAlias: 'zebra' }),
      aContract({ agreementId: 'c', buyerAlias: 'Ärger' }),
      aContract({ agreementId: 'a', buyerAlias: 'Zebra' }),
      aContract({ agreementId: 'd', buyerAlias: 'item 10' }),
      aContract({ agreementId: 'e', buyerAlias: 'item 9' }),
    ];
    const order = (descending: boolean) => sorted(rows, 'buyer', descending).map((row) => row.agreementId);
    expect(order(false).slice(0, 3)).toEqual(['c', 'e', 'd']);
    expect(new Set(order(false).slice(3))).toEqual(new Set(['a', 'b']));
    expect(order(true).slice(2)).toEqual(['d', 'e', 'c']);
  });

  it('keeps contracts without an end together at the far end', () => {
    const rows = [
      aContract({ agreementId: 'endless-b', endUtc: null }),
      aContract({ agreementId: 'dated' }),
      aContract({ agreementId: 'endless-a', endUtc: null }),
    ];
    expect(sorted(rows, 'end', false).map((row) => row.agreementId)).toEqual([
      'dated',
      'endless-a',
      'endless-b',
    ]);
  });
});

describe('a contract that was added by hand', () => {
  const byHand = aContract({
    agreementId: 'by-hand',
    addedByHand: true,
    startUtc: '1970-01-01T00:00:00Z',
    endUtc: null,
  });
  const rows = [
    byHand,
    aContract({ agreementId: 'dated' }),
    aContract({ agreementId: 'endless', endUtc: null }),
  ];

  it.each(['start', 'end'])('stands last by %s, which is not known, whichever way', (column) => {
    for (const descending of [false, true]) expect(sorted(rows, column, descending).at(-1)).toBe(byHand);
  });

  it('is found by how it came here, not by a date or an end that nobody knows', () => {
    const finds = createContractSearch(now, 'UTC');
    expect(finds(byHand, 'added by hand')).toBe(true);
    for (const text of ['1970', 'no end']) expect(finds(byHand, text)).toBe(false);
  });
});

describe('contracts that only their licence and dates tell apart', () => {
  it('are those of one buyer and product that run together', () => {
    const one = aContract({ agreementId: 'one' });
    const rows = [
      one,
      aContract({ agreementId: 'two' }),
      aContract({ agreementId: 'over', status: { kind: 'ended', endedUtc: null } }),
      aContract({ agreementId: 'other-product', productId: 'prod-other' }),
      aContract({ agreementId: 'other-buyer', buyerAccountId: '000011112222' }),
    ];
    expect([...siblingsAmong(rows)]).toEqual(['one', 'two']);
    expect(siblingsAmong([one]).size).toBe(0);
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

  it('says what AWS said where it is not known here, be it the type or the status', () => {
    const unknown = (change: Parameters<typeof aContract>[0]) => {
      const status = { kind: 'not-by-hand', cause: 'unknown-type' } as const;
      return contractStatusWords(aContract({ ...change, status }), now, 'UTC').explanation;
    };
    expect(unknown({ awsStatus: 'ON_HOLD' })).toContain('the status “ON_HOLD”');
    expect(unknown({ resourceType: 'DataGridProduct' })).toContain('calls this product “DataGridProduct”');
  });

  it('does not promise on an active contract what can’t be done', () => {
    const refused = aContract({ addUsage: { allowed: false, reason: 'dimensions-not-in-catalog' } });
    const { text, explanation } = contractStatusWords(refused, now, 'UTC');
    expect(text).toBe('Active');
    expect(explanation).toBe(whyNoUsage(refused, now, 'UTC'));
    expect(contractStatusWords(aContract(), now, 'UTC').explanation).toContain('can be reported now');
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
