/**
 * Every call that the page can make of the core: its name (area, then verb), the schema of its input and of its answer.
 * Both hosts, the preload, the page's client and the tests derive from this one list.
 */
import { z } from 'zod';
import { aliasPreviewSchema, newAliasesSchema } from './aliases.ts';
import {
  contractDetailsSchema,
  contractListSchema,
  relatedContractsSchema,
  schemeSchema,
} from './contracts.ts';
import { contractsViewSchema } from './contracts-view.ts';
import {
  checkedEntrySchema,
  draftSchema,
  entryInputSchema,
  entryLineSchema,
  overageSchema,
  reviewSchema,
  submissionSchema,
} from './entry.ts';
import { decisionSchema, evidenceSchema } from './evidence.ts';
import { exportFormats, exportViewSchema } from './exports.ts';
import { guideFactsSchema } from './guide.ts';
import {
  historyChoicesSchema,
  historyFilterSchema,
  historyPageSchema,
  historyQuerySchema,
  historyTotalsSchema,
} from './history.ts';
import {
  addedBackupSchema,
  auditHeadSchema,
  backupListSchema,
  backupNameSchema,
  ledgerCheckSchema,
  ledgerRecoverySchema,
  madeBackupSchema,
  missingUsageQuerySchema,
  missingUsageSchema,
  restoredLedgerSchema,
  restoreLossSchema,
} from './ledger.ts';
import { permissionsSchema } from './permissions.ts';
import { practiceRunSchema, practiceScenarioSchema } from './practice.ts';
import {
  accountIdSchema,
  agreementIdSchema,
  idSchema,
  licenseArnSchema,
  localeSchema,
  moneySchema,
  noInputSchema,
  productIdSchema,
  timeZoneSchema,
} from './primitives.ts';
import { savedProfileSchema, setupBeginSchema, setupSaveSchema, setupViewSchema } from './profile-setup.ts';
import { mfaCodeSchema, profileListSchema, sessionViewSchema, signInWaySchema } from './session.ts';
import {
  endpointOverrideSchema,
  meteringRegionSchema,
  practiceStartSchema,
  settingsChangeSchema,
  settingsSchema,
  systemStatusSchema,
} from './settings.ts';
import { bundleInputSchema, supportBundleSchema } from './support-bundle.ts';
import {
  otherAccountsSchema,
  pendingUndoSchema,
  savedFileSchema,
  submissionReceiptSchema,
  submissionRecordsSchema,
  usageCountsSchema,
  usagePageSchema,
  usageQuerySchema,
  usageRecordWithAttemptsSchema,
} from './usage.ts';

const doneSchema = z.strictObject({});

