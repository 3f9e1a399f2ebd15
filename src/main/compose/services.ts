/** The services of the core, each on the adapters that it needs. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Result } from '../../contract/result.ts';
import { createAgreements } from '../adapters/aws/agreements.ts';
import { prepareAwsEnvironment } from '../adapters/aws/aws-environment.ts';
import { createCatalog } from '../adapters/aws/catalog.ts';
import { createSubmissionTrail } from '../adapters/aws/cloud-trail.ts';
import { createAwsConnection } from '../adapters/aws/connection.ts';
import { findEndpointOverrides } from '../adapters/aws/endpoint-overrides.ts';
import { createEntitlements } from '../adapters/aws/entitlements.ts';
import { createMeteringGateway } from '../adapters/aws/metering.ts';
import { createNetwork } from '../adapters/aws/network.ts';
import { createProfileSetup as createAwsProfileSetup } from '../adapters/aws/profile-setup.ts';
import { createProfiles } from '../adapters/aws/profiles.ts';
import { createSignIn } from '../adapters/aws/sign-in.ts';
import { openDrafts } from '../adapters/storage/drafts.ts';
import { createHistoryReader } from '../adapters/storage/ledger/history/history-reader.ts';
import { createLedgerKeeper } from '../adapters/storage/ledger/keeper.ts';
import { openLedger } from '../adapters/storage/ledger/open-ledger.ts';
import { finishRestore } from '../adapters/storage/ledger/restore.ts';
import { createListCache } from '../adapters/storage/list-cache.ts';
import { openPreferences } from '../adapters/storage/preferences.ts';
import { openToldFacts } from '../adapters/storage/told-facts.ts';
import { createSystemClock } from '../adapters/system/system-clock.ts';
import { zipTexts } from '../adapters/system/zip.ts';
import { createCallPace } from '../core/domain/call-pace.ts';
import type { Ledger } from '../core/ports.ts';
import { createBuyerAliases } from '../core/services/buyer-aliases.ts';
import { createContractDetails } from '../core/services/contract-details.ts';
import { createContractList } from '../core/services/contract-list.ts';
import { createContractsByHand } from '../core/services/contracts-by-hand.ts';
import { createEndpoints } from '../core/services/endpoints.ts';
import { createEntry } from '../core/services/entry.ts';
import { createEvidence } from '../core/services/evidence.ts';
import { createExports } from '../core/services/exports.ts';
import { createGuide } from '../core/services/guide.ts';
import { createHistory } from '../core/services/history.ts';
import { createLedgerCare } from '../core/services/ledger-care.ts';
import { createLicenceCheck } from '../core/services/licences.ts';
import { createMissingUsage } from '../core/services/missing-usage.ts';
import { createPermissions } from '../core/services/permissions.ts';
import { createProfileSetup } from '../core/services/profile-setup.ts';
import { createReceipt } from '../core/services/receipt.ts';
import { createReceiptPdf } from '../core/services/receipt-pdf.ts';
import { createRejections } from '../core/services/rejections.ts';
import { createRelatedContracts } from '../core/services/related-contracts.ts';
import { createReviews } from '../core/services/reviews.ts';
import { createSender, type Sender } from '../core/services/sender.ts';
import { createSession } from '../core/services/session.ts';
import { createSettings } from '../core/services/settings.ts';
import { createSupportBundles } from '../core/services/support-bundle.ts';
import { createTrailSettlement } from '../core/services/trail-settlement.ts';
import { createUndo } from '../core/services/undo.ts';
import { createUsage } from '../core/services/usage.ts';
import { createUsageFacts } from '../core/services/usage-facts.ts';
import type { Reopen } from '../reopenable.ts';
import { createListedAccount } from './listed-account.ts';
import type { ComposeOptions } from './options.ts';

/** https://docs.aws.amazon.com/marketplace/latest/developerguide/metering-service-quotas.html */
const meteringCallsPerSecond = 10;

/** https://docs.aws.amazon.com/marketplace/latest/developerguide/agreement-service-quotas.html */
const searchesPerSecond = 5;
const firstSearchPauseMs = 1_000;

