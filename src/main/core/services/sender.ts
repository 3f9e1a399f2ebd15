/**
 * The one way to AWS: drains the ledger, one record a call. The ledger knows of every attempt before its first byte leaves,
 * and of its answer before the next one starts; a record is sent byte-identical at every attempt.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { afterOutcome, beforeSending, canBeTriedNow, requeued, stateOf, wakesAt } from '../domain/settle.ts';
import type { AttemptEnd, RecordChange, RecordOutcome, StoredRecord } from '../domain/usage-record.ts';
import type { Clock, IncidentLog, Ledger, MeteringGateway } from '../ports.ts';
import { liftedBySignIn, prepareFailures } from './sender-failures.ts';
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
  /** Least time between two calls: AWS takes ten a second. */
  readonly pauseMs: number;
  /** How long `close` waits for a call that is under way; after a restart that call counts as unanswered. */
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

export function createSender(deps: SenderDeps): Sender {
  let draining: Promise<void> | null = null;
  let closed = false;
  let again = false;
  let cancelWake = (): void => {};
  let unsaved: AttemptEnd[] = [];
  let lastCallMs = Number.NEGATIVE_INFINITY;

  function wake(): void {
    if (closed) return;
    again = true;
    draining ??= drain().finally(() => {
      draining = null;
    });
  }

  async function drain(): Promise<void> {
    while (again && !closed) {
      again = false;
      try {
        await sendWhatIsDue();
      } catch (cause) {
        deps.incidents.report(cause, 'sender');
        wakeAt(deps.clock.now() + diskRetryMs);
      }
    }
  }

  function wakeAt(atMs: number): void {
    cancelWake();
    cancelWake = deps.clock.schedule(atMs, wake);
  }

  async function sendWhatIsDue(): Promise<void> {
    if (!saveAnswers()) return;
    for (;;) {
      const pending = deps.ledger.pending();
      if (!pending.ok) {
        wakeAt(deps.clock.now() + diskRetryMs);
        return;
      }
      const next = firstDue(pending.value);
      if (next === null) {
        scheduleWake(pending.value);
        return;
      }
      if (!(await handle(next)) || closed) return;
    }
  }

  /** The due record whose deadline is nearest. */
  function firstDue(pending: readonly StoredRecord[]): StoredRecord | null {
    const nowMs = deps.clock.now();
    let first: StoredRecord | null = null;
    for (const record of pending) {
      if (beforeSending(record, nowMs).kind === 'not-yet') continue;
      if (first === null || record.deadlineMs < first.deadlineMs) first = record;
    }
    return first;
  }

  function scheduleWake(pending: readonly StoredRecord[]): void {
    const nowMs = deps.clock.now();
    const times = pending.map((record) => wakesAt(record, nowMs)).filter((atMs) => atMs !== null);
    if (times.length === 0) cancelWake();
    else wakeAt(Math.min(...times));
  }

  /** Moves one record on; false when nothing more can be done before the disk has room. */
  async function handle(record: StoredRecord): Promise<boolean> {
    const decision = beforeSending(record, deps.clock.now());
    switch (decision.kind) {
      case 'not-yet':
        return true;
      case 'change':
        return changed(record, decision.change);
      case 'send':
        return send(record);
    }
  }

  async function send(record: StoredRecord): Promise<boolean> {
    const signedInAs = deps.session.identity();
    if (signedInAs === null) return notSent(record, 'hold', 'sign-in-expired');
    if (signedInAs.accountId !== record.sellerAccountId) return notSent(record, 'hold', 'wrong-account');
    const prepared = await deps.gateway.prepare(record.sellerAccountId);
    if (!prepared.ok) return couldNotPrepare(record, prepared.error);
    await pause();
    if (closed) return false;
    const attemptId = randomUUID();
    const begun = deps.ledger.beginAttempt({
      attemptId,
      recordIds: [record.recordId],
      atMs: deps.clock.now(),
      accessKeyId: prepared.value.accessKeyId,
      principalArn: signedInAs.principalArn,
    });
    if (!begun.ok) {
      wakeAt(deps.clock.now() + diskRetryMs);
      return false;
    }
    tell([record]);
    const answer = await deps.gateway.send({
      meteringRegion: record.meteringRegion,
      sellerAccountId: record.sellerAccountId,
      records: [record],
    });
    const [outcome = { kind: 'unanswered' } as const] = answer.outcomes;
    endSession(outcome);
    const atMs = deps.clock.now();
    unsaved.push({
      attemptId,
      atMs,
      requestId: answer.requestId,
      httpStatus: answer.httpStatus,
      records: [{ outcome, change: afterOutcome(record, outcome, atMs, deps.random) }],
    });
    const saved = saveAnswers();
    tell([record]);
    return saved;
  }

  /** Writes answers that are not on disk yet. An answer is never dropped: while the disk is full it is kept here. */
  function saveAnswers(): boolean {
    while (unsaved[0]) {
      const ended = deps.ledger.endAttempt(unsaved[0]);
      if (!ended.ok) {
        wakeAt(deps.clock.now() + diskRetryMs);
        return false;
      }
      unsaved = unsaved.slice(1);
    }
    return true;
  }

  async function pause(): Promise<void> {
    const waitMs = lastCallMs + deps.pauseMs - deps.clock.now();
    // A clock that jumped back must not stop the sender.
    if (waitMs > 0 && waitMs <= deps.pauseMs) {
      await new Promise<void>((resolve) => deps.clock.schedule(deps.clock.now() + waitMs, resolve));
    }
    lastCallMs = deps.clock.now();
  }

  function couldNotPrepare(record: StoredRecord, error: AppError): boolean {
    deps.session.noteEnd(error);
    const { next, reason } = prepareFailures[error.kind] ?? { next: 'hold', reason: 'sign-in-expired' };
    return notSent(record, next, reason);
  }

  function notSent(record: StoredRecord, next: 'wait' | 'hold', reason: ReasonCode): boolean {
    const outcome: RecordOutcome = {
      kind: 'not-recorded',
      next,
      reason,
      awsErrorName: null,
      awsMessage: null,
    };
    return changed(record, afterOutcome(record, outcome, deps.clock.now(), deps.random));
  }

  function changed(record: StoredRecord, change: RecordChange): boolean {
    const done = deps.ledger.change({ atMs: deps.clock.now(), actor: 'app', records: [change] });
    if (!done.ok) wakeAt(deps.clock.now() + diskRetryMs);
    else tell([record]);
    return done.ok;
  }

  function endSession(outcome: RecordOutcome | { readonly kind: 'unanswered' }): void {
    if (outcome.kind !== 'not-recorded' || outcome.next !== 'hold') return;
    const profile = deps.session.identity()?.profile ?? '';
    if (outcome.reason === 'sign-in-expired') deps.session.noteEnd({ kind: 'sign-in-expired', profile });
    if (outcome.reason === 'unknown-credentials') {
      deps.session.noteEnd({
        kind: 'unknown-credentials',
        awsErrorName: outcome.awsErrorName ?? '',
        awsMessage: outcome.awsMessage ?? '',
        requestId: null,
      });
    }
  }

  function tell(records: readonly StoredRecord[]): void {
    deps.publish('usage.changed', {
      agreementIds: [...new Set(records.map((record) => record.agreementId))],
    });
  }

  /** A call that was under way when the app ended may have been recorded. */
  function takeUpUnanswered(): void {
    const unanswered = deps.ledger.unanswered();
    if (!unanswered.ok) return;
    const atMs = deps.clock.now();
    for (const { attemptId, recordIds } of unanswered.value) {
      const records = recordIds.flatMap((recordId) => {
        const record = deps.ledger.record(recordId);
        if (!record.ok || record.value === null) return [];
        const outcome = { kind: 'unanswered' } as const;
        return [{ outcome, change: afterOutcome(record.value, outcome, atMs, deps.random) }];
      });
      unsaved.push({ attemptId, atMs, requestId: null, httpStatus: null, records });
    }
    saveAnswers();
  }

  function takeUp(records: readonly StoredRecord[]): Result<void> {
    if (records.length === 0) return ok(undefined);
    const nowMs = deps.clock.now();
    const done = deps.ledger.change({
      atMs: nowMs,
      actor: deps.session.identity()?.principalArn ?? 'app',
      records: records.map((record) => requeued(record, nowMs)),
    });
    tell(records);
    wake();
    return done;
  }

  return {
    start: () => {
      takeUpUnanswered();
      wake();
    },
    wake,
    signedIn: (accountId) => {
      const pending = deps.ledger.pending();
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
      wake();
    },
    tryNow: (recordIds) => {
      const records: StoredRecord[] = [];
      for (const recordId of recordIds) {
        const record = deps.ledger.record(recordId);
        if (!record.ok) return record;
        if (record.value === null) return err({ kind: 'not-found', what: 'record', id: recordId });
        if (!canBeTriedNow(record.value, deps.clock.now())) {
          return err({ kind: 'not-possible-now', detail: stateOf(record.value) });
        }
        records.push(record.value);
      }
      return takeUp(records);
    },
    close: async () => {
      closed = true;
      cancelWake();
      if (draining) {
        const patience = new AbortController();
        const timeout = setTimeout(deps.closePatienceMs, undefined, { signal: patience.signal });
        await Promise.race([draining, timeout.catch(() => undefined)]);
        patience.abort();
      }
      saveAnswers();
    },
  };
}
