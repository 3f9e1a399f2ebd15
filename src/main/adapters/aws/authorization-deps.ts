/** What every sign-in of a person needs, with a profile or for a new one. */
import { setTimeout as pause } from 'node:timers/promises';
import type { BrowserOpener } from '../../core/ports.ts';
import type { Network } from './network.ts';
import type { AuthorizationDeps } from './sso-oidc.ts';

export interface PersonDeps {
  readonly browser: BrowserOpener;
  readonly network: Network;
  /** How long a person may take in the browser; ten minutes unless told otherwise. */
  readonly browserWaitMs?: number;
  /** Waits between two questions to AWS; by the system's timers unless told otherwise. */
  readonly pause?: AuthorizationDeps['pause'];
}

/** How a person is asked to sign in. */
export function authorizationDeps(deps: PersonDeps): AuthorizationDeps {
  return {
    browser: deps.browser,
    network: deps.network,
    waitMs: deps.browserWaitMs ?? 10 * 60_000,
    pause: deps.pause ?? (async (ms, signal) => void (await pause(ms, undefined, { signal }))),
  };
}
