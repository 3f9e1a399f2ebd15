/**
 * What the core tells the page and its host unasked. Events are hints: the page reads anew by a call, so a missed one costs nothing.
 * `usage.facts` alone carries what it is about, for a host that notifies a person who doesn't look at the page.
 */
import { z } from 'zod';
import { accountIdSchema, agreementIdSchema, idSchema, instantSchema } from './primitives.ts';
import { reasonCodeSchema } from './reason-codes.ts';

const hintSchema = z.strictObject({});

/** `near-deadline`: something keeps it from being sent, and soon it will be too late. */
export const usageFactKinds = ['rejected', 'near-deadline', 'needs-person'] as const;
export type UsageFactKind = (typeof usageFactKinds)[number];

export const usageFactSchema = z.strictObject({
  kind: z.enum(usageFactKinds),
  recordId: idSchema,
  agreementId: agreementIdSchema,
  buyerAccountId: accountIdSchema,
  buyerAlias: z.string().nullable(),
  productTitle: z.string().nullable(),
  dimensionKey: z.string(),
  dimensionName: z.string().nullable(),
  quantity: z.number().int(),
  unit: z.string().nullable(),
  startUtc: instantSchema,
  deadlineUtc: instantSchema,
  /** Why it was rejected, or what it waits for. */
  reason: reasonCodeSchema.nullable(),
});
export type UsageFact = z.infer<typeof usageFactSchema>;

export const events = {
  'session.changed': hintSchema,
  'profiles.changed': hintSchema,
  'profileSetup.changed': hintSchema,
  'contracts.changed': hintSchema,
  /** Usage records of these contracts changed; an empty list means that any may have. */
  'usage.changed': z.strictObject({ agreementIds: z.array(z.string()) }),
  /** Each fact is told once for as long as it holds, also over a restart. */
  'usage.facts': z.strictObject({ facts: z.array(usageFactSchema).min(1) }),
  /** An export moved on, or ended. */
  'exports.changed': hintSchema,
  'settings.changed': hintSchema,
  'system.changed': hintSchema,
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
