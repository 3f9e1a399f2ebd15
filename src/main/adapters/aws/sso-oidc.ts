/** What both ways to sign in share of AWS's OIDC service: the client, its registration, its tokens, and what its refusals mean. */
import {
  type CreateTokenCommandOutput,
  RegisterClientCommand,
  type RegisterClientCommandInput,
  SSOOIDCClient,
} from '@aws-sdk/client-sso-oidc';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { BrowserOpener, SignInProgress } from '../../core/ports.ts';
import { redact } from '../system/redaction.ts';
import { applicationId, learnsClock } from './aws-environment.ts';
import { type ErrorContext, toAppError } from './aws-errors.ts';
import { readFailure } from './failure-facts.ts';
import type { Network } from './network.ts';
import { cliInstant, type TokenFile } from './sso-token-cache.ts';

/** What a sign-in is made with: an SSO session, or the start URL of a legacy profile. */
export interface SsoTarget {
  readonly startUrl: string;
  readonly region: string;
  /** None for a legacy profile: AWS then gives no refresh token. */
  readonly scopes: readonly string[];
  /** `ca_bundle` of the profile. */
  readonly caBundle: string | null;
}

export interface AuthorizationDeps {
  readonly browser: BrowserOpener;
  readonly network: Network;
  /** How long a person may take in the browser. */
  readonly waitMs: number;
  /** Waits before AWS is asked again; rejects with the signal's reason on abort. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface AuthorizationOptions {
  readonly signal: AbortSignal;
  readonly progress: SignInProgress;
  readonly context: ErrorContext;
}

export type SignInCause = Extract<AppError, { kind: 'sign-in-failed' }>['cause'];

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
  { region, caBundle }: Pick<SsoTarget, 'region' | 'caBundle'>,
): SSOOIDCClient {
  return new SSOOIDCClient({
    region,
    userAgentAppId: applicationId,
    ...learnsClock,
    requestHandler: network.handler(caBundle),
  });
}

export interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly expiresAtMs: number;
  readonly authorizationEndpoint: string;
}

/** Registers this app as a public client, with whatever the way to sign in needs besides its name. */
export async function register(
  client: SSOOIDCClient,
  details: Pick<RegisterClientCommandInput, 'scopes' | 'grantTypes' | 'redirectUris' | 'issuerUrl'>,
  signal: AbortSignal,
): Promise<Registration> {
  const registerPath = '/client/register';
  let endpoint = '';
  const command = new RegisterClientCommand({ clientName: 'Usage Desk', clientType: 'public', ...details });
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

/** The address of a sign-in page; null when it is neither https nor on this computer: a browser would carry the sign-in over the open net. */
export function signInAddress(address: string): URL | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const isLoopback = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback) ? url : null;
}

/** The token file to keep, as the AWS CLI v2 writes it, with our own registration in it. */
export function toTokenFile(
  token: Pick<CreateTokenCommandOutput, 'accessToken' | 'expiresIn' | 'refreshToken'>,
  target: SsoTarget,
  registration: Registration,
): Result<TokenFile> {
  if (token.accessToken === undefined || token.expiresIn === undefined) {
    return signInFailure('other', 'The answer to CreateToken holds no token.');
  }
  return ok({
    startUrl: target.startUrl,
    region: target.region,
    accessToken: token.accessToken,
    expiresAt: cliInstant(Date.now() + token.expiresIn * 1000),
    clientId: registration.clientId,
    clientSecret: registration.clientSecret,
    registrationExpiresAt: cliInstant(registration.expiresAtMs),
    ...(token.refreshToken === undefined ? {} : { refreshToken: token.refreshToken }),
  });
}

/** What AWS's OIDC service means by a refusal; null for anything else, such as a lost network. */
export function causeOf(thrown: unknown): SignInCause | null {
  const { answeredByAws, name } = readFailure(thrown);
  return answeredByAws && Object.hasOwn(causesByName, name) ? (causesByName[name] ?? null) : null;
}

export function toSignInError(thrown: unknown, context: ErrorContext): AppError {
  const cause = causeOf(thrown);
  if (cause === null) return toAppError(thrown, context);
  return { kind: 'sign-in-failed', cause, detail: redact(readFailure(thrown).message) };
}

export function signInFailure(
  cause: SignInCause,
  detail: string,
): { readonly ok: false; readonly error: AppError } {
  return err({ kind: 'sign-in-failed', cause, detail });
}
