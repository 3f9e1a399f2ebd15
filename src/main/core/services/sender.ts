/**
 * The one way to AWS: drains the ledger, up to 25 records of one product a call. The ledger knows of every attempt before its first byte
 * leaves, and of an answer by the same commit as the attempts that follow it; a record is sent byte-identical at every attempt.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Publish } from '../../../contract/api.ts';
import { ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import { createCallPace } from '../domain/call-pace.ts';
import type { RecordOutcome, StoredRecord } from '../domain/usage-record.ts';
import type { Clock, IncidentLog, Ledger, MeteringGateway } from '../ports.ts';
import { createAgenda } from './sender-agenda.ts';
import { createJournal, isOfDisk, type WriteProblem } from './sender-journal.ts';
import { createSchedule } from './sender-schedule.ts';
import { createLaneStep } from './sender-step.ts';
import { createTakeUp } from './sender-take-up.ts';
import type { Session } from './session.ts';

export interface SenderDeps {
  readonly ledger: Ledger;
  readonly gateway: MeteringGateway;
  readonly clock: Clock;
  readonly session: Pick<Session, 'identity' | 'noteEnd' | 'view'>;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
  /** Is told what AWS made of each call's records. */
  readonly onOutcomes?: (outcomes: readonly RecordOutcome[], signedInAs: Identity) => void;
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
  /** Takes up what was held for want of the sign-in that there is now. */
  readonly signedIn: () => void;
  /** Brings held or waiting records to the front. */
  readonly tryNow: (recordIds: readonly string[]) => Result<void>;
  /** Why nothing can be written down now; null while all is well. */
  readonly writeProblem: () => WriteProblem | null;
  /** Resolves when what was under way has its answer on disk, or patience is over. */
  readonly close: () => Promise<void>;
}

/** A clock that was set back would leave timers waiting for it to catch up. By real time. */
const heartbeatMs = 60_000;

export function createSender(deps: SenderDeps): Sender {
  const { ledger, clock, session } = deps;
  const agenda = createAgenda(ledger);
  const journal = createJournal(ledger, agenda, clock, {
    writeProblem: () => deps.publish('system.changed', {}),
    writtenLate: (records) => {
      tell(records);
      liftHeld();
    },
  });
  let closed = false;
  /** The ledger may be closed: what comes now is learnt by the next start. */
  let over = false;
  let heartbeat: NodeJS.Timeout | undefined;
  let stopListening = (): void => {};
  let isAskingTime = false;
  /** The disk did not let be taken up what a sign-in lifts. */
  let owesLift = false;
  /** The computer's clock alone decides nothing that is for good: neither a deadline nor a window. */
  const isTimeKnown = (): boolean => clock.offsetMs() !== null;

  const takeUp = createTakeUp({
    ...{ ledger, journal, clock, session, random: deps.random, isTimeKnown },
    broughtUp: (records) => {
      tell(records);
      wake();
    },
  });
  const schedule = createSchedule({
    ...{ agenda, clock, incidents: deps.incidents, isTimeKnown, writeOwed },
    moveOn: (lane, progress) => laneStep.moveOn(lane, progress),
  });
  const laneStep = createLaneStep({
    ...{ ledger, agenda, journal, gateway: deps.gateway, clock, session, incidents: deps.incidents },
    ...{ random: deps.random, isTimeKnown, tell, isOpen: schedule.isOpen, trouble: schedule.trouble },
    pace: createCallPace({ callsPerSecond: deps.callsPerSecond }),
    isOver: () => over,
    liftHeld,
    onOutcomes: (outcomes, signedInAs) => deps.onOutcomes?.(outcomes, signedInAs),
  });

  function wake(): void {
    agenda.markStale();
    schedule.pump();
    laneStep.holdOverdue();
    void askTime();
  }

  /** Whoever waits for a deadline by an unknown time would wait until something else happens to ask AWS. */
  async function askTime(): Promise<void> {
    const accountId = session.identity()?.accountId;
    const waits = [...agenda.lanes()].some(({ records }) => records.size > 0);
    if (closed || isAskingTime || isTimeKnown() || accountId === undefined || !waits) return;
    isAskingTime = true;
    await deps.gateway.askTime(accountId);
    isAskingTime = false;
  }

  /** What was held for want of the sign-in that there is now, or comes to be held too late, such as by an answer that had to wait for the disk. */
  function liftHeld(): void {
    const accountId = session.identity()?.accountId;
    owesLift = false;
    const lifted = accountId === undefined ? ok(undefined) : takeUp.heldFor(accountId);
    owesLift = !lifted.ok && isOfDisk(lifted.error);
    if (owesLift) schedule.trouble();
  }

  function writeOwed(): Result<void> {
    const written = journal.writeKept();
    if (written.ok && owesLift) liftHeld();
    return written;
  }

  function tell(records: readonly StoredRecord[]): void {
    deps.publish('usage.changed', {
      agreementIds: [...new Set(records.map((record) => record.agreementId))],
    });
  }

  return {
    start: () => {
      takeUp.unanswered();
      heartbeat = setInterval(wake, heartbeatMs);
      heartbeat.unref();
      stopListening = clock.onLearnt(() => {
        // What a wrong clock took for overdue was not taken up at the sign-in.
        liftHeld();
        // What is due, and what leaves first, was judged by another time.
        agenda.markStale();
        schedule.pump();
      });
      wake();
    },
    wake,
    signedIn: () => {
      liftHeld();
      wake();
    },
    tryNow: takeUp.byId,
    writeProblem: journal.writeProblem,
    close: async () => {
      closed = true;
      clearInterval(heartbeat);
      stopListening();
      const running = schedule.close();
      if (running.size > 0) {
        const patience = new AbortController();
        const timeout = sleep(deps.closePatienceMs, undefined, { signal: patience.signal });
        await Promise.race([Promise.allSettled(running), timeout.catch(() => undefined)]);
        patience.abort();
      }
      journal.flush();
      journal.writeKept();
      over = true;
    },
  };
}
