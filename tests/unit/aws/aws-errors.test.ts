import { expect, test } from 'vitest';
import { ExpectedFailure, toAppError } from '../../../src/main/adapters/aws/aws-errors.ts';

const context = { profile: 'seller', offsetMs: 0, signsInByBrowser: true };
const answered = (name: string, message: string, httpStatusCode = 400) =>
  Object.assign(new Error(message), {
    name,
    $fault: 'client',
    $metadata: { httpStatusCode, requestId: 'request-1' },
  });
const ofProvider = (message: string) =>
  Object.assign(new Error(message), { name: 'CredentialsProviderError', tryNextLink: false });
const withCode = (code: string, more: object) => Object.assign(new Error(code), { code, ...more });

test('a denied call names the missing action', () => {
  const message =
    'User: arn:aws:sts::111111111111:assumed-role/R/me is not authorized to perform: aws-marketplace:SearchAgreements on resource: *';
  expect(toAppError(answered('AccessDeniedException', message), context)).toEqual({
    kind: 'not-allowed',
    action: 'aws-marketplace:SearchAgreements',
    awsErrorName: 'AccessDeniedException',
    awsMessage: message,
    requestId: 'request-1',
  });
  expect(toAppError(answered('AccessDeniedException', 'no'), context)).toMatchObject({ action: null });
});

test.each([
  [
    'Session token not found or invalid',
    'UnauthorizedException',
    { kind: 'sign-in-expired', profile: 'seller' },
  ],
  ['No access', 'ForbiddenException', { kind: 'role-not-assigned', profile: 'seller' }],
])('%s of the SSO portal is understood, also inside the provider’s own error', (message, name, expected) => {
  expect(toAppError(answered(name, message), context)).toEqual(expected);
  expect(toAppError(ofProvider(`${name}: ${message}`), context)).toEqual(expected);
});

test.each([
  ['Token is expired. To refresh this SSO session run …', { kind: 'sign-in-expired' }],
  [
    'The SSO session token associated with profile=seller was not found or is invalid.',
    { kind: 'sign-in-expired' },
  ],
  ['TooManyRequestsException: slow', { kind: 'throttled' }],
  ['Something new', { kind: 'sign-in-expired' }],
])('the credentials provider’s "%s" is %o', (message, expected) => {
  expect(toAppError(ofProvider(message), context)).toMatchObject(expected);
});

test('a provider that fails without SSO is a matter of the profile; a program is told by its own words', () => {
  const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY00';
  const keys = { ...context, signsInByBrowser: false };
  const failed = (message: string) => toAppError(ofProvider(message), keys);
  expect(failed(`Profile seller is odd: ${secret}`)).toEqual({
    kind: 'profile-unusable',
    profile: 'seller',
    detail: 'Profile seller is odd: [redacted]',
  });
  expect(failed(`Command failed: /opt/tool --token=abc ${secret}\nIt is locked: ${secret}\n`)).toEqual({
    kind: 'process-failed',
    profile: 'seller',
    detail: 'It is locked: [redacted]',
  });
});

test('a refused signature is the clock’s fault only when the clock is off', () => {
  const cause = answered('SignatureDoesNotMatch', 'The request signature we calculated does not match');
  expect(toAppError(cause, { ...context, offsetMs: 120_000 })).toEqual({
    kind: 'clock-wrong',
    offsetMs: 120_000,
  });
  expect(toAppError(cause, { ...context, offsetMs: null })).toEqual({ kind: 'clock-wrong', offsetMs: null });
  expect(toAppError(cause, context)).toMatchObject({ kind: 'unknown-credentials' });
});

test.each([
  [
    withCode('ENOTFOUND', { syscall: 'getaddrinfo', hostname: 'sts.example' }),
    { kind: 'offline', host: 'sts.example', code: 'ENOTFOUND' },
  ],
  [
    withCode('ECONNREFUSED', { syscall: 'connect', address: '127.0.0.1' }),
    { kind: 'offline', host: '127.0.0.1', code: 'ECONNREFUSED' },
  ],
  [withCode('CERT_HAS_EXPIRED', {}), { kind: 'offline', host: null, code: 'CERT_HAS_EXPIRED' }],
  [new ExpectedFailure({ kind: 'throttled', retryAfterMs: null }), { kind: 'throttled', retryAfterMs: null }],
])('%o is %o', (cause, expected) => {
  expect(toAppError(cause, context)).toEqual(expected);
});

test.each(['HPE_INVALID_CONSTANT', 'HPE_HEADER_OVERFLOW', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_INVALID_URL'])(
  'an answer that is no HTTP is a failure of the network: %s',
  (code) => {
    expect(toAppError(withCode(code, {}), context)).toEqual({ kind: 'offline', host: null, code });
  },
);

test.each([new TypeError('a defect'), withCode('ENOSPC', { syscall: 'write' }), 'a text', undefined])(
  'what AWS has no part in is thrown on: %o',
  (cause) => {
    let thrown: unknown = 'nothing';
    try {
      toAppError(cause, context);
    } catch (again) {
      thrown = again;
    }
    expect(thrown).toBe(cause);
  },
);
