/**
 * Looks after records whose outcome is unknown and which no resend can settle: CloudTrail is asked, after a wait that fits its delay, again and
 * again with growing pauses. What it proves is decided; the rest waits for a person, with the evidence.
 */
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import {
  canBeDecided,
  decidedByTrail,
  findingsFor,
  nextLookMs,
  type TrailCall,
  type TrailFinding,
  trailName,
  verdictOf,
} from '../domain/trail-evidence.ts';
import type { StoredAttempt, StoredRecord } from '../domain/usage-record.ts';
import { minuteMs } from '../domain/utc-hours.ts';
import type { Clock, IncidentLog, Ledger, SubmissionTrail } from '../ports.ts';
import type { Session } from './session.ts';

export interface TrailSettlementDeps {
  readonly ledger: Ledger;
  readonly trail: SubmissionTrail;
  readonly clock: Clock;
  readonly session: Pick<Session, 'identity'>;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
}

/** The last look at CloudTrail for one record. */
export interface Look {
  readonly lookedMs: number;
  readonly looks: number;
  readonly findings: readonly TrailFinding[];
  /** False when there was more than could be read. */
  readonly isComplete: boolean;
  readonly problem: AppError | null;
}

export interface TrailSettlement {
  /** Looks soon for records that are due: after a start, a sign-in, a change, a shift of time. */
  readonly wake: () => void;
  /** Looks for one record now, unless it was looked for a moment ago. Gives the last look; null where none was possible. */
  readonly lookNow: (recordId: string) => Promise<Look | null>;
  /** When it is looked for next by itself; null when it isn't. */
  readonly nextLookMs: (record: StoredRecord) => number | null;
  readonly close: () => void;
}

/** Clocks of the computer and of AWS may have differed at the call, though never by more than AWS tolerates. */
const clockToleranceMs = 20 * minuteMs;
/** Changes of many records come together. */
const gatherMs = 1_000;
const freshLookMs = minuteMs;

interface Case {
  readonly record: StoredRecord;
  readonly attempts: readonly StoredAttempt[];
}

