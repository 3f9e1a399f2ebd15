/** Rows of permission, sign-in, clock and network, where nothing was metered; and of the sign-in service's refusals. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, vi } from 'vitest';
import { reasonCatalogue } from '../../../../src/contract/reason-catalogue.ts';
import type { ReasonCode } from '../../../../src/contract/reason-codes.ts';
import type { SignInWay } from '../../../../src/main/core/ports.ts';
import { formatAccountId } from '../../../../src/renderer/src/copy/formats.ts';
import { presentError } from '../../../../src/renderer/src/copy/present-error.ts';
import { startCorporateNetwork } from '../../../support/corporate-network.ts';
import { createDesk, decide, decideCode } from '../../aws/practice-bench.ts';
import { type Expected, minuteMs, type Walk } from './walk-desk.ts';

const waiting = ['pending', 'waiting'] as const;
const held = ['pending', 'held'] as const;

export const ofConnection = {
  'not-allowed': async (walk: Walk) => {
    const action = 'aws-marketplace:BatchMeterUsage';
    await walk.faults({ kind: 'access-denied' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'not-allowed', {
      state: held,
      badge: 'Not allowed',
      severity: 'blocker',
      names: (one) => [`AWS refused ${action} to ${one.sellerPrincipalArn}`, `allow ${action}`, 'Settings'],
      act: 'try-now',
    });
    await walk.tryNow(record);
  },

  'sign-in-expired': async (walk: Walk) => {
    await walk.faults({ kind: 'expired-token' });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'sign-in-expired', {
      ...{ state: held, badge: 'Sign-in ended', severity: 'warning', act: 'sign-in' },
      names: (one) => [one.deadlineUtc.slice(11, 16), 'Sign in again'],
    });
    await walk.app.signIn('static-key');
    await walk.accepted(record.recordId);
  },

  'session-revoked': async (walk: Walk) => {
    const record = await withoutRole(
      walk,
      async () => void (await walk.steer('DELETE', 'sign-ins')),
      'session-revoked',
      {
        ...{ state: held, badge: 'Sign-in revoked', severity: 'warning', act: 'sign-in' },
        names: (one) => [one.deadlineUtc.slice(11, 16), 'although it had not run out'],
      },
    );
    await walk.app.signIn('seller-ops');
    await walk.accepted(record.recordId);
  },

  'role-not-assigned': async (walk: Walk) => {
    const unassigned = { kind: 'ForbiddenException', message: 'No access', httpStatus: 403, times: 'always' };
    const record = await withoutRole(
      walk,
      async () => void (await walk.faults({ ...unassigned, operation: 'GetRoleCredentials' })),
      'role-not-assigned',
      {
        ...{ state: held, badge: 'Role not assigned', severity: 'blocker', act: 'sign-in' },
        names: (one) => [one.deadlineUtc.slice(11, 16), 'ask your AWS admin to assign the role'],
      },
    );
    await walk.app.signIn('static-key');
    await walk.accepted(record.recordId);
  },

  'unknown-credentials': async (walk: Walk) => {
    await walk.faults({ kind: 'UnrecognizedClientException', httpStatus: 403 });
    const record = await walk.shows(await walk.submit(await walk.slot()), 'unknown-credentials', {
      ...{ state: held, badge: 'Credentials unknown', severity: 'blocker', act: 'sign-in' },
      names: (one) => [one.deadlineUtc.slice(11, 16), 'Choose another profile'],
    });
    await walk.app.signIn('static-key');
    await walk.accepted(record.recordId);
  },

  'clock-wrong': async (walk: Walk) => {
    const entry = await walk.slot();
    await walk.setClock('skew', { ms: 7 * minuteMs });
    await walk.faults({ kind: 'RequestExpired' });
    const record = await walk.shows(await walk.submit(entry), 'clock-wrong', {
      ...{ state: held, badge: 'Clock is wrong', severity: 'blocker', act: 'try-now' },
      names: () => ['This computer’s clock is', 'slow, compared with AWS’s'],
    });
    expect(await walk.popover(record)).toMatch(/clock is (6|7) min/);
    await walk.tryNow(record);
  },

  offline: async (walk: Walk) =>
    notReached(walk, 'offline', 'No connection', async () => {
      const closed = await startCorporateNetwork(walk.app.practice.url);
      await closed.close();
      vi.stubEnv('AWS_ENDPOINT_URL', closed.proxyUrl.replace('ada:proxy-canary@', ''));
    }),

  proxy: async (walk: Walk) =>
    notReached(walk, 'proxy', 'Proxy in the way', async () => {
      const corporate = await behindProxy(walk);
      corporate.refuseWith = '407 Proxy Authentication Required';
    }),

  certificate: async (walk: Walk) =>
    notReached(walk, 'certificate', 'Certificate not trusted', async () => {
      await behindProxy(walk);
      vi.stubEnv('AWS_CA_BUNDLE', undefined);
    }),

  'network-setting': async (walk: Walk) =>
    notReached(
      walk,
      'network-setting',
      'Network setting',
      async () => {
        vi.stubEnv('AWS_CA_BUNDLE', join(walk.app.dataDir, 'no-such-file.pem'));
        await walk.app.signIn('static-key');
      },
      'blocker',
    ),

  'endpoint-not-allowed': async (walk: Walk) =>
    notReached(
      walk,
      'endpoint-not-allowed',
      'Address not allowed',
      async () => {
        // Plain http to another computer: never allowed, whoever wants it.
        vi.stubEnv('AWS_ENDPOINT_URL', 'http://192.0.2.1');
      },
      'blocker',
    ),

  'wrong-account': async (walk: Walk) => {
    await walk.faults({ kind: 'throttling', times: 'always' });
    const recordId = await walk.submit(await walk.slot());
    await walk.recordWhen(recordId, (one) => one.reason === 'throttled');
    await walk.faults();
    const labs = await walk.app.signIn('labs-ops');
    if (labs.state !== 'signed-in') throw new Error('not signed in');
    await walk.app.call('usage.tryNow', { recordIds: [recordId] });
    const record = await walk.shows(recordId, 'wrong-account', {
      ...{ state: held, badge: 'Other account', severity: 'blocker', act: 'sign-in' },
      names: (one) => [
        `belongs to ${formatAccountId(one.sellerAccountId)}`,
        `signed in to ${formatAccountId(labs.identity.accountId)}`,
      ],
    });
    await walk.app.signIn('static-key');
    await walk.accepted(record.recordId);
  },

  'sign-in-pending': async (walk: Walk) => goesOn(walk, 'AuthorizationPendingException', 'sign-in-pending'),
  'sign-in-slow-down': async (walk: Walk) => goesOn(walk, 'SlowDownException', 'sign-in-slow-down'),
  'sign-in-code-expired': async (walk: Walk) =>
    signInFails(walk, 'ExpiredTokenException', 'sign-in-code-expired', 'device-code'),
  'sign-in-denied': async (walk: Walk) => signInFails(walk, 'AccessDeniedException', 'sign-in-denied'),
  'sign-in-invalid-grant': async (walk: Walk) =>
    signInFails(walk, 'InvalidGrantException', 'sign-in-invalid-grant'),
  'sign-in-invalid-client': async (walk: Walk) =>
    signInFails(walk, 'InvalidClientException', 'sign-in-invalid-client'),
} as const;

/** A record of `seller-ops`, whose role credentials are so short that AWS is asked for new ones before the call, which then come to nothing. */
async function withoutRole(walk: Walk, refuse: () => Promise<void>, reason: ReasonCode, expected: Expected) {
  const world = await walk.world();
  const roles = world.roles.map((role) => ({ ...role, sessionMs: 9_000 }));
  await walk.steer('PUT', 'world', { ...world, roles });
  await walk.app.signIn('seller-ops');
  const review = await walk.review(await walk.slot());
  await refuse();
  const record = await walk.shows(await walk.confirm(review), reason, expected);
  await walk.steer('PUT', 'world', world);
  await walk.faults();
  return record;
}

