/** Preferences that live as long as the test. */
import { ok } from '../../src/contract/result.ts';
import type { Preferences, StoredPreferences } from '../../src/main/core/ports.ts';

export function createMemoryPreferences(start: Partial<StoredPreferences> = {}): Preferences {
  let stored: StoredPreferences = {
    lastProfile: null,
    windowPolicy: 'six-hours',
    theme: 'system',
    undoSeconds: 0,
    buyerAliases: {},
    contractsView: null,
    accountNames: {},
    acknowledgedEndpoints: [],
    products: {},
    pastedLicences: {},
    contractsByHand: {},
    ...start,
  };
  return {
    get: () => stored,
    update: (change) => {
      stored = change(stored);
      return Promise.resolve(ok(undefined));
    },
    setAside: null,
  };
}
