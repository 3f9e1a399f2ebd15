/** Process-wide settings that the AWS SDK reads from the environment and from nowhere else. */

/** The one name under which CloudTrail and AWS's logs can tell this app's calls from others. */
export const applicationId = 'UsageDesk';

/**
 * Settles the environment once at start, before the first AWS call. `env` is `process.env`.
 *
 * Switches off the probes for EC2 metadata, which on a desktop only cost a second each, and expands a leading `~/` of
 * the file settings: the SDK expands it for profiles, but not where it reads `sso-session` sections.
 */
export function prepareAwsEnvironment(env: NodeJS.ProcessEnv, homeDir: string): void {
  env.AWS_EC2_METADATA_DISABLED = 'true';
  for (const setting of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE']) {
    const value = env[setting];
    if (value?.startsWith('~/')) env[setting] = `${homeDir}/${value.slice(2)}`;
  }
}

/**
 * For every client that signs: deadlines are judged by AWS's time, so no setting of the environment or of a profile may keep a client from
 * learning it. https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export const learnsClock = { disableClockSkewCorrection: false } as const;
