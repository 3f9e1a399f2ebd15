/** One step of a lane: what moves on without a call, or one call from its intent to its answer. */
import { randomUUID } from 'node:crypto';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import { beforeSending } from '../domain/before-sending.ts';
import type { CallPace } from '../domain/call-pace.ts';
import { afterOutcome } from '../domain/settle.ts';
import type { RecordChange, RecordOutcome, StoredRecord } from '../domain/usage-record.ts';
import type { Clock, IncidentLog, Ledger, MeteringGateway, PreparedCall } from '../ports.ts';
import { type Agenda, type Batch, type Lane, nextOf } from './sender-agenda.ts';
import { judgeAnswer, tryTogether } from './sender-answer.ts';
import { type NotSent, notSentBecause } from './sender-failures.ts';
import type { Journal } from './sender-journal.ts';
import type { Progress } from './sender-schedule.ts';
import type { Session } from './session.ts';

export interface StepDeps {
  readonly ledger: Pick<Ledger, 'beginAttempt'>;
  readonly agenda: Agenda;
  readonly journal: Journal;
  readonly gateway: MeteringGateway;
  readonly clock: Clock;
  readonly session: Pick<Session, 'identity' | 'noteEnd' | 'view'>;
  readonly incidents: IncidentLog;
  readonly pace: CallPace;
  readonly random: () => number;
  readonly isTimeKnown: () => boolean;
  /** Whether a call may begin. */
  readonly isOpen: () => boolean;
  readonly onOutcomes: (outcomes: readonly RecordOutcome[], signedInAs: Identity) => void;
  /** Whether nothing may be written any more. */
  readonly isOver: () => boolean;
  /** The disk refused something. */
  readonly trouble: () => void;
  readonly tell: (records: readonly StoredRecord[]) => void;
  /** Somebody has signed in while a call was under way that may have held its records for want of it. */
  readonly liftHeld: () => void;
}

export interface LaneStep {
  readonly moveOn: (lane: Lane, progress: Progress) => Promise<void>;
  /**
   * Holds records that seem overdue while AWS's time is unknown and nobody is signed in who could ask for it: nothing is decided, but the person
   * sees what they wait for.
   */
  readonly holdOverdue: () => void;
}

