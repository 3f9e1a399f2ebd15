import { describe, expect, it } from 'vitest';
import type { GuideFacts } from '../../../src/contract/guide.ts';
import type { ReasonCode } from '../../../src/contract/reason-codes.ts';
import { type GuidedRecord, guideOf } from '../../../src/contract/reasons/guide-words.ts';
import { aRecord } from '../../support/sample-views.ts';

const say = {
  instant: (utc: string) => utc,
  span: (ms: number) => `${ms / 60_000} min`,
  account: (accountId: string) => accountId,
  quantity: String,
};

const contract: NonNullable<GuideFacts['contract']> = {
  awsStatus: 'ACTIVE',
  endUtc: '2026-12-31T23:59:59Z',
  endIsAbout: false,
  buyerAccountId: '111122223333',
  licenseArns: ['arn:aws:license-manager::123456789012:license:l-now'],
  productCode: 'codenow',
  meteredKeys: ['api_calls', 'gpu_hours'],
  entitledKeys: ['seats'],
};

function guide(
  reason: ReasonCode,
  { record = {}, facts = {} }: { record?: Partial<GuidedRecord>; facts?: Partial<GuideFacts> } = {},
) {
  const subject = aRecord({
    status: 'rejected',
    reason,
    deadlineUtc: '2026-11-21T13:04:00Z',
    ...record,
  });
  return guideOf(
    subject,
    {
      recordId: subject.recordId,
      nowUtc: '2026-11-20T14:04:00Z',
      deadlineRule: 'age',
      lastTriedUtc: '2026-11-20T14:00:00Z',
      contract,
      nearestKey: null,
      missingAction: null,
      clockOffsetMs: 0,
      signedInAccountId: '123456789012',
      sameHour: [],
      ...facts,
    },
    say,
  );
}
const seen = (...args: Parameters<typeof guide>) => guide(...args).seen.join(' ');
const steps = (...args: Parameters<typeof guide>) => guide(...args).steps?.join(' ') ?? null;

describe('the guide of an invalid usage dimension', () => {
  it('names the key that was sent, those of the contract, and the nearest where only capitals differ', () => {
    const of = { record: { dimensionKey: 'API_Calls' }, facts: { nearestKey: 'api_calls' } };
    expect(seen('invalid-usage-dimension', of)).toContain('“API_Calls”');
    expect(seen('invalid-usage-dimension', of)).toContain('“api_calls”, “gpu_hours”');
    expect(seen('invalid-usage-dimension', of)).toContain('only capitals differ');
    expect(steps('invalid-usage-dimension', of)).toContain('“api_calls”');
  });

  it('says of a letter that differs no word on capitals', () => {
    const of = { record: { dimensionKey: 'api_cals' }, facts: { nearestKey: 'api_calls' } };
    expect(seen('invalid-usage-dimension', of)).not.toContain('capitals');
  });

  it('tells a prepaid one, which no correction of letters helps', () => {
    const of = { record: { dimensionKey: 'seats' } };
    expect(seen('invalid-usage-dimension', of)).toContain('prepaid');
  });

  it('does not blame the key where contract and listing have it', () => {
    expect(steps('invalid-usage-dimension', { record: { dimensionKey: 'gpu_hours' } })).toContain('ask AWS');
  });

  it('names what was sent only, while the contract can’t be read', () => {
    const of = { record: { dimensionKey: 'x' }, facts: { contract: null } };
    expect(seen('invalid-usage-dimension', of)).toContain('“x”');
    expect(steps('invalid-usage-dimension', of)).toBeNull();
  });
});

describe('the guide of a time that AWS did not take', () => {
  it('says when it was sent, how old it was then, and how far the clock is off', () => {
    const of = { facts: { clockOffsetMs: 600_000 } };
    expect(seen('timestamp-out-of-bounds', of)).toContain(
      '2026-11-20T14:00:00Z, 55 min after its start time',
    );
    expect(seen('timestamp-out-of-bounds', of)).toContain('clock is 10 min slow');
  });

  it('says by how much the deadline has passed and by which limit, and that no later time helps', () => {
    const of = { facts: { nowUtc: '2026-11-21T14:04:00Z', lastTriedUtc: null } };
    expect(seen('window-missed', of)).toContain('never sent');
    expect(seen('window-missed', of)).toContain('60 min ago');
    expect(seen('window-missed', of)).toContain('24 hours');
    expect(steps('window-missed', of)).toContain('Don’t give it a later time');
  });

  it.each([
    ['month', '06:00 UTC on the 1st'],
    ['contract-end', 'one hour after the contract’s end'],
  ] as const)('names the limit of a deadline by %s', (deadlineRule, words) => {
    expect(seen('window-missed', { facts: { deadlineRule } })).toContain(words);
  });
});

