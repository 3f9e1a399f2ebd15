import { type Behaviour, defaultBehaviour } from './behaviour.ts';
import { type CallLog, createCallLog } from './call-log.ts';
import { type CloudTrail, createCloudTrail } from './cloud-trail.ts';
import { type ConsoleSignIns, createConsoleSignIns } from './console-sign-ins.ts';
import { createPracticeCredentials, type PracticeCredentials } from './credentials.ts';
import { createFaults, type Faults } from './faults.ts';
import { createMeteredLedger, type MeteredLedger } from './metered-ledger.ts';
import type { PracticeClock } from './practice-clock.ts';
import { createRateLimits, type RateLimits } from './rate-limits.ts';
import { createSignInSessions, type SignInSessions } from './sign-in-sessions.ts';
import { createSsoOidc, type SsoOidc } from './sso-oidc.ts';
import { createSsoPortal, type SsoPortal } from './sso-portal.ts';
import type { World } from './world-schema.ts';
import { createWorldStore, type WorldStore } from './world-store.ts';

/** Everything that one simulated AWS remembers. */
export interface PracticeState {
  readonly clock: PracticeClock;
  readonly behaviour: { current: Behaviour };
  readonly world: WorldStore;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly ledger: MeteredLedger;
  readonly trail: CloudTrail;
  readonly rateLimits: RateLimits;
  readonly credentials: PracticeCredentials;
  readonly sessions: SignInSessions;
  readonly oidc: SsoOidc;
  readonly portal: SsoPortal;
  readonly console: ConsoleSignIns;
  /** Address of this server, known once it listens. */
  readonly address: { url: string };
}

export function createPracticeState(clock: PracticeClock, firstWorld: World): PracticeState {
  const behaviour = { current: defaultBehaviour };
  const world = createWorldStore(firstWorld);
  const credentials = createPracticeCredentials(world);
  const sessions = createSignInSessions();
  const address = { url: '' };
  const currentWorld = (): World => world.view().world;
  return {
    clock,
    behaviour,
    world,
    faults: createFaults(),
    calls: createCallLog(() => behaviour.current.keepCalls),
    ledger: createMeteredLedger(() => behaviour.current),
    trail: createCloudTrail(),
    rateLimits: createRateLimits(),
    credentials,
    sessions,
    oidc: createSsoOidc({
      sessions,
      nowMs: clock.awsNowMs,
      signIn: () => currentWorld().signIn,
      baseUrl: () => address.url,
    }),
    portal: createSsoPortal({ sessions, credentials, nowMs: clock.awsNowMs, world: currentWorld }),
    console: createConsoleSignIns({ sessions, credentials, nowMs: clock.awsNowMs, world: currentWorld }),
    address,
  };
}
