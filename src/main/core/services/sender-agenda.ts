/**
 * What the sender has before it: every pending record, by lane. The ledger is the truth; this is its picture, so that the next call is not
 * found by reading thousands of records anew.
 */
import { ok, type Result } from '../../../contract/result.ts';
import { inOrderOfSending, laneOf, nextBatch } from '../domain/batches.ts';
import { beforeSending, leavesUntilMs, wakesAt } from '../domain/before-sending.ts';
import { type Narrowing, nextTrial, without } from '../domain/narrowing.ts';
import type { RecordChange, StoredRecord } from '../domain/usage-record.ts';
import type { Ledger } from '../ports.ts';

export interface Lane {
  readonly key: string;
  /** In the order of sending. */
  readonly records: Map<string, StoredRecord>;
  /** Whether a step has not yet written down what leaves: until then, another would choose the same records. */
  starting: boolean;
  /** Calls under way. */
  calls: number;
  /** Whether the last answer was all success, and no search is under way. What isn't known to go through goes one call at a time. */
  goesThrough: boolean;
  /** After calls that were refused as a whole, the first of them under way. Lost with the process; it then begins anew. */
  narrowings: readonly Narrowing<StoredRecord>[];
  /** When there is something to do, and until when; null when it has to be looked up. */
  plan: LanePlan | null;
}

export interface LanePlan {
  /** Not later than now: something is due. Infinity: nothing moves by itself. */
  readonly atMs: number;
  /** Until when what is due leaves without anybody being asked. */
  readonly untilMs: number;
}

export interface Batch {
  readonly records: readonly StoredRecord[];
  /** Whether the batch is a trial of the lane's narrowing. */
  readonly isTrial: boolean;
}

export interface Agenda {
  /** Reads the ledger where something else than the sender may have changed it, and orders its records by the time that is left at `nowMs`. */
  readonly refresh: (nowMs: number) => Result<void>;
  readonly markStale: () => void;
  readonly lanes: () => Iterable<Lane>;
  /** Before AWS's time is known, only calls are due: what moves on without one is decided by the time alone. */
  readonly planOf: (lane: Lane, nowMs: number, isTimeKnown: boolean) => LanePlan;
  /** Gives the records as they are now. */
  readonly apply: (changes: readonly RecordChange[]) => readonly StoredRecord[];
  readonly begun: (records: readonly StoredRecord[]) => readonly StoredRecord[];
}

export function createAgenda(ledger: Pick<Ledger, 'pending'>): Agenda {
  const lanes = new Map<string, Lane>();
  const laneOfRecord = new Map<string, Lane>();
  let stale = true;

  function put(record: StoredRecord): void {
    const key = laneOf(record);
    const lane = lanes.get(key) ?? {
      ...{ key, records: new Map(), plan: null },
      ...{ starting: false, calls: 0, goesThrough: false, narrowings: [] },
    };
    lanes.set(key, lane);
    lane.records.set(record.recordId, record);
    lane.plan = null;
    laneOfRecord.set(record.recordId, lane);
  }

  return {
    refresh: (nowMs) => {
      if (!stale) return ok(undefined);
      const pending = ledger.pending();
      if (!pending.ok) return pending;
      stale = false;
      laneOfRecord.clear();
      for (const lane of lanes.values()) {
        lane.records.clear();
        lane.plan = null;
      }
      for (const record of inOrderOfSending(pending.value, nowMs)) put(record);
      for (const lane of lanes.values()) {
        if (lane.records.size === 0 && !lane.starting && lane.calls === 0) lanes.delete(lane.key);
      }
      return ok(undefined);
    },
    markStale: () => {
      stale = true;
    },
    lanes: () => lanes.values(),
    planOf: (lane, nowMs, isTimeKnown) => {
      lane.plan ??= planOf(lane, nowMs, isTimeKnown);
      return lane.plan;
    },
    apply: (changes) =>
      changes.flatMap((change) => {
        const lane = laneOfRecord.get(change.recordId);
        const record = lane?.records.get(change.recordId);
        if (!lane || !record) return [];
        const changed: StoredRecord = { ...record, ...change };
        lane.plan = null;
        if (changed.status === 'pending') lane.records.set(change.recordId, changed);
        else lane.records.delete(change.recordId);
        return [changed];
      }),
    begun: (records) =>
      records.map((record) => {
        const begun: StoredRecord = {
          ...record,
          phase: 'sending',
          nextTryMs: null,
          attemptCount: record.attemptCount + 1,
        };
        put(begun);
        return begun;
      }),
  };
}

function planOf(lane: Lane, nowMs: number, isTimeKnown: boolean): LanePlan {
  let atMs = Number.POSITIVE_INFINITY;
  for (const record of lane.records.values()) {
    const { kind } = beforeSending(record, nowMs);
    // Of no other that is due the time is both shorter and short.
    if (kind === 'send' || (kind === 'change' && isTimeKnown)) {
      return { atMs: nowMs, untilMs: leavesUntilMs(record) };
    }
    atMs = Math.min(atMs, wakesAt(record, nowMs) ?? atMs);
  }
  return { atMs, untilMs: Number.POSITIVE_INFINITY };
}

/**
 * What the lane sends next: a trial while it narrows, else what is due. Empty when nothing is. What comes before all that a narrowing holds, such as
 * a record near its deadline, doesn't wait for the end of the search.
 */
export function nextOf(lane: Lane, nowMs: number): Batch {
  const trial = nextTrialOf(lane, nowMs);
  if (trial.length === 0) return { records: nextBatch(lane.records.values(), nowMs), isTrial: false };
  const planned = new Set(
    lane.narrowings.flatMap(({ tainted, rest }) => [...tainted, ...rest].map(({ recordId }) => recordId)),
  );
  const ahead: StoredRecord[] = [];
  for (const record of lane.records.values()) {
    if (planned.has(record.recordId)) break;
    ahead.push(record);
  }
  const records = nextBatch(ahead, nowMs);
  return records.length > 0 ? { records, isTrial: false } : { records: trial, isTrial: true };
}

function nextTrialOf(lane: Lane, nowMs: number): readonly StoredRecord[] {
  const current = ({ recordId }: StoredRecord): StoredRecord | undefined => lane.records.get(recordId);
  for (const planned of lane.narrowings) {
    const narrowing = without(planned, (one) => {
      const record = current(one);
      return record === undefined || beforeSending(record, nowMs).kind !== 'send';
    });
    const trial = nextTrial(narrowing);
    const others = lane.narrowings.slice(1);
    lane.narrowings = trial.length === 0 ? others : [narrowing, ...others];
    if (trial.length > 0) return trial.flatMap((one) => current(one) ?? []);
  }
  return [];
}
