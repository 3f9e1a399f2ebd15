/** What the session's parts share: the view that the page is told of, and the attempt that runs. */
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { SessionView } from '../../../contract/session.ts';
import { utc } from '../domain/utc-hours.ts';
import type { SignInEnd, SignInWay } from '../ports.ts';

export type SignedIn = Extract<SessionView, { state: 'signed-in' }>;

export interface Running {
  readonly controller: AbortController;
  readonly way: SignInWay;
  /** What stood there before this attempt, and comes back when it fails. */
  before: SessionView;
  /** Takes the code that a person was asked for. */
  takeCode: ((code: string) => void) | null;
}

export interface SessionState {
  readonly view: () => SessionView;
  /** The attempt that runs; at most one. */
  running: Running | null;
  readonly show: (next: SessionView) => SessionView;
  /** The sign-in that holds, also while somebody signs in anew. */
  readonly holding: () => SignedIn | null;
  /** Puts another view in the place of the one that holds; one that says the same is no news. */
  readonly replaceHolding: (next: SessionView) => void;
  /** Ends the attempt that runs, without a word. */
  readonly abort: () => void;
}

export function createSessionState(publish: Publish): SessionState {
  let view: SessionView = { state: 'signed-out', problem: null };
  const state: SessionState = {
    view: () => view,
    running: null,
    show: (next) => {
      view = next;
      publish('session.changed', {});
      return next;
    },
    holding: () => {
      const held = view.state === 'signing-in' ? (state.running?.before ?? view) : view;
      return held.state === 'signed-in' ? held : null;
    },
    replaceHolding: (next) => {
      if (JSON.stringify(next) === JSON.stringify(state.holding())) return;
      if (view.state === 'signing-in' && state.running) state.running.before = next;
      else state.show(next);
    },
    abort: () => {
      state.running?.controller.abort();
      state.running = null;
    },
  };
  return state;
}

/** Kinds of errors after which only a new sign-in helps. */
export const endsSession: ReadonlySet<AppError['kind']> = new Set([
  'sign-in-expired',
  'login-needed',
  'unknown-credentials',
]);

export function endInView({
  expiresAtMs,
  renewsItself,
}: SignInEnd): Pick<SignedIn, 'expiresUtc' | 'renewsItself'> {
  return { expiresUtc: expiresAtMs === null ? null : utc(expiresAtMs), renewsItself };
}
