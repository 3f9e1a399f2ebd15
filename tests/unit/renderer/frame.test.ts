import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../../src/contract/session.ts';
import type { SystemStatus } from '../../../src/contract/settings.ts';
import { connectedAfter } from '../../../src/renderer/src/app/connected.ts';
import { documentTitle } from '../../../src/renderer/src/app/document-title.ts';
import { noticesOf } from '../../../src/renderer/src/app/notices.ts';
import { adminPolicy } from '../../../src/renderer/src/copy/admin-policy.ts';
import { endOf } from '../../../src/renderer/src/copy/sign-in-end.ts';
import { findReasons } from '../../../src/renderer/src/features/help/help-search.ts';
import { inOrder } from '../../../src/renderer/src/features/sign-in/profile-words.ts';
import { pendingOrder, rejectedOrder } from '../../../src/renderer/src/ui/record-order.ts';
import {
  anIdentity,
  aProfile,
  aRecord,
  aSignedInSession,
  aSystemStatus,
  someSettings,
} from '../../support/sample-views.ts';

const ready = <T>(value: T) => ({ kind: 'ready', value }) as const;
const ended: SessionView = {
  state: 'ended',
  identity: anIdentity,
  problem: { kind: 'sign-in-expired', profile: 'seller-ops' },
};
const reading = { kind: 'loading' } as const;
const idsOf = (status: Partial<SystemStatus>, session: SessionView = aSignedInSession()) =>
  noticesOf(ready(aSystemStatus(status)), ready(session), reading, 0).map((notice) => notice.id);

describe('what concerns every screen', () => {
  it('is nothing when all is well', () => {
    expect(idsOf({})).toEqual([]);
    expect(idsOf({ clockOffsetMs: 29_999 })).toEqual([]);
  });

  it('stands worst first', () => {
    const ledgerProblem = { kind: 'ledger-damaged', path: '/l', detail: '' } as const;
    const endpointOverrides = [{ setting: 'AWS_ENDPOINT_URL', url: 'http://localhost:1' }];
    expect(idsOf({ ledgerProblem, endpointOverrides, clockOffsetMs: -300_000 }, ended)).toEqual([
      'ledger',
      'clock',
      'ended',
      'endpoints',
    ]);
    expect(idsOf({ clockOffsetMs: 30_000 }, ended)).toEqual(['ended', 'clock']);
  });

  it('asks about addresses that nobody has allowed yet', () => {
    const endpointOverrides = [{ setting: 'AWS_ENDPOINT_URL', url: 'https://aws.example' }];
    const notices = noticesOf(
      ready(aSystemStatus({ endpointOverrides, endpointsAcknowledged: false })),
      ready(aSignedInSession()),
      reading,
      0,
    );
    expect(notices).toMatchObject([{ type: 'error', action: 'allow-endpoints', dismissible: false }]);
    expect(notices[0]?.content).toContain('AWS_ENDPOINT_URL = https://aws.example');
  });

  it('offers the recovery for a damaged ledger only', () => {
    const actionOf = (ledgerProblem: SystemStatus['ledgerProblem']) =>
      noticesOf(ready(aSystemStatus({ ledgerProblem })), ready(aSignedInSession()), reading, 0)[0]?.action;
    expect(actionOf({ kind: 'ledger-damaged', path: '/l', detail: '' })).toBe('recover');
    expect(actionOf({ kind: 'ledger-unavailable', path: '/l', detail: '' })).toBeNull();
    expect(actionOf({ kind: 'ledger-newer', path: '/l', ledgerVersion: 9, supportedVersion: 2 })).toBeNull();
  });

  it('names the file that was put aside at the start, signed in or not, until it is put away', () => {
    const settings = someSettings({ preferencesSetAside: '/d/p.broken', draftsSetAside: '/d/d.broken' });
    const signedOut: SessionView = { state: 'signed-out', problem: null };
    const notices = noticesOf(ready(aSystemStatus({})), ready(signedOut), ready(settings), 0);
    expect(notices.map(({ id, dismissible }) => [id, dismissible])).toEqual([
      ['preferences-set-aside', true],
      ['drafts-set-aside', true],
    ]);
    expect(notices[0]?.content).toContain('/d/p.broken');
    expect(notices[1]?.content).toContain('/d/d.broken');
  });

  it('turns a note on the clock into an error from four minutes on', () => {
    const typeAt = (clockOffsetMs: number) =>
      noticesOf(ready(aSystemStatus({ clockOffsetMs })), ready(aSignedInSession()), reading, 0)[0]?.type;
    expect(typeAt(239_999)).toBe('info');
    expect(typeAt(-240_000)).toBe('error');
  });

  it('puts a core that does not answer above all, and keeps what was known', () => {
    const status = {
      kind: 'failed',
      error: { kind: 'core-unreachable' },
      stale: aSystemStatus({ clockOffsetMs: 300_000 }),
    } as const;
    expect(noticesOf(status, ready(ended), reading, 0).map((notice) => notice.id)).toEqual([
      'core',
      'clock',
      'ended',
    ]);
  });
});

