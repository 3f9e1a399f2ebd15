import { expect, test } from 'vitest';
import {
  outcomeOfFailure,
  outcomeOfNoCall,
  outcomeOfStatus,
} from '../../../src/main/adapters/aws/metering-outcomes.ts';

/** An error as the SDK makes it of an answer that it understood. */
const answered = (name: string, httpStatus = 400, message = 'as AWS says') =>
  Object.assign(new Error(message), {
    name,
    $fault: httpStatus >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: httpStatus, requestId: 'request-1' },
  });
/** An error of an answer that it could not read. */
const unreadable = (httpStatus: number, name = 'SyntaxError') =>
  Object.assign(new Error('Unexpected token <'), { name, $metadata: { httpStatusCode: httpStatus } });
const network = (code: string, syscall?: string, message = code) =>
  Object.assign(new Error(message), {
    code,
    ...(syscall === undefined ? {} : { syscall }),
    $metadata: { attempts: 1 },
  });
const outcome = (cause: unknown, more: { left?: boolean; clockMovedMs?: number } = {}) =>
  outcomeOfFailure({ cause, left: more.left ?? true, clockMovedMs: more.clockMovedMs ?? 0 });

test.each([
  [
    { status: 'Success', meteringRecordId: 'm-1' },
    { kind: 'recorded', meteringRecordId: 'm-1' },
  ],
  [
    { status: 'Success', meteringRecordId: undefined },
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ],
  [
    { status: 'Success', meteringRecordId: '' },
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ],
  [
    { status: 'CustomerNotSubscribed', meteringRecordId: undefined },
    { kind: 'refused', reason: 'customer-not-subscribed' },
  ],
  [
    { status: 'DuplicateRecord', meteringRecordId: undefined },
    { kind: 'refused', reason: 'duplicate-record' },
  ],
  [
    { status: 'DuplicateRecord', meteringRecordId: 'm-2' },
    { kind: 'refused', reason: 'duplicate-record' },
  ],
  [
    { status: 'success', meteringRecordId: 'm-1' },
    { kind: 'may-be-recorded', reason: 'unrecognised-answer' },
  ],
  [
    { status: 'constructor', meteringRecordId: 'm-1' },
    { kind: 'may-be-recorded', reason: 'unrecognised-answer' },
  ],
  [
    { status: undefined, meteringRecordId: 'm-1' },
    { kind: 'may-be-recorded', reason: 'outcome-unknown' },
  ],
])('the status of %o is %o', (entry, expected) => {
  expect(outcomeOfStatus(entry)).toMatchObject(expected);
});

test.each([
  ['DisabledApiException', 'region-disabled'],
  ['InvalidCustomerIdentifierException', 'invalid-customer'],
  ['InvalidLicenseException', 'invalid-license'],
  ['InvalidProductCodeException', 'invalid-product-code'],
  ['InvalidTagException', 'invalid-tag'],
  ['TooManyTagsException', 'invalid-tag'],
  ['InvalidUsageAllocationsException', 'invalid-allocations'],
  ['InvalidUsageDimensionException', 'invalid-usage-dimension'],
  ['TimestampOutOfBoundsException', 'timestamp-out-of-bounds'],
  ['ValidationException', 'bad-request'],
  ['ValidationError', 'bad-request'],
  ['SerializationException', 'bad-request'],
  ['RequestEntityTooLargeException', 'bad-request'],
  ['UnknownOperationException', 'bad-request'],
])('%s surely refuses as %s', (name, reason) => {
  expect(outcome(answered(name))).toEqual({
    kind: 'refused',
    reason,
    awsErrorName: name,
    awsMessage: 'as AWS says',
  });
});

test('a refusal that comes with a server error contradicts itself and stays open', () => {
  expect(outcome(answered('InvalidUsageDimensionException', 500))).toMatchObject({ kind: 'may-be-recorded' });
});

test.each([
  ['ThrottlingException', 400],
  ['ThrottlingException', 429],
  ['TooManyRequestsException', 429],
  ['Throttling', 400],
  ['RequestLimitExceeded', 503],
  ['SlowDown', 503],
])('%s with HTTP %i surely recorded nothing and waits', (name, status) => {
  expect(outcome(answered(name, status))).toMatchObject({
    kind: 'not-recorded',
    next: 'wait',
    reason: 'throttled',
  });
});

