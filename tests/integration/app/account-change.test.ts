import { afterEach, beforeEach, expect, it } from 'vitest';
import { type InProcessApp, startInProcessApp } from './in-process-app.ts';

let app: InProcessApp;
beforeEach(async () => {
  app = await startInProcessApp();
});
afterEach(async () => {
  await app.stop();
});

it('a sign-in begins to read the contracts before any page asks for them', async () => {
  await app.signIn('static-key');
  await app.until(async () => {
    const calls = await app.practice.calls();
    return calls.some(({ operation }) => operation === 'SearchAgreements') ? calls : null;
  });
});

it('the contracts of one account are gone when another signs in, even when its own can not be read', async () => {
  await app.signIn('static-key');
  expect((await app.contracts()).length).toBeGreaterThan(10);
  await app.practice.steer('PUT', 'faults', [
    { operation: 'SearchAgreements', times: 'always', kind: 'access-denied' },
  ]);
  expect(await app.signIn('labs-ops')).toMatchObject({
    state: 'signed-in',
    identity: { profile: 'labs-ops' },
  });
  expect(await app.contracts()).toEqual([]);
});

it('a list that failed with the sign-in is read again as soon as the same person is back', async () => {
  await app.practice.steer('PUT', 'faults', [
    { operation: 'SearchAgreements', times: 'always', kind: 'expired-token' },
  ]);
  await app.signIn('static-key');
  await app.contracts();
  expect(await app.succeed('session.get', {})).toMatchObject({ state: 'ended' });
  await app.practice.steer('PUT', 'faults', []);
  await app.signIn('static-key');
  expect((await app.contracts()).length).toBeGreaterThan(10);
});

it('a profile that can not be signed in with leaves the former sign-in and its contracts as they were', async () => {
  await app.signIn('static-key');
  const before = await app.contracts();
  expect(await app.signIn('no-such-profile')).toMatchObject({
    state: 'signed-in',
    identity: { profile: 'static-key' },
    switchProblem: { kind: 'profile-unknown' },
  });
  expect(await app.contracts()).toHaveLength(before.length);
});

it('leaving takes the contracts off the screen', async () => {
  await app.signIn('static-key');
  await app.contracts();
  await app.succeed('session.leave', {});
  expect(await app.succeed('contracts.list', { listId: null, knownVersion: 0 })).toMatchObject({ rows: [] });
});

it('opens a contract many times without asking AWS for its terms each time', async () => {
  await app.signIn('static-key');
  const [first] = await app.contracts();
  for (let time = 0; time < 5; time += 1) {
    await app.succeed('contracts.get', { agreementId: first?.agreementId ?? '' });
  }
  const calls = await app.practice.calls();
  expect(calls.filter(({ operation }) => operation === 'GetAgreementTerms')).toHaveLength(1);
});
