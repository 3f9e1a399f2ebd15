/**
 * The rules of time: when a start time may be entered, and until when AWS itself may still take it. Pure; the present is
 * an argument, in AWS's time. Instants are epoch ms in UTC; start times are whole seconds.
 *
 * AWS's own rule: less than 24 hours old, not in the future, not in a closed month, and within an hour of the end of the
 * contract: https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_UsageRecord.html and
 * https://docs.aws.amazon.com/marketplace/latest/userguide/metering-for-usage.html
 */
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import type { WindowPolicy } from '../../../contract/settings.ts';
import {
  dayMs,
  hourMs,
  hourSlotOf,
  minuteMs,
  monthClosesAt,
  openMonthStart,
  secondFrom,
  secondMs,
  secondOf,
  utc,
} from './utc-hours.ts';

/** How long after a contract's end AWS still takes usage from before it. */
export const reportingHourMs = hourMs;

/** AWS judges when a call arrives, so its limits are counted this much early. */
export const deadlineMarginMs = minuteMs;

/** The instants of a contract that bound its usage. */
export interface ContractTimes {
  readonly startMs: number;
  /** End or cancellation; null when there is none. */
  readonly endMs: number | null;
  /** The last instant at which usage may be entered; null when there is no end. */
  readonly closesMs: number | null;
  /** True when AWS gives no certain instant for the end; the words that name it say so. */
  readonly endIsAbout?: boolean;
}

export interface TimeRules {
  readonly nowMs: number;
  readonly policy: WindowPolicy;
  readonly contract: ContractTimes;
}

export interface TimeIssue {
  readonly code: Extract<
    ReasonCode,
    | 'in-the-future'
    | 'too-old'
    | 'month-closed'
    | 'before-contract-start'
    | 'after-contract-end'
    | 'contract-ended'
  >;
  /** `limitUtc` is the instant that was missed; others stand beside it where a sentence needs them. */
  readonly facts: Readonly<Record<string, string | number>>;
}

/** The greatest age of a start time under a policy, in ms: exactly six hours, or all that is less than 24. */
export function windowMsOf(policy: WindowPolicy): number {
  return policy === 'six-hours' ? 6 * hourMs : dayMs - 1;
}

/** Every rule that a start time breaks when it is entered now, each with its own words; empty when it may be entered. */
export function judgeStart({
  startMs,
  nowMs,
  policy,
  contract,
}: TimeRules & { startMs: number }): TimeIssue[] {
  const now = secondOf(nowMs);
  const oldestMs = secondFrom(now - windowMsOf(policy));
  const openFromMs = openMonthStart(now);
  const about = contract.endIsAbout === true ? { endIsAbout: 1 } : {};
  const issues: TimeIssue[] = [];
  if (startMs > now) issues.push({ code: 'in-the-future', facts: { limitUtc: utc(now) } });
  if (startMs < oldestMs) issues.push({ code: 'too-old', facts: { limitUtc: utc(oldestMs), policy } });
  if (startMs < openFromMs) {
    issues.push({
      code: 'month-closed',
      // Where the window begins later than the month, a time in between would only be refused next.
      facts: { limitUtc: utc(Math.max(openFromMs, oldestMs)), closedUtc: utc(monthClosesAt(startMs)) },
    });
  }
  if (startMs < contract.startMs) {
    issues.push({ code: 'before-contract-start', facts: { limitUtc: utc(contract.startMs) } });
  }
  if (contract.endMs !== null && startMs >= contract.endMs) {
    issues.push({ code: 'after-contract-end', facts: { limitUtc: utc(contract.endMs), ...about } });
  }
  if (contract.endMs !== null && contract.closesMs !== null && now > contract.closesMs) {
    issues.push({
      code: 'contract-ended',
      facts: { limitUtc: utc(contract.closesMs), endedUtc: utc(contract.endMs), ...about },
    });
  }
  return issues;
}