export function createTrailSettlement(deps: TrailSettlementDeps): TrailSettlement {
  const { ledger, clock } = deps;
  const looks = new Map<string, Look>();
  let cancel = (): void => {};
  let isRunning = false;
  let again = false;
  let nextRunMs = Number.POSITIVE_INFINITY;
  let closed = false;

  function wakeAt(atMs: number): void {
    cancel();
    if (closed) return;
    nextRunMs = atMs;
    cancel = clock.schedule(atMs, run);
  }

  function run(): void {
    if (closed) return;
    again = true;
    nextRunMs = Number.POSITIVE_INFINITY;
    if (!isRunning) void settleAll();
  }

  async function settleAll(): Promise<void> {
    isRunning = true;
    while (again && !closed) {
      again = false;
      try {
        const due = dueCases();
        await lookFor(due);
        scheduleNext();
      } catch (cause) {
        deps.incidents.report(cause, 'CloudTrail');
        wakeAt(clock.now() + 5 * minuteMs);
      }
    }
    isRunning = false;
  }

  /** Unknown records of the account that is signed in. */
  function openCases(): readonly Case[] {
    const accountId = deps.session.identity()?.accountId;
    const pending = ledger.pending();
    if (accountId === undefined || !pending.ok) return [];
    const nowMs = clock.now();
    return pending.value
      .filter((record) => record.sellerAccountId === accountId && canBeDecided(record, nowMs))
      .flatMap((record) => {
        const attempts = ledger.attempts(record.recordId);
        return attempts.ok ? [{ record, attempts: attempts.value }] : [];
      });
  }

  function dueAtMs(record: StoredRecord): number {
    const look = looks.get(record.recordId);
    return nextLookMs(record, look?.looks ?? 0, look?.lookedMs ?? null);
  }

  function dueCases(): readonly Case[] {
    return openCases().filter(({ record }) => dueAtMs(record) <= clock.now());
  }

  function scheduleNext(): void {
    const times = openCases().map(({ record }) => dueAtMs(record));
    if (times.length > 0) wakeAt(Math.max(Math.min(...times), clock.now() + gatherMs));
  }

  /** Many records share a Region, and often a call: they are looked for together. */
  async function lookFor(cases: readonly Case[]): Promise<void> {
    const groups = Map.groupBy(cases, ({ record }) => `${record.sellerAccountId} ${record.meteringRegion}`);
    for (const group of groups.values()) {
      const keys = new Set(group.flatMap(({ attempts }) => attempts.map((one) => one.accessKeyId)));
      let open: readonly Case[] = group;
      for (const accessKeyId of keys) {
        const own = open.filter(({ attempts }) => attempts.some((one) => one.accessKeyId === accessKeyId));
        const left = new Set((await lookOnce(own, accessKeyId)).map(({ record }) => record.recordId));
        open = open.filter((one) => !own.includes(one) || left.has(one.record.recordId));
      }
      // What our own calls don't tell, someone else's may; and a ledger that was restored doesn't know its calls.
      await lookOnce(open, null);
    }
  }

  /** Gives the cases that stay open. */
  async function lookOnce(cases: readonly Case[], accessKeyId: string | null): Promise<readonly Case[]> {
    const [first] = cases;
    if (!first || closed) return cases;
    const { sellerAccountId, meteringRegion } = first.record;
    const sent = cases.flatMap(({ record, attempts }) =>
      accessKeyId === null
        ? [record.hourSlotMs, clock.now()]
        : attempts.flatMap((one) => [one.startedMs, one.endedMs ?? one.startedMs]),
    );
    const answer = await deps.trail.calls({
      sellerAccountId,
      meteringRegion,
      accessKeyId,
      fromMs: Math.min(...sent) - clockToleranceMs,
      untilMs: Math.max(...sent) + clockToleranceMs,
    });
    const problem = answer.ok ? null : answer.error;
    const calls = answer.ok ? answer.value.calls : [];
    const isComplete = answer.ok && answer.value.isComplete;
    return cases.filter((one) => !settle(one, { calls, isComplete, problem, isLast: accessKeyId === null }));
  }

  function settle(
    { record: { recordId }, attempts }: Case,
    seen: {
      readonly calls: readonly TrailCall[];
      readonly isComplete: boolean;
      readonly problem: AppError | null;
      readonly isLast: boolean;
    },
  ): boolean {
    // Read anew: a person may have decided while AWS was asked.
    const current = ledger.record(recordId);
    if (!current.ok || current.value === null) return false;
    const record = current.value;
    const findings = findingsFor(record, seen.calls);
    const nowMs = clock.now();
    const before = looks.get(recordId);
    const { isComplete, problem, isLast } = seen;
    if (isLast) {
      looks.set(recordId, {
        lookedMs: nowMs,
        looks: (before?.looks ?? 0) + 1,
        findings,
        isComplete,
        problem,
      });
    }
    // A look at the calls of one key alone is never the whole search.
    const search = { isComplete: isComplete && isLast };
    const change = decidedByTrail(record, verdictOf(findings, attempts, search), nowMs);
    if (change === null) return false;
    const done = ledger.change({ atMs: nowMs, actor: trailName, records: [change] });
    if (!done.ok) return false;
    looks.delete(recordId);
    deps.publish('usage.changed', { agreementIds: [record.agreementId] });
    return true;
  }

  return {
    wake: () => {
      const soonMs = clock.now() + gatherMs;
      // One that comes sooner is not put off, however often something changes.
      if (soonMs < nextRunMs) wakeAt(soonMs);
    },
    lookNow: async (recordId) => {
      const record = ledger.record(recordId);
      const attempts = ledger.attempts(recordId);
      if (!record.ok || record.value === null || !attempts.ok) return null;
      const last = looks.get(recordId);
      const isFresh = last !== undefined && clock.now() - last.lookedMs < freshLookMs;
      const mayLook = deps.session.identity()?.accountId === record.value.sellerAccountId;
      if (!isFresh && mayLook && record.value.status === 'pending') {
        await lookFor([{ record: record.value, attempts: attempts.value }]);
      }
      return looks.get(recordId) ?? null;
    },
    nextLookMs: (record) => (canBeDecided(record, clock.now()) ? dueAtMs(record) : null),
    close: () => {
      closed = true;
      cancel();
    },
  };
}
