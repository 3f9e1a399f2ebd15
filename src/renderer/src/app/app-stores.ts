/** What every screen needs to know of the core: who is signed in, how the app is, what is set, what is counted. */
import type { AppApi } from '../../../contract/api.ts';
import type { PermissionsView } from '../../../contract/permissions.ts';
import type { ProfileList, SessionView } from '../../../contract/session.ts';
import type { Settings, SystemStatus } from '../../../contract/settings.ts';
import type { OtherAccounts, PendingUndo, UsageCounts } from '../../../contract/usage.ts';
import { type ContractsStore, createContractsStore } from '../features/contracts/contracts-store.ts';
import { type CallStore, createCallStore } from '../ui/call-store.ts';
import { createFlashes, type Flashes } from '../ui/flash-store.ts';

export interface AppStores {
  readonly session: CallStore<SessionView>;
  readonly status: CallStore<SystemStatus>;
  readonly settings: CallStore<Settings>;
  readonly counts: CallStore<UsageCounts>;
  /** What other seller accounts have open. */
  readonly otherAccounts: CallStore<OtherAccounts>;
  readonly profiles: CallStore<ProfileList>;
  readonly permissions: CallStore<PermissionsView>;
  /** Submissions that can still be taken back. */
  readonly pendingUndo: CallStore<PendingUndo>;
  readonly contracts: ContractsStore;
  readonly flashes: Flashes;
  /** Reads, listens, and asks after the core's state every so often. Returns the function that ends it. */
  readonly start: () => () => void;
}

/** How often the app's state is asked for; every tick while the core does not answer. */
const statusEveryMs = 30_000;
const tickMs = 3000;

export function createAppStores(api: AppApi): AppStores {
  const session = createCallStore(api, 'session.get', {}, ['session.changed']);
  const status = createCallStore(api, 'system.status', {}, ['system.changed']);
  const settings = createCallStore(api, 'settings.get', {}, ['settings.changed']);
  const counts = createCallStore(api, 'usage.counts', {}, ['usage.changed', 'session.changed']);
  const otherAccounts = createCallStore(api, 'usage.ofOtherAccounts', {}, [
    'usage.changed',
    'session.changed',
    'settings.changed',
  ]);
  const profiles = createCallStore(api, 'profiles.list', {}, ['profiles.changed', 'session.changed']);
  const permissions = createCallStore(api, 'session.permissions', { again: false }, ['session.changed']);
  const pendingUndo = createCallStore(api, 'system.pendingUndo', {}, ['usage.changed', 'session.changed']);
  const contracts = createContractsStore(api);
  const flashes = createFlashes({ areInUse: areMessagesInUse });

  const isUnreachable = () => {
    const state = status.store.getState();
    return state.kind === 'failed' && state.error.kind === 'core-unreachable';
  };

  const askStatus = async (): Promise<void> => {
    const wasUnreachable = isUnreachable();
    await status.reload();
    if (!wasUnreachable || isUnreachable()) return;
    // The core is back: everything may have changed meanwhile.
    await Promise.all([
      session.reload(),
      settings.reload(),
      counts.reload(),
      otherAccounts.reload(),
      profiles.reload(),
      permissions.reload(),
      pendingUndo.reload(),
      contracts.reload(),
    ]);
  };

  const pollStatus = (): (() => void) => {
    let sinceMs = 0;
    const timer = setInterval(() => {
      sinceMs += tickMs;
      if (sinceMs < statusEveryMs && !isUnreachable()) return;
      sinceMs = 0;
      void askStatus();
    }, tickMs);
    return () => clearInterval(timer);
  };

  return {
    session,
    status,
    settings,
    counts,
    otherAccounts,
    profiles,
    permissions,
    pendingUndo,
    contracts,
    flashes,
    start: () => {
      const ends = [
        session.start(),
        status.start(),
        settings.start(),
        counts.start(),
        otherAccounts.start(),
        profiles.start(),
        permissions.start(),
        pendingUndo.start(),
        pollStatus(),
      ];
      return () => {
        for (const end of ends) end();
      };
    },
  };
}

/** A message must not go from under the pointer or the focus. */
function areMessagesInUse(): boolean {
  return document.querySelector('.messages:hover, .messages:focus-within') !== null;
}
