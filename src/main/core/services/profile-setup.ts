/** Adding a profile: sign in, choose account and role, save. At most one at a time; a new beginning replaces the former. */
import type { Publish } from '../../../contract/api.ts';
import type { CallInput } from '../../../contract/calls.ts';
import type { AppError } from '../../../contract/errors.ts';
import type { SavedProfile, SetupView } from '../../../contract/profile-setup.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { utc } from '../domain/utc-hours.ts';
import type {
  BrowserOpener,
  Clock,
  IncidentLog,
  ProfileSetupAws,
  SetupSignIn,
  SignInProgress,
} from '../ports.ts';

export interface ProfileSetupDeps {
  readonly aws: ProfileSetupAws;
  readonly browser: BrowserOpener;
  readonly clock: Clock;
  readonly incidents: IncidentLog;
  readonly publish: Publish;
}

export interface ProfileSetup {
  readonly view: () => SetupView;
  readonly begin: (input: CallInput<'profileSetup.begin'>) => Result<SetupView>;
  readonly openSignInPage: () => Promise<Result<SetupView>>;
  readonly cancel: () => Result<SetupView>;
  readonly roles: (accountId: string) => Promise<Result<{ roles: string[] }>>;
  readonly save: (input: CallInput<'profileSetup.save'>) => Promise<Result<SavedProfile>>;
  /** Ends a sign-in that was not saved, as far as AWS answers in time. */
  readonly close: () => Promise<void>;
}

interface Running {
  readonly controller: AbortController;
  signedIn: SetupSignIn | null;
}

/** An app that ends waits no longer than this for AWS. */
const closingMs = 3_000;

export function createProfileSetup(deps: ProfileSetupDeps): ProfileSetup {
  let view: SetupView = { state: 'idle', problem: null };
  let running: Running | null = null;
  /** Attempts that are not over, given up or not: each ends its sign-in before it is. */
  let underWay: Promise<unknown> = Promise.resolve();

  function show(next: SetupView): SetupView {
    view = next;
    deps.publish('profileSetup.changed', {});
    return next;
  }

  function end(problem: AppError | null): SetupView {
    running?.controller.abort();
    running = null;
    return show({ state: 'idle', problem });
  }

  function progressOf(attempt: Running): SignInProgress {
    return {
      page: ({ url, userCode, leftMs, opened }) => {
        if (running !== attempt) return;
        const page = { url, userCode, untilUtc: utc(deps.clock.now() + leftMs), opened };
        show({ state: 'signing-in', step: 'waiting-for-browser', page });
      },
      finishing: () => {
        if (running === attempt) show({ state: 'signing-in', step: 'finishing', page: null });
      },
    };
  }

  /** Nothing names this sign-in any more: it would stay at AWS for hours, for nobody. */
  async function discard(signedIn: SetupSignIn): Promise<void> {
    const { endedAtAws } = await signedIn.discard();
    if (!endedAtAws && running === null) show({ state: 'idle', problem: { kind: 'signed-out-here-only' } });
  }

  /** Ends the attempt that runs, if one does, and shows nothing of it. */
  function giveUp(): void {
    const { controller = null, signedIn = null } = running ?? {};
    running = null;
    controller?.abort();
    if (signedIn !== null) underWay = Promise.all([underWay, discard(signedIn)]);
  }

  async function run(attempt: Running, { source, way }: CallInput<'profileSetup.begin'>): Promise<void> {
    const { signal } = attempt.controller;
    const options = { signal, way, progress: progressOf(attempt) };
    const ask = async (freshSignIn: boolean): Promise<Result<SetupSignIn>> => {
      try {
        return await deps.aws.signIn(source, { ...options, freshSignIn });
      } catch (cause) {
        return err({ kind: 'unexpected', incidentId: deps.incidents.report(cause, 'profile setup') });
      }
    };
    let answer = await ask(false);
    // A cached sign-in can be dead before its time: the person is asked to sign in, not told so.
    if (!answer.ok && answer.error.kind === 'sign-in-expired' && running === attempt)
      answer = await ask(true);
    // Given up just when AWS had answered.
    if (running !== attempt) return answer.ok ? await discard(answer.value) : undefined;
    if (!answer.ok) return void end(answer.error);
    attempt.signedIn = answer.value;
    const { session, accounts } = answer.value;
    show({ state: 'choosing', ssoSession: session, accounts: [...accounts] });
  }

  const chosen = (): Result<{ readonly signedIn: SetupSignIn; readonly signal: AbortSignal }> => {
    const signedIn = running?.signedIn ?? null;
    return running === null || signedIn === null
      ? err({ kind: 'not-possible-now', detail: 'no profile is being added' })
      : ok({ signedIn, signal: running.controller.signal });
  };

  return {
    view: () => view,
    begin: (input) => {
      giveUp();
      const attempt: Running = { controller: new AbortController(), signedIn: null };
      running = attempt;
      const shown = show({ state: 'signing-in', step: 'connecting', page: null });
      underWay = Promise.all([underWay, run(attempt, input)]);
      return ok(shown);
    },
    openSignInPage: async () => {
      if (view.state !== 'signing-in' || view.page === null) return ok(view);
      const opened = await deps.browser.open(view.page.url);
      if (view.state !== 'signing-in' || view.page === null) return ok(view);
      return ok(show({ ...view, page: { ...view.page, opened } }));
    },
    cancel: () => {
      giveUp();
      return ok(show({ state: 'idle', problem: null }));
    },
    roles: async (accountId) => {
      const current = chosen();
      if (!current.ok) return current;
      const { signedIn, signal } = current.value;
      try {
        const roles = await signedIn.roles(accountId, signal);
        return roles.ok ? ok({ roles: [...roles.value] }) : roles;
      } catch (cause) {
        if (signal.aborted) return err({ kind: 'not-possible-now', detail: 'cancelled' });
        throw cause;
      }
    },
    save: async (input) => {
      const current = chosen();
      if (!current.ok) return current;
      const saved = await current.value.signedIn.save(input);
      if (!saved.ok) return saved;
      end(null);
      deps.publish('profiles.changed', {});
      return ok({ profile: input.profileName, ...saved.value });
    },
    close: async () => {
      giveUp();
      const { promise: over, resolve } = Promise.withResolvers<void>();
      const stop = deps.clock.schedule(deps.clock.now() + closingMs, resolve);
      await Promise.race([underWay, over]);
      stop();
    },
  };
}
