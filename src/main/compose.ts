/** The one place where adapters meet the core. A host hands in what it can do and gets the handlers to bind. */
import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Handlers } from '../contract/api.ts';
import { err, ok, type Result } from '../contract/result.ts';
import type { Capabilities } from '../contract/settings.ts';
import { createAgreements } from './adapters/aws/agreements.ts';
import { prepareAwsEnvironment } from './adapters/aws/aws-environment.ts';
import { watchAwsFiles } from './adapters/aws/aws-files.ts';
import { createCatalog } from './adapters/aws/catalog.ts';
import { createSubmissionTrail } from './adapters/aws/cloud-trail.ts';
import { createAwsConnection } from './adapters/aws/connection.ts';
import { findEndpointOverrides } from './adapters/aws/endpoint-overrides.ts';
import { createEntitlements } from './adapters/aws/entitlements.ts';
import { createMeteringGateway, type MeteringTimeouts } from './adapters/aws/metering.ts';
import { createNetwork } from './adapters/aws/network.ts';
import { createProfileSetup as createAwsProfileSetup } from './adapters/aws/profile-setup.ts';
import { createProfiles } from './adapters/aws/profiles.ts';
import { createSignIn } from './adapters/aws/sign-in.ts';
import { openDrafts } from './adapters/storage/drafts.ts';
import { createHistoryReader } from './adapters/storage/ledger/history/history-reader.ts';
import { createLedgerKeeper } from './adapters/storage/ledger/keeper.ts';
import { openLedger } from './adapters/storage/ledger/open-ledger.ts';
import { finishRestore } from './adapters/storage/ledger/restore.ts';
import { createListCache } from './adapters/storage/list-cache.ts';
import { openPreferences } from './adapters/storage/preferences.ts';
import { openToldFacts } from './adapters/storage/told-facts.ts';
import { createSystemClock } from './adapters/system/system-clock.ts';
import { zipTexts } from './adapters/system/zip.ts';
import { createCallPace } from './core/domain/call-pace.ts';
import { utc } from './core/domain/utc-hours.ts';
import type {
  BrowserOpener,
  FileSource,
  IncidentLog,
  Ledger,
  PracticeStarter,
  PracticeSteering,
  SaveTarget,
} from './core/ports.ts';
import { createBuyerAliases } from './core/services/buyer-aliases.ts';
import { createContractDetails } from './core/services/contract-details.ts';
import { createContractList } from './core/services/contract-list.ts';
import { createContractsByHand } from './core/services/contracts-by-hand.ts';
import { createEndpoints } from './core/services/endpoints.ts';
import { createEntry } from './core/services/entry.ts';
import { createEvidence } from './core/services/evidence.ts';
import { createExports } from './core/services/exports.ts';
import { createGuide } from './core/services/guide.ts';
import { createHistory } from './core/services/history.ts';
import { createLedgerCare } from './core/services/ledger-care.ts';
import { createLicenceCheck } from './core/services/licences.ts';
import { createMissingUsage } from './core/services/missing-usage.ts';
import { createPermissions } from './core/services/permissions.ts';
import { createProfileSetup } from './core/services/profile-setup.ts';
import { createReceipt } from './core/services/receipt.ts';
import { createRejections } from './core/services/rejections.ts';
import { createRelatedContracts } from './core/services/related-contracts.ts';
import { createReviews } from './core/services/reviews.ts';
import { createSender, type Sender } from './core/services/sender.ts';
import { createSession } from './core/services/session.ts';
import { createSettings } from './core/services/settings.ts';
import { createSupportBundles } from './core/services/support-bundle.ts';
import { createTrailSettlement } from './core/services/trail-settlement.ts';
import { createUndo } from './core/services/undo.ts';
import { createUsage } from './core/services/usage.ts';
import { createUsageFacts } from './core/services/usage-facts.ts';
import type { EventHub } from './dispatch/event-hub.ts';
import { type App, type Core, createReopenable, type Reopen } from './reopenable.ts';

export type { App } from './reopenable.ts';

