/**
 * Who is signed in. At most one sign-in runs at a time; a new one replaces it. The page reads the state by a call and is
 * told by `session.changed` when it moved.
 */
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity, ProfileList, SessionView } from '../../../contract/session.ts';
import type {
  BrowserOpener,
  Clock,
  ConnectedIdentity,
  IncidentLog,
  Preferences,
  Profiles,
  SignIn,
  SignInWay,
} from '../ports.ts';
import { createSessionAttempts } from './session-attempt.ts';
import { createSessionRenewal } from './session-renewal.ts';
import { createSessionState, endInView } from './session-state.ts';

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
  /** Answers the question for the code of a second factor. */
  readonly giveCode: (code: string) => Result<SessionView>;
  readonly leave: () => Result<SessionView>;
  /** Ends the sign-in at AWS as well, for everything that shares it. */
  readonly signOut: () => Promise<Result<SessionView>>;
  /** The identity that calls are made as, or null. */
  readonly identity: () => Identity | null;
  /** The identity, or why there is none. */
  readonly requireIdentity: () => Result<Identity>;
  /** To be told by whoever meets the end of the sign-in `of` whom the call was made. The work stays; only the state changes. */
  readonly noteEnd: (problem: AppError, of?: Identity) => void;
  /** To be told when AWS's files have changed: an ended sign-in that another program has renewed is taken up. */
  readonly filesChanged: () => void;
  /** Takes over account names that a person has changed. */
  readonly accountsRenamed: () => void;
  /** Runs after each successful sign-in. */
  readonly onSignedIn: (listener: (identity: Identity) => void) => void;
  readonly close: () => void;
}

export function createSession(deps: SessionDeps): Session {
  const { signIn, clock, incidents, preferences } = deps;
  const state = createSessionState(deps.publish);
  const listeners: ((identity: Identity) => void)[] = [];
  const tellSignedIn = (identity: Identity): void => {
    for (const listener of listeners) listener(identity);
  };
  const renewal = createSessionRenewal({ signIn, clock, incidents, state, onTakenUp: tellSignedIn });
  const attempts = createSessionAttempts({ signIn, clock, incidents, state, onConnected: welcome });

  function withName(identity: Identity, otherwise: string | null = null): Identity {
    const accountName = preferences.get().accountNames[identity.accountId] ?? otherwise;
    return { ...identity, accountName };
  }

  async function welcome(connected: ConnectedIdentity): Promise<void> {
    const named = withName(connected.identity, connected.identity.accountName);
    state.show({
      state: 'signed-in',
      identity: named,
      ...endInView(connected),
      renewalProblem: null,
      isShared: connected.isShared,
      switchProblem: null,
    });
    renewal.lookAgainAt(connected.lookAgainAtMs);
    tellSignedIn(named);
    // Forgetting which profile came last costs a click, so a failure to store it is not worth a message.
    await preferences.update((stored) => ({ ...stored, lastProfile: named.profile }));
  }

  /** While somebody signs in anew, the former sign-in still holds until the new one takes its place. */
  const identity = (): Identity | null => state.holding()?.identity ?? null;

  return {
    view: state.view,
    listProfiles: async () => {
      const list = await deps.profiles.list();
      const { accountNames, lastProfile } = preferences.get();
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
    begin: (profile, way) => ok(attempts.begin(profile, way)),
    cancel: () => ok(attempts.cancel()),
    openSignInPage: async () => {
      const view = state.view();
      if (view.state !== 'signing-in' || view.page === null) return ok(view);
      const opened = await deps.browser.open(view.page.url);
      const now = state.view();
      if (now.state !== 'signing-in' || now.page === null) return ok(now);
      return ok(state.show({ ...now, page: { ...now.page, opened } }));
    },
    giveCode: attempts.giveCode,
    leave: () => {
      state.abort();
      renewal.stop();
      signIn.disconnect();
      return ok(state.show({ state: 'signed-out', problem: null }));
    },
    signOut: async () => {
      state.abort();
      const ended = await signIn.signOut();
      if (!ended.ok) return ended;
      renewal.stop();
      const problem: AppError | null = ended.value.endedAtAws ? null : { kind: 'signed-out-here-only' };
      return ok(state.show({ state: 'signed-out', problem }));
    },
    identity,
    requireIdentity: () => {
      const current = identity();
      if (current) return ok(current);
      const view = state.view();
      return err(view.state === 'ended' ? view.problem : { kind: 'not-signed-in' });
    },
    noteEnd: renewal.noteEnd,
    filesChanged: renewal.filesChanged,
    accountsRenamed: () => {
      const renamed = (of: SessionView): SessionView =>
        of.state === 'signed-in' || of.state === 'ended' ? { ...of, identity: withName(of.identity) } : of;
      if (state.running) state.running.before = renamed(state.running.before);
      state.show(renamed(state.view()));
    },
    onSignedIn: (listener) => {
      listeners.push(listener);
    },
    close: () => {
      renewal.stop();
      state.abort();
    },
  };
}