describe('the sign-in in the top bar', () => {
  const now = Date.parse('2026-11-20T14:00:00Z');

  it('counts down to AWS’s own expiry, or says that it renews by itself', () => {
    expect(endOf(aSignedInSession(), now)).toBe('52 min left');
    expect(endOf(aSignedInSession({ renewsItself: true }), now)).toBe('renews by itself');
    expect(endOf(aSignedInSession({ expiresUtc: null }), now)).toBeNull();
    expect(endOf(aSignedInSession({ expiresUtc: '2026-11-20T13:59:59Z' }), now)).toBe('sign-in ended');
  });

  it('keeps the screen while the same person signs in again, and drops it once signed out', () => {
    const before = connectedAfter(null, ended);
    const signingIn: SessionView = {
      state: 'signing-in',
      profile: 'seller-ops',
      step: 'connecting',
      page: null,
      code: null,
    };
    expect(connectedAfter(before, signingIn)).toBe(before);
    expect(connectedAfter(before, { state: 'signed-out', problem: null })).toBeNull();
  });
});

describe('the end of a sign-in', () => {
  const endMs = Date.parse('2026-11-20T18:00:00Z');
  const noticeAt = (leftMs: number, renewsItself = false) =>
    noticesOf(
      ready(aSystemStatus({})),
      ready(aSignedInSession({ renewsItself, expiresUtc: '2026-11-20T18:00:00Z' })),
      reading,
      endMs - leftMs,
    ).find(({ id }) => id === 'ends-soon');

  it('is told ten minutes before, with one click to sign in again', () => {
    expect(noticeAt(600_001)).toBeUndefined();
    expect(noticeAt(600_000)).toMatchObject({ type: 'warning', action: 'sign-in-again' });
    expect(noticeAt(-1)?.header).toContain('has ended');
  });

  it('of a login that only the AWS CLI can begin says how', () => {
    const problem = { kind: 'login-needed', profile: 'ops', problem: 'ended' } as const;
    const [notice] = noticesOf(
      ready(aSystemStatus({})),
      ready(aSignedInSession({ expiresUtc: '2026-11-20T18:00:00Z', renewalProblem: problem })),
      reading,
      endMs - 240_000,
    );
    expect(notice).toMatchObject({ id: 'ends-soon', header: 'Your sign-in ends in 4 min' });
    expect(notice?.content).toContain('aws login --profile ops');
  });

  it('is no news where the sign-in renews by itself', () => {
    expect(noticeAt(60_000, true)).toBeUndefined();
  });
});

describe('the window’s title', () => {
  it('names the page, what waits, practice and the app', () => {
    expect(documentTitle('Help', null, false)).toBe('Help · Usage Desk');
    expect(documentTitle('Help', { pending: 1, needPerson: 0, rejected: 0 }, true)).toBe(
      'Help · 1 pending · Practice · Usage Desk',
    );
    expect(documentTitle('Help', { pending: 1, needPerson: 0, rejected: 3 }, false)).toBe(
      'Help · 1 pending, 3 rejected · Usage Desk',
    );
  });
});

describe('profiles', () => {
  it('have the last used first and the unusable last, else the order of the config', () => {
    const profiles = [
      aProfile({ name: 'broken', problem: 'sso_region is missing' }),
      aProfile({ name: 'm' }),
      aProfile({ name: 'a' }),
      aProfile({ name: 'z' }),
    ];
    expect(inOrder(profiles, 'z').map((one) => one.name)).toEqual(['z', 'm', 'a', 'broken']);
    expect(inOrder(profiles, 'broken').map((one) => one.name)).toEqual(['m', 'a', 'z', 'broken']);
  });

  it('come with a policy for the admin that is JSON and names the metering action', () => {
    const policy: unknown = JSON.parse(adminPolicy('123456789012'));
    expect(JSON.stringify(policy)).toContain('aws-marketplace:BatchMeterUsage');
    expect(JSON.stringify(policy)).toContain('us-east-1:123456789012:AWSMarketplace/SaaSProduct/*');
  });
});

describe('the order of work', () => {
  const now = Date.parse('2026-11-20T14:00:00Z');
  const pending = (phase: 'held' | 'waiting' | 'unknown', deadlineUtc: string) =>
    aRecord({ status: 'pending', phase, deadlineUtc, needsPerson: phase !== 'waiting' });

  it('puts what waits for a person first, then the nearest deadline', () => {
    const records = [
      pending('waiting', '2026-11-20T15:00:00Z'),
      pending('held', '2026-11-20T20:00:00Z'),
      pending('unknown', '2026-11-20T16:00:00Z'),
    ].sort(pendingOrder);
    expect(records.map((one) => one.phase)).toEqual(['unknown', 'held', 'waiting']);
  });

  it('puts rejected records that can still be saved first, the rest by newest', () => {
    const rejected = (description: string, deadlineUtc: string, submittedUtc: string) =>
      aRecord({ status: 'rejected', description, deadlineUtc, submittedUtc });
    const records = [
      rejected('older', '2026-11-19T00:00:00Z', '2026-11-18T01:00:00Z'),
      rejected('newer', '2026-11-19T01:00:00Z', '2026-11-18T02:00:00Z'),
      rejected('hours', '2026-11-20T20:00:00Z', '2026-11-20T01:00:00Z'),
      rejected('minutes', '2026-11-20T14:20:00Z', '2026-11-20T02:00:00Z'),
    ].sort(rejectedOrder(now));
    expect(records.map((one) => one.description)).toEqual(['minutes', 'hours', 'newer', 'older']);
  });
});

describe('the help search', () => {
  it('finds a reason by AWS’s error name, its badge and a symptom', () => {
    expect(findReasons('InvalidUsageDimensionException').map((one) => one.code)).toContain(
      'invalid-usage-dimension',
    );
    expect(findReasons('duplicate record')[0]?.code).toBe('duplicate-record');
    expect(findReasons('clock').map((one) => one.code)).toContain('clock-wrong');
    expect(findReasons('zzzz')).toEqual([]);
  });
});