export interface HostAbilities {
  readonly capabilities: Capabilities;
  readonly save: SaveTarget;
  readonly files: FileSource;
  readonly browser: BrowserOpener;
  readonly practice: PracticeStarter;
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

/** Terms as old as this are shown as they are: a page rereads its contract often, and AWS takes ten such calls a second. */
const shownTermsMs = 60_000;

/** https://docs.aws.amazon.com/marketplace/latest/developerguide/metering-service-quotas.html */
const meteringCallsPerSecond = 10;

/** https://docs.aws.amazon.com/marketplace/latest/developerguide/agreement-service-quotas.html */
const searchesPerSecond = 5;
const firstSearchPauseMs = 1_000;

/** The backup at start waits until the app has answered its page. */
const backupDelayMs = 1_000;

/** Builds the app on real adapters. The AWS settings are those of the process, which must own `dataDir`. */
export function compose(options: ComposeOptions): Promise<App> {
  return createReopenable({
    compose: (reopen) => composeCore(options, reopen),
    publish: options.hub.publish,
  });
}

async function composeCore(options: ComposeOptions, reopen: Reopen): Promise<Core> {
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

  let listedAccountId: string | null = null;
  session.onSignedIn((identity) => {
    // The list of another account must not stay; the same person's renewed sign-in keeps it.
    if (listedAccountId !== identity.accountId) {
      list.reset();
      contracts.forget();
      listedAccountId = identity.accountId;
      // Whatever the page shows next asks for the list: AWS answers while the page draws its frame.
      list.refresh();
    } else {
      list.retryIfFailed();
    }
    // The held records are tried again with the new sign-in, and tell.
    permissions.forgetMetering();
    publish('system.changed', {});
    sender?.signedIn(identity.accountId);
    settlement?.wake();
  });
  const stopListening = hub.subscribe((name, payload) => {
    if (name === 'usage.changed' && 'agreementIds' in payload) list.usageChanged(payload.agreementIds);
    if (name === 'usage.changed') settlement?.wake();
    if (name === 'usage.changed') facts?.wake();
  });
  const stopWatching = watchAwsFiles(() => {
    publish('profiles.changed', {});
    session.filesChanged();
  });
  undo.startAgain();
  facts?.start();
  sender?.start();
  const backupTimer = setTimeout(() => void backUpAtStart(), backupDelayMs);

  async function backUpAtStart(): Promise<void> {
    const head = auditHead();
    if (!head.ok || head.value.seq === 0) return;
    const made = await keeper.backUp(clock.now());
    if (made.ok && made.value.made) publish('settings.changed', {});
    if (!made.ok) incidents.note(`The backup at the start could not be made: ${made.error.kind}`);
  }

  const handlers: Handlers = {
    'system.status': () =>
      ok({
        appVersion: options.appVersion,
        practice: options.practice,
        capabilities: host.capabilities,
        nowUtc: utc(clock.now()),
        clockOffsetMs: clock.offsetMs(),
        ledgerProblem: opened.ok ? null : opened.error,
        writeProblem: sender?.writeProblem() ?? null,
        endpointOverrides: [...endpoints.overrides()],
        endpointsAcknowledged: endpoints.isAcknowledged(),
      }),
    'system.startPractice': () => host.practice.start(),
    'system.acknowledgeEndpoints': ({ overrides }) => endpoints.acknowledge(overrides),
    'practice.run': async ({ scenario }) => {
      if (!options.steering) return err({ kind: 'not-possible-now', detail: 'not in practice' });
      const facts = { ...(await options.steering.run(scenario)) };
      if (scenario === 'ten-thousand-contracts') {
        contracts.forget();
        list.beginAnew();
      }
      return ok({ facts });
    },
    'system.pendingUndo': () => undo.pending(),
    'settings.get': () => ok(settings.get()),
    'settings.change': (change) => settings.change(change),
    'profiles.list': () => session.listProfiles(),
    'session.get': () => ok(session.view()),
    'session.signIn': ({ profile, way }) => session.begin(profile, way),
    'session.cancelSignIn': () => session.cancel(),
    'session.openSignInPage': () => session.openSignInPage(),
    'session.giveCode': ({ code }) => session.giveCode(code),
    'session.permissions': ({ again }) => {
      const identity = session.identity();
      if (again && identity !== null) {
        permissions.forgetMetering();
        sender?.signedIn(identity.accountId);
      }
      return permissions.get(again);
    },
    'session.leave': () => {
      list.reset();
      contracts.forget();
      listedAccountId = null;
      return session.leave();
    },
    'session.signOut': async () => {
      const ended = await session.signOut();
      if (!ended.ok) return ended;
      list.reset();
      contracts.forget();
      listedAccountId = null;
      return ended;
    },
    'profileSetup.get': () => ok(profileSetup.view()),
    'profileSetup.begin': (input) => profileSetup.begin(input),
    'profileSetup.openSignInPage': () => profileSetup.openSignInPage(),
    'profileSetup.cancel': () => profileSetup.cancel(),
    'profileSetup.roles': ({ accountId }) => profileSetup.roles(accountId),
    'profileSetup.save': (wanted) => profileSetup.save(wanted),
    'contracts.list': (known) => list.list(known),
    'contracts.refresh': () => {
      const identity = session.requireIdentity();
      if (!identity.ok) return identity;
      contracts.forget();
      list.refresh();
      return ok({});
    },
    'contracts.dismissChanges': () => {
      list.dismissChanges(null);
      return ok({});
    },
    'contracts.view': () => ok({ view: preferences.get().contractsView }),
    'contracts.keepView': async (contractsView) => {
      const stored = await preferences.update((before) => ({ ...before, contractsView }));
      return stored.ok ? ok({}) : stored;
    },
    'contracts.get': async ({ agreementId }) => {
      list.dismissChanges([agreementId]);
      const loaded = await contracts.load(agreementId, shownTermsMs);
      return loaded.ok ? ok(loaded.value.details) : loaded;
    },
    'contracts.related': ({ agreementId }) => related(agreementId, shownTermsMs),
    'contracts.addByHand': async (wanted) => {
      const added = await byHand.add(wanted);
      if (added.ok) list.byHandChanged();
      return added;
    },
    'contracts.removeByHand': async ({ agreementId }) => {
      const removed = await byHand.remove(agreementId);
      if (removed.ok) list.byHandChanged();
      return removed;
    },
    'licences.check': async ({ agreementId, licenseArn }) => {
      const contract = await contracts.load(agreementId);
      if (!contract.ok) return contract;
      const checked = await licenceCheck.check(contract.value.agreement, licenseArn);
      if (checked.ok) publish('settings.changed', {});
      return checked;
    },
    'buyers.setAlias': (alias) => aliases.set([alias]),
    'buyers.setAliases': (wanted) => aliases.set(wanted.aliases),
    'buyers.exportAliases': () => aliases.export(),
    'buyers.previewAliases': ({ text }) => ok(aliases.preview(text)),
    'accounts.setName': async ({ accountId, name }) => {
      const stored = await settings.nameAccount(accountId, name);
      if (stored.ok) session.accountsRenamed();
      return stored;
    },
    'products.chooseScheme': async ({ productId, scheme }) => {
      const product = await list.product(productId);
      if (product.ok && product.value === null)
        return err({ kind: 'not-found', what: 'product', id: productId });
      const productTitle = product.ok ? (product.value?.title ?? null) : null;
      return settings.chooseScheme({ productId, productTitle, scheme });
    },
    'products.held': ({ productId }) => settings.heldOf(productId),
    'products.changeMetering': async (wanted) => {
      const product = await list.product(wanted.productId);
      return settings.changeMetering({
        ...wanted,
        productTitle: product.ok ? (product.value?.title ?? null) : null,
      });
    },
    'entry.check': async (input) => {
      const context = await entry.check(input);
      return context.ok ? ok(context.value.checked) : context;
    },
    'entry.overage': (question) => entry.overage(question),
    'drafts.get': ({ agreementId }) => entry.getDraft(agreementId),
    'drafts.save': (draft) => entry.saveDraft(draft),
    'drafts.discard': ({ agreementId }) => entry.discardDraft(agreementId),
    'reviews.create': (input) => reviews.create(input),
    'reviews.submit': (confirmation) => reviews.submit(confirmation),
    'usage.list': (query) => usage.list(query),
    'usage.get': ({ recordId }) => usage.get(recordId),
    'usage.submission': ({ submissionId }) => usage.ofSubmission(submissionId),
    'usage.counts': () => usage.counts(),
    'usage.ofOtherAccounts': () => usage.ofOtherAccounts(),
    'usage.tryNow': ({ recordIds }) => usage.tryNow(recordIds),
    'usage.sendAnyway': ({ recordId }) => usage.sendAnyway(recordId),
    'usage.undo': ({ submissionId }) => undo.undo(submissionId),
    'usage.sendNow': ({ submissionId }) => undo.sendNow(submissionId),
    'usage.giveUp': ({ recordId }) => usage.giveUp(recordId),
    'usage.evidence': ({ recordId }) => evidence.get(recordId),
    'usage.decide': (decision) => evidence.decide(decision),
    'usage.guide': ({ recordId }) => guide(recordId),
    'usage.writeOff': (writeOff) => rejections.writeOff(writeOff),
    'usage.reopen': ({ recordId }) => rejections.reopen(recordId),
    'submissions.get': ({ submissionId }) => receipt(submissionId),
    'history.page': (query) => history.page(query),
    'history.totals': (query) => history.totals(query),
    'history.choices': () => history.choices(),
    'usage.supportBundle': ({ recordIds }) => bundles.show(recordIds),
    'usage.saveSupportBundle': ({ recordIds }) => bundles.save(recordIds),
    'exports.start': (wanted) => exports.start(wanted),
    'exports.get': ({ exportId }) => exports.get(exportId),
    'exports.cancel': ({ exportId }) => exports.cancel(exportId),
    'exports.save': ({ exportId }) => exports.save(exportId),
    'ledger.head': () => care.head(),
    'ledger.verify': ({ head }) => care.verify(head),
    'ledger.missing': ({ daysBack }) => missingUsage.find(daysBack),
    'ledger.recovery': () => care.recovery(),
    'ledger.setAsideAndRestore': ({ backupName }) => care.setAsideAndRestore(backupName),
    'backups.list': () => care.listBackups(),
    'backups.make': () => care.makeBackup(),
    'backups.save': ({ name }) => care.saveBackup(name),
    'backups.add': () => care.addBackup(),
    'backups.compare': ({ name }) => care.compare(name),
    'backups.restore': ({ name, currentHead }) => care.restore(name, currentHead),
  };

  return {
    handlers,
    restored,
    timeShifted: () => {
      clock.rearm();
      publish('system.changed', {});
    },
    close: async () => {
      stopListening();
      stopWatching();
      clearTimeout(backupTimer);
      session.close();
      profileSetup.close();
      await list.close();
      await keeper.close();
      exports.close();
      await historyReader.close();
      settlement?.close();
      await facts?.close();
      await sender?.close();
      if (opened.ok) opened.value.close();
      clock.close();
      // Credentials must not outlive the core that held them.
      connection.replace(null);
    },
  };
}
