/** What a person can set, and what the app says of itself. */
import { z } from 'zod';
import { schemeSchema } from './contracts.ts';
import { appErrorSchema } from './errors.ts';
import { auditHeadSchema } from './ledger.ts';
import { accountIdSchema, instantSchema, productIdSchema } from './primitives.ts';

export const windowPolicies = ['six-hours', 'less-than-24-hours'] as const;
export const windowPolicySchema = z.enum(windowPolicies);
/** How far back a start time may lie when it is entered. */
export type WindowPolicy = z.infer<typeof windowPolicySchema>;

/** Where AWS takes metering calls: https://docs.aws.amazon.com/marketplace/latest/developerguide/metering-regions.html */
export const meteringRegions = [
  ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1'],
  ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-central-2', 'eu-north-1', 'eu-south-1'],
  ...['eu-south-2', 'me-south-1', 'me-central-1', 'il-central-1', 'af-south-1', 'ap-east-1', 'ap-south-1'],
  ...['ap-south-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-southeast-3', 'ap-southeast-4'],
  ...['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3'],
] as const;
export const meteringRegionSchema = z.enum(meteringRegions);
export type MeteringRegion = z.infer<typeof meteringRegionSchema>;

export const themeSchema = z.enum(['system', 'light', 'dark']);
export type Theme = z.infer<typeof themeSchema>;

/** How long after confirming nothing leaves and the submission can be taken back; 0 sends at once. */
export const undoSecondsSchema = z.number().int().min(0).max(60);

export const settingsSchema = z.strictObject({
  windowPolicy: windowPolicySchema,
  theme: themeSchema,
  undoSeconds: undoSecondsSchema,
  accountNames: z.array(z.strictObject({ accountId: accountIdSchema, name: z.string() })),
  /** Products whose scheme was chosen. */
  products: z.array(
    z.strictObject({
      productId: productIdSchema,
      productTitle: z.string().nullable(),
      scheme: schemeSchema,
      meteringRegion: z.string(),
    }),
  ),
  dataDir: z.string(),
  ledgerPath: z.string(),
  backupsDir: z.string(),
  /** The newest row of the audit trail, to be kept elsewhere; null while the ledger is not open. */
  auditHead: auditHeadSchema.nullable(),
  preferencesPath: z.string(),
  draftsPath: z.string(),
  logPath: z.string(),
  /** Set when the preferences file was broken: it was put aside under this path and defaults are used. */
  preferencesSetAside: z.string().nullable(),
  /** The same for the drafts. */
  draftsSetAside: z.string().nullable(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const settingsChangeSchema = z.strictObject({
  windowPolicy: windowPolicySchema.optional(),
  theme: themeSchema.optional(),
  undoSeconds: undoSecondsSchema.optional(),
});

export const capabilitiesSchema = z.strictObject({
  /** `dialog`: the host asks where to save, and which file to open. `download`: the page downloads and uploads. */
  save: z.enum(['dialog', 'download']),
  /** Whether sign-in pages may be opened in the system browser by the host. */
  openBrowser: z.boolean(),
  /** Whether the host itself asks before it closes inside an undo window; where not, the page warns as far as a page can. */
  asksBeforeClosing: z.boolean(),
  /** Whether the host can save what its page would print as a PDF; where not, a browser's own print dialog can. */
  savesPdf: z.boolean(),
});
export type Capabilities = z.infer<typeof capabilitiesSchema>;

/** Where an override is set, and the address, without a password. */
export const endpointOverrideSchema = z.strictObject({ setting: z.string(), url: z.string() });

export const systemStatusSchema = z.strictObject({
  appVersion: z.string(),
  practice: z.boolean(),
  capabilities: capabilitiesSchema,
  /** AWS's time as far as it is known, else the computer's. */
  nowUtc: instantSchema,
  /** AWS minus computer in ms; null until AWS has answered once. */
  clockOffsetMs: z.number().nullable(),
  /** Why the ledger is not open. Without it nothing can be submitted. */
  ledgerProblem: appErrorSchema.nullable(),
  /** Why the open ledger takes no writes now, and how many answers of AWS wait for that in memory; null while it does. */
  writeProblem: z.strictObject({ error: appErrorSchema, keptAnswers: z.number().int() }).nullable(),
  /** Endpoint overrides that send calls elsewhere than to AWS, outside practice. */
  endpointOverrides: z.array(endpointOverrideSchema),
  /** Whether a person has acknowledged exactly these; until then nothing is sent anywhere. */
  endpointsAcknowledged: z.boolean(),
});
export type SystemStatus = z.infer<typeof systemStatusSchema>;

export const practiceStartSchema = z.discriminatedUnion('kind', [
  /** The page goes on at this address. */
  z.strictObject({ kind: z.literal('address'), address: z.string() }),
  /** The app starts itself anew in practice. */
  z.strictObject({ kind: z.literal('restarting') }),
]);
