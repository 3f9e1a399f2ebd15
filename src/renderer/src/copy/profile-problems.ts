/**
 * What keeps a profile from being used, in words. The core gives a code with at most one name behind a colon, such as
 * `missing:sso_region`; anything else is said as it is.
 */
export interface ProfileProblem {
  /** A sentence for the card. */
  readonly text: string;
  /** What to do about it. */
  readonly nextStep: string;
}

const missingWords: Readonly<Record<string, string>> = {
  sso_start_url: 'the address of the AWS access portal',
  sso_region: 'the Region of IAM Identity Center',
  sso_account_id: 'the account',
  sso_role_name: 'the role',
  role_arn: 'the role to assume',
  source_profile: 'the profile that the role is assumed from',
  aws_access_key_id: 'the access key id',
  aws_secret_access_key: 'the secret access key',
};

const malformedWords: Readonly<Record<string, string>> = {
  sso_account_id: 'An account id has twelve digits.',
  role_arn: 'It reads like arn:aws:iam::123456789012:role/Name.',
};

const unsupportedWords: Readonly<Record<string, string>> = {
  credential_source: 'It takes its credentials from the machine it runs on, which Usage Desk can’t do.',
};

const inConfig = 'in the AWS config';

export function profileProblem(code: string): ProfileProblem {
  const colon = code.indexOf(':');
  const kind = colon < 0 ? code : code.slice(0, colon);
  const name = colon < 0 ? '' : code.slice(colon + 1);
  switch (kind) {
    case 'missing':
      return {
        text: `${name} is missing${wordsOf(missingWords, name, (words) => `: ${words}`)}.`,
        nextStep: `Add ${name} to it ${inConfig}.`,
      };
    case 'malformed':
      return {
        text: `${name} is not written as it should be.${wordsOf(malformedWords, name, (words) => ` ${words}`)}`,
        nextStep: `Correct ${name} ${inConfig}.`,
      };
    case 'unsupported':
      return {
        text: wordsOf(unsupportedWords, name, (words) => words) || `Usage Desk can’t work with ${name}.`,
        nextStep: 'Choose a profile that signs in by IAM Identity Center, or ask your AWS admin for one.',
      };
    case 'missing-variable':
      return {
        text: `The environment has half of an access key: ${name} is missing.`,
        nextStep: `Set ${name} as well, or unset the other one, and start Usage Desk again.`,
      };
    case 'heading-unclosed':
      return {
        text: 'The line with its name has no ] at its end, so what stands below counts for the section above.',
        nextStep: `Add the ] ${inConfig}.`,
      };
    case 'heading-name':
      return {
        text: 'Its name has a space or another sign in it that Usage Desk can’t read, even where the AWS CLI can.',
        nextStep: `Rename it ${inConfig}, or copy its section under another name: letters, digits and - _ . + @ % : / are fine.`,
      };
    case 'heading-spacing':
      return {
        text: 'The line with its name has spaces where AWS’s software expects none.',
        nextStep: `Write it as [profile NAME] ${inConfig}, with one space; in the credentials file as [NAME].`,
      };
    case 'heading-no-profile-word':
      return {
        text: 'The line with its name lacks the word profile, so AWS’s software passes over it.',
        nextStep: `Write it as [profile NAME] ${inConfig}.`,
      };
    case 'heading-profile-word':
      return {
        text: 'The credentials file names profiles without the word profile.',
        nextStep: 'Write it as [NAME] in the credentials file.',
      };
    case 'unknown-sso-session':
      return {
        text: `It names the SSO session ${name}, which the config doesn’t have.`,
        nextStep: `Add the section [sso-session ${name}] to the AWS config, or correct the name.`,
      };
    case 'unknown-source-profile':
      return {
        text: `It assumes its role from profile ${name}, which the config doesn’t have.`,
        nextStep: `Add profile ${name} to the AWS config, or correct source_profile.`,
      };
    case 'unusable-source-profile':
      return {
        text: `It assumes its role from profile ${name}, which can’t be used itself.`,
        nextStep: `Correct profile ${name} first.`,
      };
    case 'source-profile-cycle':
      return {
        text: 'It assumes its role from profiles that lead back to itself.',
        nextStep: `Correct source_profile ${inConfig}.`,
      };
    case 'process-failed':
      return {
        text: 'The program that it gets its credentials from failed.',
        nextStep:
          'Run the program that credential_process names in a terminal to see why, or ask your AWS admin.',
      };
    case 'no-credentials':
      return {
        text: 'It names no way to sign in: no SSO session, no role and no key.',
        nextStep: `Add sso_session, sso_account_id and sso_role_name to it ${inConfig}. Your AWS admin knows them.`,
      };
    default:
      return { text: code, nextStep: `Correct it ${inConfig}, or choose another profile.` };
  }
}

/** Whether the core named the problem by a code that has words here. */
export function isProfileProblemCode(detail: string): boolean {
  return profileProblem(detail).text !== detail;
}

function wordsOf(
  table: Readonly<Record<string, string>>,
  name: string,
  say: (words: string) => string,
): string {
  const words = Object.hasOwn(table, name) ? table[name] : undefined;
  return words === undefined ? '' : say(words);
}
