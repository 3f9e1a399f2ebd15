/** The profile that a person has chosen, as the files and the environment say at this moment. */
import { err, ok, type Result } from '../../../contract/result.ts';
import { loadAwsConfig } from './aws-config.ts';
import { describeEnvironment, environmentProfile } from './environment-credentials.ts';
import { describeProfile, type ProfileDescription } from './profile-kinds.ts';

export interface FoundProfile {
  readonly described: ProfileDescription;
  /** Region of the profile, or null. Not the metering Region. */
  readonly region: string | null;
  readonly caBundle: string | null;
}

/** Fails where it can't be signed in with as it is written. */
export async function findProfile(profile: string): Promise<Result<FoundProfile>> {
  const config = await loadAwsConfig();
  const isEnvironment = profile === environmentProfile;
  const described = isEnvironment ? describeEnvironment(process.env) : describeProfile(config, profile);
  if (described === null) return err(config.problem ?? { kind: 'profile-unknown', profile });
  if (described.problem !== null)
    return err({ kind: 'profile-unusable', profile, detail: described.problem });
  const section = config.profiles.get(profile);
  const region = isEnvironment ? process.env.AWS_REGION : section?.region;
  return ok({ described, region: region || null, caBundle: section?.ca_bundle ?? null });
}
