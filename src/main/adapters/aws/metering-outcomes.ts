import type { AppError } from '../../../contract/errors.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { connectionReason } from '../../core/domain/connection-reason.ts';
import type { RecordOutcome } from '../../core/domain/usage-record.ts';
import { redact } from '../system/redaction.ts';
import { ExpectedFailure, kindOfAwsError } from './aws-errors.ts';
import { type FailureFacts, readFailure } from './failure-facts.ts';

/**
 * What an answer of BatchMeterUsage, or the lack of one, makes of a record. Everything that decides it stands here.
 *
 * The rule behind the tables: a record is *surely refused* or *surely not recorded* only where AWS said so by a name that is known to
 * mean it, or where no byte can have left. All else may be recorded.
 *
 * Statuses and exceptions: https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html
 * Errors of every service: https://docs.aws.amazon.com/marketplace/latest/APIReference/CommonErrors.html
 */

/** Modelled exceptions that refuse the whole call, and stay refused for the identical record. */
const refusals: Readonly<Record<string, ReasonCode>> = {
  DisabledApiException: 'region-disabled',
  InvalidCustomerIdentifierException: 'invalid-customer',
  InvalidLicenseException: 'invalid-license',
  InvalidProductCodeException: 'invalid-product-code',
  InvalidTagException: 'invalid-tag',
  // Not in the service's model, but in a guide of AWS's for more than five tags.
  TooManyTagsException: 'invalid-tag',
  InvalidUsageAllocationsException: 'invalid-allocations',
  InvalidUsageDimensionException: 'invalid-usage-dimension',
  TimestampOutOfBoundsException: 'timestamp-out-of-bounds',
  ValidationException: 'bad-request',
  ValidationError: 'bad-request',
  SerializationException: 'bad-request',
  RequestEntityTooLargeException: 'bad-request',
  RequestTooLarge: 'bad-request',
  UnknownOperationException: 'bad-request',
};

/** AWS gave up waiting for the request: how much of it arrived, and was worked on, is not said. */
const undecided = new Set(['RequestTimeout', 'RequestTimeoutException']);

/** Per-record statuses other than Success that refuse the record. */
const refusedStatuses: Readonly<Record<string, ReasonCode>> = {
  CustomerNotSubscribed: 'customer-not-subscribed',
  DuplicateRecord: 'duplicate-record',
};

/** An entry of `Results` as far as it decides. */
export interface ResultEntry {
  readonly status: string | undefined;
  readonly meteringRecordId: string | undefined;
}

/** The outcome of a record that stands in `Results`. A word that AWS adds tomorrow is never taken for a success. */
export function outcomeOfStatus(entry: ResultEntry): RecordOutcome {
  const { status, meteringRecordId } = entry;
  if (status === 'Success') {
    return meteringRecordId === undefined || meteringRecordId === ''
      ? mayBe('outcome-unknown', status, 'The answer says Success, but names no metering record.')
      : { kind: 'recorded', meteringRecordId };
  }
  if (status === undefined || status === '') {
    return mayBe('outcome-unknown', null, 'The answer holds this record without a status.');
  }
  const reason = Object.hasOwn(refusedStatuses, status) ? refusedStatuses[status] : undefined;
  return reason === undefined
    ? mayBe('unrecognised-answer', status, null)
    : { kind: 'refused', reason, awsErrorName: status, awsMessage: null };
}

/** AWS did not look at the record; the same may be sent again. */
export const unprocessedOutcome: RecordOutcome = notRecorded(
  'wait',
  'not-processed',
  'UnprocessedRecords',
  null,
);

/** The sign-in that was to sign the call is over and another one has its place: nothing was sent, and the next try is that one's. */
export const replacedOutcome: RecordOutcome = notRecorded('wait', 'sign-in-expired', null, null);

/** The answer came, but this record is not in it. */
export const missingOutcome: RecordOutcome = mayBe(
  'outcome-unknown',
  null,
  'The answer does not hold this record.',
);

/** How a call went that threw. */
export interface FailedCall {
  readonly cause: unknown;
  /** Whether the request was handed to the network at all. */
  readonly left: boolean;
  /** By how many ms this answer moved what is known of AWS's clock; 0 without an answer. */
  readonly clockMovedMs: number;
}

/** A signature is refused for the clock's sake only when it is off by minutes; less moves with every answer. */
const clockCorrectionMs = 60_000;

