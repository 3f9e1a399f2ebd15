import { describe, expect, it } from 'vitest';
import { memberAt, splitByChain } from '../../../src/main/core/domain/chains.ts';
import type { AgreementSummary } from '../../../src/main/core/ports.ts';

const hour = 3_600_000;
const now = Date.parse('2026-11-20T15:00:00Z');

const agreement = (agreementId: string, changes: Partial<AgreementSummary> = {}): AgreementSummary => ({
  agreementId,
  buyerAccountId: '011122223333',
  proposerAccountId: null,
  productId: 'prod-1',
  resourceType: 'SaaSProduct',
  status: 'ACTIVE',
  startMs: now - 100 * hour,
  endMs: null,
  acceptedMs: null,
  lastUpdateMs: null,
  offerId: null,
  initialAgreementId: null,
  licenseArns: [],
  ...changes,
});
const replacedAt = (endMs: number) =>
  agreement('before', { status: 'REPLACED', endMs, lastUpdateMs: endMs, initialAgreementId: 'before' });
const successor = (startMs: number) => agreement('after', { startMs, initialAgreementId: 'before' });

describe('contracts of one buyer for one product', () => {
  it('takes for a chain what has the same first agreement, by start, and nothing else', () => {
    const first = replacedAt(now - 2 * hour);
    const second = successor(now - 2 * hour);
    const beside = agreement('beside', { startMs: now - 300 * hour });
    const { chain, concurrent } = splitByChain(second, [beside, first]);
    expect(chain.map((one) => one.agreementId)).toEqual(['before', 'after']);
    expect(concurrent).toEqual([beside]);
  });

  it('links a first agreement that names no first one to those that name it', () => {
    const first = agreement('before', { initialAgreementId: null });
    expect(splitByChain(first, [successor(now)]).chain).toHaveLength(2);
  });
});

describe('whose a moment is', () => {
  it.each([
    ['before the switch, while the last hour runs', 30, -40, 'before'],
    ['at the switch it is the new one’s', 30, -30, null],
    ['before the switch, but the last hour is over', 61, -90, null],
    ['the last minute of the last hour', 60, -90, 'before'],
  ])('%s', (_, switchedMinutesAgo, usedMinutes, expected) => {
    const switchMs = now - switchedMinutesAgo * 60_000;
    const found = memberAt(successor(switchMs), [replacedAt(switchMs)], now + usedMinutes * 60_000, now);
    expect(found?.agreementId ?? null).toBe(expected);
  });

  it('is never guessed between two members', () => {
    const first = replacedAt(now - 60_000);
    const twin = { ...first, agreementId: 'twin' };
    expect(memberAt(successor(now - 60_000), [first, twin], now - hour, now)).toBeNull();
  });

  it('is none of a concurrent contract’s', () => {
    const beside = agreement('beside');
    expect(memberAt(successor(now - 60_000), [beside], now - hour, now)).toBeNull();
  });
});