/**
 * As `judgeStart`, and in the last minute before one of AWS's limits also that limit: a record would be confirmed only to
 * miss its deadline, so it is refused before that.
 */
export function judgeEntry(rules: TimeRules & { startMs: number }): TimeIssue[] {
  const issues = judgeStart(rules);
  if (issues.length > 0) return issues;
  const { startMs, nowMs, contract } = rules;
  const limit = awsLimit(startMs, contract.endMs);
  if (secondOf(nowMs) < limit.atMs - deadlineMarginMs) return [];
  return [{ code: limit.code, facts: { limitUtc: utc(limit.atMs), lastMinute: 1 } }];
}

/** AWS's own limits for a start time, and which comes first. */
function awsLimit(
  startMs: number,
  endMs: number | null,
): { readonly atMs: number; readonly code: 'too-old' | 'month-closed' | 'contract-ended' } {
  const ageMs = startMs + dayMs;
  const monthMs = monthClosesAt(startMs);
  const endsMs = endMs === null ? Number.POSITIVE_INFINITY : endMs + reportingHourMs;
  const atMs = Math.min(ageMs, monthMs, endsMs);
  if (atMs === endsMs) return { atMs, code: 'contract-ended' };
  return { atMs, code: atMs === monthMs ? 'month-closed' : 'too-old' };
}

/** The deadline of a record: AWS's own limit for its start time, counted a minute early. Nothing is sent from then on. */
export function deadlineOf({
  startMs,
  contractEndMs,
}: {
  readonly startMs: number;
  readonly contractEndMs: number | null;
}): number {
  return awsLimit(startMs, contractEndMs).atMs - deadlineMarginMs;
}

/** When the window closes for a start time, and by which rule: the policy's, or AWS's where that comes first. */
export function windowClosesAt({
  startMs,
  policy,
  contract,
}: Pick<TimeRules, 'policy' | 'contract'> & { readonly startMs: number }): {
  readonly atMs: number;
  readonly code: 'too-old' | 'month-closed' | 'contract-ended';
} {
  const policyMs = startMs + windowMsOf(policy);
  const limit = awsLimit(startMs, contract.endMs);
  const deadlineMs = limit.atMs - deadlineMarginMs;
  return policyMs < deadlineMs ? { atMs: policyMs, code: 'too-old' } : { atMs: deadlineMs, code: limit.code };
}

/** First and last whole second, both included. */
export interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The start times that may be entered now, exactly those that `judgeEntry` lets pass; null when there are none. */
export function openSpan({ nowMs, policy, contract }: TimeRules): Span | null {
  const now = secondOf(nowMs);
  const { endMs, closesMs } = contract;
  if (endMs !== null && now >= endMs + reportingHourMs - deadlineMarginMs) return null;
  if (closesMs !== null && now > closesMs) return null;
  const fromMs = Math.max(
    secondFrom(now - windowMsOf(policy)),
    // Whatever misses its deadline by age or by the month's closing within the margin is no longer offered.
    now + deadlineMarginMs - dayMs + secondMs,
    openMonthStart(now + deadlineMarginMs),
    secondFrom(contract.startMs),
  );
  const untilMs = Math.min(now, endMs === null ? now : secondFrom(endMs) - secondMs);
  return fromMs <= untilMs ? { fromMs, untilMs } : null;
}

/** The part of a UTC hour in which a start time may lie; null when none. `inHourMs` may be any instant of the hour. */
export function openPartOfHour(rules: TimeRules & { readonly inHourMs: number }): Span | null {
  const open = openSpan(rules);
  if (open === null) return null;
  const slotMs = hourSlotOf(rules.inHourMs);
  const fromMs = Math.max(open.fromMs, slotMs);
  const untilMs = Math.min(open.untilMs, slotMs + hourMs - secondMs);
  return fromMs <= untilMs ? { fromMs, untilMs } : null;
}
