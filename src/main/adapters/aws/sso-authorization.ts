import { createHash, randomBytes } from 'node:crypto';
import { CreateTokenCommand, RegisterClientCommand, SSOOIDCClient } from '@aws-sdk/client-sso-oidc';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { BrowserOpener, SignInProgress } from '../../core/ports.ts';
import { redact } from '../system/redaction.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { readFailure } from './failure-facts.ts';
import type { Network } from './network.ts';
import { callbackPath, listenForCallback, type OauthCallback } from './oauth-callback.ts';
import type { SsoSource } from './profile-kinds.ts';
import { cliInstant, type TokenFile } from './sso-token-cache.ts';

export interface AuthorizationDeps {
  readonly browser: BrowserOpener;
  readonly network: Network;
  /** How long a person may take in the browser. */
  readonly waitMs: number;
}

export interface AuthorizationOptions {
  readonly signal: AbortSignal;
  readonly progress: SignInProgress;
  readonly context: ErrorContext;
}

type SignInCause = Extract<AppError, { kind: 'sign-in-failed' }>['cause'];

/** What a sign-in failure of AWS's OIDC service means: https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html */
const causesByName: Readonly<Record<string, SignInCause>> = {
  AccessDeniedException: 'denied',
  ExpiredTokenException: 'timed-out',
  InvalidGrantException: 'invalid-grant',
  InvalidClientException: 'invalid-client',
  UnauthorizedClientException: 'invalid-client',
  InvalidClientMetadataException: 'invalid-client',
  InvalidRequestRegionException: 'wrong-region',
  InvalidRequestException: 'other',
  InvalidScopeException: 'other',
  InvalidRedirectUriException: 'other',
  UnsupportedGrantTypeException: 'other',
};

/** Throws `ExpectedFailure` when a network setting can't be followed. */
export function createOidcClient(
  network: Network,
  { region, caBundle }: Pick<SsoSource, 'region' | 'caBundle'>,
): SSOOIDCClient {
  return new SSOOIDCClient({
    region,
    userAgentAppId: applicationId,
    ...learnsClock,
    requestHandler: network.handler(caBundle),
  });
}

/**
 * Signs in to an SSO session in the browser, by authorization code with PKCE, with the parameters that the AWS CLI v2 uses:
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-sso.html. Gives the token file to keep. Rejects with the signal's reason on abort.
 */
export async function authorizeInBrowser(
  deps: AuthorizationDeps,
  source: SsoSource,
  options: AuthorizationOptions,
): Promise<Result<TokenFile>> {
  const client = createOidcClient(deps.network, source);
  const state = randomBytes(32).toString('base64url');
  const listening = await listen(state, deps.waitMs, options.signal);
  if (!listening.ok) return listening;
  const callback = listening.value;
  let atOnce = true;
  try {
    const registration = await register(client, source, options.signal);
    const verifier = randomBytes(48).toString('base64url');
    const url = authorizeUrl(registration, source, { callback, state, verifier });
    if (url === null) return failed('other', 'AWS named a sign-in page without https.');
    options.progress.authorizeUrl(url, await deps.browser.open(url));
    const outcome = await callback.outcome;
    atOnce = false;
    if (outcome.kind === 'timed-out') return failed('timed-out', '');
    if (outcome.kind === 'state-mismatch') return failed('state-mismatch', '');
    if (outcome.kind === 'refused') {
      return failed(causeOfRefusal(outcome.error), redact(outcome.description || outcome.error));
    }
    options.progress.finishing();
    const { clientId, clientSecret } = registration;
    const token = await client.send(
      new CreateTokenCommand({
        clientId,
        clientSecret,
        grantType: 'authorization_code',
        code: outcome.code,
        codeVerifier: verifier,
        redirectUri: callback.redirectUri,
      }),
      { abortSignal: options.signal },
    );
    return toTokenFile(token, source, registration);
  } catch (cause) {
    options.signal.throwIfAborted();
    return err(toSignInError(cause, options.context));
  } finally {
    callback.close(atOnce);
    client.destroy();
  }
}

/**
 * Renews a token by its refresh token. Null when it can't be renewed that way any more and a new sign-in is needed; an error
 * when AWS could not be asked.
 */
export async function refreshToken(
  deps: Pick<AuthorizationDeps, 'network'>,
  source: SsoSource,
  token: TokenFile,
  options: { readonly signal?: AbortSignal; readonly context: ErrorContext },
): Promise<Result<TokenFile | null>> {
  const { clientId, clientSecret } = token;
  if (token.refreshToken === undefined || clientId === undefined || clientSecret === undefined)
    return ok(null);
  const client = createOidcClient(deps.network, source);
  try {
    const fresh = await client.send(
      new CreateTokenCommand({
        clientId,
        clientSecret,
        grantType: 'refresh_token',
        refreshToken: token.refreshToken,
      }),
      options.signal === undefined ? {} : { abortSignal: options.signal },
    );
    if (fresh.accessToken === undefined || fresh.expiresIn === undefined) return ok(null);
    return ok({
      ...token,
      accessToken: fresh.accessToken,
      expiresAt: cliInstant(Date.now() + fresh.expiresIn * 1000),
      // AWS may hand out the next refresh token; where it doesn't, the old one stays good.
      refreshToken: fresh.refreshToken ?? token.refreshToken,
    });
  } catch (cause) {
    options.signal?.throwIfAborted();
    const facts = readFailure(cause);
    const refused = facts.answeredByAws && Object.hasOwn(causesByName, facts.name);
    return refused ? ok(null) : err(toAppError(cause, options.context));
  } finally {
    client.destroy();
  }
}

interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly expiresAtMs: number;
  readonly authorizationEndpoint: string;
}

async function listen(state: string, waitMs: number, signal: AbortSignal): Promise<Result<OauthCallback>> {
  try {
    return ok(await listenForCallback({ state, waitMs, signal }));
  } catch (cause) {
    return failed('callback-port', readFailure(cause).code ?? '');
  }
}

async function register(
  client: SSOOIDCClient,
  source: SsoSource,
  signal: AbortSignal,
): Promise<Registration> {
  const registerPath = '/client/register';
  let endpoint = '';
  const command = new RegisterClientCommand({
    clientName: 'Usage Desk',
    clientType: 'public',
    grantTypes: ['authorization_code', 'refresh_token'],
    // AWS compares redirect addresses of loopback without their port.
    redirectUris: [`http://127.0.0.1${callbackPath}`],
    issuerUrl: source.startUrl,
    scopes: [...source.scopes],
  });
  // The endpoint that the client resolved (Region, environment, config) shows only on the request itself.
  command.middlewareStack.add(
    (next) => (args) => {
      endpoint = originOf(args.request, registerPath);
      return next(args);
    },
    { step: 'finalizeRequest', name: 'noteEndpoint' },
  );
  const answer = await client.send(command, { abortSignal: signal });
  if (answer.clientId === undefined || answer.clientSecret === undefined) {
    throw new Error('The answer to RegisterClient names no client.');
  }
  return {
    clientId: answer.clientId,
    clientSecret: answer.clientSecret,
    expiresAtMs: (answer.clientSecretExpiresAt ?? 0) * 1000,
    authorizationEndpoint: answer.authorizationEndpoint ?? `${endpoint}/authorize`,
  };
}

function originOf(request: unknown, path: string): string {
  const {
    protocol,
    hostname,
    port,
    path: full,
  } = request as {
    protocol: string;
    hostname: string;
    port?: number;
    path: string;
  };
  const base = full.endsWith(path) ? full.slice(0, -path.length) : '';
  return `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${base}`;
}

/** The address to open; null when it is neither https nor on this computer: a browser would carry the sign-in over the open net. */
function authorizeUrl(
  registration: Registration,
  source: SsoSource,
  request: { readonly callback: OauthCallback; readonly state: string; readonly verifier: string },
): string | null {
  if (!URL.canParse(registration.authorizationEndpoint)) return null;
  const url = new URL(registration.authorizationEndpoint);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) return null;
  const parameters = {
    response_type: 'code',
    client_id: registration.clientId,
    redirect_uri: request.callback.redirectUri,
    state: request.state,
    code_challenge_method: 'S256',
    code_challenge: createHash('sha256').update(request.verifier).digest('base64url'),
    // AWS spells it in the plural, other than the OAuth standard.
    scopes: source.scopes.join(' '),
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

function toTokenFile(
  token: {
    readonly accessToken?: string | undefined;
    readonly expiresIn?: number | undefined;
    readonly refreshToken?: string | undefined;
  },
  source: SsoSource,
  registration: Registration,
): Result<TokenFile> {
  if (token.accessToken === undefined || token.expiresIn === undefined) {
    return failed('other', 'The answer to CreateToken holds no token.');
  }
  return ok({
    startUrl: source.startUrl,
    region: source.region,
    accessToken: token.accessToken,
    expiresAt: cliInstant(Date.now() + token.expiresIn * 1000),
    clientId: registration.clientId,
    clientSecret: registration.clientSecret,
    registrationExpiresAt: cliInstant(registration.expiresAtMs),
    ...(token.refreshToken === undefined ? {} : { refreshToken: token.refreshToken }),
  });
}

function causeOfRefusal(error: string): SignInCause {
  if (error === 'access_denied') return 'denied';
  if (error === 'unauthorized_client' || error === 'invalid_client') return 'invalid-client';
  return error === 'invalid_grant' ? 'invalid-grant' : 'other';
}

function toSignInError(cause: unknown, context: ErrorContext): AppError {
  const facts = readFailure(cause);
  const known =
    facts.answeredByAws && Object.hasOwn(causesByName, facts.name) ? causesByName[facts.name] : undefined;
  if (known === undefined) return toAppError(cause, context);
  return { kind: 'sign-in-failed', cause: known, detail: redact(facts.message) };
}

function failed(cause: SignInCause, detail: string): { readonly ok: false; readonly error: AppError } {
  return err({ kind: 'sign-in-failed', cause, detail });
}
