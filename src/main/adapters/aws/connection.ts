import type { fromIni } from '@aws-sdk/credential-providers';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Identity } from '../../../contract/session.ts';
import { type ErrorContext, ExpectedFailure } from './aws-errors.ts';
import type { CallTimeouts, Network } from './network.ts';

/** Keys as the SDK's providers give them; `expiration` is an instant of AWS's. */
export type AwsCredentials = Awaited<ReturnType<ReturnType<typeof fromIni>>>;

/** One signed-in identity. It never changes: another sign-in is another snapshot. */
export interface ConnectionSnapshot {
  readonly identity: Identity;
  /** Region of the profile, or null. Not the metering Region. */
  readonly region: string | null;
  /** Credentials that hold now; renewed when they near their end. Rejects as the SDK's providers do. */
  readonly credentials: () => Promise<AwsCredentials>;
  /** Makes the next `credentials()` ask anew: AWS has refused those that are kept. */
  readonly dropCredentials: () => void;
  /** Fails whoever waits for `credentials()`: this sign-in is over. */
  readonly stopWaiting: () => void;
  /** A handler for a new client, by the network settings of the machine and the profile. */
  readonly requestHandler: (timeouts?: CallTimeouts) => ReturnType<Network['handler']>;
  readonly errorContext: () => ErrorContext;
}

/**
 * Who is signed in, in this process. Adapters take one snapshot a call, so that a change of account during a call can't mix
 * two of them.
 */
export interface AwsConnection {
  readonly current: () => Result<ConnectionSnapshot>;
  /** The connection, if it is the one that may act for this seller account. */
  readonly forAccount: (sellerAccountId: string) => Result<ConnectionSnapshot>;
  readonly replace: (snapshot: ConnectionSnapshot | null) => void;
}

export function createAwsConnection(): AwsConnection {
  let held: ConnectionSnapshot | null = null;
  const notSignedIn: AppError = { kind: 'not-signed-in' };
  return {
    current: () => (held === null ? err(notSignedIn) : ok(held)),
    forAccount: (expectedAccountId) => {
      if (held === null) return err(notSignedIn);
      const signedInAccountId = held.identity.accountId;
      return signedInAccountId === expectedAccountId
        ? ok(held)
        : err({ kind: 'wrong-account', expectedAccountId, signedInAccountId });
    },
    replace: (snapshot) => {
      const former = held;
      held = snapshot;
      former?.stopWaiting();
    },
  };
}

/** Credentials with less than this left are renewed; AWS's SDKs do the same. */
export const renewWithinMs = 5 * 60_000;

/** A provider may wait for a person (`credential_process`) or hang; nobody waits longer for it than this. */
const patienceMs = 60_000;

/**
 * Keeps credentials until five minutes before their end. Many callers at once cause one resolution. When renewing fails, or gives nothing for a
 * minute, while the old ones still hold, those are used. A provider that is still at work is not started a second time, and its late answer counts.
 */
export function keepCredentials(
  resolve: () => Promise<AwsCredentials>,
  nowMs: () => number,
  first: AwsCredentials | null,
): {
  readonly credentials: () => Promise<AwsCredentials>;
  readonly drop: () => void;
  readonly stopWaiting: () => void;
  /** Why the last renewal failed; null where none did. */
  readonly failure: () => unknown;
} {
  const waiting = new Set<(cause: Error) => void>();
  let kept = first;
  let running: Promise<AwsCredentials> | null = null;
  let failure: unknown = null;
  const leftMs = (credentials: AwsCredentials): number =>
    credentials.expiration === undefined
      ? Number.POSITIVE_INFINITY
      : credentials.expiration.getTime() - nowMs();

  const renew = async (): Promise<AwsCredentials> => {
    try {
      kept = await resolve();
      failure = null;
      return kept;
    } catch (cause) {
      failure = cause;
      throw cause;
    } finally {
      running = null;
    }
  };
  const withPatience = async (work: Promise<AwsCredentials>): Promise<AwsCredentials> => {
    const { promise: over, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => reject(noCredentials('CredentialsTimeout')), patienceMs);
    timer.unref();
    waiting.add(reject);
    try {
      return await Promise.race([work, over]);
    } finally {
      clearTimeout(timer);
      waiting.delete(reject);
    }
  };
  return {
    credentials: async () => {
      if (kept !== null && leftMs(kept) > renewWithinMs) return kept;
      const old = kept;
      running ??= renew();
      try {
        return await withPatience(running);
      } catch (cause) {
        if (old !== null && kept === old && leftMs(old) > 10_000) return old;
        throw cause;
      }
    },
    drop: () => {
      kept = null;
    },
    failure: () => failure,
    stopWaiting: () => {
      for (const reject of waiting) reject(noCredentials('SignInReplaced'));
    },
  };
}

/** It may be otherwise a moment later, so that whoever needs them tries again. */
function noCredentials(code: 'CredentialsTimeout' | 'SignInReplaced'): ExpectedFailure {
  return new ExpectedFailure({ kind: 'offline', host: null, code });
}
