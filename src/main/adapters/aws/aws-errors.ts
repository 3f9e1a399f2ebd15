import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { deniedAction } from '../../core/domain/denied-action.ts';
import { redact } from '../system/redaction.ts';
import { type FailureFacts, readFailure } from './failure-facts.ts';

/** Who asked: what a failure needs to be told about. */
export interface ErrorContext {
  readonly profile: string;
  /** AWS minus computer in ms, where AWS has told it. */
  readonly offsetMs: number | null;
  /** True when the credentials rest on a browser sign-in, whose end is the usual cause of a failed provider. */
  readonly signsInByBrowser: boolean;
}

type Kind =
  | 'not-allowed'
  | 'sign-in-expired'
  | 'role-not-assigned'
  | 'unknown-credentials'
  | 'clock-wrong'
  | 'throttled'
  | 'aws-unavailable'
  | 'aws-refused';

/**
 * AWS's error names and what they mean to a person: https://docs.aws.amazon.com/awssupport/latest/APIReference/CommonErrors.html
 * The HTTP status differs between AWS's own pages, so the name decides.
 */
const kindsByName: Readonly<Record<string, Kind>> = {
  AccessDenied: 'not-allowed',
  AccessDeniedException: 'not-allowed',
  NotAuthorized: 'not-allowed',
  OptInRequired: 'not-allowed',
  UnauthorizedOperation: 'not-allowed',
  ExpiredToken: 'sign-in-expired',
  ExpiredTokenException: 'sign-in-expired',
  TokenRefreshRequired: 'sign-in-expired',
  // The SSO portal's word for a token that has ended or was revoked, and for a role that is not the person's.
  UnauthorizedException: 'sign-in-expired',
  ForbiddenException: 'role-not-assigned',
  UnrecognizedClientException: 'unknown-credentials',
  InvalidClientTokenId: 'unknown-credentials',
  InvalidAccessKeyId: 'unknown-credentials',
  AuthFailure: 'unknown-credentials',
  IncompleteSignature: 'unknown-credentials',
  IncompleteSignatureException: 'unknown-credentials',
  MissingAuthenticationToken: 'unknown-credentials',
  MissingAuthenticationTokenException: 'unknown-credentials',
  InvalidSignatureException: 'clock-wrong',
  SignatureDoesNotMatch: 'clock-wrong',
  RequestExpired: 'clock-wrong',
  RequestInTheFuture: 'clock-wrong',
  RequestTimeTooSkewed: 'clock-wrong',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  SlowDown: 'throttled',
  SlowDownException: 'throttled',
  InternalError: 'aws-unavailable',
  InternalFailure: 'aws-unavailable',
  InternalServerError: 'aws-unavailable',
  InternalServerException: 'aws-unavailable',
  InternalServiceError: 'aws-unavailable',
  InternalServiceErrorException: 'aws-unavailable',
  InternalServiceException: 'aws-unavailable',
  ServiceUnavailable: 'aws-unavailable',
  ServiceUnavailableException: 'aws-unavailable',
};

/** Carries a failure that is already understood through code that can only throw, such as a credentials provider. */
export class ExpectedFailure extends Error {
  readonly appError: AppError;

  constructor(appError: AppError) {
    super(appError.kind);
    this.name = 'ExpectedFailure';
    this.appError = appError;
  }
}

/** The kind that a name of AWS's has in itself, or null. Shared with the metering table. */
export function kindOfAwsError(name: string): Kind | null {
  return Object.hasOwn(kindsByName, name) ? (kindsByName[name] ?? null) : null;
}

/** Clocks that differ by less than this are not why a signature was refused: AWS tolerates minutes. */
const noticeableOffsetMs = 60_000;

/**
 * Tells a failure of a read or of a sign-in as data for the page. What is no failure of AWS, of the network or of the
 * credentials is a defect of ours, and is thrown on.
 */
export function toAppError(cause: unknown, context: ErrorContext): AppError {
  if (cause instanceof ExpectedFailure) return cause.appError;
  const facts = readFailure(cause);
  if (facts.name === 'CredentialsProviderError' || facts.name === 'TokenProviderError') {
    return ofProviderFailure(facts, context);
  }
  if (facts.answeredByAws) return ofAnswer(facts, context);
  if (facts.httpStatus !== null) return ofUnreadableAnswer(facts);
  if (isNetworkFailure(facts)) return { kind: 'offline', host: facts.host, code: networkCode(facts) };
  throw cause;
}

