/**
 * Who is signed in. At most one sign-in runs at a time; a new one replaces it. The page reads the state by a call and is
 * told by `session.changed` when it moved.
 */
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity, ProfileList, SessionView } from '../../../contract/session.ts';
import { utc } from '../domain/utc-hours.ts';
import type {
  BrowserOpener,
  Clock,
  ConnectedIdentity,
  IncidentLog,
  Preferences,
  Profiles,
  SignIn,
  SignInProgress,
  SignInWay,
} from '../ports.ts';

export interface SessionDeps {
  readonly profiles: Profiles;
  readonly signIn: SignIn;
  readonly browser: BrowserOpener;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
}

export interface Session {
  readonly view: () => SessionView;
  readonly listProfiles: () => Promise<Result<ProfileList>>;
  /** Starts a sign-in and answers with its first state. */
  readonly begin: (profile: string, way?: SignInWay) => Result<SessionView>;
  readonly cancel: () => Result<SessionView>;
  readonly openSignInPage: () => Promise<Result<SessionView>>;
  readonly leave: () => Result<SessionView>;
  /** Ends the sign-in at AWS as well, for everything that shares it. */
  readonly signOut: () => Promise<Result<SessionView>>;
  /** The identity that calls are made as, or null. */
  readonly identity: () => Identity | null;
  /** The identity, or why there is none. */
  readonly requireIdentity: () => Result<Identity>;
  /** To be told by whoever meets the end of the sign-in `of` whom the call was made. The work stays; only the state changes. */
  readonly noteEnd: (problem: AppError, of?: Identity) => void;
  /** Takes over account names that a person has changed. */
  readonly accountsRenamed: () => void;
  /** Runs after each successful sign-in. */
  readonly onSignedIn: (listener: (identity: Identity) => void) => void;
  readonly close: () => void;
}

interface Running {
  readonly controller: AbortController;
  readonly way: SignInWay;
  /** What stood there before this attempt, and comes back when it fails. */
  before: SessionView;
}

/** Kinds of errors after which only a new sign-in helps. */
const endsSession: ReadonlySet<AppError['kind']> = new Set(['sign-in-expired', 'unknown-credentials']);

