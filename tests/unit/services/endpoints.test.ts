import { expect, test } from 'vitest';
import { createEndpoints } from '../../../src/main/core/services/endpoints.ts';
import { createMemoryPreferences } from '../../fakes/memory-preferences.ts';

const sso = { setting: 'AWS_ENDPOINT_URL_SSO', url: 'https://sso.example' };
const all = { setting: 'AWS_ENDPOINT_URL', url: 'https://aws.example' };

function endpoints(present: { overrides: { setting: string; url: string }[] }) {
  return createEndpoints({
    find: () => present.overrides,
    preferences: createMemoryPreferences(),
    publish: () => undefined,
  });
}

test('without an override there is nothing to acknowledge', () => {
  expect(endpoints({ overrides: [] }).isAcknowledged()).toBe(true);
});

test('an acknowledgement holds for exactly the set that was shown, in any order', async () => {
  const present = { overrides: [sso, all] };
  const asked = endpoints(present);
  expect(asked.isAcknowledged()).toBe(false);
  await asked.acknowledge([all, sso]);
  expect(asked.isAcknowledged()).toBe(true);
  present.overrides = [sso];
  expect(asked.isAcknowledged()).toBe(false);
  present.overrides = [sso, { ...all, url: 'https://elsewhere.example' }];
  expect(asked.isAcknowledged()).toBe(false);
  present.overrides = [all, sso];
  expect(asked.isAcknowledged()).toBe(true);
});

test('what has changed since it was shown is not acknowledged', async () => {
  const asked = endpoints({ overrides: [sso, all] });
  expect(await asked.acknowledge([sso])).toMatchObject({ ok: false, error: { kind: 'not-possible-now' } });
  expect(asked.isAcknowledged()).toBe(false);
});
