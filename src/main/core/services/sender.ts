/**
 * The one way to AWS: drains the ledger, up to 25 records of one product a call. The ledger knows of every attempt before its first byte
 * leaves, and of its answer before the lane's next one starts; a record is sent byte-identical at every attempt.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import { createCallPace } from '../domain/call-pace.ts';
import { afterOutcome, beforeSending, canBeTriedNow, requeued, stateOf } from '../domain/settle.ts';
import type { AttemptEnd, RecordChange, RecordOutcome, StoredRecord } from '../domain/usage-record.ts';
import type { Clock, IncidentLog, Ledger, MeteringGateway, PreparedCall } from '../ports.ts';
import { createAgenda, type Lane, nextOf } from './sender-agenda.ts';
import { judgeAnswer, tryTogether } from './sender-answer.ts';
import { liftedBySignIn, type NotSent, notSentBecause } from './sender-failures.ts';
import type { Session } from './session.ts';

export interface SenderDeps {
  readonly ledger: Ledger;
  readonly gateway: MeteringGateway;
  readonly clock: Clock;
  readonly session: Pick<Session, 'identity' | 'noteEnd'>;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
  /** Uniform in [0, 1), for the jitter. */
  readonly random: () => number;
  /** AWS takes ten a second of one account in one Region; `Infinity` lifts it. */
  readonly callsPerSecond: number;
  /** How long `close` waits for calls that are under way; after a restart those count as unanswered. */
  readonly closePatienceMs: number;
}

export interface Sender {
  /** Takes up what the last run left, then sends whatever is due. */
  readonly start: () => void;
  /** Looks for work now: after a submission, a decision, a shift of time. */
  readonly wake: () => void;
  /** Takes up what was held for want of this account's sign-in. */
  readonly signedIn: (accountId: string) => void;
  /** Brings held or waiting records to the front. */
  readonly tryNow: (recordIds: readonly string[]) => Result<void>;
  /** Resolves when what was under way has its answer on disk, or patience is over. */
  readonly close: () => Promise<void>;
}

/** While the disk is full: how long until an answer is written once more. */
const diskRetryMs = 5_000;
/** So many calls run side by side, each of another lane. */
const callsAtOnce = 4;
/** A call without an answer for so long makes room for another: a lane that hangs must not hold up the others. */
const slowCallMs = 2_000;
const mostCallsAtOnce = 16;
/** A clock that was set back would leave timers waiting for it to catch up. By real time. */
const heartbeatMs = 60_000;

