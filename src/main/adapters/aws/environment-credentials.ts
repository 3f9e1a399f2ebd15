/** Keys that stand in the environment, as a profile of their own: https://docs.aws.amazon.com/sdkref/latest/guide/feature-static-credentials.html */
import type { ProfileDescription } from './profile-kinds.ts';

/** No profile of a file can be called so: a space in its name makes it unreadable. */
export const environmentProfile = 'Environment variables';

/** What the variables say; null where none of the keys is set. */
export function describeEnvironment(env: NodeJS.ProcessEnv): ProfileDescription | null {
  const { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secret, AWS_ACCOUNT_ID: account } = env;
  if (!keyId && !secret) return null;
  const missing = keyId ? 'AWS_SECRET_ACCESS_KEY' : 'AWS_ACCESS_KEY_ID';
  return {
    kind: 'environment',
    accountId: account !== undefined && /^\d{12}$/.test(account) ? account : null,
    roleName: null,
    ssoSession: null,
    asksForCode: false,
    problem: keyId && secret ? null : `missing-variable:${missing}`,
    sso: null,
    login: null,
    // The environment of a running process stays as it is: nothing renews these.
    renews: false,
  };
}
