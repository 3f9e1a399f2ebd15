import {
  CreateTokenCommand,
  type CreateTokenCommandOutput,
  type SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { err, type Result } from '../../../contract/result.ts';
import { readFailure } from './failure-facts.ts';
import {
  type AuthorizationDeps,
  type AuthorizationOptions,
  createOidcClient,
  type Registration,
  register,
  type SsoTarget,
  signInAddress,
  signInFailure,
  toSignInError,
  toTokenFile,
} from './sso-oidc.ts';
import type { TokenFile } from './sso-token-cache.ts';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

/** Where AWS names no interval, and by how much a `slow_down` lengthens it: https://datatracker.ietf.org/doc/html/rfc8628#section-3.5 */
const standardIntervalMs = 5_000;
/** AWS names about ten minutes; nobody is waited for longer than this where it names none. */
const standardLifeMs = 10 * 60_000;

/**
 * Signs in by a code that the person confirms on AWS's page, on this computer or another one. Needs no address on this computer, and serves
 * legacy profiles too. Gives the token file to keep. Rejects with the signal's reason on abort, but for one that comes while AWS
 * makes the token: that is given.
 * https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_StartDeviceAuthorization.html
 */
export async function authorizeByCode(
  deps: AuthorizationDeps,
  target: SsoTarget,
  options: AuthorizationOptions,
): Promise<Result<TokenFile>> {
  const client = createOidcClient(deps.network, target);
  const { signal, progress } = options;
  try {
    const details = target.scopes.length === 0 ? {} : { scopes: [...target.scopes] };
    const registration = await register(client, details, signal);
    const { clientId, clientSecret } = registration;
    const started = await client.send(
      new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl: target.startUrl }),
      { abortSignal: signal },
    );
    const page = signInAddress(started.verificationUriComplete ?? started.verificationUri ?? '');
    if (page === null || started.deviceCode === undefined || started.userCode === undefined) {
      return signInFailure('other', 'AWS named no sign-in page with https, or no code.');
    }
    const leftMs = started.expiresIn ? started.expiresIn * 1000 : standardLifeMs;
    const opened = await deps.browser.open(page.href);
    progress.page({ url: page.href, userCode: started.userCode, leftMs, opened });
    const token = await pollForToken(deps, client, {
      registration,
      deviceCode: started.deviceCode,
      intervalMs: started.interval ? started.interval * 1000 : standardIntervalMs,
      untilMs: Date.now() + leftMs,
      signal,
    });
    if (token === null) return signInFailure('code-expired', '');
    progress.finishing();
    return toTokenFile(token, target, registration);
  } catch (cause) {
    signal.throwIfAborted();
    return err(ofDevice(toSignInError(cause, options.context)));
  } finally {
    client.destroy();
  }
}

interface Poll {
  readonly registration: Registration;
  readonly deviceCode: string;
  readonly intervalMs: number;
  readonly untilMs: number;
  readonly signal: AbortSignal;
}

/** Asks at AWS's interval until the person has decided; null when the code ran out. Throws what AWS refuses for good. */
async function pollForToken(
  deps: AuthorizationDeps,
  client: SSOOIDCClient,
  poll: Poll,
): Promise<CreateTokenCommandOutput | null> {
  const { clientId, clientSecret } = poll.registration;
  const { deviceCode, signal } = poll;
  let intervalMs = poll.intervalMs;
  while (Date.now() < poll.untilMs) {
    await deps.pause(intervalMs, signal);
    signal.throwIfAborted();
    try {
      // Never cut short: a token that AWS gave and nobody read could not be ended.
      return await client.send(
        new CreateTokenCommand({ clientId, clientSecret, grantType: deviceGrant, deviceCode }),
      );
    } catch (cause) {
      const { name, answeredByAws, neverConnected } = readFailure(cause);
      if (answeredByAws && name === 'SlowDownException') intervalMs += standardIntervalMs;
      // A network that is away for a moment must not cost the person the sign-in: the code still holds.
      else if (!neverConnected && !(answeredByAws && name === 'AuthorizationPendingException')) throw cause;
    }
  }
  return null;
}

/** The code is what ran out here, not the wait for a browser. */
function ofDevice(error: ReturnType<typeof toSignInError>): typeof error {
  return error.kind === 'sign-in-failed' && error.cause === 'timed-out'
    ? { ...error, cause: 'code-expired' }
    : error;
}