describe('the guide of a customer that is not subscribed', () => {
  it('names the buyer that was sent, the contract’s, its status and end', () => {
    const of = {
      facts: {
        contract: { ...contract, awsStatus: 'CANCELLED', buyerAccountId: '999999999999', endIsAbout: true },
      },
    };
    expect(seen('customer-not-subscribed', of)).toContain('111122223333');
    expect(seen('customer-not-subscribed', of)).toContain('999999999999');
    expect(seen('customer-not-subscribed', of)).toContain('CANCELLED, its end about 2026-12-31');
  });

  it('suspects the buyer’s account while the contract is active', () => {
    expect(steps('customer-not-subscribed')).toContain('suspended');
  });
});

it('compares the licence that was sent with the contract’s', () => {
  const old = {
    record: { scheme: 'licence', licenseArn: 'arn:aws:license-manager::1:license:l-old' },
  } as const;
  expect(seen('invalid-license', old)).toContain('l-old');
  expect(seen('invalid-license', old)).toContain('l-now');
  const same = { record: { licenseArn: contract.licenseArns[0] ?? null } };
  expect(steps('invalid-license', same)).toContain('activated');
});

it('compares the product code that was sent with the catalog’s', () => {
  const of = { record: { scheme: 'product-code', licenseArn: null, productCode: 'codeold' } } as const;
  expect(seen('invalid-product-code', of)).toContain('codeold');
  expect(seen('invalid-product-code', of)).toContain('codenow');
});

it('names the action that AWS said is missing, and to whom', () => {
  const of = {
    record: { status: 'pending', sellerPrincipalArn: 'arn:aws:sts::1:assumed-role/Ops/jo' },
    facts: { missingAction: 'aws-marketplace:BatchMeterUsage' },
  } as const;
  expect(seen('not-allowed', of)).toContain(
    'aws-marketplace:BatchMeterUsage to arn:aws:sts::1:assumed-role/Ops/jo',
  );
  expect(steps('not-allowed', of)).toContain('Try now');
});

it('names both accounts of a record that waits for the other one', () => {
  const of = {
    record: { status: 'pending', sellerAccountId: '123456789012' },
    facts: { signedInAccountId: '2' },
  } as const;
  expect(seen('wrong-account', of)).toContain('belongs to 123456789012');
  expect(seen('wrong-account', of)).toContain('signed in to 2');
});

it('says whose an hour is that a duplicate was refused for', () => {
  expect(seen('duplicate-record')).toContain('somebody or something else');
  const sameHour = [{ recordId: 'r', status: 'accepted', quantity: 4000 }] as const;
  expect(seen('duplicate-record', { facts: { sameHour: [...sameHour] } })).toContain('a record of 4000');
});

it('says how much time is left of a record that still goes on', () => {
  const of = { record: { status: 'pending' }, facts: { nowUtc: '2026-11-21T12:04:00Z' } } as const;
  expect(seen('throttled', of)).toContain('60 min from now');
});

it('has nothing on the deadline of what AWS accepted', () => {
  expect(guide('duplicate-record', { record: { status: 'accepted' } }).seen.join(' ')).not.toContain(
    'deadline',
  );
});

describe('the guide of an unknown outcome', () => {
  const unknown = { status: 'pending', phase: 'unknown' } as const;

  it('promises a resend only while one is planned', () => {
    const planned = { record: { ...unknown, nextTryUtc: '2026-11-20T14:05:00Z' } };
    expect(steps('outcome-unknown', planned)).toBeNull();
    expect(steps('outcome-unknown', { record: { ...unknown, nextTryUtc: null } })).toContain('Choose Decide');
  });

  it('says what a duplicate tells of it, and what it leaves open', () => {
    const of = { record: { ...unknown, nextTryUtc: null, awsErrorName: 'DuplicateRecord' } };
    expect(seen('outcome-unknown', of)).toContain('that may be this one, or somebody else’s');
  });
});
