/** The one place where adapters meet the core. A host hands in what it can do and gets the handlers to bind. */
import type { Handlers } from '../contract/api.ts';
import type { Capabilities } from '../contract/settings.ts';
import type { BrowserOpener, IncidentLog, PracticeStarter, SaveTarget } from './core/ports.ts';
import type { EventHub } from './dispatch/event-hub.ts';

export interface HostAbilities {
  readonly capabilities: Capabilities;
  readonly save: SaveTarget;
  readonly browser: BrowserOpener;
  readonly practice: PracticeStarter;
}

export interface ComposeOptions {
  readonly appVersion: string;
  readonly practice: boolean;
  /** Folder of this mode's own data: live and practice never share one. */
  readonly dataDir: string;
  readonly host: HostAbilities;
  readonly hub: EventHub;
  readonly incidents: IncidentLog;
}

export interface App {
  readonly handlers: Handlers;
  /** Ends timers, waits for what is being written, closes the ledger. */
  readonly close: () => Promise<void>;
}
