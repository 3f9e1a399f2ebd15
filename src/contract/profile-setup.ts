/** Adding a profile to the AWS config, without the AWS CLI: sign in first, then choose among what AWS says is there. */
import { z } from 'zod';
import { appErrorSchema } from './errors.ts';
import { accountIdSchema } from './primitives.ts';
import { profileNamePattern } from './profile-name.ts';
import { signInPageSchema, signInWaySchema, ssoSessionSchema } from './session.ts';

export const profileNameSchema = z.string().regex(profileNamePattern);

/** https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html */
export const roleNameSchema = z.string().regex(/^[\w+=,.@-]{1,64}$/);

const regionSchema = z.string().regex(/^[a-z]{2,}(-[a-z]+)+-\d+$/);

export const setupSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('known'), ssoSession: z.string().min(1).max(255) }),
  z.strictObject({ kind: z.literal('new'), startUrl: z.string().max(2000), region: regionSchema }),
]);

export type SetupSource = z.infer<typeof setupSourceSchema>;

export const setupBeginSchema = z.strictObject({ source: setupSourceSchema, way: signInWaySchema });

export const setupAccountSchema = z.strictObject({
  accountId: accountIdSchema,
  name: z.string().nullable(),
  email: z.string().nullable(),
});
export type SetupAccount = z.infer<typeof setupAccountSchema>;

export const setupViewSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('idle'), problem: appErrorSchema.nullable() }),
  z.strictObject({
    state: z.literal('signing-in'),
    step: z.enum(['connecting', 'waiting-for-browser', 'finishing']),
    page: signInPageSchema.nullable(),
  }),
  /** Signed in; nothing is written yet. */
  z.strictObject({
    state: z.literal('choosing'),
    ssoSession: ssoSessionSchema,
    accounts: z.array(setupAccountSchema),
  }),
]);
export type SetupView = z.infer<typeof setupViewSchema>;

export const setupSaveSchema = z.strictObject({
  profileName: profileNameSchema,
  accountId: accountIdSchema,
  roleName: roleNameSchema,
});

export const savedProfileSchema = z.strictObject({
  profile: z.string(),
  configPath: z.string(),
  /** The copy of the config as it was; null where there was none. */
  backupPath: z.string().nullable(),
});
export type SavedProfile = z.infer<typeof savedProfileSchema>;