test.each([
  ['AccessDeniedException', 'not-allowed'],
  ['AccessDenied', 'not-allowed'],
  ['OptInRequired', 'not-allowed'],
  ['NotAuthorized', 'not-allowed'],
  ['ExpiredTokenException', 'sign-in-expired'],
  ['ExpiredToken', 'sign-in-expired'],
  ['UnrecognizedClientException', 'unknown-credentials'],
  ['InvalidClientTokenId', 'unknown-credentials'],
  ['IncompleteSignatureException', 'unknown-credentials'],
  ['MissingAuthenticationTokenException', 'unknown-credentials'],
  ['InvalidSignatureException', 'clock-wrong'],
  ['SignatureDoesNotMatch', 'clock-wrong'],
  ['RequestExpired', 'clock-wrong'],
  ['RequestTimeTooSkewed', 'clock-wrong'],
  ['NeverHeardOfException', 'aws-refused'],
])('%s surely recorded nothing and needs a person: %s', (name, reason) => {
  expect(outcome(answered(name, 403))).toMatchObject({ kind: 'not-recorded', next: 'hold', reason });
});

test('a refused signature waits when the answer explained it by the clock', () => {
  for (const clockMovedMs of [60_000, -3_600_000]) {
    expect(outcome(answered('RequestExpired'), { clockMovedMs })).toMatchObject({
      kind: 'not-recorded',
      next: 'wait',
      reason: 'clock-wrong',
    });
  }
  expect(outcome(answered('RequestExpired'), { clockMovedMs: 59_999 })).toMatchObject({ next: 'hold' });
});

test.each([
  ['InternalServiceErrorException', 500],
  ['InternalFailure', 500],
  ['InternalServerError', 500],
  ['ServiceUnavailable', 503],
  ['ServiceUnavailableException', 503],
  ['InternalServiceErrorException', 400],
  ['NeverHeardOfException', 501],
])('%s with HTTP %i may have recorded it', (name, status) => {
  expect(outcome(answered(name, status))).toMatchObject({
    kind: 'may-be-recorded',
    reason: 'aws-unavailable',
  });
});

test.each([
  ['an empty 503', unreadable(503, 'Unknown'), 'aws-unavailable'],
  ['a page of a proxy with 502', unreadable(502), 'aws-unavailable'],
  ['a page of a proxy with 403', unreadable(403), 'outcome-unknown'],
  ['a page with 200', unreadable(200), 'outcome-unknown'],
  [
    'an empty 400 that the SDK calls a client error',
    Object.assign(answered('Unknown'), {}),
    'outcome-unknown',
  ],
  [
    'a body that broke off',
    Object.assign(network('ECONNRESET', undefined, 'aborted'), { $metadata: { httpStatusCode: 200 } }),
    'outcome-unknown',
  ],
  ['RequestTimeout', answered('RequestTimeout', 408), 'outcome-unknown'],
  ['a reset', network('ECONNRESET', 'read'), 'outcome-unknown'],
  ['a broken pipe', network('EPIPE', 'write'), 'outcome-unknown'],
  ['a timeout of the system on a standing connection', network('ETIMEDOUT', 'read'), 'outcome-unknown'],
  [
    'no answer in time',
    Object.assign(
      network('ETIMEDOUT', undefined, 'a request has exceeded the configured 30000 ms requestTimeout.'),
      { name: 'TimeoutError' },
    ),
    'outcome-unknown',
  ],
  [
    'silence on the socket',
    Object.assign(new Error('the request socket timed out after 1 ms of inactivity'), {
      name: 'TimeoutError',
    }),
    'outcome-unknown',
  ],
  ['an abort', Object.assign(new Error('Request aborted'), { name: 'AbortError' }), 'outcome-unknown'],
  [
    'a TLS alert after the handshake',
    network('EPROTO', 'write', 'tlsv13 alert certificate required'),
    'outcome-unknown',
  ],
  ['an unknown network code', network('ESOMETHING', 'connect'), 'outcome-unknown'],
  [
    'addresses of which one connected',
    new AggregateError([network('ECONNREFUSED', 'connect'), network('ECONNRESET', 'read')]),
    'outcome-unknown',
  ],
  ['no error at all', undefined, 'outcome-unknown'],
  ['a text', 'broken', 'outcome-unknown'],
])('%s may have recorded it', (_name, cause, reason) => {
  expect(outcome(cause)).toMatchObject({ kind: 'may-be-recorded', reason });
});

