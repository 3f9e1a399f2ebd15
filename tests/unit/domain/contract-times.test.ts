import { describe, expect, it } from 'vitest';
import { contractStatusOf, effectiveTimes } from '../../../src/main/core/domain/contract-times.ts';
import { utc } from '../../../src/main/core/domain/utc-hours.ts';
import type { AgreementSummary } from '../../../src/main/core/ports.ts';

const at = (text: string): number => Date.parse(text);
const now = at('2026-11-20T14:00:00Z');

function agreement(changes: Partial<AgreementSummary> = {}): AgreementSummary {
  return {
    agreementId: 'agmt-example1',
    buyerAccountId: '011122223333',
    proposerAccountId: '123456789012',
    productId: 'prod-example1',
    resourceType: 'SaaSProduct',
    status: 'ACTIVE',
    startMs: at('2026-01-01T00:00:00Z'),
    endMs: at('2026-12-31T23:59:59.999Z'),
    acceptedMs: null,
    lastUpdateMs: null,
    offerId: null,
    initialAgreementId: null,
    licenseArns: [],
    ...changes,
  };
}

const ended = (minutesAgo: number) => agreement({ endMs: now - minutesAgo * 60_000 });

describe('status of a contract', () => {
  it.each([
    ['active', agreement(), { kind: 'active' }, true],
    ['pay as you go, without an end', agreement({ endMs: null }), { kind: 'active' }, true],
    [
      'an end in the year 9999 is none',
      agreement({ endMs: at('9999-01-01T00:00:00Z') }),
      { kind: 'active' },
      true,
    ],
    ['starting this second', agreement({ startMs: now }), { kind: 'active' }, true],
    [
      'starting in a second',
      agreement({ startMs: now + 1_000 }),
      { kind: 'not-started', startsUtc: '2026-11-20T14:00:01Z' },
      'contract-not-started',
    ],
    ['ended this moment', ended(0), { kind: 'closing', closesUtc: '2026-11-20T15:00:00Z' }, true],
    ['ended 50 minutes ago', ended(50), { kind: 'closing', closesUtc: '2026-11-20T14:10:00Z' }, true],
    ['ended exactly an hour ago', ended(60), { kind: 'closing', closesUtc: '2026-11-20T14:00:00Z' }, true],
    [
      'ended two hours ago',
      ended(120),
      { kind: 'ended', endedUtc: '2026-11-20T12:00:00Z' },
      'contract-ended',
    ],
    [
      'cancelled 20 minutes ago',
      agreement({ status: 'CANCELLED', lastUpdateMs: now - 20 * 60_000 }),
      { kind: 'closing', closesUtc: '2026-11-20T14:40:00Z' },
      true,
    ],
    [
      'terminated yesterday',
      agreement({ status: 'TERMINATED', lastUpdateMs: at('2026-11-19T14:00:00Z') }),
      { kind: 'ended', endedUtc: '2026-11-19T14:00:00Z' },
      'contract-ended',
    ],
    [
      'renewed half an hour ago',
      agreement({ status: 'RENEWED', endMs: now - 30 * 60_000, lastUpdateMs: now }),
      { kind: 'closing', closesUtc: '2026-11-20T14:30:00Z' },
      true,
    ],
    [
      'replaced before it began',
      agreement({ status: 'REPLACED', startMs: now + 1_000, lastUpdateMs: now - 7_200_000 }),
      { kind: 'ended', endedUtc: '2026-11-20T12:00:00Z' },
      'contract-ended',
    ],
    [
      'cancelled at a moment nobody knows',
      agreement({ status: 'CANCELLED', endMs: null }),
      { kind: 'ended', endedUtc: null },
      'contract-ended',
    ],
    [
      'cancelled, with its planned end still ahead',
      agreement({ status: 'CANCELLED' }),
      { kind: 'ended', endedUtc: null },
      'contract-ended',
    ],
    [
      'archived a minute ago',
      agreement({ status: 'ARCHIVED', lastUpdateMs: now - 60_000 }),
      { kind: 'ended', endedUtc: '2026-11-20T13:59:00Z' },
      'contract-ended',
    ],
    [
      'an AMI',
      agreement({ resourceType: 'AmiProduct' }),
      { kind: 'not-by-hand', cause: 'ami' },
      'not-a-saas-product',
    ],
    [
      'a container',
      agreement({ resourceType: 'ContainerProduct' }),
      { kind: 'not-by-hand', cause: 'container' },
      'not-a-saas-product',
    ],
    [
      'machine learning',
      agreement({ resourceType: 'MachineLearningProduct' }),
      { kind: 'not-by-hand', cause: 'machine-learning' },
      'not-a-saas-product',
    ],
    [
      'a service',
      agreement({ resourceType: 'ProfessionalServicesProduct' }),
      { kind: 'not-by-hand', cause: 'professional-services' },
      'not-a-saas-product',
    ],
    [
      'a type of tomorrow',
      agreement({ resourceType: 'QuantumProduct' }),
      { kind: 'not-by-hand', cause: 'unknown-type' },
      'contract-kind-unknown',
    ],
    [
      'a type named like an object’s own',
      agreement({ resourceType: 'constructor' }),
      { kind: 'not-by-hand', cause: 'unknown-type' },
      'contract-kind-unknown',
    ],
    [
      'a status of tomorrow',
      agreement({ status: 'PAUSED', lastUpdateMs: now - 60_000 }),
      { kind: 'not-by-hand', cause: 'unknown-type' },
      'contract-kind-unknown',
    ],
    [
      'a status of tomorrow that has ended',
      { ...ended(10), status: 'PAUSED' },
      { kind: 'ended', endedUtc: '2026-11-20T13:50:00Z' },
      'contract-ended',
    ],
  ])('%s', (_, contract, status, allowed) => {
    const found = contractStatusOf(contract, now, null);
    expect(found.status).toEqual(status);
    expect(found.addUsage).toEqual(
      allowed === true ? { allowed: true } : { allowed: false, reason: allowed },
    );
  });

  it('has nothing to meter once its terms say so', () => {
    expect(contractStatusOf(agreement(), now, true).status).toEqual({ kind: 'active' });
    expect(contractStatusOf(agreement(), now, false)).toMatchObject({
      status: { kind: 'not-by-hand', cause: 'no-consumption' },
      addUsage: { allowed: false, reason: 'no-metered-dimension' },
    });
    expect(contractStatusOf(ended(120), now, false).status.kind).toBe('ended');
  });

  it.each([
    ['active', agreement()],
    ['not started', agreement({ startMs: now + 90_500 })],
    ['closing', ended(50)],
    ['closing on a fraction of a second', agreement({ endMs: now - 1_800_001 })],
    ['cancelled', agreement({ status: 'CANCELLED', lastUpdateMs: now - 5 * 60_000 })],
  ])('stays as it is until the next change and differs then: %s', (_, contract) => {
    const { status, nextChangeMs } = contractStatusOf(contract, now, null);
    if (nextChangeMs === null) throw new Error('It never changes');
    expect(contractStatusOf(contract, nextChangeMs - 1, null).status).toEqual(status);
    expect(contractStatusOf(contract, nextChangeMs, null).status).not.toEqual(status);
  });

  it('has a next change that still lies ahead, or none', () => {
    for (const contract of [
      agreement(),
      agreement({ resourceType: 'QuantumProduct' }),
      ended(50),
      ended(60),
    ]) {
      for (const nowMs of [now, now + 999, at('2026-12-31T23:59:59.999Z'), at('2027-01-01T00:00:00Z')]) {
        const { nextChangeMs } = contractStatusOf(contract, nowMs, null);
        if (nextChangeMs !== null) expect(nextChangeMs).toBeGreaterThan(nowMs);
      }
    }
  });

  it.each([
    ['without an end', agreement({ endMs: null })],
    ['ended', ended(120)],
    ['an AMI', agreement({ resourceType: 'AmiProduct' })],
  ])('never changes by time alone: %s', (_, contract) => {
    expect(contractStatusOf(contract, now, null).nextChangeMs).toBeNull();
  });
});

describe('the end of a contract', () => {
  const end = at('2026-12-31T00:00:00Z');
  const update = at('2026-11-01T00:00:00Z');
  it.each([
    ['ACTIVE', end, update, '2026-12-31T00:00:00Z', false],
    ['CANCELLED', end, update, '2026-11-01T00:00:00Z', true],
    ['CANCELLED', null, update, '2026-11-01T00:00:00Z', true],
    ['CANCELLED', update, end, '2026-11-01T00:00:00Z', true],
    ['EXPIRED', update, end, '2026-11-01T00:00:00Z', false],
    ['EXPIRED', end, update, '2026-11-01T00:00:00Z', true],
    ['TERMINATED', at('9999-01-01T00:00:00Z'), update, '2026-11-01T00:00:00Z', true],
  ])('%s, end %s, updated %s', (status, endMs, lastUpdateMs, expected, isAbout) => {
    const times = effectiveTimes(agreement({ status, endMs, lastUpdateMs }));
    expect(times.endMs === null ? null : utc(times.endMs)).toBe(expected);
    expect(times.endIsAbout).toBe(isAbout);
    expect(times.closesMs).toBe(at(expected) + 3_600_000);
  });
});
