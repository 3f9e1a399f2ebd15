import { z } from 'zod';

/** The points on which AWS's own sources differ, or which a test needs another way. */
export const behaviourSchema = z.strictObject({
  /** How far back a record's timestamp may lie. */
  windowHours: z.union([z.literal(6), z.literal(24)]),
  /** Status of a record that is sent again with the same instant and quantity. */
  identicalResend: z.enum(['Success', 'DuplicateRecord']),
  /** Status of a record of the same hour and quantity, but another minute. It is never added up. */
  sameQuantityOtherMinute: z.enum(['Success', 'DuplicateRecord']),
  /** After how long a call shows in CloudTrail, on the practice clock. */
  cloudTrailDelayMs: z.number().int().min(0),
  /** `sample`: fields and instants as in AWS's documentation sample. `plain`: ISO instants, `customerAWSAccountId`. */
  cloudTrailStyle: z.enum(['sample', 'plain']),
  rateLimits: z.boolean(),
  /** AWS does not promise the order of `Results`. */
  resultsOrder: z.enum(['request', 'reversed']),
  /** How many calls are remembered for `/_practice/calls`; the oldest go first. */
  keepCalls: z.number().int().min(1).max(1_000_000),
});

export type Behaviour = z.infer<typeof behaviourSchema>;

export const behaviourChangeSchema = behaviourSchema.partial();

export const defaultBehaviour: Behaviour = {
  windowHours: 24,
  identicalResend: 'Success',
  sameQuantityOtherMinute: 'DuplicateRecord',
  cloudTrailDelayMs: 15 * 60_000,
  cloudTrailStyle: 'sample',
  rateLimits: true,
  resultsOrder: 'request',
  keepCalls: 10_000,
};