async function behindProxy(walk: Walk) {
  const corporate = await startCorporateNetwork(walk.app.practice.url);
  const authority = join(walk.app.dataDir, 'authority.pem');
  await writeFile(authority, corporate.authority);
  vi.stubEnv('AWS_ENDPOINT_URL', corporate.awsUrl);
  vi.stubEnv('HTTPS_PROXY', corporate.proxyUrl);
  vi.stubEnv('AWS_CA_BUNDLE', authority);
  onTestFinished(corporate.close);
  return corporate;
}

/** Nothing can have left: the record waits for the network, and goes out once it is there. */
async function notReached(
  walk: Walk,
  reason: ReasonCode,
  badge: string,
  breakNetwork: () => Promise<void>,
  severity: Expected['severity'] = 'warning',
) {
  const review = await walk.review(await walk.slot());
  const callsBefore = await meteringCalls(walk);
  await breakNetwork();
  const record = await walk.shows(await walk.confirm(review), reason, {
    ...{ state: waiting, badge, severity, act: 'try-now' },
    names: (one) => [one.deadlineUtc.slice(11, 16), 'Nothing was '],
  });
  expect(await meteringCalls(walk)).toBe(callsBefore);
  expect(JSON.stringify(record)).not.toContain('proxy-canary');
  // Settings of the network hold for what is connected anew.
  vi.unstubAllEnvs();
  await walk.app.signIn('static-key');
  await walk.tryNow(record);
}

