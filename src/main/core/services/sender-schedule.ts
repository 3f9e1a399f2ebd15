/**
 * Which lanes move on, and when: a few side by side, first those that have the fewest calls under way and among them the one whose time is the
 * shortest, so that one lane's trouble holds up no other.
 */
import type { Result } from '../../../contract/result.ts';
import type { Clock, IncidentLog } from '../ports.ts';
import type { Agenda, Lane } from './sender-agenda.ts';

export interface ScheduleDeps {
  readonly agenda: Agenda;
  readonly clock: Clock;
  readonly incidents: IncidentLog;
  /** Writes what is known and the disk did not take when it was; an error where it still doesn't. */
  readonly writeOwed: () => Result<void>;
  readonly isTimeKnown: () => boolean;
  /** One step of a lane: what moves on without a call, or one call. */
  readonly moveOn: (lane: Lane, progress: Progress) => Promise<void>;
}

/** What a step tells of its call. */
export interface Progress {
  /** Its intent is durable: the call leaves now. */
  readonly begun: () => void;
  /** It is answered, and the answer not yet written. Where the lane goes through, that changes nothing for its other records. */
  readonly answered: (goesThrough: boolean) => void;
}

export interface Schedule {
  /** Starts every step that is due and has room. */
  readonly pump: () => void;
  /** The disk refuses: nothing new is begun before what is known is written. Looks again after a while. */
  readonly trouble: () => void;
  /** Whether a call may begin. */
  readonly isOpen: () => boolean;
  /** Begins nothing any more; gives what is under way. */
  readonly close: () => ReadonlySet<Promise<void>>;
}

/** While the disk is full: how long until an answer is written once more. */
const diskRetryMs = 5_000;
/** So many calls run side by side: of different lanes where there are, else of one that goes through. */
const callsAtOnce = 4;
/** A call without an answer for so long makes room for another: a lane that hangs must not hold up the others. */
const slowCallMs = 2_000;
const mostCallsAtOnce = 16;

export function createSchedule(deps: ScheduleDeps): Schedule {
  const { agenda, clock } = deps;
  const running = new Set<Promise<void>>();
  /** Those of the running steps that make others wait. */
  const occupying = new Set<object>();
  /** Steps that begin and calls without an answer, the slow ones among them. */
  let unanswered = 0;
  let closed = false;
  let troubled = false;
  let cancelWake = (): void => {};

  function wakeAt(atMs: number): void {
    cancelWake();
    cancelWake = clock.schedule(atMs, pump);
  }

  function trouble(): void {
    troubled = true;
    agenda.markStale();
    if (!closed) wakeAt(clock.now() + diskRetryMs);
  }

  function pump(): void {
    if (closed) return;
    troubled = false;
    if (!deps.writeOwed().ok || !agenda.refresh(clock.now()).ok) {
      trouble();
      return;
    }
    if (troubled) return;
    const { due, nextMs } = lookAhead();
    for (const lane of due) if (hasRoomFor(lane)) run(lane);
    // A step that the disk refused at once has said when to look again.
    if (troubled) return;
    if (nextMs === Number.POSITIVE_INFINITY) cancelWake();
    else wakeAt(nextMs);
  }

  function lookAhead(): { readonly due: readonly Lane[]; readonly nextMs: number } {
    const nowMs = clock.now();
    const isKnown = deps.isTimeKnown();
    const due: { readonly lane: Lane; readonly calls: number; readonly untilMs: number }[] = [];
    let nextMs = Number.POSITIVE_INFINITY;
    for (const lane of agenda.lanes()) {
      if (!mayStart(lane)) continue;
      const { atMs, untilMs } = agenda.planOf(lane, nowMs, isKnown);
      if (atMs <= nowMs) due.push({ lane, calls: lane.calls, untilMs });
      else nextMs = Math.min(nextMs, atMs);
    }
    due.sort((a, b) => a.calls - b.calls || a.untilMs - b.untilMs);
    return { due: due.map(({ lane }) => lane), nextMs };
  }

  function mayStart({ starting, calls, goesThrough }: Lane): boolean {
    return !starting && calls < (goesThrough ? callsAtOnce : 1);
  }

  /** The room that slow calls leave is for other lanes: those that hang could take it all, each with several calls. */
  function hasRoomFor({ calls }: Lane): boolean {
    if (calls > 0 && unanswered >= callsAtOnce) return false;
    return occupying.size < callsAtOnce && running.size < mostCallsAtOnce;
  }

  function run(lane: Lane): void {
    const place = {};
    occupying.add(place);
    lane.starting = true;
    unanswered += 1;
    let phase: 'starting' | 'calling' | 'over' = 'starting';
    const goTo = (next: 'calling' | 'over'): void => {
      if (phase === 'starting') lane.starting = false;
      if (phase === 'calling') lane.calls -= 1;
      if (next === 'calling') lane.calls += 1;
      if (next === 'over' && phase !== 'over') unanswered -= 1;
      phase = next;
      lane.plan = null;
    };
    const timer = setTimeout(() => {
      if (occupying.delete(place)) pump();
    }, slowCallMs);
    const progress: Progress = {
      begun: () => {
        goTo('calling');
        pump();
      },
      // What follows begins while the answer is written, so that both are durable by the same commit.
      answered: (goesThrough) => {
        occupying.delete(place);
        if (goesThrough) goTo('over');
        pump();
      },
    };
    const step = deps
      .moveOn(lane, progress)
      .catch((cause: unknown) => {
        deps.incidents.report(cause, 'sender');
        trouble();
      })
      .finally(() => {
        clearTimeout(timer);
        occupying.delete(place);
        goTo('over');
        running.delete(step);
        if (!troubled) pump();
      });
    running.add(step);
  }

  return {
    pump,
    trouble,
    isOpen: () => !closed && !troubled,
    close: () => {
      closed = true;
      cancelWake();
      return running;
    },
  };
}
