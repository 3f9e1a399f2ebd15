/**
 * Every answer that BatchMeterUsage may give, and what becomes of a record by it: alone, and when an earlier attempt of it may have been
 * recorded.
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_BatchMeterUsage.html and
 * https://docs.aws.amazon.com/marketplace/latest/APIReference/CommonErrors.html
 */
import { expect, test } from 'vitest';
import { outcomesOfAnswer } from '../../../src/main/adapters/aws/metering-answer.ts';
import { outcomeOfFailure } from '../../../src/main/adapters/aws/metering-outcomes.ts';
import { meteringBodyOf } from '../../../src/main/core/domain/metering-body.ts';
import { afterOutcome } from '../../../src/main/core/domain/settle.ts';
import { holdsSlot, type RecordOutcome } from '../../../src/main/core/domain/usage-record.ts';
import { storedRecord } from '../domain/records.ts';

const sending = storedRecord({ phase: 'sending', attemptCount: 1 });
const resending = storedRecord({
  ...{ phase: 'sending', attemptCount: 2 },
  ...{ mayBeRecorded: true, reason: 'outcome-unknown' },
});
const nowMs = sending.submittedMs + 20_000;

const ofStatus = (status: string): RecordOutcome => {
  const body = meteringBodyOf([sending]);
  const [outcome] = outcomesOfAnswer(body.UsageRecords, {
    Results: [{ Status: status as 'Success', MeteringRecordId: 'm-1' }],
  });
  if (!outcome) throw new Error('no outcome');
  return outcome;
};
const unprocessed = (): RecordOutcome => {
  const body = meteringBodyOf([sending]);
  const records = body.UsageRecords.map((one) => ({ ...one, Timestamp: new Date(one.Timestamp * 1000) }));
  const [outcome] = outcomesOfAnswer(body.UsageRecords, { Results: [], UnprocessedRecords: records });
  if (!outcome) throw new Error('no outcome');
  return outcome;
};
const ofError = (name: string, httpStatus: number): RecordOutcome =>
  outcomeOfFailure({
    cause: Object.assign(new Error('as AWS says'), {
      name,
      $fault: httpStatus >= 500 ? 'server' : 'client',
      $metadata: { httpStatusCode: httpStatus, requestId: 'request-1' },
    }),
    left: true,
    clockMovedMs: 0,
  });
const ofNetwork = (code: string, syscall?: string): RecordOutcome =>
  outcomeOfFailure({
    cause: Object.assign(new Error(code), {
      code,
      ...(syscall === undefined ? {} : { syscall }),
      $metadata: { attempts: 1 },
    }),
    left: true,
    clockMovedMs: 0,
  });
const ofPage = (httpStatus: number): RecordOutcome =>
  outcomeOfFailure({
    cause: Object.assign(new Error('Unexpected token <'), {
      name: 'SyntaxError',
      $metadata: { httpStatusCode: httpStatus },
    }),
    left: true,
    clockMovedMs: 0,
  });

type Became = readonly [status: string, phase: string | null, reason: string | null];
const accepted: Became = ['accepted', null, null];
const rejected = (reason: string): Became => ['rejected', null, reason];
const waiting = (reason: string): Became => ['pending', 'waiting', reason];
const held = (reason: string): Became => ['pending', 'held', reason];
const unknown = (reason = 'outcome-unknown'): Became => ['pending', 'unknown', reason];

/** `again`: when an earlier attempt may have been recorded; unknown for the reason that it had, unless said otherwise. */
interface Row {
  readonly name: string;
  readonly outcome: RecordOutcome;
  readonly becomes: Became;
  readonly again?: Became;
}

const row = (name: string, outcome: RecordOutcome, becomes: Became, again?: Became): Row =>
  again === undefined ? { name, outcome, becomes } : { name, outcome, becomes, again };
const error = (name: string, httpStatus: number, becomes: Became, again?: Became): Row =>
  row(`${name} with HTTP ${httpStatus}`, ofError(name, httpStatus), becomes, again);
/** What only a person can lift is shown of an unknown record too. */
const holds = (name: string, httpStatus: number, reason: string): Row =>
  error(name, httpStatus, held(reason), unknown(reason));

