import { createHash, createPublicKey, generateKeyPairSync, type JsonWebKey, verify } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from './aws-error.ts';
import { type JsonObject, member } from './aws-json.ts';
import type { PracticeCredentials } from './credentials.ts';
import type { SignInSessions } from './sign-in-sessions.ts';
import type { World } from './world-schema.ts';

export interface ConsoleSignInsDeps {
  readonly sessions: SignInSessions;
  readonly credentials: PracticeCredentials;
  readonly nowMs: () => number;
  readonly world: () => World;
}

/** What `aws login` leaves behind: the setting of the profile, and a file of its cache. */
export interface LeftByLogin {
  /** For `login_session` of the profile. */
  readonly loginSession: string;
  /** The file's name in `~/.aws/login/cache`. */
  readonly fileName: string;
  readonly content: JsonObject;
}

interface ConsoleSignIn {
  readonly accountId: string;
  readonly userName: string;
  /** Whose key has to prove itself with the refresh token: RFC 7638. */
  readonly thumbprint: string;
}

const clientId = 'arn:aws:signin:::devtools/same-device';
const tokenType = 'urn:aws:params:oauth:token-type:access_token_sigv4';
/** AWS gives these credentials for at most 15 minutes. */
const credentialsMs = 900_000;
const proofToleranceMs = 300_000;

const refused = (error: string, why: string, status: number): AwsError =>
  new AwsError('AccessDeniedException', why, status, { error });
const invalid = (why: string): AwsError =>
  new AwsError('ValidationException', why, 400, { error: 'INVALID_REQUEST' });

/**
 * AWS Sign-In, as far as an SDK meets it after `aws login`: the renewal of the console's credentials by a refresh token that is bound to a key.
 * https://docs.aws.amazon.com/signin/latest/APIReference/Welcome.html; the proof of the key is RFC 9449.
 */
export function createConsoleSignIns({ sessions, credentials, nowMs, world }: ConsoleSignInsDeps) {
  const byRefreshToken = new Map<string, ConsoleSignIn>();

  const issue = (signIn: ConsoleSignIn, refreshToken: string, endMs: number) => {
    byRefreshToken.set(refreshToken, signIn);
    const expirationMs = Math.min(nowMs() + credentialsMs, endMs);
    return { ...credentials.issueToUser({ ...signIn, expirationMs }), refreshToken };
  };

  return {
    /** Does what a person and the AWS CLI do together. For the first seller's user unless another is named. */
    logIn: (of: { readonly accountId?: string | undefined; readonly userName?: string | undefined }) => {
      const { sellers, signIn: settings } = world();
      const seller = sellers.find(({ accountId }) => accountId === (of.accountId ?? sellers[0]?.accountId));
      if (seller === undefined) return null;
      const { accountId } = seller;
      const userName = of.userName ?? seller.userName;
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const signIn = { accountId, userName, thumbprint: thumbprintOf(publicKey.export({ format: 'jwk' })) };
      const session = sessions.start(nowMs(), settings.sessionMs);
      const { refreshToken = '' } = sessions.issue(session, nowMs(), { accessTokenMs: 0, refresh: true });
      const issued = issue(signIn, refreshToken, session.endMs);
      const loginSession = `arn:aws:iam::${accountId}:user/${userName}`;
      const left: LeftByLogin = {
        loginSession,
        fileName: `${createHash('sha256').update(loginSession).digest('hex')}.json`,
        content: {
          accessToken: {
            ...keysOf(issued),
            accountId,
            expiresAt: new Date(issued.expirationMs).toISOString().replace(/\.\d{3}Z$/, 'Z'),
          },
          tokenType,
          clientId,
          refreshToken,
          idToken: idTokenOf(loginSession, nowMs()),
          dpopKey: privateKey.export({ format: 'pem', type: 'sec1' }).toString(),
        },
      };
      return left;
    },
    /** `proof` is the header `DPoP`. */
    createToken: (input: JsonObject, proof: string | undefined): JsonObject => {
      if (!/^arn:aws:signin:::devtools\/(?:same|cross)-device$/.test(member.text(input, 'clientId') ?? '')) {
        throw invalid('The client is not known.');
      }
      if (member.text(input, 'grantType') !== 'refresh_token') throw invalid('Only refresh_token is served.');
      const given = member.text(input, 'refreshToken') ?? '';
      const signIn = byRefreshToken.get(given);
      if (signIn === undefined) throw invalid('The refresh token is not valid.');
      if (proofOf(proof, nowMs()) !== signIn.thumbprint) throw invalid('The DPoP proof is not valid.');
      const session = sessions.byRefreshToken(given, nowMs());
      if (session === undefined) throw refused('TOKEN_EXPIRED', 'The refresh token has expired.', 401);
      if (!mayRenew(world(), signIn)) {
        throw refused('INSUFFICIENT_PERMISSIONS', 'signin:CreateOAuth2Token is not allowed.', 403);
      }
      const { refreshToken = '' } = sessions.issue(session, nowMs(), { accessTokenMs: 0, refresh: true });
      const issued = issue(signIn, refreshToken, session.endMs);
      const expiresIn = Math.max(1, Math.floor((issued.expirationMs - nowMs()) / 1000));
      return { accessToken: keysOf(issued), tokenType, expiresIn, refreshToken };
    },
  };
}

export type ConsoleSignIns = ReturnType<typeof createConsoleSignIns>;

const keysOf = (issued: {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}) => ({
  accessKeyId: issued.accessKeyId,
  secretAccessKey: issued.secretAccessKey,
  sessionToken: issued.sessionToken,
});

function mayRenew(world: World, { accountId, userName }: ConsoleSignIn): boolean {
  const user = world.accessKeys.find((key) => key.accountId === accountId && key.userName === userName);
  return user?.permissions.some((one) => ['*', 'signin:*', 'signin:CreateOAuth2Token'].includes(one)) ?? true;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Nobody here verifies it. */
const idTokenOf = (subject: string, nowMs: number): string =>
  `${part({ alg: 'ES384', typ: 'JWT' })}.${part({ sub: subject, aud: clientId, iat: Math.floor(nowMs / 1000) })}.practice`;

const thumbprintOf = ({ crv, kty, x, y }: JsonWebKey): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');

const headerSchema = z.object({
  alg: z.literal('ES256'),
  typ: z.literal('dpop+jwt'),
  jwk: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string(), y: z.string() }),
});
const claimsSchema = z.object({
  jti: z.string().min(1),
  htm: z.literal('POST'),
  // A company's proxy may reach this server by another name: the path is what is compared.
  htu: z.string().refine((htu) => URL.canParse(htu) && new URL(htu).pathname === '/v1/token'),
  iat: z.number(),
});

/** The thumbprint of the key that signed the proof; null for one that proves nothing. */
function proofOf(proof: string | undefined, nowMs: number): string | null {
  const [head = '', body = '', signature = ''] = (proof ?? '').split('.');
  try {
    const { jwk } = headerSchema.parse(JSON.parse(Buffer.from(head, 'base64url').toString()));
    const { iat } = claimsSchema.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      { key, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    return isSigned && Math.abs(iat * 1000 - nowMs) <= proofToleranceMs ? thumbprintOf(jwk) : null;
  } catch {
    return null;
  }
}