export function createLaneStep(deps: StepDeps): LaneStep {
  const { agenda, journal, clock, session } = deps;

  async function moveOn(lane: Lane, progress: Progress): Promise<void> {
    const judged = judge(lane);
    if (judged.changes.length > 0) {
      changed(judged.changes);
      return;
    }
    const { firstDue } = judged;
    if (firstDue === null) return;
    const signedInAs = session.identity();
    if (signedInAs === null) {
      notSent(dueOf(lane), notSentBecause.signedOut);
      return;
    }
    if (signedInAs.accountId !== firstDue.sellerAccountId) {
      notSent(dueOf(lane), notSentBecause.wrongAccount);
      return;
    }
    const prepared = await prepare(firstDue.sellerAccountId);
    if (prepared.ok) {
      await deps.pace.turn();
      await call(lane, { signedInAs, prepared: prepared.value, progress });
      return;
    }
    // What a former sign-in lacked says nothing of the present one: the lane is looked at anew.
    if (deps.isOver() || session.identity() !== signedInAs) return;
    const why = whyNotPrepared(prepared.error);
    if (prepared.error !== null) session.noteEnd(prepared.error, signedInAs);
    if (isRead()) notSent(dueOf(lane), why);
  }

  function whyNotPrepared(error: AppError | null): NotSent {
    if (error === null) return notSentBecause.defect;
    const view = session.view();
    const statedEndMs =
      view.state === 'signed-in' && view.expiresUtc !== null ? Date.parse(view.expiresUtc) : 0;
    const isEarly = error.kind === 'sign-in-expired' && clock.now() < statedEndMs;
    return isEarly ? notSentBecause.endedEarly : notSentBecause.failure(error);
  }

  function holdOverdue(): void {
    const signedInAs = session.identity();
    if (deps.isTimeKnown() || !deps.isOpen() || !agenda.refresh(clock.now()).ok) return;
    const nowMs = clock.now();
    for (const lane of agenda.lanes()) {
      const overdue = [...lane.records.values()].filter(
        (record) =>
          record.sellerAccountId !== signedInAs?.accountId &&
          record.phase !== 'held' &&
          !record.mayBeRecorded &&
          beforeSending(record, nowMs).kind === 'change',
      );
      if (overdue.length > 0) {
        notSent(overdue, signedInAs === null ? notSentBecause.signedOut : notSentBecause.wrongAccount);
      }
    }
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

  /** Whether the agenda is as the ledger is: time has passed, and people decide meanwhile. */
  function isRead(): boolean {
    const { ok: isOk } = agenda.refresh(clock.now());
    if (!isOk) deps.trouble();
    return isOk;
  }

  /** What moves on without a call, and the first of the others that is due; null when none is. */
  function judge(lane: Lane): Judged {
    const changes: RecordChange[] = [];
    let firstDue: StoredRecord | null = null;
    if (!isRead()) return { firstDue, changes };
    const nowMs = clock.now();
    const isTimeKnown = deps.isTimeKnown();
    for (const record of lane.records.values()) {
      const next = beforeSending(record, nowMs);
      if (next.kind === 'send') firstDue ??= record;
      if (next.kind === 'change' && isTimeKnown) changes.push(next.change);
    }
    return { firstDue, changes };
  }

  function dueOf(lane: Lane): readonly StoredRecord[] {
    const nowMs = clock.now();
    return [...lane.records.values()].filter((record) => beforeSending(record, nowMs).kind === 'send');
  }

  async function call(lane: Lane, given: ReadyCall): Promise<void> {
    const attemptId = randomUUID();
    const { accessKeyId, principalArn } = given.prepared;
    let batch: Batch | null = null;
    const begun = await journal.begin(() => {
      if (!deps.isOpen() || !isRead()) return ok(undefined);
      // Something else than success has come since this step began: what follows goes alone.
      if (lane.calls > 0 && !lane.goesThrough) return ok(undefined);
      // Nothing may come between choosing the records and writing down that they leave.
      const next = nextOf(lane, clock.now());
      if (next.records.length === 0) return ok(undefined);
      batch = next;
      const recordIds = next.records.map(({ recordId }) => recordId);
      return deps.ledger.beginAttempt({ attemptId, recordIds, atMs: clock.now(), accessKeyId, principalArn });
    });
    if (!begun.ok) {
      deps.trouble();
      return;
    }
    if (batch !== null) await send(lane, { ...given, attemptId, batch });
  }

  async function send(
    lane: Lane,
    { attemptId, batch, signedInAs, prepared, progress }: BegunCall,
  ): Promise<void> {
    const { records, isTrial } = batch;
    const [first] = records;
    if (!first) return;
    const sending = agenda.begun(records);
    progress.begun();
    deps.tell(records);
    const { meteringRegion, sellerAccountId } = first;
    const answer = await prepared.send({ meteringRegion, sellerAccountId, records });
    if (deps.isOver()) return;
    endSession(answer.outcomes, signedInAs);
    deps.onOutcomes(answer.outcomes, signedInAs);
    const atMs = clock.now();
    const [tried = null, ...others] = lane.narrowings;
    const judged = judgeAnswer(sending, answer.outcomes, isTrial ? tried : null, {
      nowMs: atMs,
      random: deps.random,
    });
    const before = isTrial ? others : lane.narrowings;
    lane.narrowings =
      judged.narrowing === null
        ? before
        : isTrial
          ? [judged.narrowing, ...before]
          : [...before, judged.narrowing];
    const isSuccess = answer.outcomes.every(({ kind }) => kind === 'recorded');
    lane.goesThrough = isSuccess && lane.narrowings.length === 0;
    const { requestId, httpStatus } = answer;
    const written = journal.end({ attemptId, atMs, requestId, httpStatus, records: judged.entries });
    progress.answered(lane.goesThrough);
    const ended = await written;
    if (!ended.ok) deps.trouble();
    deps.tell(records);
    const current = session.identity();
    // Held for want of a sign-in that has taken place meanwhile.
    if (current !== null && current !== signedInAs && !deps.isOver()) deps.liftHeld();
  }

  function notSent(records: readonly StoredRecord[], why: NotSent): void {
    const outcome: RecordOutcome = { kind: 'not-recorded', ...why, awsErrorName: null, awsMessage: null };
    const dice = deps.random();
    const nowMs = clock.now();
    changed(tryTogether(records.map((record) => afterOutcome(record, outcome, nowMs, () => dice))));
  }

  function changed(changes: readonly RecordChange[]): void {
    const done = journal.change(changes);
    if (!done.ok) deps.trouble();
    else if (done.value.length > 0) deps.tell(done.value);
  }

  function endSession(outcomes: readonly RecordOutcome[], signedInAs: Identity): void {
    const [outcome] = outcomes;
    if (outcome?.kind !== 'not-recorded' || outcome.next !== 'hold') return;
    // The same person may have signed in anew while the call was under way.
    if (session.identity() !== signedInAs) return;
    if (outcome.reason === 'sign-in-expired') {
      session.noteEnd({ kind: 'sign-in-expired', profile: signedInAs.profile }, signedInAs);
    }
    if (outcome.reason === 'unknown-credentials') {
      const { awsErrorName, awsMessage } = outcome;
      const said = { awsErrorName: awsErrorName ?? '', awsMessage: awsMessage ?? '', requestId: null };
      session.noteEnd({ kind: 'unknown-credentials', ...said }, signedInAs);
    }
  }

  return { moveOn, holdOverdue };
}

interface Judged {
  readonly firstDue: StoredRecord | null;
  readonly changes: readonly RecordChange[];
}

interface ReadyCall {
  readonly signedInAs: Identity;
  readonly prepared: PreparedCall;
  readonly progress: Progress;
}

interface BegunCall extends ReadyCall {
  readonly attemptId: string;
  readonly batch: Batch;
}
