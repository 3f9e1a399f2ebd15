/** Chance: which faults AWS shows, and what a person submits. The same seed gives the same choices. */
import type { EntryLine } from '../../src/contract/entry.ts';
import type { SeededRandom } from '../../src/main/practice/seeded-random.ts';

type Fault = Readonly<Record<string, unknown>>;

const exceptions = [
  'InvalidUsageDimensionException',
  'TimestampOutOfBoundsException',
  'InvalidLicenseException',
  'InvalidCustomerIdentifierException',
  'InvalidProductCodeException',
  'InvalidTagException',
  'InvalidUsageAllocationsException',
  'ValidationException',
  'DisabledApiException',
  'UnrecognizedClientException',
  'SomethingNewException',
  'ServiceUnavailableException',
] as const;

/** One fault of BatchMeterUsage, of any kind that practice knows. */
export function randomFault(random: SeededRandom, dimensionKeys: readonly string[]): Fault {
  const times = random.whole(1, 3);
  const at = { operation: 'BatchMeterUsage', times, skip: random.whole(0, 2) };
  const store = random.next() < 0.5;
  // A dimension that the listing lost: each call that holds it is refused as a whole.
  const lostDimension = (): Fault => {
    const key = dimensionKeys[random.whole(0, Math.max(0, dimensionKeys.length - 1))] ?? 'none';
    return {
      operation: 'BatchMeterUsage',
      times: 'always',
      containing: `"Dimension":"${key}"`,
      kind: 'InvalidUsageDimensionException',
      message: random.next() < 0.5 ? `The usage dimension ${key} does not match.` : 'A dimension is wrong.',
    };
  };
  const kinds: readonly [() => Fault, ...(() => Fault)[]] = [
    () => ({ ...at, kind: 'throttling' }),
    () => ({ ...at, kind: 'internal-error', store }),
    () => ({ ...at, kind: 'expired-token', times: 1 }),
    () => ({ ...at, kind: 'access-denied' }),
    () => ({ ...at, kind: 'slow', ms: random.whole(20, 250) }),
    () => ({ ...at, kind: 'hang', times: 1 }),
    () => ({ ...at, kind: 'cut-before-store' }),
    () => ({ ...at, kind: 'cut-after-store' }),
    () => ({ ...at, kind: 'cut-after-store' }),
    () => ({ ...at, kind: 'unprocessed', records: random.next() < 0.5 ? 'all' : [0, 2, 5] }),
    () => ({ ...at, kind: 'unknown-status', times: 1 }),
    () => ({ ...at, kind: 'html', store, httpStatus: random.pick([200, 403, 502]) }),
    () => ({ ...at, kind: 'service-unavailable-empty', store }),
    () => ({ ...at, kind: random.pick(exceptions), times: 1 }),
    () => ({ operation: 'LookupEvents', times: 2, kind: random.pick(['throttling', 'access-denied']) }),
    lostDimension,
    lostDimension,
  ];
  return random.pick(kinds)();
}

/** A line as typed, for an instant in UTC. */
export function lineFor(random: SeededRandom, dimensionKey: string, startMs: number): EntryLine {
  const start = new Date(startMs).toISOString();
  return {
    lineId: crypto.randomUUID(),
    dimensionKey,
    quantityText: String(random.whole(1, 999)),
    quantityMeaning: null,
    nothingToReport: false,
    dateText: start.slice(0, 10),
    timeText: start.slice(11, 19),
    repeatedHour: null,
    description: '',
  };
}

/** Both variants of what AWS's own sources differ on. */
export function randomBehaviour(random: SeededRandom): Readonly<Record<string, unknown>> {
  return {
    identicalResend: random.pick(['Success', 'DuplicateRecord']),
    sameQuantityOtherMinute: random.pick(['Success', 'DuplicateRecord']),
    cloudTrailStyle: random.pick(['sample', 'plain']),
    resultsOrder: random.pick(['request', 'reversed']),
    rateLimits: random.next() < 0.3,
    keepCalls: 100_000,
  };
}
