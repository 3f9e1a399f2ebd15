/** Looks after the sign-in that holds: renews it while nobody does anything, notices its end, and takes up what another program has renewed. */
import type { AppError } from '../../../contract/errors.ts';
import { err, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import type { Clock, IncidentLog, SignIn, SignInRenewal } from '../ports.ts';
import { endInView, endsSession, type SessionState, type SignedIn } from './session-state.ts';

export interface SessionRenewalDeps {
  readonly signIn: Pick<SignIn, 'renew'>;
  readonly clock: Clock;
  readonly incidents: IncidentLog;
  readonly state: SessionState;
  /** An ended sign-in, or one that was about to, holds again. */
  readonly onTakenUp: (identity: Identity) => void;
}

export interface SessionRenewal {
  /** When to look after it the next time; null for never. */
  readonly lookAgainAt: (atMs: number | null) => void;
  readonly stop: () => void;
  /** A call met the end of the sign-in `of` whom it was made. */
  readonly noteEnd: (problem: AppError, of?: Identity) => void;
  /** AWS's files have changed. */
  readonly filesChanged: () => void;
}

/** How often a renewal that failed is tried again, and how soon after another one the next is tried at the earliest. */
const renewAgainMs = 60_000;

export function createSessionRenewal(deps: SessionRenewalDeps): SessionRenewal {
  const { state, clock } = deps;
  /** Who was signed in when the sign-in ended: taken up again where it turns out renewed. */
  let endedFrom: SignedIn | null = null;
  let stopLooking = (): void => {};
  let isTakingUp = false;

  function lookAgainAt(atMs: number | null): void {
    stopLooking();
    stopLooking = () => {};
    if (atMs === null) return;
    const soonest = clock.now() + renewAgainMs;
    stopLooking = clock.schedule(Math.max(atMs, soonest), () => void lookAgain());
  }

  /** Renews the sign-in while nobody does anything, and tells how that went. */
  async function lookAgain(): Promise<void> {
    const of = state.holding();
    if (of === null) return;
    const renewed = await renew();
    const now = state.holding();
    if (now === null || now.identity !== of.identity) return;
    if (renewed.ok) takeRenewal(now, renewed.value);
    else if (endsSession.has(renewed.error.kind)) end(now, renewed.error);
    else {
      state.replaceHolding({ ...now, renewalProblem: renewed.error });
      lookAgainAt(clock.now() + renewAgainMs);
    }
  }

  function takeRenewal(of: SignedIn, renewed: SignInRenewal): void {
    state.replaceHolding({ ...of, ...endInView(renewed), renewalProblem: renewed.problem });
    const again = renewed.problem !== null && renewed.renewsItself;
    lookAgainAt(again ? clock.now() + renewAgainMs : renewed.lookAgainAtMs);
  }

  async function renew(): Promise<Result<SignInRenewal>> {
    try {
      return await deps.signIn.renew();
    } catch (cause) {
      return err({ kind: 'unexpected', incidentId: deps.incidents.report(cause, 'renewing the sign-in') });
    }
  }

  function end(of: SignedIn, problem: AppError): void {
    stopLooking();
    endedFrom = of;
    state.replaceHolding({ state: 'ended', identity: of.identity, problem });
  }

  /** Another program may have renewed a shared sign-in: then nobody is asked. */
  async function takeUpOrEnd(of: SignedIn, problem: AppError): Promise<void> {
    if (isTakingUp) return;
    isTakingUp = true;
    const renewed = await renew();
    isTakingUp = false;
    const now = state.holding();
    if (now === null || now.identity !== of.identity) return;
    if (!renewed.ok || !renewed.value.isNew) return end(now, problem);
    takeRenewal(now, renewed.value);
    deps.onTakenUp(now.identity);
  }

  async function takeUpEnded(of: SignedIn): Promise<void> {
    if (isTakingUp) return;
    isTakingUp = true;
    const renewed = await renew();
    isTakingUp = false;
    if (state.view().state !== 'ended' || endedFrom !== of || !renewed.ok || !renewed.value.isNew) return;
    state.show(of);
    takeRenewal(of, renewed.value);
    deps.onTakenUp(of.identity);
  }

  return {
    lookAgainAt,
    stop: () => stopLooking(),
    noteEnd: (problem, of) => {
      const held = state.holding();
      if (held === null || !endsSession.has(problem.kind)) return;
      // A late answer to who was here before says nothing about who is here now.
      if (of !== undefined && !isSame(of, held.identity)) return;
      if (held.isShared) void takeUpOrEnd(held, problem);
      else end(held, problem);
    },
    filesChanged: () => {
      const view = state.view();
      if (view.state === 'ended') {
        const mayBeNew = endedFrom?.isShared || view.problem.kind === 'login-needed';
        if (endedFrom !== null && mayBeNew) void takeUpEnded(endedFrom);
      } else if (state.holding()?.renewalProblem) void lookAgain();
    },
  };
}

function isSame(one: Identity, other: Identity): boolean {
  return one.accountId === other.accountId && one.principalArn === other.principalArn;
}