async function meteringCalls({ app }: Walk): Promise<number> {
  const calls = await app.practice.calls();
  return calls.filter(({ operation }) => operation === 'BatchMeterUsage').length;
}

/** The answer is no failure: the sign-in waits, as the catalogue says. */
async function goesOn(walk: Walk, kind: string, code: ReasonCode): Promise<void> {
  expect(reasonCatalogue[code]).toMatchObject({ severity: 'information', again: 'yes', scope: 'sign-in' });
  const { steer } = walk;
  await steer('PUT', 'faults', [{ operation: 'CreateToken', kind }]);
  let page = '';
  const pauses: number[] = [];
  const desk = createDesk(undefined, 5_000, undefined, async (ms) => {
    pauses.push(ms);
    // Time between two questions passes at AWS alone.
    await steer('PUT', 'clock', { mode: 'skew', ms: pauses.reduce((sum, one) => sum + one, 0) });
    if (pauses.length === 2) await decideCode(page, 'allow');
  });
  const signedIn = await desk.connect('seller-ops', {
    way: 'device-code',
    freshSignIn: true,
    progress: {
      page: (shown) => {
        page = shown.url;
      },
      finishing: () => undefined,
    },
  });
  expect(signedIn.ok).toBe(true);
  expect(pauses.length).toBeGreaterThan(1);
}

/** The message that a person reads says what the catalogue says. */
async function signInFails(walk: Walk, kind: string, code: ReasonCode, way: SignInWay = 'browser') {
  await walk.steer('PUT', 'faults', [{ operation: 'CreateToken', kind }]);
  const desk = createDesk(
    (url) => void (way === 'browser' && decide(url, 'allow')),
    5_000,
    undefined,
    async () => undefined,
  );
  const failed = await desk.connect('seller-ops', { way, freshSignIn: true });
  if (failed.ok) throw new Error('it was signed in');
  const { title, whatHappened, steps, severity } = reasonCatalogue[code];
  const shown = presentError(failed.error);
  expect(shown).toMatchObject({ title, retry: true, severity: severity === 'blocker' ? 'error' : 'warning' });
  expect(shown.explanation).toContain(whatHappened);
  expect(shown.nextStep).toContain(steps[0]);
  // Begun once more, it works.
  expect(await desk.connect('seller-ops')).toMatchObject({ ok: true });
}
