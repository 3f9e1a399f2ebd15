/** Profiles of the AWS config, and who is signed in. */
import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { accountIdSchema, instantSchema } from './primitives.ts';

export const profileKinds = [
  'sso-session',
  'sso-legacy',
  'assume-role',
  'static-keys',
  'credential-process',
  'login-session',
  'web-identity',
  'environment',
  'incomplete',
] as const;

export const profileSchema = z.strictObject({
  name: z.string(),
  kind: z.enum(profileKinds),
  accountId: accountIdSchema.nullable(),
  accountName: z.string().nullable(),
  /** The permission set or IAM role that the profile names, where it does. */
  roleName: z.string().nullable(),
  ssoSession: z.string().nullable(),
  /** Whether each sign-in needs a code of a second factor (MFA). */
  asksForCode: z.boolean(),
  /** What is wrong with the section, such as a missing `sso_region`; null when it can be used. */
  problem: z.string().nullable(),
  /** End of the cached sign-in, where there is one that still holds. */
  signedInUntilUtc: instantSchema.nullable(),
});
export type Profile = z.infer<typeof profileSchema>;

/** An SSO session of the AWS config, which more profiles can be added to. */
export const ssoSessionSchema = z.strictObject({
  name: z.string(),
  startUrl: z.string(),
  region: z.string(),
});
export type SsoSession = z.infer<typeof ssoSessionSchema>;

export const profileListSchema = z.strictObject({
  profiles: z.array(profileSchema),
  /** Only those that are complete. */
  ssoSessions: z.array(ssoSessionSchema),
  lastProfile: z.string().nullable(),
  configPath: z.string(),
  /** Why the config could not be read, or null. A missing file is no error: it has no profiles. */
  problem: appErrorSchema.nullable(),
});
export type ProfileList = z.infer<typeof profileListSchema>;

/** Who sends: stands in the top bar, on the review and in the ledger. */
export const identitySchema = z.strictObject({
  profile: z.string(),
  accountId: accountIdSchema,
  accountName: z.string().nullable(),
  roleName: z.string().nullable(),
  principalArn: z.string(),
});
export type Identity = z.infer<typeof identitySchema>;

export const signInWaySchema = z.enum(['browser', 'device-code']);

/** The code of a second factor that a role asks for. */
export const codeQuestionSchema = z.strictObject({
  /** The device, as the profile names it: an ARN or a serial number. */
  serial: z.string(),
  /** Whether AWS refused the code that was given before. */
  refused: z.boolean(),
});
export type CodeQuestion = z.infer<typeof codeQuestionSchema>;

/** What AWS takes as a code: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const mfaCodeSchema = z.string().regex(/^\d{6}$/);

/** AWS's page that waits for the person. Neither its address nor the code is a secret: they do nothing without a sign-in. */
export const signInPageSchema = z.strictObject({
  url: z.string(),
  /** The code that must stand on the page as well; null where the browser comes back by itself. */
  userCode: z.string().nullable(),
  untilUtc: instantSchema,
  /** Whether the system browser took it. */
  opened: z.boolean(),
});
export type SignInPage = z.infer<typeof signInPageSchema>;

export const sessionViewSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('signed-out'), problem: appErrorSchema.nullable() }),
  z.strictObject({
    state: z.literal('signing-in'),
    profile: z.string(),
    step: z.enum(['connecting', 'waiting-for-browser', 'waiting-for-code', 'finishing']),
    /** Only while waiting for the browser. */
    page: signInPageSchema.nullable(),
    /** Only while waiting for a code. */
    code: codeQuestionSchema.nullable(),
  }),
  z.strictObject({
    state: z.literal('signed-in'),
    identity: identitySchema,
    /** End of the sign-in as AWS stated it, or null where none is known. */
    expiresUtc: instantSchema.nullable(),
    renewsItself: z.boolean(),
    /** Why the last renewal failed; the sign-in still holds, or is tried again. Null where none failed. */
    renewalProblem: appErrorSchema.nullable(),
    /** Whether it lies in the AWS CLI's cache, so that signing out ends it for the CLI as well. */
    isShared: z.boolean(),
    /** Why signing in with another profile came to nothing; the former sign-in still holds. */
    switchProblem: appErrorSchema.nullable(),
  }),
  /** A call met the end of the sign-in. The work stays; the same person signs in again. */
  z.strictObject({ state: z.literal('ended'), identity: identitySchema, problem: appErrorSchema }),
]);
export type SessionView = z.infer<typeof sessionViewSchema>;
