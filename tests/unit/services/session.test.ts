import { describe, expect, it } from 'vitest';
import { err, ok, type Result } from '../../../src/contract/result.ts';
import type { SessionView } from '../../../src/contract/session.ts';
import type { SignInRenewal } from '../../../src/main/core/ports.ts';
import { createSession } from '../../../src/main/core/services/session.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeSignIn, type SignInAttempt } from '../../fakes/fake-sign-in.ts';
import { createMemoryPreferences } from '../../fakes/memory-preferences.ts';

function aSession() {
  const renewals: Result<SignInRenewal>[] = [];
  const signIn = createFakeSignIn(() => {
    const next = renewals.shift();
    return next === undefined ? Promise.reject(new Error('renewed too often')) : Promise.resolve(next);
  });
  const clock = createFakeClock(Date.parse('2026-11-20T12:00:00Z'));
  const preferences = createMemoryPreferences({ accountNames: { '111122223333': 'Acme' } });
  const states: SessionView['state'][] = [];
  const opened: string[] = [];
  const reported: unknown[] = [];
  const session = createSession({
    profiles: {
      list: () =>
        Promise.resolve({
          profiles: [],
          ssoSessions: [],
          lastProfile: null,
          configPath: '/home/ada/.aws/config',
          problem: null,
        }),
    },
    signIn,
    clock,
    browser: {
      open: (url) => {
        opened.push(url);
        return Promise.resolve(true);
      },
    },
    preferences,
    incidents: {
      report: (cause) => {
        reported.push(cause);
        return 'incident-1';
      },
      note: () => {},
    },
    publish: () => states.push(session.view().state),
  });
  return { session, signIn, preferences, states, opened, reported, renewals, clock };
}

function attemptOf(signIn: { readonly attempts: readonly SignInAttempt[] }, index: number): SignInAttempt {
  const attempt = signIn.attempts[index];
  if (!attempt) throw new Error(`no sign-in number ${index}`);
  return attempt;
}

