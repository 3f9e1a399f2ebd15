/** Profile kinds in words. */
import type { Profile } from '../../../../contract/session.ts';

export function kindWords({ kind, asksForCode }: Pick<Profile, 'kind' | 'asksForCode'>): string {
  switch (kind) {
    case 'sso-session':
      return 'IAM Identity Center, in the browser';
    case 'sso-legacy':
      return 'IAM Identity Center, by a code';
    case 'assume-role':
      return asksForCode ? 'Assumes a role, with a code (MFA)' : 'Assumes a role';
    case 'static-keys':
      return 'Access key';
    case 'credential-process':
      return 'Credentials from a program';
    case 'login-session':
      return 'The AWS CLI (aws login)';
    case 'web-identity':
      return 'Web identity token';
    case 'environment':
      return 'Access key of the environment';
    case 'incomplete':
      return 'Not complete';
  }
}

/** The last used profile first, then those that can be used, then the rest; otherwise as the config has them. */
export function inOrder(profiles: readonly Profile[], lastProfile: string | null): readonly Profile[] {
  const rank = (profile: Profile) => (profile.problem !== null ? 2 : profile.name === lastProfile ? 0 : 1);
  return [...profiles].sort((a, b) => rank(a) - rank(b));
}