const ofOneRecord: readonly Row[] = [
  row('Success', ofStatus('Success'), accepted, accepted),
  row('CustomerNotSubscribed', ofStatus('CustomerNotSubscribed'), rejected('customer-not-subscribed')),
  row('DuplicateRecord', ofStatus('DuplicateRecord'), rejected('duplicate-record')),
  row(
    'a status that AWS adds tomorrow',
    ofStatus('Deferred'),
    unknown('unrecognised-answer'),
    unknown('unrecognised-answer'),
  ),
  row('UnprocessedRecords', unprocessed(), waiting('not-processed')),
];

const ofTheCall: readonly Row[] = [
  error('DisabledApiException', 400, rejected('region-disabled')),
  error('InternalServiceErrorException', 500, unknown('aws-unavailable'), unknown('aws-unavailable')),
  error('InvalidCustomerIdentifierException', 400, rejected('invalid-customer')),
  error('InvalidLicenseException', 400, rejected('invalid-license')),
  error('InvalidProductCodeException', 400, rejected('invalid-product-code')),
  error('InvalidTagException', 400, rejected('invalid-tag')),
  error('InvalidUsageAllocationsException', 400, rejected('invalid-allocations')),
  error('InvalidUsageDimensionException', 400, rejected('invalid-usage-dimension')),
  error('ThrottlingException', 400, waiting('throttled')),
  error('TimestampOutOfBoundsException', 400, rejected('timestamp-out-of-bounds')),
];

const ofAllServices: readonly Row[] = [
  holds('AccessDeniedException', 403, 'not-allowed'),
  holds('AccessDeniedException', 400, 'not-allowed'),
  holds('ExpiredTokenException', 403, 'sign-in-expired'),
  holds('UnrecognizedClientException', 403, 'unknown-credentials'),
  holds('InvalidSignatureException', 403, 'clock-wrong'),
  holds('SignatureDoesNotMatch', 400, 'clock-wrong'),
  holds('RequestExpired', 400, 'clock-wrong'),
  holds('IncompleteSignature', 403, 'unknown-credentials'),
  holds('MissingAuthenticationTokenException', 403, 'unknown-credentials'),
  holds('NotAuthorized', 401, 'not-allowed'),
  holds('OptInRequired', 403, 'not-allowed'),
  error('ThrottlingException', 429, waiting('throttled')),
  error('ServiceUnavailable', 503, unknown('aws-unavailable'), unknown('aws-unavailable')),
  error('InternalFailure', 500, unknown('aws-unavailable'), unknown('aws-unavailable')),
  error('ValidationException', 400, rejected('bad-request')),
  error('ValidationError', 400, rejected('bad-request')),
  error('RequestEntityTooLargeException', 413, rejected('bad-request')),
  error('SerializationException', 400, rejected('bad-request')),
];

const withoutAnAnswer: readonly Row[] = [
  row('no such host', ofNetwork('ENOTFOUND', 'getaddrinfo'), waiting('offline')),
  row('a refused connection', ofNetwork('ECONNREFUSED', 'connect'), waiting('offline')),
  row('no connection in time', ofNetwork('ETIMEDOUT', 'connect'), waiting('offline')),
  row('a certificate that is not trusted', ofNetwork('CERT_HAS_EXPIRED'), waiting('certificate')),
  row('a reset', ofNetwork('ECONNRESET', 'read'), unknown()),
  row('no answer in time', ofNetwork('ETIMEDOUT', 'read'), unknown()),
  row('a page instead of an answer', ofPage(200), unknown()),
  row('a page with a server error', ofPage(502), unknown('aws-unavailable'), unknown('aws-unavailable')),
];

const table = [...ofOneRecord, ...ofTheCall, ...ofAllServices, ...withoutAnAnswer];

test.each(table)('$name', ({ outcome, becomes, again = unknown() }) => {
  const fresh = afterOutcome(sending, outcome, nowMs, () => 0.5);
  expect([fresh.status, fresh.phase, fresh.reason]).toEqual(becomes);
  const later = afterOutcome(resending, outcome, nowMs, () => 0.5);
  expect([later.status, later.phase, later.reason]).toEqual(again);
  expect(holdsSlot(later)).toBe(true);
});

test('a call that a crash cut off leaves its record unknown', () => {
  const { status, phase, reason } = afterOutcome(sending, { kind: 'unanswered' }, nowMs, () => 0.5);
  expect([status, phase, reason]).toEqual(unknown());
});
