import { randomBytes } from 'node:crypto';

/** One person's sign-in at IAM Identity Center, from Allow to its end. */
export interface SignInSession {
  readonly id: string;
  readonly endMs: number;
  revoked: boolean;
}

export interface IssuedToken {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly refreshToken?: string;
}

export interface SignInSessions {
  readonly start: (nowMs: number, sessionMs: number) => SignInSession;
  readonly issue: (
    session: SignInSession,
    nowMs: number,
    options: { readonly accessTokenMs: number; readonly refresh: boolean },
  ) => IssuedToken;
  /** The live session of an access token, or undefined when it is unknown, expired or signed out. */
  readonly byAccessToken: (accessToken: string, nowMs: number) => SignInSession | undefined;
  readonly byRefreshToken: (refreshToken: string, nowMs: number) => SignInSession | undefined;
  /** Ends every session, as an administrator can. */
  readonly revokeAll: () => void;
}

export function createSignInSessions(): SignInSessions {
  const accessTokens = new Map<string, { session: SignInSession; endMs: number }>();
  const refreshTokens = new Map<string, SignInSession>();
  const isLive = (session: SignInSession, nowMs: number): boolean =>
    !session.revoked && nowMs < session.endMs;
  return {
    start: (nowMs, sessionMs) => ({
      id: randomBytes(9).toString('hex'),
      endMs: nowMs + sessionMs,
      revoked: false,
    }),
    issue: (session, nowMs, { accessTokenMs, refresh }) => {
      const accessToken = `aoaAAAA${randomBytes(96).toString('base64url')}`;
      const endMs = Math.min(session.endMs, nowMs + accessTokenMs);
      accessTokens.set(accessToken, { session, endMs });
      const expiresInSeconds = Math.max(1, Math.floor((endMs - nowMs) / 1000));
      if (!refresh) return { accessToken, expiresInSeconds };
      const refreshToken = `aorAAAA${randomBytes(96).toString('base64url')}`;
      refreshTokens.set(refreshToken, session);
      return { accessToken, expiresInSeconds, refreshToken };
    },
    byAccessToken: (accessToken, nowMs) => {
      const known = accessTokens.get(accessToken);
      return known && nowMs < known.endMs && isLive(known.session, nowMs) ? known.session : undefined;
    },
    byRefreshToken: (refreshToken, nowMs) => {
      const session = refreshTokens.get(refreshToken);
      return session && isLive(session, nowMs) ? session : undefined;
    },
    revokeAll: () => {
      for (const { session } of accessTokens.values()) session.revoked = true;
      for (const session of refreshTokens.values()) session.revoked = true;
    },
  };
}