export function createSession(deps: SessionDeps): Session {
  let view: SessionView = { state: 'signed-out', problem: null };
  let running: Running | null = null;
  const listeners: ((identity: Identity) => void)[] = [];

  function show(next: SessionView): SessionView {
    view = next;
    deps.publish('session.changed', {});
    return next;
  }

  /** While somebody signs in anew, the former sign-in still holds until the new one takes its place. */
  function identity(): Identity | null {
    const holding = view.state === 'signing-in' ? (running?.before ?? view) : view;
    return holding.state === 'signed-in' ? holding.identity : null;
  }

  function begin(profile: string, way: SignInWay = 'browser'): Result<SessionView> {
    const before = running?.before ?? view;
    running?.controller.abort();
    const attempt: Running = { controller: new AbortController(), before, way };
    running = attempt;
    const shown = show({
      state: 'signing-in',
      profile,
      step: 'connecting',
      page: null,
    });
    void connect(profile, attempt);
    return ok(shown);
  }

  async function connect(profile: string, attempt: Running): Promise<void> {
    const { before } = attempt;
    const freshSignIn = mustBeFresh(before, profile);
    let connected = await tryToConnect(profile, attempt, freshSignIn);
    // A cached token can be dead before its time. The person asked to sign in, not to be told so.
    if (!freshSignIn && !connected.ok && connected.error.kind === 'sign-in-expired' && running === attempt) {
      connected = await tryToConnect(profile, attempt, true);
    }
    if (running !== attempt) return;
    running = null;
    if (connected.ok) await welcome(connected.value);
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
        if (running !== attempt) return;
        const page = { url, userCode, untilUtc: utc(deps.clock.now() + leftMs), opened };
        show({ state: 'signing-in', profile, step: 'waiting-for-browser', page });
      },
      finishing: () => {
        if (running !== attempt) return;
        show({ state: 'signing-in', profile, step: 'finishing', page: null });
      },
    };
    try {
      return await deps.signIn.connect(profile, { signal, freshSignIn, progress, way: attempt.way });
    } catch (cause) {
      if (signal.aborted) return err(cancelled);
      return err({ kind: 'unexpected', incidentId: deps.incidents.report(cause, 'sign-in') });
    }
  }

  /** A failed or cancelled attempt leaves whoever was there before. */
  function showFailure(problem: AppError, before: SessionView): SessionView {
    const told = isCancel(problem) ? null : problem;
    if (before.state === 'ended') return show({ ...before, problem: told ?? before.problem });
    if (before.state === 'signed-in') return show({ ...before, switchProblem: told });
    return show({ state: 'signed-out', problem: told });
  }

  function withName(identity: Identity, otherwise: string | null = null): Identity {
    const accountName = deps.preferences.get().accountNames[identity.accountId] ?? otherwise;
    return { ...identity, accountName };
  }

  async function welcome(connected: ConnectedIdentity): Promise<void> {
    const named = withName(connected.identity, connected.identity.accountName);
    show({
      state: 'signed-in',
      identity: named,
      expiresUtc: connected.expiresAtMs === null ? null : utc(connected.expiresAtMs),
      renewsItself: connected.renewsItself,
      isShared: connected.isShared,
      switchProblem: null,
    });
    for (const listener of listeners) listener(named);
    // Forgetting which profile came last costs a click, so a failure to store it is not worth a message.
    await deps.preferences.update((stored) => ({ ...stored, lastProfile: named.profile }));
  }

  return {
    view: () => view,
    listProfiles: async () => {
      const list = await deps.profiles.list();
      const { accountNames, lastProfile } = deps.preferences.get();
      return ok({
        ...list,
        // What the environment names comes before what was used last.
        lastProfile: list.lastProfile ?? lastProfile,
        profiles: list.profiles.map((profile) => ({
          ...profile,
          accountName:
            profile.accountId === null ? null : (accountNames[profile.accountId] ?? profile.accountName),
        })),
      });
    },
    begin,
    cancel: () => {
      if (view.state !== 'signing-in') return ok(view);
      const before = running?.before ?? view;
      running?.controller.abort();
      running = null;
      return ok(showFailure(cancelled, before));
    },
    openSignInPage: async () => {
      if (view.state !== 'signing-in' || view.page === null) return ok(view);
      const opened = await deps.browser.open(view.page.url);
      if (view.state !== 'signing-in' || view.page === null) return ok(view);
      return ok(show({ ...view, page: { ...view.page, opened } }));
    },
    leave: () => {
      running?.controller.abort();
      running = null;
      deps.signIn.disconnect();
      return ok(show({ state: 'signed-out', problem: null }));
    },
    signOut: async () => {
      running?.controller.abort();
      running = null;
      const ended = await deps.signIn.signOut();
      if (!ended.ok) return ended;
      return ok(
        show({
          state: 'signed-out',
          problem: ended.value.endedAtAws ? null : { kind: 'signed-out-here-only' },
        }),
      );
    },
    identity,
    requireIdentity: () => {
      const current = identity();
      if (current) return ok(current);
      return err(view.state === 'ended' ? view.problem : { kind: 'not-signed-in' });
    },
    noteEnd: (problem, of) => {
      const current = identity();
      if (current === null || !endsSession.has(problem.kind)) return;
      // A late answer to who was here before says nothing about who is here now.
      if (
        of !== undefined &&
        (of.accountId !== current.accountId || of.principalArn !== current.principalArn)
      )
        return;
      const ended: SessionView = { state: 'ended', identity: current, problem };
      if (running) running.before = ended;
      else show(ended);
    },
    accountsRenamed: () => {
      const renamed = (of: SessionView): SessionView =>
        of.state === 'signed-in' || of.state === 'ended' ? { ...of, identity: withName(of.identity) } : of;
      if (running) running.before = renamed(running.before);
      show(renamed(view));
    },
    onSignedIn: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      running?.controller.abort();
      running = null;
    },
  };
}

/** Whoever signs in again as who they are wants a new end, not the cached sign-in with the old one. */
function mustBeFresh(before: SessionView, profile: string): boolean {
  if (before.state === 'ended') return before.identity.profile === profile;
  return before.state === 'signed-in' && !before.renewsItself && before.identity.profile === profile;
}

const cancelled: AppError = { kind: 'sign-in-failed', cause: 'cancelled', detail: '' };

function isCancel(problem: AppError): boolean {
  return problem.kind === 'sign-in-failed' && problem.cause === 'cancelled';
}
