/** What a host hands in, and what tests and benchmarks may tune. */
import type { Capabilities } from '../../contract/settings.ts';
import type { MeteringTimeouts } from '../adapters/aws/metering.ts';
import type {
  BrowserOpener,
  FileSource,
  IncidentLog,
  PagePrinter,
  PracticeStarter,
  PracticeSteering,
  SaveTarget,
} from '../core/ports.ts';
import type { EventHub } from '../dispatch/event-hub.ts';

export interface HostAbilities {
  readonly capabilities: Omit<Capabilities, 'savesPdf'>;
  readonly save: SaveTarget;
  readonly files: FileSource;
  readonly browser: BrowserOpener;
  readonly practice: PracticeStarter;
  /** Only where the host itself can print its page to a file. */
  readonly printer?: PagePrinter;
}

export interface ComposeOptions {
  readonly appVersion: string;
  readonly practice: boolean;
  /** Folder of this mode's own data: live and practice never share one. */
  readonly dataDir: string;
  readonly logPath: string;
  readonly host: HostAbilities;
  /** Only in practice. */
  readonly steering?: PracticeSteering | null;
  readonly hub: EventHub;
  readonly incidents: IncidentLog;
  readonly tuning?: Tuning;
}

/** What AWS's rates and patience make slow, for tests and benchmarks. */
export interface Tuning {
  readonly meteringTimeouts?: MeteringTimeouts;
  /** `Infinity` lifts the rate. */
  readonly meteringCallsPerSecond?: number;
  readonly trailLookupsPerSecond?: number;
  readonly searchesPerSecond?: number;
  /** The first pause before a page of the list that failed is asked for again. */
  readonly firstSearchPauseMs?: number;
}