/** The outcome of every record of a call that threw. */
export function outcomeOfFailure(call: FailedCall): RecordOutcome {
  // Held back by the app itself, in front of the network.
  if (call.cause instanceof ExpectedFailure) return outcomeOfNoCall(call.cause.appError);
  const facts = readFailure(call.cause);
  const said = [facts.name, redact(facts.message)] as const;
  if (facts.answeredByAws) return outcomeOfErrorAnswer(facts, call.clockMovedMs, said);
  if (facts.httpStatus !== null) {
    return mayBe(facts.httpStatus >= 500 ? 'aws-unavailable' : 'outcome-unknown', ...said);
  }
  if (facts.neverConnected)
    return notRecorded('wait', connectionReason(facts.code), facts.code ?? facts.name, said[1]);
  // The SDK itself could not make a request of it: nothing was sent, and sending it again won't help.
  if (!call.left) return notRecorded('hold', 'bad-request', ...said);
  return mayBe('outcome-unknown', facts.code ?? facts.name, said[1]);
}

function outcomeOfErrorAnswer(
  facts: FailureFacts,
  clockMovedMs: number,
  said: readonly [string, string],
): RecordOutcome {
  if (undecided.has(facts.name)) return mayBe('outcome-unknown', ...said);
  const kind = kindOfAwsError(facts.name);
  if (kind === 'throttled') return notRecorded('wait', 'throttled', ...said);
  if (kind === 'aws-unavailable') return mayBe('aws-unavailable', ...said);
  // A server error under the name of a refusal contradicts itself; the careful reading wins.
  if (facts.httpStatus !== null && facts.httpStatus >= 500) return mayBe('aws-unavailable', ...said);
  const reason = Object.hasOwn(refusals, facts.name) ? refusals[facts.name] : undefined;
  if (reason !== undefined) {
    return { kind: 'refused', reason, awsErrorName: said[0], awsMessage: said[1] };
  }
  switch (kind) {
    case 'clock-wrong': {
      // Signed with the offset that this answer told, the next try may pass.
      const corrected = Math.abs(clockMovedMs) >= clockCorrectionMs;
      return notRecorded(corrected ? 'wait' : 'hold', 'clock-wrong', ...said);
    }
    case 'not-allowed':
    case 'sign-in-expired':
    case 'role-not-assigned':
    case 'unknown-credentials':
      return notRecorded('hold', kind, ...said);
    default:
      // AWS refused the call by a name that this app doesn't know: nothing was recorded, but whether the record is at fault, or
      // the account or the day, is not known. It waits for a person and keeps its slot.
      return notRecorded('hold', 'aws-refused', ...said);
  }
}

/** The outcome of records for which no call could be made: what stopped it came before any byte left. */
export function outcomeOfNoCall(error: AppError): RecordOutcome {
  const name = 'awsErrorName' in error ? error.awsErrorName : null;
  const message = 'awsMessage' in error ? error.awsMessage : 'detail' in error ? error.detail : null;
  switch (error.kind) {
    case 'wrong-account':
    case 'role-not-assigned':
    case 'clock-wrong':
    case 'not-allowed':
    case 'unknown-credentials':
      return notRecorded('hold', error.kind, name, message);
    case 'not-signed-in':
    case 'sign-in-expired':
    case 'sign-in-failed':
      return notRecorded('hold', 'sign-in-expired', name, message);
    case 'offline':
      return notRecorded('wait', connectionReason(error.code), error.code, null);
    // It may be put right outside the app, and is then found by the next try.
    case 'endpoint-insecure':
    case 'endpoints-unacknowledged':
      return notRecorded('wait', 'endpoint-not-allowed', null, null);
    case 'network-setting-unusable':
      return notRecorded('wait', 'network-setting', null, null);
    case 'throttled':
    case 'aws-unavailable':
      return notRecorded('wait', error.kind, name, message);
    default:
      return notRecorded('hold', 'unknown-credentials', name, message);
  }
}

function notRecorded(
  next: 'wait' | 'hold',
  reason: ReasonCode,
  awsErrorName: string | null,
  awsMessage: string | null,
): RecordOutcome {
  return { kind: 'not-recorded', next, reason, awsErrorName, awsMessage };
}

function mayBe(reason: ReasonCode, awsErrorName: string | null, awsMessage: string | null): RecordOutcome {
  return { kind: 'may-be-recorded', reason, awsErrorName, awsMessage };
}