/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the session', () => {
  it('shows who is signed in, by the local name of the account, and remembers the profile', async () => {
    const { session, signIn, preferences } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).succeed();
    await settle();
    expect(session.view()).toMatchObject({
      state: 'signed-in',
      identity: { accountId: '111122223333', accountName: 'Acme', roleName: 'MeteringOps' },
    });
    expect(preferences.get().lastProfile).toBe('seller-ops');
  });

  it('shows the page that waits in the browser, and opens it again on wish', async () => {
    const { session, signIn, opened } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).progress.page({
      url: 'https://oidc.example/authorize',
      userCode: null,
      leftMs: 600_000,
      opened: false,
    });
    expect(session.view()).toMatchObject({
      state: 'signing-in',
      step: 'waiting-for-browser',
      page: { opened: false, untilUtc: '2026-11-20T12:10:00Z' },
    });
    await session.openSignInPage();
    expect(opened).toEqual(['https://oidc.example/authorize']);
    expect(session.view()).toMatchObject({ page: { opened: true } });
  });

  it('ends the waiting when it is cancelled, and takes no notice of what comes later', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    session.cancel();
    expect(attemptOf(signIn, 0).signal.aborted).toBe(true);
    attemptOf(signIn, 0).succeed();
    await settle();
    expect(session.view()).toEqual({ state: 'signed-out', problem: null });
  });

  it('lets a second sign-in replace the first', async () => {
    const { session, signIn } = aSession();
    session.begin('one');
    session.begin('two');
    attemptOf(signIn, 1).succeed('444455556666');
    attemptOf(signIn, 0).succeed();
    await settle();
    expect(session.identity()?.accountId).toBe('444455556666');
  });

  it('says why a sign-in failed', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).fail({ kind: 'role-not-assigned', profile: 'seller-ops' });
    await settle();
    expect(session.view()).toEqual({
      state: 'signed-out',
      problem: { kind: 'role-not-assigned', profile: 'seller-ops' },
    });
  });

  it('turns a defect into an incident and ends the waiting', async () => {
    const { session, signIn, reported } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).crash(new Error('boom'));
    await settle();
    expect(session.view()).toEqual({
      state: 'signed-out',
      problem: { kind: 'unexpected', incidentId: 'incident-1' },
    });
    expect(reported).toHaveLength(1);
  });

  it('keeps who it was when the sign-in ends, asks for a fresh one, and stays so when that fails', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).succeed();
    await settle();
    session.noteEnd({ kind: 'sign-in-expired', profile: 'seller-ops' });
    expect(session.view()).toMatchObject({ state: 'ended', identity: { accountId: '111122223333' } });
    expect(session.requireIdentity()).toMatchObject({ ok: false, error: { kind: 'sign-in-expired' } });
    session.begin('seller-ops');
    expect(attemptOf(signIn, 1).freshSignIn).toBe(true);
    attemptOf(signIn, 1).fail({ kind: 'offline', host: null, code: 'ENOTFOUND' });
    await settle();
    expect(session.view()).toMatchObject({ state: 'ended', problem: { kind: 'offline' } });
  });

  it('asks for a fresh sign-in when the same person signs in again before the end', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).succeed();
    await settle();
    session.begin('seller-ops');
    expect(attemptOf(signIn, 1).freshSignIn).toBe(true);
  });

  it('does not end for an error that a new sign-in would not mend', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).succeed();
    await settle();
    session.noteEnd({ kind: 'throttled', retryAfterMs: null });
    expect(session.view().state).toBe('signed-in');
  });

  it('asks for a fresh sign-in by itself when the cached token turns out dead', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).fail({ kind: 'sign-in-expired', profile: 'seller-ops' });
    await settle();
    expect(session.view().state).toBe('signing-in');
    expect(attemptOf(signIn, 1).freshSignIn).toBe(true);
    attemptOf(signIn, 1).fail({ kind: 'sign-in-expired', profile: 'seller-ops' });
    await settle();
    expect(session.view()).toMatchObject({ state: 'signed-out', problem: { kind: 'sign-in-expired' } });
    expect(signIn.attempts).toHaveLength(2);
  });

  it('keeps the former sign-in while another is tried, and when that comes to nothing', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).succeed();
    await settle();
    session.begin('no-such');
    expect(session.identity()?.profile).toBe('seller-ops');
    attemptOf(signIn, 1).fail({ kind: 'profile-unknown', profile: 'no-such' });
    await settle();
    expect(session.view()).toMatchObject({
      state: 'signed-in',
      identity: { profile: 'seller-ops' },
      switchProblem: { kind: 'profile-unknown' },
    });
    session.begin('labs-ops');
    session.cancel();
    expect(session.view()).toMatchObject({ state: 'signed-in', identity: { profile: 'seller-ops' } });
  });

  it('takes no notice of a late end of somebody who is gone', async () => {
    const { session, signIn } = aSession();
    session.begin('seller-ops');
    attemptOf(signIn, 0).succeed();
    await settle();
    const former = session.identity();
    session.begin('labs-ops');
    attemptOf(signIn, 1).succeed('444455556666');
    await settle();
    session.noteEnd({ kind: 'sign-in-expired', profile: 'seller-ops' }, former ?? undefined);
    expect(session.view()).toMatchObject({ state: 'signed-in', identity: { profile: 'labs-ops' } });
  });

  it('asks for a code, once more when AWS refused it, and takes it once', async () => {
    const { session, signIn } = aSession();
    session.begin('with-code');
    const first = attemptOf(signIn, 0).askCode({ serial: 'device', refused: false });
    expect(session.view()).toMatchObject({
      step: 'waiting-for-code',
      code: { serial: 'device', refused: false },
    });
    expect(session.giveCode('123456')).toMatchObject({ ok: true, value: { step: 'finishing', code: null } });
    expect(await first).toBe('123456');
    expect(session.giveCode('123456')).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
    const second = attemptOf(signIn, 0).askCode({ serial: 'device', refused: true });
    expect(session.view()).toMatchObject({ code: { refused: true } });
    session.cancel();
    await expect(second).rejects.toThrow();
    expect(session.view()).toEqual({ state: 'signed-out', problem: null });
  });
});

