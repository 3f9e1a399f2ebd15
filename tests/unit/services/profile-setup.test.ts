import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../src/contract/errors.ts';
import { err, ok, type Result } from '../../../src/contract/result.ts';
import type { SetupSignIn } from '../../../src/main/core/ports.ts';
import { createProfileSetup } from '../../../src/main/core/services/profile-setup.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';

const startUrl = 'https://d-1.awsapps.com/start';
const input = { source: { kind: 'new', startUrl, region: 'eu-central-1' }, way: 'browser' } as const;
const denied: AppError = { kind: 'sign-in-failed', cause: 'denied', detail: '' };

/** Lets everything that is ready run. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A setup whose sign-ins the test decides, one after the other. */
function aSetup() {
  const attempts: { readonly signal: AbortSignal; readonly answer: (result: Result<SetupSignIn>) => void }[] =
    [];
  const discarded: string[] = [];
  const told: { endedAtAws: boolean | Promise<never> } = { endedAtAws: true };
  const clock = createFakeClock(Date.parse('2026-11-20T12:00:00Z'));
  const setup = createProfileSetup({
    aws: {
      signIn: (_source, { signal }) =>
        new Promise((resolve) => attempts.push({ signal, answer: (result) => resolve(result) })),
    },
    browser: { open: () => Promise.resolve(true) },
    clock,
    incidents: { report: () => 'incident-1', note: () => undefined },
    publish: () => undefined,
  });
  const signIn = (name: string): Result<SetupSignIn> =>
    ok({
      session: { name, startUrl, region: 'eu-central-1' },
      accounts: [],
      roles: () => Promise.resolve(ok([])),
      save: () => Promise.resolve(ok({ configPath: '/home/ada/.aws/config', backupPath: null })),
      discard: async () => {
        discarded.push(name);
        return { endedAtAws: await told.endedAtAws };
      },
    });
  const answer = async (at: number, result: Result<SetupSignIn>): Promise<void> => {
    attempts[at]?.answer(result);
    await settle();
  };
  return { setup, attempts, discarded, told, clock, signIn, answer };
}

describe('adding a profile', () => {
  it('keeps the sign-in of what was saved', async () => {
    const { setup, signIn, answer, discarded } = aSetup();
    setup.begin(input);
    await answer(0, signIn('one'));
    expect(setup.view()).toMatchObject({ state: 'choosing', ssoSession: { name: 'one' } });
    const wanted = { profileName: 'mine', accountId: '111122223333', roleName: 'R' };
    expect(await setup.save(wanted)).toMatchObject({ ok: true, value: { profile: 'mine' } });
    await setup.close();
    expect(discarded).toEqual([]);
  });

  it('that is given up before AWS has answered aborts, and discards what comes of it all the same', async () => {
    const { setup, attempts, signIn, answer, discarded } = aSetup();
    setup.begin(input);
    setup.cancel();
    expect(attempts[0]?.signal.aborted).toBe(true);
    await answer(0, signIn('late'));
    expect(setup.view()).toEqual({ state: 'idle', problem: null });
    expect(discarded).toEqual(['late']);
  });

  it('that is given up after the sign-in discards it', async () => {
    const { setup, signIn, answer, discarded } = aSetup();
    setup.begin(input);
    await answer(0, signIn('one'));
    setup.cancel();
    await settle();
    expect([setup.view(), discarded]).toEqual([{ state: 'idle', problem: null }, ['one']]);
  });

  it('that is begun anew discards the former sign-in, and a late one of it', async () => {
    const { setup, signIn, answer, discarded } = aSetup();
    setup.begin(input);
    await answer(0, signIn('one'));
    setup.begin({ ...input, way: 'device-code' });
    setup.begin(input);
    await answer(1, signIn('two'));
    await answer(2, signIn('three'));
    expect(setup.view()).toMatchObject({ state: 'choosing', ssoSession: { name: 'three' } });
    expect(discarded).toEqual(['one', 'two']);
  });

  it('says so when AWS could not be told of the end, unless another one has begun', async () => {
    const { setup, signIn, answer, told } = aSetup();
    told.endedAtAws = false;
    setup.begin(input);
    await answer(0, signIn('one'));
    setup.cancel();
    await settle();
    expect(setup.view()).toEqual({ state: 'idle', problem: { kind: 'signed-out-here-only' } });
    setup.begin(input);
    await answer(1, signIn('two'));
    setup.begin(input);
    await settle();
    expect(setup.view()).toMatchObject({ state: 'signing-in' });
  });

  it('tells why the sign-in came to nothing', async () => {
    const { setup, answer, discarded } = aSetup();
    setup.begin(input);
    await answer(0, err(denied));
    expect([setup.view(), discarded]).toEqual([{ state: 'idle', problem: denied }, []]);
  });
});

describe('the end of the app', () => {
  it('waits until AWS has ended what was not saved', async () => {
    const { setup, signIn, answer, discarded } = aSetup();
    setup.begin(input);
    await answer(0, signIn('one'));
    await setup.close();
    expect(discarded).toEqual(['one']);
  });

  it('waits for an attempt that ends its own sign-in', async () => {
    const { setup, answer } = aSetup();
    setup.begin(input);
    const closed = setup.close().then(() => 'closed');
    await settle();
    expect(await Promise.race([closed, settle().then(() => 'open')])).toBe('open');
    await answer(0, err(denied));
    expect(await closed).toBe('closed');
  });

  it('does not wait for long', async () => {
    const { setup, signIn, answer, told, clock } = aSetup();
    told.endedAtAws = new Promise<never>(() => undefined);
    setup.begin(input);
    await answer(0, signIn('one'));
    const closed = setup.close();
    clock.advance(3_000);
    await closed;
  });
});
