import type { IncomingHttpHeaders } from 'node:http';
import { AwsError } from './aws-error.ts';

/** What a signed request says of itself. The signature itself is not verified: there is no shared secret. */
export interface RequestSignature {
  readonly accessKeyId: string;
  readonly region: string;
  readonly sessionToken: string | undefined;
}

const toleranceMs = 15 * 60_000;
const credentialPattern = /Credential=([^/,\s]*)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request/;

const compact = (ms: number): string =>
  new Date(ms)
    .toISOString()
    .replace(/[-:]/g, '')
    .replace(/\.\d{3}/, '');

/**
 * Reads and checks Signature Version 4 as far as this server can: presence, form, and the age of `X-Amz-Date` against
 * AWS's time (15 minutes, https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html).
 */
export function readSignature(headers: IncomingHttpHeaders, awsNowMs: number): RequestSignature {
  const authorization = headers.authorization;
  if (authorization === undefined) {
    throw new AwsError('MissingAuthenticationTokenException', 'Request is missing Authentication Token', 403);
  }
  const [, accessKeyId, , region] = credentialPattern.exec(authorization) ?? [];
  const date = headers['x-amz-date'];
  const signed =
    authorization.startsWith('AWS4-HMAC-SHA256 ') && /Signature=[0-9a-f]{64}/.test(authorization);
  const signedAtMs = parseCompact(date);
  if (!signed || accessKeyId === undefined || region === undefined || signedAtMs === undefined) {
    throw new AwsError(
      'IncompleteSignatureException',
      'Authorization header requires a Credential, SignedHeaders and Signature parameter, and the request an X-Amz-Date header.',
      403,
    );
  }
  checkAge(signedAtMs, awsNowMs);
  const token = headers['x-amz-security-token'];
  return { accessKeyId, region, sessionToken: Array.isArray(token) ? token[0] : token };
}

function checkAge(signedAtMs: number, awsNowMs: number): void {
  const refuse = (message: string): never => {
    throw new AwsError('InvalidSignatureException', message, 403);
  };
  if (awsNowMs - signedAtMs > toleranceMs) {
    const earliest = compact(awsNowMs - toleranceMs);
    refuse(
      `Signature expired: ${compact(signedAtMs)} is now earlier than ${earliest} (${compact(awsNowMs)} - 15 min.)`,
    );
  }
  if (signedAtMs - awsNowMs > toleranceMs) {
    const latest = compact(awsNowMs + toleranceMs);
    refuse(
      `Signature not yet current: ${compact(signedAtMs)} is still later than ${latest} (${compact(awsNowMs)} + 15 min.)`,
    );
  }
}

function parseCompact(date: string | string[] | undefined): number | undefined {
  const match = typeof date === 'string' ? /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) : null;
  if (!match) return undefined;
  const [, year, month, day, hours, minutes, seconds] = match;
  const parsed = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
  return Number.isNaN(parsed) ? undefined : parsed;
}
