import { describe, expect, it } from 'vitest';
import type { SessionView } from '../../../src/contract/session.ts';
import { createSession } from '../../../src/main/core/services/session.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createFakeSignIn, type SignInAttempt } from '../../fakes/fake-sign-in.ts';
import { createMemoryPreferences } from '../../fakes/memory-preferences.ts';

function aSession() {
  const signIn = createFakeSignIn();
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
    clock: createFakeClock(Date.parse('2026-11-20T12:00:00Z')),
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
  return { session, signIn, preferences, states, opened, reported };
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
