/** What a call's answer makes of its records, and of the search for one at fault. */
import {
  afterTrial,
  canBeOneRecordsFault,
  type Narrowing,
  narrow,
  type TrialResult,
} from '../domain/narrowing.ts';
import { afterOutcome, narrowed } from '../domain/settle.ts';
import type { Refusal } from '../domain/suspects.ts';
import type { AttemptEnd, RecordChange, RecordOutcome, StoredRecord } from '../domain/usage-record.ts';

type Entries = AttemptEnd['records'];

export interface JudgedAnswer {
  readonly entries: Entries;
  readonly narrowing: Narrowing<StoredRecord> | null;
}

/**
 * Judges the answer to a call of `records`. `narrowing` is the plan that the call was a trial of, or null. A refusal of several records
 * for what may be one's fault rejects none of them: each attempt says that nothing was recorded, and why, and the search goes on.
 */
export function judgeAnswer(
  records: readonly StoredRecord[],
  outcomes: readonly RecordOutcome[],
  narrowing: Narrowing<StoredRecord> | null,
  at: { readonly nowMs: number; readonly random: () => number },
): JudgedAnswer {
  const refusal = refusalOfAll(outcomes);
  const result = resultOf(outcomes, refusal);
  const next = narrowing === null ? null : afterTrial(narrowing, records, result);
  if (refusal !== null && records.length > 1) {
    const entries = records.map((record) => ({
      outcome: { ...refusal.outcome, kind: 'not-recorded', next: 'wait' } as const,
      change: narrowed(record, refusal.outcome, at.nowMs),
    }));
    return { entries, narrowing: next ?? narrow(records, refusal.words) };
  }
  return { entries: settled(records, outcomes, at), narrowing: next };
}

function settled(
  records: readonly StoredRecord[],
  outcomes: readonly RecordOutcome[],
  { nowMs, random }: { readonly nowMs: number; readonly random: () => number },
): Entries {
  const dice = random();
  const entries = records.map((record, index) => {
    const outcome = outcomes[index] ?? ({ kind: 'unanswered' } as const);
    return { outcome, change: afterOutcome(record, outcome, nowMs, () => dice) };
  });
  const together = tryTogether(entries.map((entry) => entry.change));
  return entries.map((entry, index) => ({ ...entry, change: together[index] ?? entry.change }));
}

/** What failed together is tried again together: 25 single calls would be 25 times the load. */
export function tryTogether(changes: readonly RecordChange[]): readonly RecordChange[] {
  const tries = changes.map((change) => change.nextTryMs).filter((atMs) => atMs !== null);
  if (tries.length < 2) return changes;
  const firstMs = Math.min(...tries);
  return changes.map((change) => (change.nextTryMs === null ? change : { ...change, nextTryMs: firstMs }));
}

interface WholeRefusal {
  readonly outcome: Extract<RecordOutcome, { kind: 'refused' }>;
  readonly words: Refusal;
}

function refusalOfAll(outcomes: readonly RecordOutcome[]): WholeRefusal | null {
  const [first] = outcomes;
  if (first?.kind !== 'refused' || !canBeOneRecordsFault(first.reason)) return null;
  const isWhole = outcomes.every((one) => one.kind === 'refused' && one.reason === first.reason);
  return isWhole ? { outcome: first, words: { reason: first.reason, message: first.awsMessage } } : null;
}

function resultOf(outcomes: readonly RecordOutcome[], refusal: WholeRefusal | null): TrialResult {
  if (refusal) return { kind: 'refused', refusal: refusal.words };
  return outcomes.some(showsThatItWasTaken) ? { kind: 'through' } : { kind: 'other' };
}

/** Answers for a single record come only after AWS took the call as a whole. */
function showsThatItWasTaken(outcome: RecordOutcome): boolean {
  switch (outcome.kind) {
    case 'recorded':
      return true;
    case 'refused':
      return outcome.reason === 'customer-not-subscribed' || outcome.reason === 'duplicate-record';
    default:
      return outcome.reason === 'not-processed' || outcome.reason === 'unrecognised-answer';
  }
}
