/** The app on real adapters in this very process, with a ledger that has something to show, for calls to be timed on. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { err } from '../../../src/contract/result.ts';
import { compose } from '../../../src/main/compose.ts';
import { createDispatch, type Dispatch } from '../../../src/main/dispatch/dispatch.ts';
import { createEventHub, type EventHub } from '../../../src/main/dispatch/event-hub.ts';
import { createDownloads, type Downloads } from '../../../src/main/hosts/loopback/downloads.ts';
import { createUploads, type Uploads } from '../../../src/main/hosts/loopback/uploads.ts';
import { createMemoryIncidentLog, type MemoryIncidentLog } from '../../fakes/memory-incident-log.ts';
import { createLedgerStore } from './ledger-stores.ts';

export interface ComposedApp {
  readonly dispatch: Dispatch;
  readonly hub: EventHub;
  readonly downloads: Downloads;
  readonly uploads: Uploads;
  readonly incidents: MemoryIncidentLog;
  readonly now: () => number;
  readonly close: () => Promise<void>;
}

/** Nobody is signed in, and nothing is pending, so that no call goes to AWS. */
export async function composeApp(folder: string, records: number): Promise<ComposedApp> {
  mkdirSync(folder, { recursive: true });
  const store = createLedgerStore(folder);
  store.fill(0, records);
  store.close();
  const now = () => performance.now();
  const hub = createEventHub();
  const incidents = createMemoryIncidentLog();
  const downloads = createDownloads({ now });
  const uploads = createUploads({ now });
  const app = await compose({
    appVersion: '0.0.0',
    practice: true,
    dataDir: folder,
    logPath: join(folder, 'bench.log'),
    hub,
    incidents,
    host: {
      capabilities: { save: 'download', openBrowser: false, asksBeforeClosing: false },
      save: downloads,
      files: uploads,
      browser: { open: async () => false },
      practice: { start: async () => err({ kind: 'not-possible-now', detail: 'a benchmark' }) },
    },
  });
  return {
    dispatch: createDispatch(app.handlers, incidents),
    hub,
    downloads,
    uploads,
    incidents,
    now,
    close: app.close,
  };
}