export function createSender(deps: SenderDeps): Sender {
  const { ledger, clock } = deps;
  const agenda = createAgenda(ledger);
  const pace = createCallPace({ callsPerSecond: deps.callsPerSecond });
  const running = new Set<Promise<void>>();
  let slowCalls = 0;
  let closed = false;
  /** The ledger may be closed: what comes now is learnt by the next start. */
  let over = false;
  /** Set while the disk refuses: nothing new is begun before what is known is written. */
  let troubled = false;
  let unsaved: AttemptEnd[] = [];
  let cancelWake = (): void => {};
  let heartbeat: NodeJS.Timeout | undefined;
  let stopListening = (): void => {};
  let isAskingTime = false;
  /** The computer's clock alone decides nothing that is for good: neither a deadline nor a window. */
  const isTimeKnown = (): boolean => clock.offsetMs() !== null;

  function wake(): void {
    agenda.markStale();
    pump();
    void askTime();
  }

  /** Whoever waits for a deadline by an unknown time would wait until something else happens to ask AWS. */
  async function askTime(): Promise<void> {
    const accountId = deps.session.identity()?.accountId;
    const waits = [...agenda.lanes()].some(({ records }) => records.size > 0);
    if (closed || isAskingTime || isTimeKnown() || accountId === undefined || !waits) return;
    isAskingTime = true;
    await deps.gateway.askTime(accountId);
    isAskingTime = false;
  }

  function wakeAt(atMs: number): void {
    cancelWake();
    cancelWake = clock.schedule(atMs, pump);
  }

  /** Nothing more can be done before the disk has room. */
  function trouble(): void {
    troubled = true;
    agenda.markStale();
    wakeAt(clock.now() + diskRetryMs);
  }

  /** Starts every call that is due and has room. */
  function pump(): void {
    if (closed) return;
    troubled = false;
    if (!saveAnswers()) return;
    if (!agenda.refresh().ok) {
      trouble();
      return;
    }
    const nowMs = clock.now();
    const isKnown = isTimeKnown();
    let nextMs = Number.POSITIVE_INFINITY;
    const due: Lane[] = [];
    for (const lane of agenda.lanes()) {
      if (lane.busy) continue;
      const { atMs } = agenda.planOf(lane, nowMs, isKnown);
      if (atMs <= nowMs) due.push(lane);
      else nextMs = Math.min(nextMs, atMs);
    }
    const deadlineOf = (lane: Lane): number => agenda.planOf(lane, nowMs, isKnown).deadlineMs;
    due.sort((a, b) => deadlineOf(a) - deadlineOf(b));
    for (const lane of due) if (hasRoom()) run(lane);
    if (nextMs === Number.POSITIVE_INFINITY) cancelWake();
    else wakeAt(nextMs);
  }

  function hasRoom(): boolean {
    return running.size - slowCalls < callsAtOnce && running.size < mostCallsAtOnce;
  }

  function run(lane: Lane): void {
    lane.busy = true;
    let isSlow = false;
    const timer = setTimeout(() => {
      isSlow = true;
      slowCalls += 1;
      pump();
    }, slowCallMs);
    const step = moveOn(lane)
      .catch((cause: unknown) => {
        deps.incidents.report(cause, 'sender');
        trouble();
      })
      .finally(() => {
        clearTimeout(timer);
        if (isSlow) slowCalls -= 1;
        lane.busy = false;
        lane.plan = null;
        running.delete(step);
        if (!troubled) pump();
      });
    running.add(step);
  }

  /** One step of a lane: what moves on without a call, or one call. */
  async function moveOn(lane: Lane): Promise<void> {
    const judged = judge(lane);
    if (judged.changes.length > 0) {
      changed(judged.changes);
      return;
    }
    const [first] = judged.due;
    if (!first) return;
    const signedInAs = deps.session.identity();
    if (signedInAs === null) {
      notSent(judged.due, notSentBecause.signedOut);
      return;
    }
    if (signedInAs.accountId !== first.sellerAccountId) {
      notSent(judged.due, notSentBecause.wrongAccount);
      return;
    }
    const prepared = await prepare(first.sellerAccountId);
    if (prepared.ok) {
      await pace.turn();
      await call(lane, signedInAs, prepared.value);
      return;
    }
    // What a former sign-in lacked says nothing of the present one: the lane is looked at anew.
    if (deps.session.identity() !== signedInAs) return;
    if (prepared.error !== null) deps.session.noteEnd(prepared.error, signedInAs);
    notSent(
      judge(lane).due,
      prepared.error === null ? notSentBecause.defect : notSentBecause.failure(prepared.error),
    );
  }

  /** The error is null for a defect, which is reported. */
  async function prepare(sellerAccountId: string): Promise<Result<PreparedCall, AppError | null>> {
    try {
      return await deps.gateway.prepare(sellerAccountId);
    } catch (cause) {
      deps.incidents.report(cause, 'sender');
      return err(null);
    }
  }

  /** The lane's records that are due, by what becomes of them. Fresh: time has passed and people decide meanwhile. */
  function judge(lane: Lane): { readonly due: readonly StoredRecord[]; readonly changes: RecordChange[] } {
    const nowMs = clock.now();
    const due: StoredRecord[] = [];
    const changes: RecordChange[] = [];
    if (!agenda.refresh().ok) {
      trouble();
      return { due, changes };
    }
    for (const record of lane.records.values()) {
      const next = beforeSending(record, nowMs);
      if (next.kind === 'send') due.push(record);
      if (next.kind === 'change' && isTimeKnown()) changes.push(next.change);
    }
    return { due, changes };
  }

  async function call(lane: Lane, signedInAs: Identity, prepared: PreparedCall): Promise<void> {
    if (closed || troubled || !agenda.refresh().ok) return;
    // Nothing may come between choosing the records and writing down that they leave.
    const { records, isTrial } = nextOf(lane, clock.now());
    const [first] = records;
    if (!first) return;
    const attemptId = randomUUID();
    const recordIds = records.map(({ recordId }) => recordId);
    const { accessKeyId, principalArn } = prepared;
    const begun = ledger.beginAttempt({ attemptId, recordIds, atMs: clock.now(), accessKeyId, principalArn });
    if (!begun.ok) {
      trouble();
      return;
    }
    const sending = agenda.begun(records);
    tell(records);
    const { meteringRegion, sellerAccountId } = first;
    const answer = await prepared.send({ meteringRegion, sellerAccountId, records });
    if (over) return;
    endSession(answer.outcomes, signedInAs);
    const atMs = clock.now();
    const judged = judgeAnswer(sending, answer.outcomes, isTrial ? lane.narrowing : null, {
      nowMs: atMs,
      random: deps.random,
    });
    if (isTrial || judged.narrowing !== null) lane.narrowing = judged.narrowing;
    const { requestId, httpStatus } = answer;
    unsaved.push({ attemptId, atMs, requestId, httpStatus, records: judged.entries });
    saveAnswers();
    tell(records);
    const current = deps.session.identity();
    // Held for want of a sign-in that has taken place meanwhile.
    if (current !== null && current !== signedInAs) liftHeld(current.accountId);
  }

  /** Writes answers that are not on disk yet. An answer is never dropped: while the disk is full it is kept here. */
  function saveAnswers(): boolean {
    while (unsaved[0]) {
      const ended = ledger.endAttempt(unsaved[0]);
      if (!ended.ok) {
        trouble();
        return false;
      }
      agenda.apply(unsaved[0].records.map(({ change }) => change));
      unsaved = unsaved.slice(1);
    }
    return true;
  }

  function notSent(records: readonly StoredRecord[], why: NotSent): void {
    const outcome: RecordOutcome = { kind: 'not-recorded', ...why, awsErrorName: null, awsMessage: null };
    const dice = deps.random();
    const nowMs = clock.now();
    changed(tryTogether(records.map((record) => afterOutcome(record, outcome, nowMs, () => dice))));
  }

  function changed(changes: readonly RecordChange[]): void {
    if (changes.length === 0) return;
    const done = ledger.change({ atMs: clock.now(), actor: 'app', records: changes });
    if (done.ok) tell(agenda.apply(changes));
    else trouble();
  }

  function endSession(outcomes: readonly RecordOutcome[], signedInAs: Identity): void {
    const [outcome] = outcomes;
    if (outcome?.kind !== 'not-recorded' || outcome.next !== 'hold') return;
    // The same person may have signed in anew while the call was under way.
    if (deps.session.identity() !== signedInAs) return;
    if (outcome.reason === 'sign-in-expired') {
      deps.session.noteEnd({ kind: 'sign-in-expired', profile: signedInAs.profile }, signedInAs);
    }
    if (outcome.reason === 'unknown-credentials') {
      const { awsErrorName, awsMessage } = outcome;
      const said = { awsErrorName: awsErrorName ?? '', awsMessage: awsMessage ?? '', requestId: null };
      deps.session.noteEnd({ kind: 'unknown-credentials', ...said }, signedInAs);
    }
  }

  function tell(records: readonly StoredRecord[]): void {
    deps.publish('usage.changed', {
      agreementIds: [...new Set(records.map((record) => record.agreementId))],
    });
  }

  /** Whether it is too late for a resend can't be told before AWS's time is known. */
  function withResend(change: RecordChange): RecordChange {
    const isPlanned = change.phase !== 'unknown' || change.nextTryMs !== null || isTimeKnown();
    return isPlanned ? change : { ...change, nextTryMs: clock.now() };
  }

  /** A call that was under way when the app ended may have been recorded. */
  function takeUpUnanswered(): void {
    const unanswered = ledger.unanswered();
    if (!unanswered.ok) return;
    const atMs = clock.now();
    for (const { attemptId, recordIds } of unanswered.value) {
      const found = recordIds.flatMap((recordId) => {
        const record = ledger.record(recordId);
        return record.ok && record.value !== null ? [record.value] : [];
      });
      const dice = deps.random();
      const outcome = { kind: 'unanswered' } as const;
      const changes = found.map((record) => afterOutcome(record, outcome, atMs, () => dice));
      const records = tryTogether(changes.map(withResend)).map((change) => ({ outcome, change }));
      unsaved.push({ attemptId, atMs, requestId: null, httpStatus: null, records });
    }
    saveAnswers();
  }

  function takeUp(records: readonly StoredRecord[]): Result<void> {
    if (records.length === 0) return ok(undefined);
    const nowMs = clock.now();
    const done = ledger.change({
      atMs: nowMs,
      actor: deps.session.identity()?.principalArn ?? 'app',
      records: records.map((record) => requeued(record, nowMs)),
    });
    tell(records);
    wake();
    return done;
  }

  function liftHeld(accountId: string): void {
    const pending = ledger.pending();
    if (!pending.ok) return;
    takeUp(
      pending.value.filter(
        (record) =>
          record.sellerAccountId === accountId &&
          record.phase !== 'sending' &&
          record.reason !== null &&
          liftedBySignIn.has(record.reason),
      ),
    );
  }

  return {
    start: () => {
      takeUpUnanswered();
      heartbeat = setInterval(wake, heartbeatMs);
      heartbeat.unref();
      stopListening = clock.onLearnt(wake);
      wake();
    },
    wake,
    signedIn: (accountId) => {
      liftHeld(accountId);
      wake();
    },
    tryNow: (recordIds) => {
      const records: StoredRecord[] = [];
      for (const recordId of recordIds) {
        const record = ledger.record(recordId);
        if (!record.ok) return record;
        if (record.value === null) return err({ kind: 'not-found', what: 'record', id: recordId });
        if (!canBeTriedNow(record.value, clock.now())) {
          return err({ kind: 'not-possible-now', detail: stateOf(record.value) });
        }
        records.push(record.value);
      }
      return takeUp(records);
    },
    close: async () => {
      closed = true;
      cancelWake();
      clearInterval(heartbeat);
      stopListening();
      if (running.size > 0) {
        const patience = new AbortController();
        const timeout = sleep(deps.closePatienceMs, undefined, { signal: patience.signal });
        await Promise.race([Promise.allSettled(running), timeout.catch(() => undefined)]);
        patience.abort();
      }
      saveAnswers();
      over = true;
    },
  };
}
