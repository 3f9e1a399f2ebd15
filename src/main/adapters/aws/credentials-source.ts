/** Where the credentials of a profile come from, through the SDK's own providers. */
import { fromEnv, fromIni } from '@aws-sdk/credential-providers';
import type { AppError } from '../../../contract/errors.ts';
import type { SignIn } from '../../core/ports.ts';
import { loadAwsConfig } from './aws-config.ts';
import { applicationId } from './aws-environment.ts';
import { type ErrorContext, ExpectedFailure, toAppError } from './aws-errors.ts';
import { homeRegion } from './caller-identity.ts';
import { type AwsCredentials, type ConnectionSnapshot, renewWithinMs } from './connection.ts';
import { readFailure } from './failure-facts.ts';
import { type CachedLogin, type LoginSource, readLogin, renewalRefusal } from './login-session.ts';
import type { CallHandler, Network } from './network.ts';
import type { ProfileDescription } from './profile-kinds.ts';

export type AskCode = Parameters<SignIn['connect']>[1]['askCode'];

export interface CredentialsSource {
  /**
   * Gets them anew. `askCode` is there only while a person signs in: without it a role that asks for a code fails as an ended sign-in. Rejects as the
   * SDK's providers do, or with an `ExpectedFailure`.
   */
  readonly resolve: (askCode?: AskCode) => Promise<AwsCredentials>;
  readonly errorContext: () => ErrorContext;
}

export interface SourceDeps {
  readonly network: Network;
  /** Sees to it that the token below still holds; says why not. */
  readonly renewToken: () => Promise<AppError | null>;
  readonly errorContext: () => ErrorContext;
  readonly requestHandler: ConnectionSnapshot['requestHandler'];
  readonly region: string | null;
}

export function createSource(
  deps: SourceDeps,
  profile: string,
  { kind, login }: Pick<ProfileDescription, 'kind' | 'login'>,
): CredentialsSource {
  // No Region in the client's config: the SDK would ask the SSO portal of that Region in place of the session's own.
  const fromProfile = (requestHandler: CallHandler, mfaCodeProvider: (serial: string) => Promise<string>) =>
    fromIni({
      profile,
      mfaCodeProvider,
      clientConfig: { requestHandler, userAgentAppId: applicationId },
    })({ callerClientConfig: { region: async () => deps.region ?? homeRegion } });
  return {
    errorContext: deps.errorContext,
    resolve: async (askCode) => {
      const allowed = deps.network.check();
      if (!allowed.ok) throw new ExpectedFailure(allowed.error);
      if (kind === 'environment') return await fromEnv()();
      const problem = await deps.renewToken();
      if (problem !== null) throw new ExpectedFailure(problem);
      // The SDK keeps what it once read of the files; this makes it see them as they are.
      await loadAwsConfig();
      const cached = login === null ? null : await needLogin(login);
      const handler = deps.requestHandler();
      try {
        const credentials = await withCodes(
          (mfaCodeProvider) => fromProfile(handler, mfaCodeProvider),
          askCode ?? (() => Promise.reject(ended(profile))),
        );
        if (askCode === undefined && isLeftAsItWas(cached, credentials))
          throw new ExpectedFailure(notRenewed);
        return credentials;
      } catch (cause) {
        throw understood(cause, handler, login, deps.errorContext()) ?? cause;
      } finally {
        handler.destroy();
      }
    },
  };
}

async function needLogin({ profile, session }: LoginSource): Promise<CachedLogin> {
  const cached = await readLogin(session);
  if (typeof cached === 'string')
    throw new ExpectedFailure({ kind: 'login-needed', profile, problem: cached });
  return cached;
}

/** The SDK says nothing of a failed renewal as long as the old keys hold. */
function isLeftAsItWas(cached: CachedLogin | null, { accessKeyId }: AwsCredentials): boolean {
  return cached?.accessKeyId === accessKeyId && cached.endMs - Date.now() <= renewWithinMs;
}

const notRenewed: AppError = {
  ...{ kind: 'aws-unavailable', awsErrorName: 'CreateOAuth2Token', awsMessage: '', requestId: null },
};

/** The failure itself, where the provider tells of it by no more than a text; null where the text is all there is. */
function understood(
  cause: unknown,
  handler: CallHandler,
  login: LoginSource | null,
  context: ErrorContext,
): ExpectedFailure | null {
  const failure = handler.failure();
  if (failure !== null) {
    try {
      return new ExpectedFailure(toAppError(failure, context));
    } catch {
      // Nothing that the table knows: then the provider's own failure is as good.
      return null;
    }
  }
  const { name, message } = readFailure(cause);
  const refusal =
    login === null || name !== 'CredentialsProviderError' ? null : renewalRefusal(message, login.profile);
  return refusal === null ? null : new ExpectedFailure(refusal);
}

/** Asks until AWS takes the code. Roles in a chain may each ask for one: a person is asked one question at a time. */
async function withCodes(
  resolve: (mfaCodeProvider: (serial: string) => Promise<string>) => Promise<AwsCredentials>,
  askCode: AskCode,
): Promise<AwsCredentials> {
  for (let refused = false; ; refused = true) {
    let before: Promise<unknown> = Promise.resolve();
    let given = false;
    const askInTurn = (serial: string): Promise<string> => {
      const code = before.then(() => askCode({ serial, refused }));
      before = code.then(
        () => {
          given = true;
        },
        () => undefined,
      );
      return code;
    };
    try {
      return await resolve(askInTurn);
    } catch (cause) {
      if (!given || !isRefusedCode(cause)) throw cause;
    }
  }
}

/** STS's words for a code that is wrong, too old or used. It has no error name of its own for it. */
function isRefusedCode(cause: unknown): boolean {
  const { answeredByAws, message } = readFailure(cause);
  return answeredByAws && /MultiFactorAuthentication failed/i.test(message);
}

function ended(profile: string): ExpectedFailure {
  return new ExpectedFailure({ kind: 'sign-in-expired', profile });
}
