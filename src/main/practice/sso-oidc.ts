import { createHash, randomBytes, randomInt } from 'node:crypto';
import { AwsError } from './aws-error.ts';
import { type JsonObject, member } from './aws-json.ts';
import type { IssuedToken, SignInSession, SignInSessions } from './sign-in-sessions.ts';
import type { World } from './world-schema.ts';

interface Registration {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly clientName: string;
  readonly scopes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly grantTypes: readonly string[];
  readonly expiresMs: number;
}

/** A request at the authorize page that waits for its Allow or Deny. */
export interface AuthorizeRequest {
  readonly id: string;
  readonly registration: Registration;
  readonly redirectUri: string;
  readonly state: string;
  readonly codeChallenge: string;
  readonly expiresMs: number;
}

interface DeviceRequest {
  readonly userCode: string;
  readonly registration: Registration;
  readonly expiresMs: number;
  lastPollMs: number;
  decision: 'pending' | 'allowed' | 'denied' | 'used';
}

interface IssuedCode {
  readonly request: AuthorizeRequest;
  readonly session: SignInSession;
  readonly expiresMs: number;
  used: boolean;
}

export interface SsoOidcDeps {
  readonly sessions: SignInSessions;
  readonly nowMs: () => number;
  readonly signIn: () => World['signIn'];
  readonly baseUrl: () => string;
}

/** An OIDC error: the exception's class for the SDK, the `error` word of RFC 6749 and 8628 in the body. */
const oidcError = (name: string, error: string, description: string, status = 400): AwsError =>
  new AwsError(name, description, status, { error, error_description: description });

const invalidGrant = (why: string): AwsError => oidcError('InvalidGrantException', 'invalid_grant', why);
const invalidRequest = (why: string): AwsError =>
  oidcError('InvalidRequestException', 'invalid_request', why);

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const loopbackCallback = /^http:\/\/127\.0\.0\.1:\d{1,5}\/oauth\/callback$/;

/** The OIDC service of IAM Identity Center: registration, both ways to sign in, tokens. */
export type SsoOidc = ReturnType<typeof createSsoOidc>;

