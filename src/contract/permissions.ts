/** What the role that is signed in may do at AWS, as far as AWS has told. */
import { z } from 'zod';
import { instantSchema } from './primitives.ts';

/** What each read is for, by the word under which the page explains it. */
export const readPurposes = ['contracts', 'terms', 'products', 'entitlements', 'trail'] as const;
export type ReadPurpose = (typeof readPurposes)[number];

export const readPermissionSchema = z.strictObject({
  purpose: z.enum(readPurposes),
  /** The IAM action: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsmarketplace.html */
  action: z.string(),
  /** `unknown` where it could not be tried, as without any contract. */
  state: z.enum(['allowed', 'refused', 'unknown']),
  awsMessage: z.string().nullable(),
});

export const permissionsSchema = z.strictObject({
  /** Empty before they were tried. */
  reads: z.array(readPermissionSchema),
  /** Metering has no dry run: only a submission tells. */
  metering: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('unknown') }),
    z.strictObject({ state: z.literal('allowed') }),
    z.strictObject({
      state: z.literal('refused'),
      action: z.string(),
      awsErrorName: z.string().nullable(),
      awsMessage: z.string().nullable(),
      sinceUtc: instantSchema,
    }),
  ]),
});
export type PermissionsView = z.infer<typeof permissionsSchema>;