export type Services = Awaited<ReturnType<typeof composeServices>>;

/** Builds every service on real adapters, and lets none of them begin. The AWS settings are those of the process, which must own `dataDir`. */
export async function composeServices(options: ComposeOptions, reopen: Reopen) {
  const { dataDir, host, hub, incidents, tuning = {} } = options;
  const publish = hub.publish;
  prepareAwsEnvironment(process.env, homedir());
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const paths = {
    dataDir,
    ledgerPath: join(dataDir, 'ledger.sqlite'),
    backupsDir: join(dataDir, 'backups'),
    preferencesPath: join(dataDir, 'preferences.json'),
    draftsPath: join(dataDir, 'drafts.json'),
    logPath: options.logPath,
  };
  const systemClock = createSystemClock();
  const clock = {
    ...systemClock,
    learnOffset: (offsetMs: number) => {
      const before = systemClock.offsetMs();
      systemClock.learnOffset(offsetMs);
      // The page counts down by AWS's time too; an answer's Date has whole seconds, so less is no news.
      if (before === null || Math.abs(before - offsetMs) > 2_000) publish('system.changed', {});
    },
  };
  const preferences = await openPreferences({ path: paths.preferencesPath, incidents });
  const drafts = await openDrafts({ path: paths.draftsPath, incidents });
  const told = await openToldFacts({ path: join(dataDir, 'told-facts.json'), incidents });
  const restored = await finishRestore({ ledgerPath: paths.ledgerPath, incidents });
  const opened = restored.ok
    ? openLedger({ path: paths.ledgerPath, now: clock.now, practice: options.practice, incidents })
    : restored;
  const ledger = (): Result<Ledger> => opened;
  const openOrNull = (): Ledger | null => (opened.ok ? opened.value : null);

  const endpoints = createEndpoints({
    find: () => (options.practice ? [] : findEndpointOverrides(process.env)),
    preferences,
    publish,
  });
  const network = createNetwork({ isAcknowledged: endpoints.isAcknowledged });
  const connection = createAwsConnection();
  const session = createSession({
    profiles: createProfiles(),
    signIn: createSignIn({ connection, browser: host.browser, network, clock, incidents }),
    browser: host.browser,
    clock,
    preferences,
    incidents,
    publish,
  });
  const profileSetup = createProfileSetup({
    aws: createAwsProfileSetup({ browser: host.browser, network, clock, incidents }),
    browser: host.browser,
    clock,
    incidents,
    publish,
  });
  const catalog = createCatalog({ connection, clock });
  const entitlements = createEntitlements({ connection, clock });
  const trail = createSubmissionTrail({
    connection,
    clock,
    ...(tuning.trailLookupsPerSecond ? { lookupsPerSecond: tuning.trailLookupsPerSecond } : {}),
  });
  const permissions = createPermissions({
    session,
    agreements: createAgreements({ connection, clock }),
    firstListed: () => list.firstRead(),
    catalog,
    entitlements,
    trail,
    clock,
    publish,
    onMeteringChanged: () => list.meteringChanged(),
  });
  const byHand = createContractsByHand({
    agreements: createAgreements({ connection, clock }),
    catalog,
    entitlements,
    preferences,
    clock,
    session,
  });
  const agreements = byHand.among;
  const list = createContractList({
    session,
    agreements,
    byHand: byHand.own,
    catalog,
    cache: createListCache({ folder: join(dataDir, 'contracts'), incidents }),
    clock,
    preferences,
    ledger: openOrNull,
    incidents,
    publish,
    pace: createCallPace({ callsPerSecond: tuning.searchesPerSecond ?? searchesPerSecond }),
    firstPauseMs: tuning.firstSearchPauseMs ?? firstSearchPauseMs,
    random: Math.random,
    mayMeter: permissions.mayMeter,
  });
  const contracts = createContractDetails({
    session,
    list,
    agreements,
    entitlements,
    preferences,
    clock,
    inLedger: (productId) => {
      const metering = opened.ok ? opened.value.meteringOfProduct(productId) : null;
      return metering?.ok ? metering.value : null;
    },
  });
  const related = createRelatedContracts({ list, contracts });
  const licenceCheck = createLicenceCheck({ agreements, preferences });
  const entry = createEntry({
    session,
    list,
    contracts,
    clock,
    preferences,
    drafts,
    ledger,
    mayMeter: permissions.mayMeter,
  });
  const sender: Sender | null = opened.ok
    ? createSender({
        ledger: opened.value,
        gateway: createMeteringGateway({
          connection,
          clock,
          ...(tuning.meteringTimeouts ? { timeouts: tuning.meteringTimeouts } : {}),
        }),
        clock,
        session,
        incidents,
        publish,
        onOutcomes: permissions.noteOutcomes,
        random: Math.random,
        callsPerSecond: tuning.meteringCallsPerSecond ?? meteringCallsPerSecond,
        closePatienceMs: 1_500,
      })
    : null;
  const settlement = opened.ok
    ? createTrailSettlement({
        ledger: opened.value,
        trail,
        clock,
        session,
        incidents,
        publish,
      })
    : null;
  const facts = opened.ok
    ? createUsageFacts({ ledger: opened.value, clock, preferences, told, publish })
    : null;
  const evidence = createEvidence({ ledger, settlement: () => settlement, session, clock, publish });
  const usage = createUsage({ ledger, sender: () => sender, session, clock, preferences, publish });
  const auditHead = () => (opened.ok ? opened.value.auditHead() : opened);
  const settings = createSettings({
    preferences,
    draftsSetAside: drafts.setAside,
    paths,
    ledger,
    auditHead,
    publish,
    session,
    clock,
  });
  const missingUsage = createMissingUsage({ ledger, trail, session, clock, preferences });
  const keeper = createLedgerKeeper({ ledgerPath: paths.ledgerPath, practice: options.practice, incidents });
  const care = createLedgerCare({
    keeper,
    head: auditHead,
    save: host.save,
    files: host.files,
    clock,
    principal: () => session.identity()?.principalArn ?? null,
    reopen,
  });
  const historyReader = createHistoryReader({
    ledgerPath: paths.ledgerPath,
    incidents,
    exportsDir: join(dataDir, 'exports'),
  });
  const exports = createExports({
    ...{ ledger, reader: historyReader, save: host.save, clock, preferences, publish },
    ...{ appVersion: options.appVersion, practice: options.practice },
  });
  const history = createHistory({ ledger, reader: historyReader, clock, preferences });
  const receipt = createReceipt({ ledger, auditHead, clock, preferences, practice: options.practice });
  const receiptPdf = createReceiptPdf({
    receipt,
    printer: options.host.printer ?? null,
    save: options.host.save,
  });
  const aliases = createBuyerAliases({ list, preferences, clock, save: host.save });
  const undo = createUndo({ ledger, sender: () => sender, session, clock, preferences, publish });
  const guide = createGuide({ ledger, session, contracts, clock });
  const bundles = createSupportBundles({
    record: usage.get,
    guide,
    clock,
    save: host.save,
    zip: zipTexts,
    appVersion: options.appVersion,
    practice: options.practice,
  });
  const rejections = createRejections({ ledger, session, clock, publish });
  const reviews = createReviews({
    session,
    entry,
    clock,
    preferences,
    ledger,
    onSubmitted: (agreementId) => {
      publish('usage.changed', { agreementIds: [agreementId] });
      list.usageChanged([agreementId]);
      sender?.wake();
    },
  });

  return {
    opened,
    restored,
    clock,
    publish,
    ledger,
    connection,
    preferences,
    drafts,
    endpoints,
    session,
    profileSetup,
    permissions,
    byHand,
    list,
    contracts,
    related,
    licenceCheck,
    entry,
    sender,
    settlement,
    facts,
    evidence,
    usage,
    auditHead,
    settings,
    missingUsage,
    keeper,
    care,
    exports,
    history,
    receipt,
    receiptPdf,
    aliases,
    undo,
    guide,
    bundles,
    rejections,
    reviews,
    historyReader,
    listedAccount: createListedAccount({ list, contracts }),
  };
}
