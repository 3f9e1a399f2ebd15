/** A sign-in whose end the test decides: each `connect` waits until it is told. */
import type { AppError } from '../../src/contract/errors.ts';
import { err, ok, type Result } from '../../src/contract/result.ts';
import type { ConnectedIdentity, SignIn } from '../../src/main/core/ports.ts';

export interface FakeSignIn extends SignIn {
  readonly attempts: readonly SignInAttempt[];
}

export interface SignInAttempt {
  readonly profile: string;
  readonly freshSignIn: boolean;
  readonly signal: AbortSignal;
  readonly progress: Parameters<SignIn['connect']>[1]['progress'];
  readonly succeed: (accountId?: string, end?: Partial<ConnectedIdentity>) => void;
  readonly askCode: Parameters<SignIn['connect']>[1]['askCode'];
  readonly fail: (error: AppError) => void;
  readonly crash: (cause: Error) => void;
}

/** `renew` is what becomes of the sign-in that holds. */
export function createFakeSignIn(
  renew: SignIn['renew'] = () => Promise.resolve(err({ kind: 'not-signed-in' })),
): FakeSignIn {
  const attempts: SignInAttempt[] = [];
  return {
    attempts,
    connect: (profile, { signal, progress, freshSignIn, askCode }) =>
      new Promise<Result<ConnectedIdentity>>((resolve, reject) => {
        attempts.push({
          profile,
          freshSignIn,
          signal,
          progress,
          askCode,
          succeed: (accountId = '111122223333', end = {}) =>
            resolve(
              ok({
                identity: {
                  profile,
                  accountId,
                  accountName: null,
                  roleName: 'MeteringOps',
                  principalArn: `arn:aws:sts::${accountId}:assumed-role/MeteringOps/ada`,
                },
                expiresAtMs: null,
                renewsItself: false,
                lookAgainAtMs: null,
                isShared: false,
                ...end,
              }),
            ),
          fail: (error) => resolve(err(error)),
          crash: reject,
        });
      }),
    renew: () => renew(),
    disconnect: () => {},
    signOut: () => Promise.resolve(ok({ endedAtAws: true })),
  };
}
