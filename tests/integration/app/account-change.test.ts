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