/** Runs an AWS read and turns its expected failures into data. */
export async function asResult<T>(context: () => ErrorContext, run: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await run());
  } catch (cause) {
    // Read now, not before the call: the answer may have told the clock's offset.
    return err(toAppError(cause, context()));
  }
}

function ofAnswer(facts: FailureFacts, context: ErrorContext): AppError {
  const serverFailed = facts.httpStatus !== null && facts.httpStatus >= 500;
  const kind = kindOfAwsError(facts.name) ?? (serverFailed ? 'aws-unavailable' : 'aws-refused');
  const said = {
    awsErrorName: facts.name,
    awsMessage: redact(facts.message),
    requestId: facts.requestId,
  };
  switch (kind) {
    case 'not-allowed':
      return { kind, action: deniedAction(facts.message), ...said };
    case 'sign-in-expired':
    case 'role-not-assigned':
      return { kind, profile: context.profile };
    case 'clock-wrong':
      return ofSignatureRefusal(facts, context, said);
    case 'throttled':
      return { kind, retryAfterMs: null };
    default:
      return { kind, ...said };
  }
}

/** A wrong secret and a wrong clock get the same names from AWS; the offset that its answer told parts them. */
function ofSignatureRefusal(
  facts: FailureFacts,
  context: ErrorContext,
  said: { readonly awsErrorName: string; readonly awsMessage: string; readonly requestId: string | null },
): AppError {
  const mayBeSecret = facts.name === 'InvalidSignatureException' || facts.name === 'SignatureDoesNotMatch';
  const clockIsRight = context.offsetMs !== null && Math.abs(context.offsetMs) < noticeableOffsetMs;
  if (mayBeSecret && clockIsRight && !/expired|not yet current/i.test(facts.message)) {
    return { kind: 'unknown-credentials', ...said };
  }
  return { kind: 'clock-wrong', offsetMs: context.offsetMs };
}

/** HTML of a proxy or a captive portal, an empty body, an answer that broke off. */
function ofUnreadableAnswer(facts: FailureFacts): AppError {
  const said = { awsErrorName: facts.name, awsMessage: '', requestId: facts.requestId };
  return facts.httpStatus === 429
    ? { kind: 'throttled', retryAfterMs: null }
    : { kind: 'aws-unavailable', ...said };
}

/**
 * The SDK's credential providers tell what went wrong only in the text of one error class; the cause's own name stands at its front. A failure of
 * the network doesn't get here: its source knows it from the handler.
 */
function ofProviderFailure(facts: FailureFacts, context: ErrorContext): AppError {
  const { profile } = context;
  const name = /^(\w+(?:Exception|Error)):/.exec(facts.message)?.[1] ?? '';
  if (name === 'UnauthorizedException') return { kind: 'sign-in-expired', profile };
  if (name === 'ForbiddenException' || name === 'ResourceNotFoundException') {
    return { kind: 'role-not-assigned', profile };
  }
  if (name === 'TooManyRequestsException') return { kind: 'throttled', retryAfterMs: null };
  const said = processSaid(facts.message);
  if (said !== null) return { kind: 'process-failed', profile, detail: redact(said).slice(0, 300) };
  if (context.signsInByBrowser) return { kind: 'sign-in-expired', profile };
  // Node tells the whole command and what it printed, and either may hold a secret.
  if (facts.message.startsWith('Command failed')) {
    return { kind: 'profile-unusable', profile, detail: 'process-failed' };
  }
  return { kind: 'profile-unusable', profile, detail: redact(facts.message).slice(0, 300) };
}

/**
 * What a `credential_process` said on its way out; null where the failure is none of a process. Node's text begins with the command, which may hold
 * secrets: what the program wrote stands below it.
 */
function processSaid(message: string): string | null {
  if (message.startsWith('Command failed: ')) return message.split('\n').slice(1).join('\n').trim();
  return /credential_process/.test(message) ? message : null;
}

/** Of a connection that stood. A file that can't be read has a code too, and is no matter of the network. */
const brokenConnectionCodes = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EPROTO']);

/** What answered speaks no HTTP or no TLS, or the address that a setting names is none: it is not AWS that was reached. */
const noHttpCode = /^(?:HPE_|ERR_SSL_|ERR_INVALID_URL$)/;

function isNetworkFailure(facts: FailureFacts): boolean {
  const code = facts.code ?? '';
  return (
    facts.neverConnected ||
    facts.name === 'TimeoutError' ||
    brokenConnectionCodes.has(code) ||
    noHttpCode.test(code)
  );
}

function networkCode(facts: FailureFacts): string {
  return facts.code ?? facts.name;
}
