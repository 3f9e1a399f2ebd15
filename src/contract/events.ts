/** What the core tells the page unasked. Events are hints: the page reads anew by a call, so a missed one costs nothing. */
import { z } from 'zod';

const hintSchema = z.strictObject({});

export const events = {
  'session.changed': hintSchema,
  'profiles.changed': hintSchema,
  'contracts.changed': hintSchema,
  /** Usage records of these contracts changed; an empty list means that any may have. */
  'usage.changed': z.strictObject({ agreementIds: z.array(z.string()) }),
  'settings.changed': hintSchema,
  'system.changed': hintSchema,
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof events;
export type EventPayload<N extends EventName> = z.output<(typeof events)[N]>;
