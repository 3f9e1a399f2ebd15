import { describe, expect, it } from 'vitest';
import { type AppError, appErrorSchema } from '../../../src/contract/errors.ts';
import { reasonCatalogue } from '../../../src/contract/reason-catalogue.ts';
import { clockOffset } from '../../../src/renderer/src/copy/formats.ts';
import { presentError } from '../../../src/renderer/src/copy/present-error.ts';

const awsSaid = { awsErrorName: 'AccessDeniedException', awsMessage: 'No.', requestId: 'req-1' };

const everyError = [
  { kind: 'invalid-input', issues: [{ path: 'lines.0', problem: 'too_big' }] },
  { kind: 'unknown-call' },
  { kind: 'forbidden' },
  { kind: 'unexpected', incidentId: 'inc-7' },
  { kind: 'not-signed-in' },
  { kind: 'sign-in-expired', profile: 'seller-ops' },
  { kind: 'sign-in-failed', cause: 'denied', detail: 'access_denied' },
  { kind: 'role-not-assigned', profile: 'seller-ops' },
  { kind: 'profile-unknown', profile: 'gone' },
  { kind: 'login-needed', profile: 'console', problem: 'ended' },
  { kind: 'process-failed', profile: 'tool', detail: 'the vault is locked' },
  { kind: 'profile-unusable', profile: 'broken', detail: 'sso_region is missing' },
  { kind: 'config-unreadable', path: '/home/dana/.aws/config', detail: 'EACCES' },
  { kind: 'not-allowed', action: 'aws-marketplace:BatchMeterUsage', ...awsSaid },
  { kind: 'unknown-credentials', ...awsSaid },
  { kind: 'clock-wrong', offsetMs: 420_000 },
  { kind: 'offline', host: 'metering.example', code: 'ENOTFOUND' },
  { kind: 'throttled', retryAfterMs: 3000 },
  { kind: 'aws-unavailable', ...awsSaid },
  { kind: 'aws-refused', ...awsSaid },
  { kind: 'not-found', what: 'contract', id: 'agmt-1' },
  { kind: 'contract-closed', reason: 'contract-ended' },
  { kind: 'wrong-account', expectedAccountId: '123456789012', signedInAccountId: '999988887777' },
  { kind: 'not-confirmed' },
  { kind: 'review-expired', expiredUtc: '2026-11-20T14:00:00Z' },
  { kind: 'review-changed', reasons: ['too-old'] },
  { kind: 'already-submitted', submissionId: '0b7a1c1e-0000-4000-8000-000000000001' },
  { kind: 'lines-have-errors', reasons: ['quantity-missing'] },
  { kind: 'slot-taken', reason: 'mixed-scheme', recordId: null },
  { kind: 'scheme-locked', heldRecords: 2 },
  { kind: 'ledger-newer', path: '/data/ledger.sqlite', ledgerVersion: 9, supportedVersion: 1 },
  { kind: 'ledger-damaged', path: '/data/ledger.sqlite', detail: 'malformed' },
  { kind: 'ledger-unavailable', path: '/data/ledger.sqlite', detail: 'EACCES' },
  { kind: 'disk-full', path: '/data/ledger.sqlite' },
  { kind: 'file-unusable', fileName: 'books.sqlite', problem: 'no-ledger' },
  { kind: 'save-failed', path: '/out/usage.csv', detail: 'EROFS' },
  { kind: 'not-possible-now', detail: 'in flight' },
  { kind: 'core-unreachable' },
  {
    kind: 'wrong-principal',
    expectedArn: 'arn:aws:iam::123456789012:user/ada',
    signedInArn: 'arn:aws:iam::123456789012:user/bob',
  },
  { kind: 'endpoint-insecure', setting: 'AWS_ENDPOINT_URL', url: 'http://aws.example' },
  { kind: 'endpoints-unacknowledged' },
  { kind: 'network-setting-unusable', setting: 'AWS_CA_BUNDLE', value: '/etc/ca.pem', detail: 'ENOENT' },
  { kind: 'config-conflict', path: '/home/ada/.aws/config', section: '[profile seller]' },
  { kind: 'config-changed', path: '/home/ada/.aws/config' },
  { kind: 'start-url-wrong', problem: 'no-portal' },
  { kind: 'signed-out-here-only' },
  { kind: 'licence-refused', cause: 'other-buyer', agreementId: 'agmt-7' },
  { kind: 'not-addable', cause: 'product-unknown', agreementId: null },
] as const satisfies readonly AppError[];

function wordsOf(kind: AppError['kind']) {
  const error = everyError.find((one) => one.kind === kind);
  if (error === undefined) throw new Error(`no example of ${kind}`);
  return presentError(error);
}