export function createSsoOidc({ sessions, nowMs, signIn, baseUrl }: SsoOidcDeps) {
  const registrations = new Map<string, Registration>();
  const authorizeRequests = new Map<string, AuthorizeRequest>();
  const codes = new Map<string, IssuedCode>();
  const devices = new Map<string, DeviceRequest>();

  const registerClient = (input: JsonObject): JsonObject => {
    const clientName = member.text(input, 'clientName');
    if (!clientName || member.text(input, 'clientType') !== 'public') {
      throw oidcError(
        'InvalidClientMetadataException',
        'invalid_client_metadata',
        'clientName is required and clientType must be public.',
      );
    }
    const redirectUris = member.texts(input, 'redirectUris') ?? [];
    if (redirectUris.some((uri) => uri !== 'http://127.0.0.1/oauth/callback')) {
      throw oidcError(
        'InvalidRedirectUriException',
        'invalid_redirect_uri',
        'Only http://127.0.0.1/oauth/callback is allowed.',
      );
    }
    const registration: Registration = {
      clientId: randomBytes(16).toString('base64url'),
      clientSecret: `eyJraWQiOiJwcmFjdGljZSJ9.${randomBytes(96).toString('base64url')}`,
      clientName,
      scopes: member.texts(input, 'scopes') ?? [],
      redirectUris,
      grantTypes: member.texts(input, 'grantTypes') ?? [],
      expiresMs: nowMs() + signIn().registrationMs,
    };
    registrations.set(registration.clientId, registration);
    return {
      clientId: registration.clientId,
      clientSecret: registration.clientSecret,
      clientIdIssuedAt: Math.floor(nowMs() / 1000),
      clientSecretExpiresAt: Math.floor(registration.expiresMs / 1000),
    };
  };

  const clientOf = (input: JsonObject): Registration => {
    const registration = registrations.get(member.text(input, 'clientId') ?? '');
    if (registration?.clientSecret === member.text(input, 'clientSecret') && registration) {
      if (nowMs() < registration.expiresMs) return registration;
    }
    throw oidcError('InvalidClientException', 'invalid_client', 'Invalid client provided', 401);
  };

  const startDeviceAuthorization = (input: JsonObject): JsonObject => {
    const registration = clientOf(input);
    if (!member.text(input, 'startUrl')) throw invalidRequest('startUrl is required.');
    const deviceCode = randomBytes(32).toString('base64url');
    const letters = (): string =>
      Array.from({ length: 4 }, () => 'BCDFGHJKLMNPQRSTVWXZ'.charAt(randomInt(20))).join('');
    const userCode = `${letters()}-${letters()}`;
    devices.set(deviceCode, {
      userCode,
      registration,
      expiresMs: nowMs() + signIn().codeMs,
      lastPollMs: 0,
      decision: 'pending',
    });
    return {
      deviceCode,
      userCode,
      verificationUri: `${baseUrl()}/device`,
      verificationUriComplete: `${baseUrl()}/device?user_code=${userCode}`,
      expiresIn: Math.floor(signIn().codeMs / 1000),
      interval: signIn().pollIntervalSeconds,
    };
  };

  /** Opens a request at the authorize page. Throws in words when the link is not one of ours. */
  const openAuthorize = (query: URLSearchParams): AuthorizeRequest => {
    const registration = registrations.get(query.get('client_id') ?? '');
    const redirectUri = query.get('redirect_uri') ?? '';
    const codeChallenge = query.get('code_challenge') ?? '';
    if (!registration || nowMs() >= registration.expiresMs)
      throw invalidRequest('The client is not registered.');
    if (!loopbackCallback.test(redirectUri) || registration.redirectUris.length === 0) {
      throw invalidRequest('The redirect_uri must be http://127.0.0.1:<port>/oauth/callback.');
    }
    if (query.get('response_type') !== 'code') throw invalidRequest('The response_type must be code.');
    if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(codeChallenge)) {
      throw invalidRequest('A code_challenge by the method S256 is required.');
    }
    const request: AuthorizeRequest = {
      id: randomBytes(24).toString('base64url'),
      registration,
      redirectUri,
      state: query.get('state') ?? '',
      codeChallenge,
      expiresMs: nowMs() + signIn().codeMs,
    };
    authorizeRequests.set(request.id, request);
    return request;
  };

  /** Address to send the browser to after Allow or Deny. A request is good for one decision. */
  const decideAuthorize = (id: string, allow: boolean): string => {
    const request = authorizeRequests.get(id);
    authorizeRequests.delete(id);
    if (!request || nowMs() >= request.expiresMs)
      throw invalidRequest('This sign-in has run out. Start again.');
    const target = new URL(request.redirectUri);
    if (allow) {
      const code = randomBytes(32).toString('base64url');
      const session = sessions.start(nowMs(), signIn().sessionMs);
      codes.set(code, { request, session, expiresMs: nowMs() + signIn().codeMs, used: false });
      target.searchParams.set('code', code);
    } else {
      target.searchParams.set('error', 'access_denied');
      target.searchParams.set('error_description', 'The sign-in was refused');
    }
    target.searchParams.set('state', request.state);
    return target.href;
  };

  /** The application that waits at a user code; undefined when there is none. */
  const deviceByUserCode = (userCode: string): { clientName: string } | undefined => {
    const device = findDevice(userCode);
    return device && { clientName: device.registration.clientName };
  };
  const findDevice = (userCode: string): DeviceRequest | undefined =>
    [...devices.values()].find(
      (device) =>
        device.userCode === userCode.trim().toUpperCase() &&
        device.decision === 'pending' &&
        nowMs() < device.expiresMs,
    );
  const decideDevice = (userCode: string, allow: boolean): void => {
    const device = findDevice(userCode);
    if (!device) throw invalidRequest('This code is unknown or has run out. Start again.');
    device.decision = allow ? 'allowed' : 'denied';
  };

  const createToken = (input: JsonObject): JsonObject => {
    const registration = clientOf(input);
    switch (member.text(input, 'grantType')) {
      case 'authorization_code':
        return tokenByCode(input, registration);
      case 'refresh_token':
        return tokenByRefresh(input);
      case deviceGrant:
        return tokenByDevice(input, registration);
      default:
        throw oidcError(
          'UnsupportedGrantTypeException',
          'unsupported_grant_type',
          'The grantType is not supported.',
        );
    }
  };

  const tokenOf = (session: SignInSession, refresh: boolean): JsonObject => {
    const { accessTokenMs, refreshTokens } = signIn();
    const issued: IssuedToken = sessions.issue(session, nowMs(), {
      accessTokenMs,
      refresh: refresh && refreshTokens,
    });
    return {
      accessToken: issued.accessToken,
      tokenType: 'Bearer',
      expiresIn: issued.expiresInSeconds,
      ...(issued.refreshToken ? { refreshToken: issued.refreshToken } : {}),
    };
  };

  const tokenByCode = (input: JsonObject, registration: Registration): JsonObject => {
    const code = codes.get(member.text(input, 'code') ?? '');
    const verifier = member.text(input, 'codeVerifier') ?? '';
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    if (!code || code.used || nowMs() >= code.expiresMs) throw invalidGrant('The code is unknown or used.');
    if (code.request.registration !== registration) throw invalidGrant('The code is of another client.');
    if (code.request.redirectUri !== member.text(input, 'redirectUri')) {
      throw invalidGrant('The redirectUri is not the one of the sign-in.');
    }
    if (challenge !== code.request.codeChallenge)
      throw invalidGrant('The codeVerifier does not fit the code.');
    code.used = true;
    return tokenOf(code.session, registration.grantTypes.includes('refresh_token'));
  };

  const tokenByRefresh = (input: JsonObject): JsonObject => {
    const session = sessions.byRefreshToken(member.text(input, 'refreshToken') ?? '', nowMs());
    if (!session) throw invalidGrant('Invalid refresh token provided');
    return tokenOf(session, true);
  };

  const tokenByDevice = (input: JsonObject, registration: Registration): JsonObject => {
    const device = devices.get(member.text(input, 'deviceCode') ?? '');
    if (!device || device.registration !== registration || device.decision === 'used') {
      throw invalidGrant('Invalid device code provided');
    }
    if (nowMs() >= device.expiresMs) {
      throw oidcError('ExpiredTokenException', 'expired_token', 'Device code is expired');
    }
    if (device.decision === 'denied') {
      throw oidcError('AccessDeniedException', 'access_denied', 'The sign-in was refused');
    }
    // Half an interval of grace: timers and networks are not exact.
    const tooSoon = nowMs() - device.lastPollMs < signIn().pollIntervalSeconds * 500;
    device.lastPollMs = nowMs();
    if (tooSoon) throw oidcError('SlowDownException', 'slow_down', 'Polled too often');
    if (device.decision === 'pending') {
      throw oidcError('AuthorizationPendingException', 'authorization_pending', 'Not decided yet');
    }
    device.decision = 'used';
    return tokenOf(sessions.start(nowMs(), signIn().sessionMs), registration.scopes.length > 0);
  };

  return {
    registerClient,
    startDeviceAuthorization,
    openAuthorize,
    decideAuthorize,
    deviceByUserCode,
    decideDevice,
    createToken,
  };
}
