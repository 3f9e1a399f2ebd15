/**
 * Every expected failure that can reach the page, as a closed union tagged by `kind`. It carries what a person needs
 * to act and nothing else: no prose, no stack, no secret. The sentences stand in the page's `copy/present-error.ts`.
 */
import { z } from 'zod';
import { accountIdSchema, idSchema, instantSchema } from './primitives.ts';
import { reasonCodeSchema } from './reason-codes.ts';

const kind = <K extends string, S extends z.ZodRawShape>(name: K, shape: S) =>
  z.strictObject({ kind: z.literal(name), ...shape });

const awsSaid = { awsErrorName: z.string(), awsMessage: z.string(), requestId: z.string().nullable() };

/** Why a file from elsewhere is no backup. `newer`: of a later version of this app. `unreadable`: it could not be read to its end. */
export const unusableFiles = ['no-ledger', 'damaged', 'newer', 'unreadable', 'practice', 'live'] as const;
export type UnusableFile = (typeof unusableFiles)[number];

export const appErrorSchema = z.discriminatedUnion('kind', [
  /** The call's input is not of its schema. `path` names the field, `problem` is the schema's own code. */
  kind('invalid-input', { issues: z.array(z.strictObject({ path: z.string(), problem: z.string() })) }),
  /** A name that is no call of this app. */
  kind('unknown-call', {}),
  /** The caller may not ask: foreign origin, sub-frame, ended session. */
  kind('forbidden', {}),
  /** A defect of ours; the log has it in full under this id. */
  kind('unexpected', { incidentId: z.string() }),
  kind('not-signed-in', {}),
  /** Signed out on this computer; AWS could not be told, and may hold the sign-in until its own end. */
  kind('signed-out-here-only', {}),
  /** AWS or the token cache says that the sign-in has ended; nothing was changed. */
  kind('sign-in-expired', { profile: z.string() }),
  /** The sign-in in the browser came to nothing. */
  kind('sign-in-failed', {
    cause: z.enum([
      'denied',
      'timed-out',
      'code-expired',
      'state-mismatch',
      'cancelled',
      'callback-port',
      'invalid-grant',
      'invalid-client',
      'wrong-region',
      'other',
    ]),
    detail: z.string(),
  }),
  kind('role-not-assigned', { profile: z.string() }),
  kind('profile-unknown', { profile: z.string() }),
  /** The profile can't be used as it is written. */
  kind('profile-unusable', { profile: z.string(), detail: z.string() }),
  /** The sign-in of `aws login` that a profile rests on is not there or renews no more: only the AWS CLI begins one, for `profile`. */
  kind('login-needed', {
    profile: z.string(),
    problem: z.enum(['missing', 'unreadable', 'ended', 'password-changed', 'not-allowed']),
  }),
  /** The program that the profile gets its credentials from (`credential_process`) gave none. `detail` is what it said, redacted. */
  kind('process-failed', { profile: z.string(), detail: z.string() }),
  /** The AWS config can't be read. `path` is the file. */
  kind('config-unreadable', { path: z.string(), detail: z.string() }),
  /** The AWS config has a section of this name already, with other values. Nothing was written. */
  kind('config-conflict', { path: z.string(), section: z.string() }),
  /** Another program wrote the AWS config meanwhile. Nothing was written. */
  kind('config-changed', { path: z.string() }),
  /** What was given as the address of the access portal is none. */
  kind('start-url-wrong', { problem: z.enum(['no-address', 'no-https', 'no-portal']) }),
  /** The role lacks a permission. `action` is the IAM action where AWS named one. */
  kind('not-allowed', { action: z.string().nullable(), ...awsSaid }),
  kind('unknown-credentials', awsSaid),
  /** The computer's clock is off by this much (ms, AWS minus computer), where known. */
  kind('clock-wrong', { offsetMs: z.number().nullable() }),
  kind('offline', { host: z.string().nullable(), code: z.string() }),
  /** An endpoint override leads calls over plain http to another computer: nothing is ever sent there. */
  kind('endpoint-insecure', { setting: z.string(), url: z.string() }),
  /** Endpoint overrides lead calls elsewhere than to AWS, and nobody has acknowledged them (`system.acknowledgeEndpoints`). */
  kind('endpoints-unacknowledged', {}),
  /** A setting of the network (proxy, certificates) can't be followed. `value` is a path or an address without its password. */
  kind('network-setting-unusable', { setting: z.string(), value: z.string(), detail: z.string() }),
  kind('throttled', { retryAfterMs: z.number().nullable() }),
  kind('aws-unavailable', awsSaid),
  /** AWS refused for a reason that has no kind of its own. */
  kind('aws-refused', awsSaid),
  kind('not-found', {
    what: z.enum(['contract', 'review', 'record', 'draft', 'product', 'backup', 'submission', 'export']),
    id: z.string(),
  }),
  /** Usage can't be entered on this contract; the reason says why. */
  kind('contract-closed', { reason: reasonCodeSchema }),
  kind('wrong-account', {
    expectedAccountId: accountIdSchema,
    signedInAccountId: accountIdSchema.nullable(),
  }),
  /** The same account, but another person or role than on the review. */
  kind('wrong-principal', { expectedArn: z.string(), signedInArn: z.string() }),
  kind('not-confirmed', {}),
  kind('review-expired', { expiredUtc: instantSchema }),
  /** What would be sent is no longer what stood on the review. */
  kind('review-changed', { reasons: z.array(reasonCodeSchema) }),
  kind('already-submitted', { submissionId: idSchema }),
  /** Lines have errors; `entry.check` names them. */
  kind('lines-have-errors', { reasons: z.array(reasonCodeSchema) }),
  kind('slot-taken', {
    reason: z.enum(['hour-taken', 'mixed-scheme', 'other-region']),
    recordId: idSchema.nullable(),
  }),
  /** The licence ARN that a person gave is not one of this contract. `agreementId` is the contract that has it, where known. */
  kind('licence-refused', {
    cause: z.enum(['not-an-arn', 'not-found', 'other-contract', 'other-buyer']),
    agreementId: z.string().nullable(),
  }),
  /** A contract that is to be added by hand can't be, or needn't. */
  kind('not-addable', {
    cause: z.enum([
      'in-the-list',
      'already-added',
      'other-buyer',
      'product-unknown',
      'product-not-saas',
      'nothing-metered',
    ]),
    agreementId: z.string().nullable(),
  }),
  kind('scheme-locked', { heldRecords: z.number() }),
  /** The ledger was written by a newer version of the app and is left untouched. */
  kind('ledger-newer', { path: z.string(), ledgerVersion: z.number(), supportedVersion: z.number() }),
  kind('ledger-damaged', { path: z.string(), detail: z.string() }),
  kind('ledger-unavailable', { path: z.string(), detail: z.string() }),
  /** A file that the person chose; it was not taken, and nothing was changed. */
  kind('file-unusable', { fileName: z.string(), problem: z.enum(unusableFiles) }),
  kind('disk-full', { path: z.string() }),
  kind('save-failed', { path: z.string().nullable(), detail: z.string() }),
  /** The record isn't in a state in which this can be done. */
  kind('not-possible-now', { detail: z.string() }),
  /** The host that serves the core does not answer. Made by the page's own client. */
  kind('core-unreachable', {}),
]);

export type AppError = z.infer<typeof appErrorSchema>;
