import { z } from 'zod';

const unitsMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const relative = /^now(?:([+-])(\d+(?:\.\d+)?)([smhd]))?$/;

/** Reads an ISO instant, or `now`, `now-50m`, `now+3d` relative to `nowMs`. Undefined when it is neither. */
export function resolveInstant(text: string, nowMs: number): string | undefined {
  const match = relative.exec(text);
  if (match) {
    const [, sign, amount, unit] = match;
    const unitMs = unitsMs[(unit ?? 's') as keyof typeof unitsMs];
    const offsetMs = amount === undefined ? 0 : Number(amount) * unitMs * (sign === '-' ? -1 : 1);
    return new Date(nowMs + offsetMs).toISOString();
  }
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : new Date(parsed).toISOString();
}

const accountId = z.string().regex(/^\d{12}$/, 'must be an AWS account id of twelve digits, as a string');

const dimensionSchema = z.object({
  Key: z.string(),
  Name: z.string().optional(),
  Description: z.string().optional(),
  Unit: z.string().optional(),
  Types: z.array(z.string()).optional(),
});

const profileSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sso-session'), name: z.string(), accountId, roleName: z.string() }),
  z.strictObject({ kind: z.literal('sso-legacy'), name: z.string(), accountId, roleName: z.string() }),
  z.strictObject({ kind: z.literal('static'), name: z.string(), accessKeyId: z.string() }),
  z.strictObject({
    kind: z.literal('role'),
    name: z.string(),
    accountId,
    roleName: z.string(),
    sourceProfile: z.string(),
    externalId: z.string().optional(),
    mfaSerial: z.string().optional(),
  }),
]);

/**
 * The whole simulated AWS as data. Instants are ISO texts in UTC; on input also `now`, `now-50m`, `now+3d`, relative to
 * the practice clock at the moment the world is put in.
 */
export function createWorldSchema(nowMs: number) {
  const instant = z.string().transform((text, context) => {
    const resolved = resolveInstant(text, nowMs);
    if (resolved !== undefined) return resolved;
    context.addIssue({ code: 'custom', message: 'must be an ISO instant, or such as now, now-50m, now+3d' });
    return z.NEVER;
  });
  return z.strictObject({
    /** The first one is whom unknown, well-formed static keys belong to. */
    sellers: z
      .array(z.strictObject({ accountId, name: z.string(), email: z.string(), userName: z.string() }))
      .min(1),
    /** `permissions` are IAM actions, or `*`, or a prefix such as `aws-marketplace:Get*`. */
    roles: z.array(
      z.strictObject({
        accountId,
        name: z.string(),
        permissions: z.array(z.string()),
        sessionMs: z.number().int().positive(),
        /** Whether the person of `signIn` is assigned to it in IAM Identity Center. */
        assigned: z.boolean(),
        externalId: z.string().optional(),
        mfaSerial: z.string().optional(),
      }),
    ),
    accessKeys: z.array(
      z.strictObject({
        accessKeyId: z.string(),
        accountId,
        userName: z.string(),
        permissions: z.array(z.string()),
        active: z.boolean(),
      }),
    ),
    signIn: z.strictObject({
      startUrl: z.string(),
      region: z.string(),
      personName: z.string(),
      personEmail: z.string(),
      /** Until a refresh no longer helps and a new sign-in is needed. */
      sessionMs: z.number().int().positive(),
      accessTokenMs: z.number().int().positive(),
      registrationMs: z.number().int().positive(),
      codeMs: z.number().int().positive(),
      pollIntervalSeconds: z.number().int().min(0),
      refreshTokens: z.boolean(),
    }),
    profiles: z.array(profileSchema),
    products: z.array(
      z.strictObject({
        id: z.string(),
        sellerAccountId: accountId,
        productCode: z.string(),
        type: z.string(),
        title: z.string(),
        visibility: z.string(),
        /** How this product is meant to be metered. AWS tells nobody; here for people who read the world. */
        scheme: z.enum(['licence', 'product-code', 'none']),
        revision: z.number().int().positive(),
        lastModified: instant,
        shortDescription: z.string(),
        /** Absent: the sub-document is missing from the catalog's answer. */
        dimensions: z.array(dimensionSchema).optional(),
      }),
    ),
    offers: z.array(
      z.strictObject({ id: z.string(), productId: z.string(), name: z.string(), state: z.string() }),
    ),
    buyers: z.array(
      z.strictObject({ accountId, customerIdentifier: z.string().optional(), suspended: z.boolean() }),
    ),
    agreements: z.array(
      z.strictObject({
        agreementId: z.string(),
        proposerAccountId: accountId,
        acceptorAccountId: accountId,
        productId: z.string(),
        resourceType: z.string(),
        offerId: z.string(),
        status: z.string(),
        acceptanceTime: instant,
        startTime: instant,
        endTime: instant.nullable(),
        lastUpdateTime: instant,
        /** Licence ARNs that `SearchAgreements` tells of. */
        licenseArns: z.array(z.string()),
        /** Licence ARNs that exist, but that the search's rows don't show (yet): only its LicenseArn filter finds them. */
        unlistedLicenseArns: z.array(z.string()).optional(),
        initialAgreementId: z.string(),
        endTimeBehaviorType: z.string().optional(),
        endTimeBehaviorReasonCode: z.string().optional(),
        currencyCode: z.string(),
        agreementValue: z.string(),
        /** In the wire's own form; instants as ISO texts. Unknown kinds are passed on as they are. */
        terms: z.array(z.record(z.string(), z.unknown())),
        /** For a reader: which edge this contract is. */
        edge: z.string().optional(),
      }),
    ),
    entitlements: z.array(
      z.strictObject({
        productId: z.string(),
        acceptorAccountId: accountId,
        dimension: z.string(),
        licenseArn: z.string().optional(),
        expirationDate: instant,
        integerValue: z.number().int().optional(),
        doubleValue: z.number().optional(),
        booleanValue: z.boolean().optional(),
        stringValue: z.string().optional(),
      }),
    ),
  });
}

export type World = z.output<ReturnType<typeof createWorldSchema>>;
export type WorldProduct = World['products'][number];
export type WorldAgreement = World['agreements'][number];
export type WorldProfile = World['profiles'][number];
export type WorldRole = World['roles'][number];
export type WorldEntitlement = World['entitlements'][number];