export const calls = {
  'system.status': { input: noInputSchema, output: systemStatusSchema },
  /** Starts the app against the practice AWS, apart from live data. */
  'system.startPractice': { input: noInputSchema, output: practiceStartSchema },
  /** Lets calls go where these overrides lead. They are the ones that were shown: `not-possible-now` when they have changed since. */
  'system.acknowledgeEndpoints': {
    input: z.strictObject({ overrides: z.array(endpointOverrideSchema).min(1).max(50) }),
    output: doneSchema,
  },
  /** What a host asks about before it closes: take back (`usage.undo`), or send (`usage.sendNow`). */
  'system.pendingUndo': { input: noInputSchema, output: pendingUndoSchema },
  /** Lets something go wrong in practice; `not-possible-now` outside it. */
  'practice.run': {
    input: z.strictObject({ scenario: practiceScenarioSchema }),
    output: practiceRunSchema,
  },
  'settings.get': { input: noInputSchema, output: settingsSchema },
  'settings.change': { input: settingsChangeSchema, output: settingsSchema },

  'profiles.list': { input: noInputSchema, output: profileListSchema },
  'session.get': { input: noInputSchema, output: sessionViewSchema },
  /** Begins to sign in and answers at once; the progress is read by `session.get` on `session.changed`. */
  'session.signIn': {
    input: z.strictObject({ profile: z.string().min(1).max(255), way: signInWaySchema.optional() }),
    output: sessionViewSchema,
  },
  'session.cancelSignIn': { input: noInputSchema, output: sessionViewSchema },
  /** Opens the sign-in page in the system browser once more. */
  'session.openSignInPage': { input: noInputSchema, output: sessionViewSchema },
  /** Answers the question for a code; `not-possible-now` where none is asked for. */
  'session.giveCode': { input: z.strictObject({ code: mfaCodeSchema }), output: sessionViewSchema },
  /** Ends the sign-in at AWS and removes its token file, which the AWS CLI shares. */
  'session.signOut': { input: noInputSchema, output: sessionViewSchema },
  /** What the role may do. The reads are tried once a sign-in; `again` tries them anew, and what AWS had refused to meter. */
  'session.permissions': { input: z.strictObject({ again: z.boolean() }), output: permissionsSchema },
  /** Leaves the profile here; the sign-in itself stays as the AWS CLI may share it. */
  'session.leave': { input: noInputSchema, output: sessionViewSchema },

  'profileSetup.get': { input: noInputSchema, output: setupViewSchema },
  /** Begins to sign in for a new profile and answers at once; the progress is read by `profileSetup.get` on `profileSetup.changed`. */
  'profileSetup.begin': { input: setupBeginSchema, output: setupViewSchema },
  'profileSetup.openSignInPage': { input: noInputSchema, output: setupViewSchema },
  /** Ends it, at whatever step. Nothing was written. */
  'profileSetup.cancel': { input: noInputSchema, output: setupViewSchema },
  /** The roles that the person has in an account. */
  'profileSetup.roles': {
    input: z.strictObject({ accountId: accountIdSchema }),
    output: z.strictObject({ roles: z.array(z.string()) }),
  },
  /** Writes the profile into the AWS config, and the sign-in into the AWS CLI's cache. */
  'profileSetup.save': { input: setupSaveSchema, output: savedProfileSchema },

  'contracts.list': {
    input: z.strictObject({ listId: z.string().max(64).nullable(), knownVersion: z.number().int().min(0) }),
    output: contractListSchema,
  },
  /** Reads all anew; where a reading failed, goes on with the page at which it stopped. */
  'contracts.refresh': { input: noInputSchema, output: doneSchema },
  /** What changed since the list was last complete has been seen. A contract that is opened is seen by that alone. */
  'contracts.dismissChanges': { input: noInputSchema, output: doneSchema },
  /** How the list was last looked at; null before the first choice. */
  'contracts.view': {
    input: noInputSchema,
    output: z.strictObject({ view: contractsViewSchema.nullable() }),
  },
  'contracts.keepView': { input: contractsViewSchema, output: doneSchema },
  'contracts.get': {
    input: z.strictObject({ agreementId: agreementIdSchema }),
    output: contractDetailsSchema,
  },
  /** The buyer's other contracts for the same product. Reads their terms, so it may take a while. */
  'contracts.related': {
    input: z.strictObject({ agreementId: agreementIdSchema }),
    output: relatedContractsSchema,
  },
  /** Adds a contract that AWS doesn't list for this account, such as one sold by a channel partner. Kept on this computer. */
  'contracts.addByHand': {
    input: z.strictObject({
      licenseArn: z.string().max(2048),
      buyerAccountId: accountIdSchema,
      productId: productIdSchema,
    }),
    output: z.strictObject({ agreementId: agreementIdSchema }),
  },
  /** Takes a contract that was added by hand off the list. Its usage stays in the ledger. */
  'contracts.removeByHand': { input: z.strictObject({ agreementId: agreementIdSchema }), output: doneSchema },
  /** Asks AWS whether the licence is one of this contract, and remembers it for the contract if so. */
  'licences.check': {
    input: z.strictObject({ agreementId: agreementIdSchema, licenseArn: z.string().max(2048) }),
    output: z.strictObject({ licenseArn: licenseArnSchema }),
  },
  'buyers.setAlias': {
    input: z.strictObject({ buyerAccountId: accountIdSchema, alias: z.string().max(100) }),
    output: doneSchema,
  },
  /** All of them or none. */
  'buyers.setAliases': { input: newAliasesSchema, output: doneSchema },
  'buyers.exportAliases': { input: noInputSchema, output: savedFileSchema },
  /** What a CSV file would change. Changes nothing. */
  'buyers.previewAliases': {
    input: z.strictObject({ text: z.string().max(800_000) }),
    output: aliasPreviewSchema,
  },
  /** A local name for a seller account; empty text takes it away. */
  'accounts.setName': {
    input: z.strictObject({ accountId: accountIdSchema, name: z.string().max(100) }),
    output: doneSchema,
  },
  /** The answer to the one-time question by which identifiers a product is metered. */
  'products.chooseScheme': {
    input: z.strictObject({ productId: productIdSchema, scheme: schemeSchema }),
    output: doneSchema,
  },
  /** How many records of the product hold their hour: their hours stay closed to another scheme or Region. */
  'products.held': {
    input: z.strictObject({ productId: productIdSchema }),
    output: z.strictObject({ heldRecords: z.number().int() }),
  },
  /** Corrects the answer, or the Region. Hours that are held stay as they are, and closed to the new way. */
  'products.changeMetering': {
    input: z.strictObject({
      productId: productIdSchema,
      scheme: schemeSchema,
      meteringRegion: meteringRegionSchema,
    }),
    output: doneSchema,
  },

  /** Applies every rule to what was typed. Changes nothing. */
  'entry.check': { input: entryInputSchema, output: checkedEntrySchema },
  /** What of `usedText`, the quantity used in total, lies beyond the entitlement. Changes nothing. */
  'entry.overage': {
    input: z.strictObject({
      agreementId: agreementIdSchema,
      dimensionKey: z.string().max(255),
      licenseArn: licenseArnSchema.nullable(),
      usedText: z.string().max(100),
      locale: localeSchema,
    }),
    output: overageSchema,
  },
  'drafts.get': { input: z.strictObject({ agreementId: agreementIdSchema }), output: draftSchema.nullable() },
  'drafts.save': {
    input: z.strictObject({
      agreementId: agreementIdSchema,
      lines: z.array(entryLineSchema).min(1).max(100),
      licenseArn: licenseArnSchema.nullable().optional(),
      timeZone: timeZoneSchema,
    }),
    output: doneSchema,
  },
  'drafts.discard': { input: z.strictObject({ agreementId: agreementIdSchema }), output: doneSchema },

  'reviews.create': { input: entryInputSchema, output: reviewSchema },
  /** Turns exactly this review into a submission, once. */
  'reviews.submit': {
    input: z.strictObject({
      reviewId: idSchema,
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      confirmed: z.boolean(),
    }),
    output: submissionSchema,
  },

  'usage.list': { input: usageQuerySchema, output: usagePageSchema },
  'usage.get': { input: z.strictObject({ recordId: idSchema }), output: usageRecordWithAttemptsSchema },
  /** All records of one submission, in the order of its review: what `usage.undo` would take back. */
  'usage.submission': {
    input: z.strictObject({ submissionId: idSchema }),
    output: submissionRecordsSchema,
  },
  /** Of the seller account that is signed in; of all while none is. */
  'usage.counts': { input: noInputSchema, output: usageCountsSchema },
  /** The same of each other seller account in the ledger that has something open. */
  'usage.ofOtherAccounts': { input: noInputSchema, output: otherAccountsSchema },
  /** Takes held or waiting records up again now, each as the identical record. */
  'usage.tryNow': {
    input: z.strictObject({ recordIds: z.array(idSchema).min(1).max(100) }),
    output: doneSchema,
  },
  /** Sends a held record although it outgrew the window; AWS's own limit still holds. */
  'usage.sendAnyway': { input: z.strictObject({ recordId: idSchema }), output: doneSchema },
  /** Takes back a whole submission of which nothing has left, as in its undo window. */
  'usage.undo': { input: z.strictObject({ submissionId: idSchema }), output: doneSchema },
  /** Ends the undo window of a submission before its time. */
  'usage.sendNow': { input: z.strictObject({ submissionId: idSchema }), output: doneSchema },
  /** Takes back a record that surely was never recorded. */
  'usage.giveUp': { input: z.strictObject({ recordId: idSchema }), output: doneSchema },
  /** What is known of a record whose outcome is unknown. Asks CloudTrail, so it may take a while, and may settle the record. */
  'usage.evidence': { input: z.strictObject({ recordId: idSchema }), output: evidenceSchema },
  /** Settles an unknown record by a person's decision. Final; it stands in the audit trail. */
  'usage.decide': { input: decisionSchema, output: doneSchema },
  /** The facts by which the guide of reasons fits this record. Reads its contract where its account is signed in. */
  'usage.guide': { input: z.strictObject({ recordId: idSchema }), output: guideFactsSchema },
  /** Settles a rejected record that can't be billed any more; it can be reopened. */
  'usage.writeOff': {
    input: z.strictObject({
      recordId: idSchema,
      note: z.string().trim().min(1).max(1_000),
      /** What is given up, where it is known. */
      amount: moneySchema.nullable(),
    }),
    output: doneSchema,
  },
  'usage.reopen': { input: z.strictObject({ recordId: idSchema }), output: doneSchema },
  /** What was confirmed together, and what became of it. */
  'submissions.get': { input: z.strictObject({ submissionId: idSchema }), output: submissionReceiptSchema },
  /** Saves the receipt that is on the page as a PDF. `not-possible-now` where the host has no such way. */
  'submissions.savePdf': { input: z.strictObject({ submissionId: idSchema }), output: savedFileSchema },
  /** Records of any contract by filter, page by page. Read beside everything else, however many there are. */
  'history.page': { input: historyQuerySchema, output: historyPageSchema },
  /** What all records of a filter come to; slower than a page, and so asked for by itself. */
  'history.totals': {
    input: z.strictObject({ filter: historyFilterSchema, byMonth: z.boolean() }),
    output: historyTotalsSchema,
  },
  'history.choices': { input: noInputSchema, output: historyChoicesSchema },
  /** What a support bundle would have in it. */
  'usage.supportBundle': { input: bundleInputSchema, output: supportBundleSchema },
  'usage.saveSupportBundle': { input: bundleInputSchema, output: savedFileSchema },
  /** Begins to write an export in the background; `exports.changed` tells that it has moved. Ends the one before. */
  'exports.start': {
    input: z.strictObject({
      filter: historyFilterSchema,
      format: z.enum(exportFormats),
      timeZone: timeZoneSchema,
    }),
    output: exportViewSchema,
  },
  'exports.get': { input: z.strictObject({ exportId: idSchema }), output: exportViewSchema },
  'exports.cancel': { input: z.strictObject({ exportId: idSchema }), output: doneSchema },
  /** Hands out an export that is ready, once. */
  'exports.save': { input: z.strictObject({ exportId: idSchema }), output: savedFileSchema },

  /** The newest row of the audit trail. */
  'ledger.head': { input: noInputSchema, output: auditHeadSchema },
  /** Computes the whole trail anew, against a head that was kept elsewhere where one is given. Long on a large ledger. */
  'ledger.verify': { input: z.strictObject({ head: auditHeadSchema.nullable() }), output: ledgerCheckSchema },
  /** Usage that AWS took through this app, as CloudTrail shows it, and that the ledger doesn't have: after a restore. May take a while. */
  'ledger.missing': { input: missingUsageQuerySchema, output: missingUsageSchema },
  /** What a damaged ledger could be replaced with. Verifies backups, so it may take a while. */
  'ledger.recovery': { input: noInputSchema, output: ledgerRecoverySchema },
  /** Sets a damaged ledger aside, untouched, and puts a backup in its place, or begins an empty one. Ends the sign-in here. */
  'ledger.setAsideAndRestore': {
    input: z.strictObject({ backupName: backupNameSchema.nullable() }),
    output: restoredLedgerSchema,
  },
  'backups.list': { input: noInputSchema, output: backupListSchema },
  /** Backs the ledger up now, unless a backup of this very state is there. */
  'backups.make': { input: noInputSchema, output: madeBackupSchema },
  /** A copy of a backup for another place or another machine. */
  'backups.save': { input: z.strictObject({ name: backupNameSchema }), output: savedFileSchema },
  /** Takes a saved copy among the backups, which the person chooses: in the host's dialog, or as a file that the page sends. Verified first. */
  'backups.add': { input: noInputSchema, output: addedBackupSchema },
  /** What restoring would cost; to be shown before `backups.restore`. */
  'backups.compare': { input: z.strictObject({ name: backupNameSchema }), output: restoreLossSchema },
  /** Puts a backup in the place of the ledger, which is set aside. Ends the sign-in here. */
  'backups.restore': {
    input: z.strictObject({ name: backupNameSchema, currentHead: auditHeadSchema }),
    output: restoredLedgerSchema,
  },
} as const satisfies Record<string, { readonly input: z.ZodType; readonly output: z.ZodType }>;

export type CallName = keyof typeof calls;
export type CallInput<N extends CallName> = z.output<(typeof calls)[N]['input']>;
export type CallOutput<N extends CallName> = z.output<(typeof calls)[N]['output']>;
