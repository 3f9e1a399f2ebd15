import { err, ok } from '../../../contract/result.ts';
import type { SignIn } from '../../core/ports.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { cancelled, connect, type SignInDeps, type Tried } from './sign-in-attempt.ts';
import { type Held, renew, renewingOnce } from './sign-in-renewal.ts';
import { signOut } from './sso-sign-in.ts';

/**
 * Signs in with a profile of the AWS config, or with the keys of the environment, and puts the identity into `connection`, from which every other
 * AWS adapter works. Expected failures come back as data; aborting gives `sign-in-failed` / `cancelled` and leaves the former connection in place.
 */
export function createSignIn(deps: SignInDeps): SignIn {
  const renewToken = renewingOnce(deps);
  let latest = 0;
  let held: Held | null = null;
  let tried: Tried | null = null;

  function forget(): void {
    latest += 1;
    held = null;
    deps.connection.replace(null);
  }

  return {
    connect: async (profile, options) => {
      latest += 1;
      const mine = latest;
      const isCurrent = (): boolean => mine === latest && !options.signal.aborted;
      const context: ErrorContext = { profile, offsetMs: deps.clock.offsetMs(), signsInByBrowser: false };
      const attempt = {
        ...{ context, isCurrent, renewToken, tried },
        onToken: (now: Tried) => {
          tried = now;
        },
      };
      try {
        const connected = await connect(deps, profile, { ...options, ...attempt });
        if (!connected.ok) return connected;
        held = connected.value.held;
        return ok(connected.value.connected);
      } catch (cause) {
        if (!isCurrent()) return cancelled;
        return err(toAppError(cause, { ...context, offsetMs: deps.clock.offsetMs() }));
      }
    },
    renew: async () => {
      const of = held;
      if (of === null) return err({ kind: 'not-signed-in' });
      const before = of.token?.accessToken;
      const renewed = await renew(deps, of, renewToken);
      const { sso } = of.described;
      if (held === of && sso !== null && of.token !== null && of.token.accessToken !== before) {
        tried = { cacheKey: sso.cacheKey, accessToken: of.token.accessToken };
      }
      return renewed;
    },
    disconnect: forget,
    signOut: async () => {
      const context = { profile: '', offsetMs: deps.clock.offsetMs(), signsInByBrowser: true };
      const sso = held?.described.sso ?? null;
      const ended = sso === null ? ok({ endedAtAws: true }) : await signOut(deps, sso, () => context);
      if (ended.ok) forget();
      return ended;
    },
  };
}
