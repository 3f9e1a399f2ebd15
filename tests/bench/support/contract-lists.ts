/** The list of contracts read by the core of the app, and by nothing but the SDK's paginator. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MarketplaceAgreementClient, paginateSearchAgreements } from '@aws-sdk/client-marketplace-agreement';
import type { CallOutput } from '../../../src/contract/calls.ts';
import { err } from '../../../src/contract/result.ts';
import { compose } from '../../../src/main/compose.ts';
import { createEventHub } from '../../../src/main/dispatch/event-hub.ts';
import { createDownloads } from '../../../src/main/hosts/loopback/downloads.ts';
import { createUploads } from '../../../src/main/hosts/loopback/uploads.ts';
import { createMemoryIncidentLog } from '../../fakes/memory-incident-log.ts';

/** Signs in without a person. */
const profile = 'static-key';

export interface ListTimes {
  readonly firstRowsMs: number;
  /** The first reading to its end, and one more; no numbers where only the first rows were waited for. */
  readonly completeMs: number;
  readonly refreshedMs: number;
}

/**
 * On an empty data folder, which then has the list for the next start unless the app ends with the first rows. Times count from the moment at
 * which reading begins.
 */
export async function readByApp(dataDir: string, upTo: 'first-rows' | 'refreshed'): Promise<ListTimes> {
  mkdirSync(dataDir, { recursive: true });
  const hub = createEventHub();
  const app = await compose({
    appVersion: '0.0.0',
    practice: false,
    dataDir,
    logPath: join(dataDir, 'bench.log'),
    hub,
    incidents: createMemoryIncidentLog(),
    tuning: { searchesPerSecond: Number.POSITIVE_INFINITY },
    host: {
      capabilities: { save: 'download', openBrowser: false, asksBeforeClosing: false },
      save: createDownloads({ now: () => performance.now() }),
      files: createUploads({ now: () => performance.now() }),
      browser: { open: async () => false },
      practice: { start: async () => err({ kind: 'not-possible-now', detail: 'a benchmark' }) },
    },
  });
  const list = async (): Promise<CallOutput<'contracts.list'>> => {
    const answer = await app.handlers['contracts.list']({ listId: null, knownVersion: 0 });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  };
  const when = async (done: (now: CallOutput<'contracts.list'>) => boolean): Promise<number> => {
    for (;;) {
      const moved = Promise.withResolvers<void>();
      const stop = hub.subscribe((name) => name === 'contracts.changed' && moved.resolve());
      const now = await list();
      if (done(now)) {
        stop();
        return performance.now();
      }
      await moved.promise;
      stop();
    }
  };
  // The simulated AWS is such an override, and calls leave for it only once somebody has said that it is meant.
  const status = await app.handlers['system.status']({});
  if (!status.ok) throw new Error(JSON.stringify(status.error));
  await app.handlers['system.acknowledgeEndpoints']({ overrides: status.value.endpointOverrides });
  const begun = Promise.withResolvers<number>();
  const stop = hub.subscribe((name) => name === 'contracts.changed' && begun.resolve(performance.now()));
  const signedIn = await app.handlers['session.signIn']({ profile });
  if (!signedIn.ok) throw new Error(JSON.stringify(signedIn.error));
  const startedMs = await begun.promise;
  stop();
  const firstRowsMs = (await when(({ count }) => count > 0)) - startedMs;
  if (upTo === 'first-rows') {
    await app.close();
    return { firstRowsMs, completeMs: Number.NaN, refreshedMs: Number.NaN };
  }
  const completeMs = (await when(({ state }) => state.kind === 'complete')) - startedMs;
  const refreshMs = performance.now();
  const refreshed = await app.handlers['contracts.refresh']({});
  if (!refreshed.ok) throw new Error(JSON.stringify(refreshed.error));
  const refreshedMs = (await when(({ state }) => state.kind === 'complete')) - refreshMs;
  await app.close();
  return { firstRowsMs, completeMs, refreshedMs };
}

export async function readBare(
  upTo: 'first-page' | 'last-page',
): Promise<{ readonly firstPageMs: number; readonly completeMs: number }> {
  const client = new MarketplaceAgreementClient({
    region: 'us-east-1',
    credentials: {
      accessKeyId: 'AKIAPRACTICEUSAGEKEY',
      secretAccessKey: 'practice/only/not/a/secret/0000000000000',
    },
  });
  const startedMs = performance.now();
  let firstPageMs = Number.NaN;
  let found = 0;
  const pages = paginateSearchAgreements(
    { client, pageSize: 50 },
    {
      catalog: 'AWSMarketplace',
      filters: [
        { name: 'PartyType', values: ['Proposer'] },
        { name: 'AgreementType', values: ['PurchaseAgreement'] },
      ],
      sort: { sortBy: 'StartTime', sortOrder: 'DESCENDING' },
    },
  );
  for await (const page of pages) {
    found += page.agreementViewSummaries?.length ?? 0;
    if (Number.isNaN(firstPageMs)) firstPageMs = performance.now() - startedMs;
    if (upTo === 'first-page') break;
  }
  if (found === 0) throw new Error('The practice AWS has no agreements.');
  client.destroy();
  return { firstPageMs, completeMs: performance.now() - startedMs };
}
