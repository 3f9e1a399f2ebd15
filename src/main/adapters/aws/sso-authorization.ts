import { createHash, randomBytes } from 'node:crypto';
import { CreateTokenCommand } from '@aws-sdk/client-sso-oidc';
import { err, ok, type Result } from '../../../contract/result.ts';
import { redact } from '../system/redaction.ts';
import { readFailure } from './failure-facts.ts';
import { callbackPath, listenForCallback, type OauthCallback } from './oauth-callback.ts';
import {
  type AuthorizationDeps,
  type AuthorizationOptions,
  createOidcClient,
  type Registration,
  register,
  type SignInCause,
  type SsoTarget,
  signInAddress,
  signInFailure,
  toSignInError,
  toTokenFile,
} from './sso-oidc.ts';
import type { TokenFile } from './sso-token-cache.ts';

/**
 * Signs in to an SSO session in the browser, by authorization code with PKCE, with the parameters that the AWS CLI v2 uses:
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html. Gives the token file to keep. Rejects with the signal's reason on abort,
 * but for one that comes while AWS makes the token: that is given.
 */
export async function authorizeInBrowser(
  deps: AuthorizationDeps,
  target: SsoTarget,
  options: AuthorizationOptions,
): Promise<Result<TokenFile>> {
  const client = createOidcClient(deps.network, target);
  const state = randomBytes(32).toString('base64url');
  const listening = await listen(state, deps.waitMs, options.signal);
  if (!listening.ok) return listening;
  const callback = listening.value;
  let atOnce = true;
  try {
    const registration = await register(
      client,
      {
        grantTypes: ['authorization_code', 'refresh_token'],
        // AWS compares redirect addresses of loopback without their port.
        redirectUris: [`http://127.0.0.1${callbackPath}`],
        issuerUrl: target.startUrl,
        scopes: [...target.scopes],
      },
      options.signal,
    );
    const verifier = randomBytes(48).toString('base64url');
    const url = authorizeUrl(registration, target, { callback, state, verifier });
    if (url === null) return signInFailure('other', 'AWS named a sign-in page without https.');
    const opened = await deps.browser.open(url);
    options.progress.page({ url, userCode: null, leftMs: deps.waitMs, opened });
    const outcome = await callback.outcome;
    atOnce = false;
    if (outcome.kind === 'timed-out') return signInFailure('timed-out', '');
    if (outcome.kind === 'state-mismatch') return signInFailure('state-mismatch', '');
    if (outcome.kind === 'refused') {
      return signInFailure(causeOfRefusal(outcome.error), redact(outcome.description || outcome.error));
    }
    options.progress.finishing();
    const { clientId, clientSecret } = registration;
    // Never cut short: a token that AWS gave and nobody read could not be ended.
    const token = await client.send(
      new CreateTokenCommand({
        clientId,
        clientSecret,
        grantType: 'authorization_code',
        code: outcome.code,
        codeVerifier: verifier,
        redirectUri: callback.redirectUri,
      }),
    );
    return toTokenFile(token, target, registration);
  } catch (cause) {
    options.signal.throwIfAborted();
    return err(toSignInError(cause, options.context));
  } finally {
    callback.close(atOnce);
    client.destroy();
  }
}

async function listen(state: string, waitMs: number, signal: AbortSignal): Promise<Result<OauthCallback>> {
  try {
    return ok(await listenForCallback({ state, waitMs, signal }));
  } catch (cause) {
    return signInFailure('callback-port', readFailure(cause).code ?? '');
  }
}

function authorizeUrl(
  registration: Registration,
  target: SsoTarget,
  request: { readonly callback: OauthCallback; readonly state: string; readonly verifier: string },
): string | null {
  const url = signInAddress(registration.authorizationEndpoint);
  if (url === null) return null;
  const parameters = {
    response_type: 'code',
    client_id: registration.clientId,
    redirect_uri: request.callback.redirectUri,
    state: request.state,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(request.verifier).digest('base64url'),
    // AWS spells it in the plural, other than the OAuth standard.
    scopes: target.scopes.join(' '),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

function causeOfRefusal(error: string): SignInCause {
  if (error === 'access_denied') return 'denied';
  if (error === 'unauthorized_client' || error === 'invalid_client') return 'invalid-client';
  return error === 'invalid_grant' ? 'invalid-grant' : 'other';
}
