/**
 * No token, key or password gets anywhere but to AWS and into the AWS CLI's own cache: the app is driven through every screen and many failures, and
 * every byte that it wrote, or sent to its page or to the browser, is searched for each secret that was ever in its hands.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callNames } from '../../src/contract/names.ts';
import { filesIn } from './support/canaries.ts';
import { bundled, exported, makeEveryCall, report, settle, signIn } from './support/every-call.ts';
import { badProfiles, goodProfiles, secondFactorCode } from './support/marked-profiles.ts';
import { startWatchedApp, type WatchedApp } from './support/watched-app.ts';

let app: WatchedApp;
beforeEach(async () => {
  app = await startWatchedApp();
  await app.bench.steer('PUT', 'behaviour', { rateLimits: false });
  const { endpointOverrides } = await status();
  await app.call('session.signIn', { profile: 'seller-ops' });
  await app.call('system.acknowledgeEndpoints', { overrides: endpointOverrides });
  await app.call('settings.change', { undoSeconds: 0, windowPolicy: 'less-than-24-hours' });
});
afterEach(() => app.stop());

async function status() {
  const answer = await app.call('system.status', {});
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value;
}

/** Where secrets are, by the place's name: nowhere, if all is well. */
function leaks(more: ReadonlyMap<string, Buffer> = new Map()): Readonly<Record<string, string>> {
  const places = [...filesIn(app.dataDir), ...app.outgoing(), ...more];
  const found = places.map(([place, content]) => [place, app.canaries.findIn(content)] as const);
  return Object.fromEntries(found.flatMap(([place, secret]) => (secret === null ? [] : [[place, secret]])));
}

/** The one that ends the sign-in comes last. */
const faultKinds = ['access-denied', 'internal-error', 'html', 'cut-after-store', 'expired-token'] as const;

it('no secret is in what the app writes, nor in what it tells its page, whoever signs in and whatever fails', async () => {
  let hoursAgo = 0;
  const recordIds: string[] = [];
  for (const profile of badProfiles) expect([profile, await signIn(app, profile)]).not.toContain('signed-in');
  for (const profile of goodProfiles) {
    expect([profile, await signIn(app, profile)]).toEqual([profile, 'signed-in']);
    recordIds.push(await report(app, hoursAgo++));
  }
  for (const kind of faultKinds) {
    expect(await signIn(app, 'temporary-keys')).toBe('signed-in');
    await settle(app);
    await app.bench.steer('PUT', 'faults', [{ operation: 'BatchMeterUsage', kind, times: 1, store: true }]);
    recordIds.push(await report(app, hoursAgo++));
  }
  for (const kind of faultKinds) {
    await app.bench.steer('PUT', 'faults', [{ operation: '*', kind, times: 8 }]);
    await app.call('contracts.refresh', {});
    await app.call('session.permissions', { again: true });
    await signIn(app, 'seller-ops');
    await app.bench.steer('DELETE', 'faults');
    await signIn(app, 'temporary-keys');
  }
  // AWS may say in its own words what it was sent.
  for (const secret of app.canaries.known().slice(0, 16)) {
    const message = `The canonical request was: x-amz-security-token:${secret} and the key "SecretAccessKey": "${secret}", bearer ${secret}`;
    const fault = { operation: '*', kind: 'ValidationException', message, times: 3 };
    await app.bench.steer('PUT', 'faults', [fault]);
    await app.call('session.permissions', { again: true });
  }
  await app.bench.steer('DELETE', 'faults');

  const files = [
    ...(await exported(app, 'csv')),
    ...(await exported(app, 'xlsx')),
    ...(await bundled(app, recordIds)),
  ];
  await makeEveryCall(app, {
    'usage.get': recordIds.map((recordId) => ({ recordId })),
    'usage.guide': recordIds.map((recordId) => ({ recordId })),
    'usage.evidence': recordIds.map((recordId) => ({ recordId })),
    'profileSetup.begin': [{ source: { kind: 'known', ssoSession: 'practice' }, way: 'browser' }],
  });

  expect(callNames.filter((name) => !app.called().has(name))).toEqual([]);
  expect(app.canaries.known().length).toBeGreaterThan(30);
  expect(leaks(new Map(files.map((file, at) => [`saved ${at}`, file])))).toEqual({});
  expect(app.tunnels()).toEqual(new Set([app.awsHost]));
  for (const service of ['sso', 'login']) {
    const cache = join(app.bench.home, '.aws', service, 'cache');
    for (const name of filesIn(cache).keys()) {
      expect(statSync(join(cache, name)).mode & 0o777, name).toBe(0o600);
    }
  }
}, 180_000);

it('would be seen wherever it lies: a secret that a person types into the app is found in each place it goes', async () => {
  await signIn(app, 'seller-ops');
  const secret =
    app.canaries
      .known()
      .find((one) => one.startsWith('IQoJb3JpZ2lu'))
      ?.slice(40, 100) ?? '';
  const recordId = await report(app, 0, secret);
  await app.call('buyers.setAlias', { buyerAccountId: '123456789012', alias: secret });
  await app.call('backups.make', {});
  await app.appendToLog(`encoded: ${encodeURIComponent(secret)}\n`);
  expect(app.canaries.findIn(Buffer.from(`{"code":"${secondFactorCode}"}`))).toBe(secondFactorCode);
  expect(
    app.canaries.findIn(Buffer.from(`{"id":"a${secondFactorCode}b1","at":1${secondFactorCode}}`)),
  ).toBeNull();
  const [csv, about] = await exported(app, 'csv');
  const [xlsx] = await exported(app, 'xlsx');
  const [zip] = await bundled(app, [recordId]);
  const saved = Object.entries({ csv, about, xlsx, zip });
  const found = leaks(new Map(saved.flatMap(([name, file]) => (file === undefined ? [] : [[name, file]]))));
  expect(
    Object.keys(found)
      .filter((place) => !place.startsWith('backups/'))
      .sort(),
  ).toEqual(
    [
      'csv',
      'drafts.json',
      'ledger.sqlite-wal',
      'page',
      'preferences.json',
      'usage-desk.log',
      'xlsx',
      'zip',
    ].sort(),
  );
  expect(Object.keys(found).some((place) => place.startsWith('backups/'))).toBe(true);
}, 60_000);
