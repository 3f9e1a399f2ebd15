import { z } from 'zod';

/** Exceptions that the services of the simulated AWS model; any may be asked for as a fault. */
const exceptionName = z.string().regex(/^[A-Z][A-Za-z]+$/, 'must be an exception name of AWS');

const kinds = [
  'throttling',
  'internal-error',
  'expired-token',
  'access-denied',
  'slow',
  'hang',
  'cut-before-store',
  'cut-after-store',
  'unprocessed',
  'unknown-status',
  'html',
  'service-unavailable-empty',
  'empty-page',
] as const;

/** One fault: on which operation, how often, and what happens. */
export const faultSchema = z.strictObject({
  /** AWS's operation name such as `BatchMeterUsage`, or `*`. */
  operation: z.string().min(1),
  times: z.union([z.number().int().min(1), z.literal('always')]).default(1),
  /** Calls that pass before the fault begins. */
  skip: z.number().int().min(0).default(0),
  /** Only calls whose query or body holds this text. */
  containing: z.string().optional(),
  kind: z.union([z.enum(kinds), exceptionName]),
  /** Kind `slow`: how long the answer waits, in real milliseconds. */
  ms: z.number().int().min(0).max(600_000).optional(),
  /** Kinds `internal-error`, `html`, `service-unavailable-empty`: whether the call takes effect all the same. */
  store: z.boolean().optional(),
  /** Kind `unprocessed`: which records of the call, from 0. */
  records: z.union([z.literal('all'), z.array(z.number().int().min(0))]).optional(),
  /** Kind `unknown-status`: the word in the place of `Success`. */
  status: z.string().optional(),
  /** Message of an exception. */
  message: z.string().optional(),
  /** The word in the member `error` of an exception of AWS Sign-In, such as `USER_CREDENTIALS_CHANGED`. */
  error: z.string().optional(),
  /** HTTP status of an exception or of the HTML page. */
  httpStatus: z.number().int().min(200).max(599).optional(),
});

export type Fault = z.output<typeof faultSchema>;

export interface Faults {
  /** The fault that this call meets, counted down. The first that fits wins. */
  readonly take: (operation: string, content: string) => Fault | undefined;
  readonly list: () => readonly Fault[];
  readonly replace: (faults: readonly Fault[]) => void;
}

export function createFaults(): Faults {
  let faults: readonly Fault[] = [];
  return {
    take: (operation, content) => {
      const fits = (fault: Fault): boolean =>
        (fault.operation === '*' || fault.operation === operation) &&
        (fault.containing === undefined || content.includes(fault.containing));
      const taken = faults.find((fault) => fits(fault) && fault.skip === 0);
      faults = faults.flatMap((fault) => {
        if (fault === taken) {
          if (fault.times === 'always') return [fault];
          return fault.times > 1 ? [{ ...fault, times: fault.times - 1 }] : [];
        }
        // A call that passes a waiting fault counts for it, even when another fault takes the call.
        return [fits(fault) && fault.skip > 0 ? { ...fault, skip: fault.skip - 1 } : fault];
      });
      return taken;
    },
    list: () => faults,
    replace: (next) => {
      faults = next;
    },
  };
}
