/**
 * What a start is compared with: the loopback host as the app has it, around a page of nothing, and one call that is one page of
 * agreements asked of AWS by a bare SDK client. Started as `node empty-host.mjs PAGE_FOLDER`; keys and endpoint come from the environment.
 */
import { ok } from '../../../src/contract/result.ts';
import type { Dispatch } from '../../../src/main/dispatch/dispatch.ts';
import { createEventHub } from '../../../src/main/dispatch/event-hub.ts';
import { createDownloads } from '../../../src/main/hosts/loopback/downloads.ts';
import { startLoopback } from '../../../src/main/hosts/loopback/server.ts';
import { createUploads } from '../../../src/main/hosts/loopback/uploads.ts';

const now = () => performance.now();

// Loaded by the call, so that the page alone waits for none of it.
const dispatch: Dispatch = async () => {
  const { MarketplaceAgreementClient, SearchAgreementsCommand } = await import(
    '@aws-sdk/client-marketplace-agreement'
  );
  const client = new MarketplaceAgreementClient({ region: 'us-east-1' });
  const page = await client.send(
    new SearchAgreementsCommand({
      catalog: 'AWSMarketplace',
      filters: [
        { name: 'PartyType', values: ['Proposer'] },
        { name: 'AgreementType', values: ['PurchaseAgreement'] },
      ],
      maxResults: 50,
    }),
  );
  return ok(page.agreementViewSummaries ?? []);
};

const host = await startLoopback({
  dispatch,
  hub: createEventHub(),
  downloads: createDownloads({ now }),
  uploads: createUploads({ now }),
  incidents: {
    report: (cause) => {
      process.stderr.write(`${cause instanceof Error ? cause.stack : String(cause)}\n`);
      return 'bench';
    },
    note: () => undefined,
  },
  pageDir: process.argv[2] ?? '',
  port: 0,
  now,
});
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`Ready: ${host.newLaunchAddress()}\n`);