test.each([
  ['ENOTFOUND', network('ENOTFOUND', 'getaddrinfo')],
  ['EAI_AGAIN', network('EAI_AGAIN', 'getaddrinfo')],
  ['ECONNREFUSED', network('ECONNREFUSED', 'connect')],
  ['EHOSTUNREACH', network('EHOSTUNREACH', 'connect')],
  ['ENETUNREACH', network('ENETUNREACH', 'connect')],
  ['ETIMEDOUT while connecting', Object.assign(network('ETIMEDOUT', 'connect'), { name: 'TimeoutError' })],
  [
    'ECONNREFUSED on every address',
    new AggregateError([network('ECONNREFUSED', 'connect'), network('ENETUNREACH', 'connect')]),
  ],
  [
    'a connect timeout of the SDK',
    Object.assign(
      new Error(
        'the request socket did not establish a connection with the server within the configured timeout of 5000 ms.',
      ),
      { name: 'TimeoutError' },
    ),
  ],
  [
    'a server that speaks no TLS',
    network('EPROTO', 'write', 'SSL routines:ssl3_get_record:wrong version number'),
  ],
  [
    'a hang-up in the handshake',
    network(
      'ECONNRESET',
      undefined,
      'Client network socket disconnected before secure TLS connection was established',
    ),
  ],
])('%s surely recorded nothing and waits for the network', (_name, cause) => {
  expect(outcome(cause)).toMatchObject({ kind: 'not-recorded', next: 'wait', reason: 'offline' });
});

test.each([
  ['an untrusted certificate', network('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
  ['an expired certificate', network('CERT_HAS_EXPIRED')],
  ['a certificate for another name', network('ERR_TLS_CERT_ALTNAME_INVALID')],
])('%s surely recorded nothing, and is named', (_name, cause) => {
  expect(outcome(cause)).toMatchObject({ kind: 'not-recorded', next: 'wait', reason: 'certificate' });
});

test('what the SDK could not even send surely recorded nothing', () => {
  expect(outcome(new TypeError('broken input'), { left: false })).toMatchObject({
    kind: 'not-recorded',
    next: 'hold',
    reason: 'bad-request',
  });
});

const said = { awsErrorName: 'Name', awsMessage: 'as AWS says', requestId: null };
test.each([
  [{ kind: 'not-signed-in' } as const, 'hold', 'sign-in-expired'],
  [{ kind: 'sign-in-expired', profile: 'p' } as const, 'hold', 'sign-in-expired'],
  [
    { kind: 'wrong-account', expectedAccountId: '1', signedInAccountId: '2' } as const,
    'hold',
    'wrong-account',
  ],
  [{ kind: 'role-not-assigned', profile: 'p' } as const, 'hold', 'role-not-assigned'],
  [{ kind: 'not-allowed', action: null, ...said } as const, 'hold', 'not-allowed'],
  [{ kind: 'unknown-credentials', ...said } as const, 'hold', 'unknown-credentials'],
  [{ kind: 'profile-unusable', profile: 'p', detail: 'd' } as const, 'hold', 'unknown-credentials'],
  [{ kind: 'clock-wrong', offsetMs: 1 } as const, 'hold', 'clock-wrong'],
  [{ kind: 'offline', host: null, code: 'ENOTFOUND' } as const, 'wait', 'offline'],
  [{ kind: 'offline', host: null, code: 'CERT_HAS_EXPIRED' } as const, 'wait', 'certificate'],
  [{ kind: 'throttled', retryAfterMs: null } as const, 'wait', 'throttled'],
  [{ kind: 'aws-unavailable', ...said } as const, 'wait', 'aws-unavailable'],
])('without a call, for %o, the record surely was not recorded: %s as %s', (error, next, reason) => {
  expect(outcomeOfNoCall(error)).toMatchObject({ kind: 'not-recorded', next, reason });
});

test('a message of AWS is stored without what may be a secret in it', () => {
  const cause = answered('NeverHeardOfException', 400, 'bad sessionToken=IQoJb3JpZ2luX2VjEJ7 for you');
  expect(outcome(cause)).toMatchObject({ awsMessage: 'bad sessionToken=[redacted] for you' });
});
