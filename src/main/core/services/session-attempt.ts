/** Attempts to sign in, one at a time: a new one replaces the former, and one that fails leaves whoever was there before. */
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CodeQuestion, SessionView } from '../../../contract/session.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, ConnectedIdentity, IncidentLog, SignIn, SignInProgress, SignInWay } from '../ports.ts';
import type { Running, SessionState } from './session-state.ts';

export interface SessionAttemptsDeps {
  readonly signIn: Pick<SignIn, 'connect'>;
  readonly clock: Clock;
  readonly incidents: IncidentLog;
  readonly state: SessionState;
  readonly onConnected: (connected: ConnectedIdentity) => Promise<void>;
}

export interface SessionAttempts {
  /** Starts one and answers with its first state. */
  readonly begin: (profile: string, way?: SignInWay) => SessionView;
  readonly cancel: () => SessionView;
  /** Answers the question for the code of a second factor. */
  readonly giveCode: (code: string) => Result<SessionView>;
}

export function createSessionAttempts(deps: SessionAttemptsDeps): SessionAttempts {
  const { state } = deps;

  async function connect(profile: string, attempt: Running): Promise<void> {
    const { before } = attempt;
    const freshSignIn = mustBeFresh(before, profile);
    let connected = await tryToConnect(profile, attempt, freshSignIn);
    // A cached token can be dead before its time. The person asked to sign in, not to be told so.
    if (
      !freshSignIn &&
      !connected.ok &&
      connected.error.kind === 'sign-in-expired' &&
      state.running === attempt
    ) {
      connected = await tryToConnect(profile, attempt, true);
    }
    if (state.running !== attempt) return;
    state.running = null;
    if (connected.ok) await deps.onConnected(connected.value);
    else showFailure(connected.error, attempt.before);
  }

  async function tryToConnect(
    profile: string,
    attempt: Running,
    freshSignIn: boolean,
  ): Promise<Result<ConnectedIdentity>> {
    const { signal } = attempt.controller;
    const progress: SignInProgress = {
      page: ({ url, userCode, leftMs, opened }) => {
        if (state.running !== attempt) return;
        const page = { url, userCode, untilUtc: utc(deps.clock.now() + leftMs), opened };
        state.show({ state: 'signing-in', profile, step: 'waiting-for-browser', page, code: null });
      },
      finishing: () => {
        if (state.running !== attempt) return;
        state.show({ state: 'signing-in', profile, step: 'finishing', page: null, code: null });
      },
    };
    const askCode = (question: CodeQuestion): Promise<string> => askForCode(profile, attempt, question);
    try {
      return await deps.signIn.connect(profile, { signal, freshSignIn, progress, way: attempt.way, askCode });
    } catch (cause) {
      if (signal.aborted) return err(cancelled);
      return err({ kind: 'unexpected', incidentId: deps.incidents.report(cause, 'sign-in') });
    }
  }

  function askForCode(profile: string, attempt: Running, question: CodeQuestion): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const { signal } = attempt.controller;
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (state.running === attempt) {
      attempt.takeCode = resolve;
      state.show({ state: 'signing-in', profile, step: 'waiting-for-code', page: null, code: question });
    }
    return promise;
  }

  /** A failed or cancelled attempt leaves whoever was there before. */
  function showFailure(problem: AppError, before: SessionView): SessionView {
    const told = isCancel(problem) ? null : problem;
    if (before.state === 'ended') return state.show({ ...before, problem: told ?? before.problem });
    if (before.state === 'signed-in') return state.show({ ...before, switchProblem: told });
    return state.show({ state: 'signed-out', problem: told });
  }

  return {
    begin: (profile, way = 'browser') => {
      const before = state.running?.before ?? state.view();
      state.abort();
      const attempt: Running = { controller: new AbortController(), before, way, takeCode: null };
      state.running = attempt;
      const shown = state.show({
        state: 'signing-in',
        profile,
        step: 'connecting',
        page: null,
        code: null,
      });
      void connect(profile, attempt);
      return shown;
    },
    cancel: () => {
      const view = state.view();
      if (view.state !== 'signing-in') return view;
      const before = state.running?.before ?? view;
      state.abort();
      return showFailure(cancelled, before);
    },
    giveCode: (code) => {
      const { running } = state;
      const view = state.view();
      const take = running?.takeCode ?? null;
      if (running === null || take === null || view.state !== 'signing-in') {
        return err({ kind: 'not-possible-now', detail: 'no code is asked for' });
      }
      running.takeCode = null;
      const { profile } = view;
      take(code);
      return ok(state.show({ state: 'signing-in', profile, step: 'finishing', page: null, code: null }));
    },
  };
}

/** Whoever signs in again as who they are wants a new end, not the cached sign-in with the old one. */
function mustBeFresh(before: SessionView, profile: string): boolean {
  if (before.state === 'ended') return before.identity.profile === profile;
  if (before.state !== 'signed-in' || before.identity.profile !== profile) return false;
  return !before.renewsItself || before.renewalProblem !== null;
}

const cancelled: AppError = { kind: 'sign-in-failed', cause: 'cancelled', detail: '' };

function isCancel(problem: AppError): boolean {
  return problem.kind === 'sign-in-failed' && problem.cause === 'cancelled';
}