describe('presentError', () => {
  it('is tried here with every kind of failure', () => {
    const kinds = appErrorSchema.options.map((option) => option.shape.kind.value);
    expect(everyError.map((error) => error.kind).sort()).toEqual([...kinds].sort());
  });

  it.each(everyError)('says what happened and what to do about $kind', (error) => {
    const words = presentError(error);
    expect(words.title).toMatch(/^[A-Z].*[^.]$/);
    expect(words.explanation).toMatch(/[.]$/);
    expect(words.nextStep).toMatch(/[.]$/);
    const sentences = `${words.title} ${words.explanation} ${words.nextStep}`;
    expect(sentences).not.toMatch(/undefined|null|NaN|\bOK\b|Oops/);
  });

  it('tells refusals apart by AWS’s name, and does not pretend to know one that it has no words for', () => {
    const names = ['ResourceNotFoundException', 'ValidationException', 'ConflictException', 'toString'];
    const words = names.map((awsErrorName) =>
      presentError({ kind: 'aws-refused', awsErrorName, awsMessage: 'No.', requestId: null }),
    );
    expect(new Set(words.map(({ title }) => title)).size).toBe(names.length);
    expect(words.at(-1)).toMatchObject({ title: 'AWS refused this', detail: 'toString: No.' });
  });

  it('names the facts that a person acts on', () => {
    expect(wordsOf('not-allowed').nextStep).toContain('aws-marketplace:BatchMeterUsage');
    expect(wordsOf('wrong-account').explanation).toContain('1234-5678-9012');
    expect(wordsOf('wrong-account').explanation).toContain('9999-8888-7777');
    expect(wordsOf('ledger-newer').explanation).toContain('/data/ledger.sqlite');
    expect(wordsOf('unexpected').explanation).toContain('inc-7');
  });

  it('keeps AWS’s own words and request id for the fold', () => {
    expect(wordsOf('not-allowed').detail).toBe('AccessDeniedException: No.\nRequest id: req-1');
  });

  it('has words for every way in which a sign-in fails', () => {
    const signInFailed = appErrorSchema.options.find(
      (option) => option.shape.kind.value === 'sign-in-failed',
    );
    const causes = [
      'denied',
      'timed-out',
      'state-mismatch',
      'cancelled',
      'callback-port',
      'invalid-grant',
      'invalid-client',
      'wrong-region',
      'other',
    ] as const;
    expect(signInFailed).toBeDefined();
    const titles = causes.map((cause) => presentError({ kind: 'sign-in-failed', cause, detail: '' }).title);
    expect(new Set(titles).size).toBe(causes.length);
  });

  it('says of a login that only the AWS CLI can begin where to begin it, and to come back', () => {
    const problems = ['missing', 'unreadable', 'ended', 'password-changed', 'not-allowed'] as const;
    const words = problems.map((problem) => presentError({ kind: 'login-needed', profile: 'ops', problem }));
    for (const { nextStep, retry } of words) {
      expect(nextStep).toMatch(/terminal on this computer, run aws login --profile ops .* try again here/);
      expect(retry).toBe(true);
    }
    expect(new Set(words.map(({ explanation }) => explanation)).size).toBe(problems.length);
  });

  it('says what a config lacks that could be read', () => {
    const words = presentError({
      kind: 'config-unreadable',
      path: '/home/dana/.aws/config',
      detail: 'no-section',
    });
    expect(words.explanation).toContain('no section');
    expect(words.nextStep).toContain('[profile NAME]');
    expect(words.detail).toBeNull();
  });

  it('says each reason of a changed review once, in words and not by its code', () => {
    const words = presentError({ kind: 'review-changed', reasons: ['too-old', 'hour-taken', 'too-old'] });
    expect(words.causes).toEqual([
      reasonCatalogue['too-old'].whatHappened,
      reasonCatalogue['hour-taken'].whatHappened,
    ]);
    expect(words.detail).toBeNull();
  });

  it('says what is wrong with a profile where the core names it, and keeps free text for the fold', () => {
    const named = presentError({ kind: 'profile-unusable', profile: 'ops', detail: 'missing:sso_region' });
    expect(`${named.explanation} ${named.nextStep}`).toMatch(/sso_region is missing.*Add sso_region/);
    expect(named.detail).toBeNull();
    const free = presentError({ kind: 'profile-unusable', profile: 'ops', detail: 'Profile is odd' });
    expect(free.detail).toBe('Profile is odd');
  });

  it('never offers to retry what a retry can’t help', () => {
    expect(
      presentError({ kind: 'ledger-newer', path: 'p', ledgerVersion: 2, supportedVersion: 1 }).retry,
    ).toBe(false);
    expect(presentError({ kind: 'throttled', retryAfterMs: null }).retry).toBe(true);
  });
});

describe('clockOffset', () => {
  it('calls a computer behind when AWS’s time is later', () => {
    expect(clockOffset(300_000)).toBe('5 min behind');
    expect(clockOffset(299_400)).toBe('5 min behind');
    expect(clockOffset(-45_000)).toBe('45 s ahead');
  });
});
