/** The bare names of calls and events, without zod, so that the sandboxed preload stays small. */
import type { CallName } from './calls.ts';
import type { EventName } from './events.ts';

/** Fails to compile when a name is missing from the list beside it. */
const complete =
  <All extends string>() =>
  <const Listed extends readonly All[]>(
    listed: Exclude<All, Listed[number]> extends never ? Listed : never,
  ): Listed =>
    listed;

export const callNames = complete<CallName>()([
  'system.status',
  'system.startPractice',
  'system.acknowledgeEndpoints',
  'practice.run',
  'system.pendingUndo',
  'settings.get',
  'settings.change',
  'profiles.list',
  'session.get',
  'session.signIn',
  'session.cancelSignIn',
  'session.openSignInPage',
  'session.leave',
  'contracts.list',
  'contracts.refresh',
  'contracts.get',
  'contracts.related',
  'contracts.addByHand',
  'contracts.removeByHand',
  'licences.check',
  'buyers.setAlias',
  'products.chooseScheme',
  'products.held',
  'products.changeMetering',
  'entry.check',
  'entry.overage',
  'drafts.get',
  'drafts.save',
  'drafts.discard',
  'reviews.create',
  'reviews.submit',
  'usage.list',
  'usage.get',
  'usage.submission',
  'usage.counts',
  'usage.tryNow',
  'usage.sendAnyway',
  'usage.undo',
  'usage.sendNow',
  'usage.giveUp',
  'usage.evidence',
  'usage.decide',
  'usage.guide',
  'usage.writeOff',
  'usage.reopen',
  'submissions.get',
  'history.page',
  'history.totals',
  'history.choices',
  'usage.export',
  'ledger.head',
  'ledger.verify',
  'ledger.recovery',
  'ledger.setAsideAndRestore',
  'backups.list',
  'backups.make',
  'backups.save',
  'backups.compare',
  'backups.restore',
]);

export const eventNames = complete<EventName>()([
  'session.changed',
  'profiles.changed',
  'contracts.changed',
  'usage.changed',
  'usage.facts',
  'settings.changed',
  'system.changed',
]);
