/**
 * What time and type make of a contract. AWS's statuses:
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-agreements_DescribeAgreement.html
 */
import type { ContractStatus, ContractSummary } from '../../../contract/contracts.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { AgreementSummary } from '../ports.ts';
import { type ContractTimes, reportingHourMs } from './usage-window.ts';
import { secondFrom, secondMs, secondOf, utc } from './utc-hours.ts';

export interface EffectiveTimes extends ContractTimes {
  /** True when AWS gives no certain instant for the end. */
  readonly endIsAbout: boolean;
}

export interface StatusOfContract extends EffectiveTimes {
  readonly status: ContractStatus;
  readonly addUsage: ContractSummary['addUsage'];
  /** The next instant at which time alone changes the status; null when it never does. */
  readonly nextChangeMs: number | null;
}

/** Agreements that ran and ended: usage from before the end is taken for one more hour. */
const endedStatuses: ReadonlySet<string> = new Set([
  'CANCELLED',
  'EXPIRED',
  'TERMINATED',
  'RENEWED',
  'REPLACED',
]);
/** Agreements and revisions that are simply no longer there. */
const goneStatuses: ReadonlySet<string> = new Set(['ARCHIVED', 'ROLLED_BACK', 'SUPERSEDED']);

/** From this year on an end stands for none: AWS writes 9999-01-01 where a contract has no end. */
const endlessFromMs = Date.UTC(9999, 0, 1);

const notByHandTypes: Readonly<Record<string, Extract<ContractStatus, { kind: 'not-by-hand' }>['cause']>> = {
  AmiProduct: 'ami',
  ContainerProduct: 'container',
  MachineLearningProduct: 'machine-learning',
  ProfessionalServicesProduct: 'professional-services',
};

/**
 * Start and effective end of an agreement. One that is active ends at its `endTime`. One that AWS reports as over ended at the
 * earlier of `endTime` and `lastUpdateTime`, which is about right only, unless it expired on its own end.
 */
export function effectiveTimes(
  agreement: Pick<AgreementSummary, 'startMs' | 'endMs' | 'lastUpdateMs' | 'status'>,
): EffectiveTimes {
  const { startMs, status, lastUpdateMs } = agreement;
  const statedMs = agreement.endMs !== null && agreement.endMs < endlessFromMs ? agreement.endMs : null;
  const isOver = endedStatuses.has(status) || goneStatuses.has(status);
  const endMs = isOver ? earlier(statedMs, lastUpdateMs) : statedMs;
  return {
    startMs,
    endMs,
    closesMs: endMs === null ? null : endMs + reportingHourMs,
    endIsAbout: isOver && endMs !== null && !(status === 'EXPIRED' && endMs === statedMs),
  };
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

/**
 * Whether a contract has something to meter: null while its terms have not been read, `not-in-catalog` when it has usage prices but
 * the catalog doesn't show (this role) what they are for.
 */
export type HasMetered = boolean | 'not-in-catalog' | null;

/**
 * Status of a contract at `nowMs`, whether usage can be added to it and when the status changes by itself.
 * `hasMetered` tells whether its terms have something to meter; null while they have not been read.
 * What AWS may add tomorrow (a type, a status) is never metered by guess.
 */
export function contractStatusOf(
  agreement: AgreementSummary,
  nowMs: number,
  hasMetered: HasMetered,
): StatusOfContract {
  const times = effectiveTimes(agreement);
  if (agreement.addedByHand) return { ...times, ...byHand(hasMetered) };
  return { ...times, ...judge(agreement, times, secondOf(nowMs), hasMetered) };
}

/** Of a contract that was added by hand nothing is known but that somebody has it: AWS judges its times. */
function byHand(hasMetered: HasMetered): Judged {
  if (hasMetered === false) return notByHand('no-consumption', null);
  return { status: { kind: 'active' }, addUsage: { allowed: true }, nextChangeMs: null };
}

type Judged = Omit<StatusOfContract, keyof EffectiveTimes>;

function judge(
  { resourceType, status }: AgreementSummary,
  times: EffectiveTimes,
  now: number,
  hasMetered: HasMetered,
): Judged {
  const cause = Object.hasOwn(notByHandTypes, resourceType) ? notByHandTypes[resourceType] : undefined;
  if (cause !== undefined) return notByHand(cause, null);
  if (goneStatuses.has(status)) return ended(times.endMs);
  const isKnown = status === 'ACTIVE' || endedStatuses.has(status);
  if (resourceType !== 'SaaSProduct' || !isKnown) return unknownType(times, now);
  if (status !== 'ACTIVE' && (times.endMs === null || times.endMs > now + reportingHourMs))
    return ended(null);
  if (times.closesMs !== null && now > times.closesMs) return ended(times.endMs);
  const isOver = status !== 'ACTIVE' || (times.endMs !== null && now >= times.endMs);
  if (!isOver && now < times.startMs) {
    return {
      status: { kind: 'not-started', startsUtc: utc(times.startMs) },
      addUsage: { allowed: false, reason: 'contract-not-started' },
      nextChangeMs: secondFrom(times.startMs),
    };
  }
  const nextChangeMs = isOver ? afterClosing(times) : atEnd(times);
  if (hasMetered === false) return notByHand('no-consumption', afterClosing(times));
  const addUsage =
    hasMetered === 'not-in-catalog'
      ? ({ allowed: false, reason: 'dimensions-not-in-catalog' } as const)
      : ({ allowed: true } as const);
  if (isOver && times.closesMs !== null) {
    return {
      status: { kind: 'closing', closesUtc: utc(times.closesMs) },
      addUsage,
      nextChangeMs,
    };
  }
  return { status: { kind: 'active' }, addUsage, nextChangeMs };
}

/** The first second of a contract that is over. */
function atEnd({ endMs }: EffectiveTimes): number | null {
  return endMs === null ? null : secondFrom(endMs);
}

/** The first second in which nothing is taken any more. */
function afterClosing({ closesMs }: EffectiveTimes): number | null {
  return closesMs === null ? null : secondOf(closesMs) + secondMs;
}

function ended(endMs: number | null): Judged {
  return {
    status: { kind: 'ended', endedUtc: endMs === null ? null : utc(endMs) },
    addUsage: { allowed: false, reason: 'contract-ended' },
    nextChangeMs: null,
  };
}

function unknownType(times: EffectiveTimes, now: number): Judged {
  return times.endMs !== null && now >= times.endMs
    ? ended(times.endMs)
    : notByHand('unknown-type', atEnd(times));
}

type Cause = Extract<ContractStatus, { kind: 'not-by-hand' }>['cause'];

function reasonOf(cause: Cause): ReasonCode {
  if (cause === 'no-consumption') return 'no-metered-dimension';
  return cause === 'unknown-type' ? 'contract-kind-unknown' : 'not-a-saas-product';
}

function notByHand(cause: Cause, nextChangeMs: number | null): Judged {
  return {
    status: { kind: 'not-by-hand', cause },
    addUsage: {
      allowed: false,
      reason: reasonOf(cause),
    },
    nextChangeMs,
  };
}