describe('the end of a sign-in', () => {
  const minuteMs = 60_000;
  const startMs = Date.parse('2026-11-20T12:00:00Z');
  const renewal = (change: Partial<SignInRenewal> = {}): Result<SignInRenewal> =>
    ok({
      expiresAtMs: startMs + 120 * minuteMs,
      renewsItself: true,
      lookAgainAtMs: startMs + 105 * minuteMs,
      problem: null,
      isNew: true,
      ...change,
    });
  const offline = { kind: 'offline', host: null, code: 'ENOTFOUND' } as const;
  const expired = { kind: 'sign-in-expired', profile: 'seller-ops' } as const;

  async function signedIn(end: Parameters<SignInAttempt['succeed']>[1] = {}) {
    const desk = aSession();
    const signedInAs: string[] = [];
    desk.session.onSignedIn((identity) => signedInAs.push(identity.profile));
    desk.session.begin('seller-ops');
    attemptOf(desk.signIn, 0).succeed(undefined, {
      expiresAtMs: startMs + 60 * minuteMs,
      renewsItself: true,
      lookAgainAtMs: startMs + 45 * minuteMs,
      isShared: true,
      ...end,
    });
    await settle();
    return { ...desk, signedInAs };
  }

  it('is put off by a renewal while nobody does anything, and the view has the new end', async () => {
    const { session, clock, renewals } = await signedIn();
    const before = session.identity();
    renewals.push(renewal());
    clock.advance(45 * minuteMs - 1);
    await settle();
    expect(renewals).toHaveLength(1);
    clock.advance(1);
    await settle();
    expect(session.view()).toMatchObject({
      state: 'signed-in',
      expiresUtc: '2026-11-20T14:00:00Z',
      renewalProblem: null,
    });
    // Whoever compares by the very object sees no change of person.
    expect(session.identity()).toBe(before);
    renewals.push(renewal({ expiresAtMs: startMs + 180 * minuteMs }));
    clock.advance(60 * minuteMs);
    await settle();
    expect(session.view()).toMatchObject({ expiresUtc: '2026-11-20T15:00:00Z' });
  });

  it('is warned of when a renewal fails, which is tried again every minute until it works', async () => {
    const { session, clock, renewals, states } = await signedIn();
    renewals.push(renewal({ expiresAtMs: startMs + 60 * minuteMs, problem: offline, isNew: false }));
    clock.advance(45 * minuteMs);
    await settle();
    expect(session.view()).toMatchObject({ state: 'signed-in', renewalProblem: offline });
    const told = states.length;
    renewals.push(err(offline));
    clock.advance(minuteMs);
    await settle();
    expect(states).toHaveLength(told);
    renewals.push(renewal());
    clock.advance(minuteMs);
    await settle();
    expect(session.view()).toMatchObject({ renewalProblem: null, expiresUtc: '2026-11-20T14:00:00Z' });
  });

  it('is told as it comes where nothing renews the sign-in any more', async () => {
    const { session, clock, renewals } = await signedIn();
    const problem = { kind: 'sign-in-failed', cause: 'invalid-grant', detail: '' } as const;
    const endMs = startMs + 60 * minuteMs;
    const refused = { expiresAtMs: endMs, lookAgainAtMs: endMs, renewsItself: false, isNew: false };
    renewals.push(renewal({ ...refused, problem }));
    clock.advance(45 * minuteMs);
    await settle();
    expect(session.view()).toMatchObject({ renewsItself: false, renewalProblem: problem });
    renewals.push(err(expired));
    clock.advance(15 * minuteMs);
    await settle();
    expect(session.view()).toMatchObject({ state: 'ended', problem: expired });
  });

  it('asks nobody when the AWS CLI has renewed the sign-in meanwhile, and what was held goes on', async () => {
    const { session, renewals, signedInAs } = await signedIn();
    renewals.push(renewal());
    session.noteEnd(expired);
    session.noteEnd(expired);
    await settle();
    expect(session.view()).toMatchObject({ state: 'signed-in', expiresUtc: '2026-11-20T14:00:00Z' });
    expect(signedInAs).toEqual(['seller-ops', 'seller-ops']);
  });

  it('is over again when the AWS CLI renews it afterwards', async () => {
    const { session, renewals, signedInAs } = await signedIn();
    renewals.push(renewal({ isNew: false }));
    session.noteEnd(expired);
    await settle();
    expect(session.view()).toMatchObject({ state: 'ended' });
    renewals.push(renewal({ isNew: false }));
    session.filesChanged();
    await settle();
    expect(session.view()).toMatchObject({ state: 'ended' });
    renewals.push(renewal());
    session.filesChanged();
    await settle();
    expect(session.view()).toMatchObject({ state: 'signed-in' });
    expect(signedInAs).toHaveLength(2);
  });

  const loginNeeded = { kind: 'login-needed', profile: 'seller-ops', problem: 'ended' } as const;

  it('of a login that only the AWS CLI can begin is over again when that has begun a new one', async () => {
    const { session, renewals, signedInAs } = await signedIn({ isShared: false });
    session.noteEnd(loginNeeded);
    expect(session.view()).toMatchObject({ state: 'ended', problem: loginNeeded });
    renewals.push(err(loginNeeded));
    session.filesChanged();
    await settle();
    expect(session.view()).toMatchObject({ state: 'ended' });
    renewals.push(renewal());
    session.filesChanged();
    await settle();
    expect(session.view()).toMatchObject({ state: 'signed-in', renewalProblem: null });
    expect(signedInAs).toHaveLength(2);
  });

  it('that could not be put off is looked at anew as soon as AWS’s files change', async () => {
    const { session, clock, renewals } = await signedIn();
    session.filesChanged();
    renewals.push(renewal({ renewsItself: false, problem: loginNeeded, isNew: false }));
    clock.advance(45 * minuteMs);
    await settle();
    expect(session.view()).toMatchObject({ renewalProblem: loginNeeded });
    renewals.push(renewal());
    session.filesChanged();
    await settle();
    expect(session.view()).toMatchObject({ state: 'signed-in', renewalProblem: null });
  });

  it('is looked after for who stays, while another sign-in is tried', async () => {
    const { session, clock, renewals } = await signedIn();
    session.begin('labs-ops');
    renewals.push(renewal());
    clock.advance(45 * minuteMs);
    await settle();
    expect(session.view()).toMatchObject({ state: 'signing-in', profile: 'labs-ops' });
    session.cancel();
    expect(session.view()).toMatchObject({ expiresUtc: '2026-11-20T14:00:00Z' });
  });

  it('is no matter any more once the profile is left', async () => {
    const { session, clock } = await signedIn();
    session.leave();
    clock.advance(120 * minuteMs);
    await settle();
    expect(session.view()).toEqual({ state: 'signed-out', problem: null });
  });
});
