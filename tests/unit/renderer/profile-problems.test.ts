import { describe, expect, it } from 'vitest';
import { isProfileProblemCode, profileProblem } from '../../../src/renderer/src/copy/profile-problems.ts';

const codes = [
  'missing:sso_start_url',
  'missing:sso_region',
  'missing:sso_account_id',
  'missing:sso_role_name',
  'missing:role_arn',
  'missing:source_profile',
  'missing:aws_access_key_id',
  'missing:aws_secret_access_key',
  'missing:a_setting_of_tomorrow',
  'malformed:sso_account_id',
  'malformed:role_arn',
  'malformed:source_profile',
  'missing-variable:AWS_SECRET_ACCESS_KEY',
  'heading-unclosed',
  'heading-spacing',
  'heading-name',
  'heading-profile-word',
  'heading-no-profile-word',
  'unsupported:credential_source',
  'unsupported:a_setting_of_tomorrow',
  'unknown-sso-session:work',
  'unknown-source-profile:base',
  'unusable-source-profile:base',
  'source-profile-cycle',
  'no-credentials',
  'process-failed',
];

describe('what is wrong with a profile', () => {
  it.each(codes)('has whole sentences for %s, without the code', (code) => {
    const { text, nextStep } = profileProblem(code);
    expect(isProfileProblemCode(code)).toBe(true);
    expect(text).not.toContain(code);
    expect(text).toMatch(/[.]$/);
    expect(nextStep).toMatch(/^[A-Z].*[.]$/);
    expect(text).not.toMatch(/undefined/);
  });

  it('names the setting, the session and the profile that are meant', () => {
    expect(profileProblem('missing:sso_region').text).toContain('sso_region');
    expect(profileProblem('unknown-sso-session:my:session').text).toContain('my:session');
    expect(profileProblem('unusable-source-profile:base').nextStep).toContain('base');
  });

  it('leaves what it has no words for as it was said', () => {
    expect(isProfileProblemCode('The token is odd')).toBe(false);
    expect(profileProblem('The token is odd').text).toBe('The token is odd');
    expect(profileProblem('toString').text).toBe('toString');
  });
});
