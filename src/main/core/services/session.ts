/**
 * Who is signed in. At most one sign-in runs at a time; a new one replaces it. The page reads the state by a call and is
 * told by `session.changed` when it moved.
 */
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { CodeQuestion, Identity, ProfileList, SessionView } from '../../../contract/session.ts';
import { utc } from '../domain/utc-hours.ts';
import type {
  BrowserOpener,
  Clock,
  ConnectedIdentity,
  IncidentLog,
  Preferences,
  Profiles,
  SignIn,
  SignInEnd,
  SignInProgress,
  SignInRenewal,
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

interface Running {
  readonly controller: AbortController;
  readonly way: SignInWay;
  /** What stood there before this attempt, and comes back when it fails. */
  before: SessionView;
  /** Takes the code that a person was asked for. */
  takeCode: ((code: string) => void) | null;
}

type SignedIn = Extract<SessionView, { state: 'signed-in' }>;

/** How often a renewal that failed is tried again, and how soon after another one the next is tried at the earliest. */
const renewAgainMs = 60_000;

/** Kinds of errors after which only a new sign-in helps. */
const endsSession: ReadonlySet<AppError['kind']> = new Set([
  'sign-in-expired',
  'login-needed',
  'unknown-credentials',
]);

export function createSession(deps: SessionDeps): Session {
  let view: SessionView = { state: 'signed-out', problem: null };
  let running: Running | null = null;
  /** Who was signed in when the sign-in ended: taken up again where it turns out renewed. */
  let endedFrom: SignedIn | null = null;
  let stopLooking = (): void => {};
  let isTakingUp = false;
  const listeners: ((identity: Identity) => void)[] = [];

  function show(next: SessionView): SessionView {
    view = next;
    deps.publish('session.changed', {});
    return next;
  }

  /** The sign-in that holds, also while somebody signs in anew. */
  function holding(): SignedIn | null {
    const held = view.state === 'signing-in' ? (running?.before ?? view) : view;
    return held.state === 'signed-in' ? held : null;
  }

  /** Puts another view in the place of the one that holds; one that says the same is no news. */
  function replaceHolding(next: SessionView): void {
    if (JSON.stringify(next) === JSON.stringify(holding())) return;
    if (view.state === 'signing-in' && running) running.before = next;
    else show(next);
  }

  function lookAgainAt(atMs: number | null): void {
    stopLooking();
    stopLooking = () => {};
    if (atMs === null) return;
    const soonest = deps.clock.now() + renewAgainMs;
    stopLooking = deps.clock.schedule(Math.max(atMs, soonest), () => void lookAgain());
  }

  /** Renews the sign-in while nobody does anything, and tells how that went. */
  async function lookAgain(): Promise<void> {
    const of = holding();
    if (of === null) return;
    const renewed = await renew();
    const now = holding();
    if (now === null || now.identity !== of.identity) return;
    if (renewed.ok) takeRenewal(now, renewed.value);
    else if (endsSession.has(renewed.error.kind)) end(now, renewed.error);
    else {
      replaceHolding({ ...now, renewalProblem: renewed.error });
      lookAgainAt(deps.clock.now() + renewAgainMs);
    }
  }

  function takeRenewal(of: SignedIn, renewed: SignInRenewal): void {
    replaceHolding({ ...of, ...endInView(renewed), renewalProblem: renewed.problem });
    const again = renewed.problem !== null && renewed.renewsItself;
    lookAgainAt(again ? deps.clock.now() + renewAgainMs : renewed.lookAgainAtMs);
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
    replaceHolding({ state: 'ended', identity: of.identity, problem });
  }

  /** Another program may have renewed a shared sign-in: then nobody is asked. */
  async function takeUpOrEnd(of: SignedIn, problem: AppError): Promise<void> {
    if (isTakingUp) return;
    isTakingUp = true;
    const renewed = await renew();
    isTakingUp = false;
    const now = holding();
    if (now === null || now.identity !== of.identity) return;
    if (!renewed.ok || !renewed.value.isNew) return end(now, problem);
    takeRenewal(now, renewed.value);
    for (const listener of listeners) listener(now.identity);
  }

  async function takeUpEnded(of: SignedIn): Promise<void> {
    if (isTakingUp) return;
    isTakingUp = true;
    const renewed = await renew();
    isTakingUp = false;
    if (view.state !== 'ended' || endedFrom !== of || !renewed.ok || !renewed.value.isNew) return;
    show(of);
    takeRenewal(of, renewed.value);
    for (const listener of listeners) listener(of.identity);
  }

  /** While somebody signs in anew, the former sign-in still holds until the new one takes its place. */
  function identity(): Identity | null {
    return holding()?.identity ?? null;
  }

  function begin(profile: string, way: SignInWay = 'browser'): Result<SessionView> {
    const before = running?.before ?? view;
    running?.controller.abort();
    const attempt: Running = { controller: new AbortController(), before, way, takeCode: null };
    running = attempt;
    const shown = show({
      state: 'signing-in',
      profile,
      step: 'connecting',
      page: null,
      code: null,
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
        show({ state: 'signing-in', profile, step: 'waiting-for-browser', page, code: null });
      },
      finishing: () => {
        if (running !== attempt) return;
        show({ state: 'signing-in', profile, step: 'finishing', page: null, code: null });
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
    if (running === attempt) {
      attempt.takeCode = resolve;
      show({ state: 'signing-in', profile, step: 'waiting-for-code', page: null, code: question });
    }
    return promise;
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
      ...endInView(connected),
      renewalProblem: null,
      isShared: connected.isShared,
      switchProblem: null,
    });
    lookAgainAt(connected.lookAgainAtMs);
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
    giveCode: (code) => {
      const take = running?.takeCode ?? null;
      if (running === null || take === null || view.state !== 'signing-in') {
        return err({ kind: 'not-possible-now', detail: 'no code is asked for' });
      }
      running.takeCode = null;
      const { profile } = view;
      take(code);
      return ok(show({ state: 'signing-in', profile, step: 'finishing', page: null, code: null }));
    },
    leave: () => {
      running?.controller.abort();
      running = null;
      stopLooking();
      deps.signIn.disconnect();
      return ok(show({ state: 'signed-out', problem: null }));
    },
    signOut: async () => {
      running?.controller.abort();
      running = null;
      const ended = await deps.signIn.signOut();
      if (!ended.ok) return ended;
      stopLooking();
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
      const held = holding();
      if (held === null || !endsSession.has(problem.kind)) return;
      const current = held.identity;
      // A late answer to who was here before says nothing about who is here now.
      if (
        of !== undefined &&
        (of.accountId !== current.accountId || of.principalArn !== current.principalArn)
      )
        return;
      if (held.isShared) void takeUpOrEnd(held, problem);
      else end(held, problem);
    },
    filesChanged: () => {
      const mayBeNew =
        endedFrom?.isShared || (view.state === 'ended' && view.problem.kind === 'login-needed');
      if (view.state === 'ended' && endedFrom !== null && mayBeNew) void takeUpEnded(endedFrom);
      else if (holding()?.renewalProblem) void lookAgain();
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
      stopLooking();
      running?.controller.abort();
      running = null;
    },
  };
}

function endInView({ expiresAtMs, renewsItself }: SignInEnd): Pick<SignedIn, 'expiresUtc' | 'renewsItself'> {
  return { expiresUtc: expiresAtMs === null ? null : utc(expiresAtMs), renewsItself };
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
