/**
 * The sign-in of `aws login`: the AWS CLI begins it and leaves a file, the SDK renews it by that file. What keeps either from working is told
 * here, in our own words: the SDK's are texts for a terminal.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { AppError } from '../../../contract/errors.ts';
import { kindOfAwsError } from './aws-errors.ts';
import { readFailure } from './failure-facts.ts';

/** The login at the root of a profile. */
export interface LoginSource {
  /** The profile that names it, which `aws login` has to be run for. */
  readonly profile: string;
  /** The value of `login_session`: the ARN of who signed in. */
  readonly session: string;
}

export type LoginProblem = Extract<AppError, { kind: 'login-needed' }>['problem'];

/** As the AWS CLI v2 writes it and the SDK takes it: https://docs.aws.amazon.com/sdkref/latest/guide/feature-login-credentials.html */
const loginFileSchema = z.looseObject({
  accessToken: z.looseObject({
    accessKeyId: z.string().min(1),
    secretAccessKey: z.string().min(1),
    sessionToken: z.string().min(1),
    accountId: z.string().min(1),
    expiresAt: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  }),
  clientId: z.string().min(1),
  refreshToken: z.string().min(1),
  dpopKey: z.string().min(1),
});

export interface CachedLogin {
  readonly accessKeyId: string;
  /** Of its keys, in epoch ms on this computer's clock. It is renewed beyond that. */
  readonly endMs: number;
}

/** Where the files lie; `AWS_LOGIN_CACHE_DIRECTORY` moves it. */
export function loginCacheFolder(): string {
  return process.env.AWS_LOGIN_CACHE_DIRECTORY ?? join(homedir(), '.aws', 'login', 'cache');
}

/** The login that is there, or what is wrong with it. */
export async function readLogin(session: string): Promise<CachedLogin | LoginProblem> {
  const name = `${createHash('sha256').update(session).digest('hex')}.json`;
  try {
    const parsed = loginFileSchema.safeParse(
      JSON.parse(await readFile(join(loginCacheFolder(), name), 'utf8')),
    );
    if (!parsed.success) return 'unreadable';
    const { accessKeyId, expiresAt } = parsed.data.accessToken;
    return { accessKeyId, endMs: Date.parse(expiresAt) };
  } catch (cause) {
    return readFailure(cause).code === 'ENOENT' ? 'missing' : 'unreadable';
  }
}

/** The SDK's texts for the refusals of AWS Sign-In, whose word for them it keeps to itself. */
const refusals: readonly (readonly [RegExp, LoginProblem])[] = [
  [/change in your password/, 'password-changed'],
  [/insufficient permissions/, 'not-allowed'],
  [/Dpop proof|Failed to load token|Token validation failed/, 'unreadable'],
  [/session has expired|^Failed to refresh token: (?:AccessDenied|Validation)Exception/, 'ended'],
];

/** What a failed renewal means that AWS answered; `message` is of the SDK's provider. Null for a text that is none of its renewal. */
export function renewalRefusal(message: string, profile: string): AppError | null {
  const problem = refusals.find(([text]) => text.test(message))?.[1];
  if (problem !== undefined) return { kind: 'login-needed', profile, problem };
  const name = /^Failed to refresh token: (\w+)/.exec(message)?.[1];
  if (name === undefined) return null;
  return name === 'TooManyRequestsError' || kindOfAwsError(name) === 'throttled'
    ? { kind: 'throttled', retryAfterMs: null }
    : { kind: 'aws-unavailable', awsErrorName: name, awsMessage: '', requestId: null };
}
