/** The answer to each call of the contract, by the services. */
import type { Handlers } from '../../contract/api.ts';
import { err, ok } from '../../contract/result.ts';
import { utc } from '../core/domain/utc-hours.ts';
import type { ComposeOptions } from './options.ts';
import type { Services } from './services.ts';

/** Terms as old as this are shown as they are: a page rereads its contract often, and AWS takes ten such calls a second. */
const shownTermsMs = 60_000;

/** One handler for each call of the contract; whatever needs more than one service is joined here. */
export function composeHandlers(options: ComposeOptions, services: Services): Handlers {
  const { host } = options;
  const {
    opened,
    clock,
    publish,
    preferences,
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
    evidence,
    usage,
    settings,
    missingUsage,
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
    listedAccount,
  } = services;
  return {
    'system.status': () =>
      ok({
        appVersion: options.appVersion,
        practice: options.practice,
        capabilities: { ...host.capabilities, savesPdf: host.printer !== undefined },
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
        sender?.signedIn();
      }
      return permissions.get(again);
    },
    'session.leave': () => {
      listedAccount.left();
      return session.leave();
    },
    'session.signOut': async () => {
      const ended = await session.signOut();
      if (!ended.ok) return ended;
      listedAccount.left();
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
    'submissions.savePdf': ({ submissionId }) => receiptPdf(submissionId),
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
}
