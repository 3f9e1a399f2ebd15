/** Process-wide settings that the AWS SDK reads from the environment and from nowhere else. */

/** The one name under which CloudTrail and AWS's logs can tell this app's calls from others. */
export const applicationId = 'UsageDesk';

/**
 * Settles the environment once at start, before the first AWS call. `env` is `process.env`, `homeDir` the person's.
 *
 * Switches off the probes for EC2 metadata, which on a desktop only cost a second each. Makes the file settings whole as the AWS CLI does, with `~` and
 * variables in them, of which the SDK knows less; and lets `AWS_DEFAULT_PROFILE`, which the SDK passes over, stand for `AWS_PROFILE` where that is not
 * set. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html
 */
export function prepareAwsEnvironment(env: NodeJS.ProcessEnv, homeDir: string): void {
  env.AWS_EC2_METADATA_DISABLED = 'true';
  if (!env.AWS_PROFILE && env.AWS_DEFAULT_PROFILE) env.AWS_PROFILE = env.AWS_DEFAULT_PROFILE;
  for (const setting of ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_LOGIN_CACHE_DIRECTORY']) {
    const value = env[setting];
    if (value) env[setting] = wholePath(value, env, homeDir);
  }
}

/** `$NAME` and `${NAME}` first, then a leading `~`. A variable that isn't set stays as it is written. */
function wholePath(path: string, env: NodeJS.ProcessEnv, homeDir: string): string {
  const filled = path.replace(
    /\$(?:(\w+)|\{([^}]*)\})/g,
    (written: string, bare?: string, braced?: string) => env[bare ?? braced ?? ''] ?? written,
  );
  return filled.replace(/^~(?=[/\\]|$)/, () => homeDir);
}

/**
 * For every client that signs: deadlines are judged by AWS's time, so no setting of the environment or of a profile may keep a client from
 * learning it. https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
export const learnsClock = { disableClockSkewCorrection: false } as const;
