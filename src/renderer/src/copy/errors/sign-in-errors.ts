/** Of profiles, sign-ins and who may act. */
import type { AppError } from '../../../../contract/errors.ts';
import type { ReasonCode } from '../../../../contract/reason-codes.ts';
import { formatAccountId } from '../formats.ts';
import { isProfileProblemCode, profileProblem } from '../profile-problems.ts';
import { reasonOf } from '../reasons.ts';
import { assertNever, type ErrorWords, failure, type PresentedError } from './presented-error.ts';

export const signInErrors: ErrorWords<
  | 'not-signed-in'
  | 'signed-out-here-only'
  | 'sign-in-expired'
  | 'sign-in-failed'
  | 'role-not-assigned'
  | 'profile-unknown'
  | 'profile-unusable'
  | 'process-failed'
  | 'login-needed'
  | 'config-unreadable'
  | 'config-conflict'
  | 'config-changed'
  | 'start-url-wrong'
  | 'wrong-account'
  | 'wrong-principal'
> = {
  'not-signed-in': () =>
    failure(['You are not signed in', 'This needs a sign-in to AWS.', 'Sign in with a profile.'], {
      severity: 'warning',
    }),
  'signed-out-here-only': () =>
    failure(
      [
        'You are signed out on this computer only',
        'The sign-in was removed here, but AWS could not be told. AWS may hold it until its own end.',
        'To end it at AWS too, sign out of the AWS access portal in your browser.',
      ],
      { severity: 'warning' },
    ),
  'sign-in-expired': (error) =>
    failure(
      [
        'The sign-in has ended',
        `AWS no longer takes the sign-in of profile ${error.profile}. Records that were submitted are safe on this computer; those that AWS doesn’t have yet go out after you sign in.`,
        'Sign in again. What you entered stays.',
      ],
      { severity: 'warning' },
    ),
  'sign-in-failed': (error) => signInFailed(error.cause, error.detail),
  'role-not-assigned': (error) =>
    failure([
      'The sign-in worked, but this role is not yours',
      `AWS does not let you use the account and role of profile ${error.profile}.`,
      'If it was given to you just now, sign out of the AWS access portal in the browser and sign in again. Otherwise ask your AWS admin for it.',
    ]),
  'profile-unknown': (error) =>
    failure([
      'This profile is not there any more',
      `The AWS config has no profile named ${error.profile}.`,
      'Choose another profile, or add it to the AWS config again.',
    ]),
  'profile-unusable': (error) => profileUnusable(error.profile, error.detail),
  'login-needed': ({ profile, problem }) => loginNeeded(profile, problem),
  'process-failed': ({ profile, detail }) =>
    failure(
      [
        'The program that gives the credentials failed',
        `Profile ${profile} gets its credentials from a program of yours (credential_process). ${
          detail === '' ? 'It ended with an error and said nothing.' : 'It said why.'
        }`,
        'Run the program in a terminal to see what it needs, or ask who set it up. Then sign in again.',
      ],
      { detail: detail || null, retry: true },
    ),
  'config-unreadable': (error) => {
    if (error.detail === 'no-section') {
      return failure(
        [
          'The AWS config holds no profile',
          `The file ${error.path} has text in it, but no section, so it is no AWS config.`,
          'Put the settings under a line such as [profile NAME], or take out what is no setting. It is read anew as soon as it changes.',
        ],
        { retry: true },
      );
    }
    return failure(
      [
        'The AWS config could not be read',
        `The file ${error.path} is there, but it could not be read.`,
        'Check that you may read the file and that it is a plain text file. It is read anew as soon as it changes.',
      ],
      { detail: error.detail, retry: true },
    );
  },
  'config-conflict': (error) =>
    failure([
      'This name is taken',
      `The AWS config has a section ${error.section} already, and it says something else. Nothing was written.`,
      `Choose another name for the profile, or look at the section in ${error.path}.`,
    ]),
  'config-changed': (error) =>
    failure(
      [
        'The AWS config has just changed',
        `Another program wrote ${error.path} at the same moment, so nothing was written.`,
        'Add the profile again.',
      ],
      { retry: true, severity: 'warning' },
    ),
  'start-url-wrong': (error) => startUrlWrong(error.problem),
  'wrong-account': (error) =>
    failure([
      'This belongs to another seller account',
      `It belongs to ${formatAccountId(error.expectedAccountId)}. ${
        error.signedInAccountId === null
          ? 'You are not signed in.'
          : `You are signed in to ${formatAccountId(error.signedInAccountId)}.`
      }`,
      `Sign in with a profile of ${formatAccountId(error.expectedAccountId)}.`,
    ]),
  'wrong-principal': (error) =>
    failure([
      'Somebody else is signed in',
      `The review was made as ${error.expectedArn}; signed in now is ${error.signedInArn}.`,
      'Go back and review the lines again under the name that sends them.',
    ]),
};

type SignInCause = Extract<AppError, { kind: 'sign-in-failed' }>['cause'];

function signInFailed(cause: SignInCause, detail: string): PresentedError {
  const options = { detail: detail === '' ? null : detail, retry: true } as const;
  switch (cause) {
    case 'timed-out':
      return failure(
        [
          'The sign-in took too long',
          'No answer came back from the browser in time.',
          'Sign in again and finish on the page that opens.',
        ],
        { ...options, severity: 'warning' },
      );
    case 'state-mismatch':
      return failure(
        [
          'The answer did not belong to this sign-in',
          'It may have come from an older browser tab, so it was not used.',
          'Close old sign-in tabs and sign in again.',
        ],
        options,
      );
    case 'cancelled':
      return failure(
        ['The sign-in was cancelled', 'You are as signed in as before.', 'Sign in again whenever you like.'],
        { ...options, detail: null, severity: 'info' },
      );
    case 'callback-port':
      return failure(
        [
          'The sign-in could not start',
          'The app could not open the local address to which the browser comes back.',
          'Check that no security software blocks local connections on 127.0.0.1, then sign in again.',
        ],
        options,
      );
    case 'denied':
    case 'code-expired':
    case 'invalid-grant':
    case 'invalid-client':
      return inWordsOf(reasonOfSignIn[cause], options);
    case 'wrong-region':
      return failure(
        [
          'This is the wrong Region',
          'AWS has no sign-in for this start URL in the Region that was given for it.',
          'Ask your AWS admin for the Region of your IAM Identity Center. In a profile of the AWS config it is the setting sso_region.',
        ],
        options,
      );
    case 'other':
      return failure(
        ['The sign-in did not work', 'AWS or the browser ended it with an error.', 'Sign in again.'],
        options,
      );
    default:
      return assertNever(cause);
  }
}

/** The refusals of AWS's sign-in service that the catalogue explains. */
export const reasonOfSignIn = {
  denied: 'sign-in-denied',
  'code-expired': 'sign-in-code-expired',
  'invalid-grant': 'sign-in-invalid-grant',
  'invalid-client': 'sign-in-invalid-client',
} as const satisfies Partial<Record<SignInCause, ReasonCode>>;

/** The catalogue's words, so that the message and the help page say the same. */
function inWordsOf(
  code: ReasonCode,
  options: { readonly detail: string | null; readonly retry: boolean },
): PresentedError {
  const { title, whatHappened, why, steps, severity } = reasonOf(code);
  return failure([title, `${whatHappened} ${why}`, steps.join(' ')], {
    ...options,
    severity: severity === 'blocker' ? 'error' : 'warning',
  });
}

type LoginProblem = Extract<AppError, { kind: 'login-needed' }>['problem'];

function loginNeeded(profile: string, problem: LoginProblem): PresentedError {
  const rests = `Profile ${profile} rests on a sign-in that only the AWS CLI can begin (aws login)`;
  const logIn = `open a terminal on this computer, run aws login --profile ${profile} and sign in on the page that it opens. Then try again here. It takes the AWS CLI 2.32 or newer.`;
  const nextStep = `To sign in, ${logIn}`;
  const options = { severity: 'warning', retry: true } as const;
  switch (problem) {
    case 'missing':
      return failure(
        [
          'This profile signs in by the AWS CLI',
          `${rests}, and there is none on this computer yet.`,
          nextStep,
        ],
        options,
      );
    case 'unreadable':
      return failure(
        [
          'The sign-in of the AWS CLI can’t be read',
          `${rests}. Its file on this computer is not whole, or you may not read it.`,
          nextStep,
        ],
        options,
      );
    case 'ended':
      return failure(['The sign-in has ended', `${rests}, and AWS renews that no more.`, nextStep], options);
    case 'password-changed':
      return failure(
        [
          'The sign-in has ended',
          `${rests}. Your password was changed since, so AWS renews it no more.`,
          nextStep,
        ],
        options,
      );
    case 'not-allowed':
      return failure(
        [
          'AWS does not let you sign in this way',
          `${rests}, and AWS refuses to renew it: signin:CreateOAuth2Token is not allowed to you.`,
          `Ask your AWS admin for the managed policy SignInLocalDevelopmentAccess. Once you have it, ${logIn}`,
        ],
        options,
      );
    default:
      return assertNever(problem);
  }
}

type StartUrlProblem = Extract<AppError, { kind: 'start-url-wrong' }>['problem'];

function startUrlWrong(problem: StartUrlProblem): PresentedError {
  const title = 'This is not the address of an AWS access portal';
  const nextStep =
    'Open the access portal in your browser and copy its address. It looks like https://d-1234567890.awsapps.com/start, or ask your AWS admin.';
  switch (problem) {
    case 'no-address':
      return failure([title, 'It can’t be read as an address.', nextStep]);
    case 'no-https':
      return failure([title, 'It does not begin with https.', nextStep]);
    case 'no-portal':
      return failure([
        title,
        'It neither belongs to AWS nor leads on to an access portal of AWS’s. Nothing was sent there.',
        nextStep,
      ]);
    default:
      return assertNever(problem);
  }
}

function profileUnusable(profile: string, detail: string): PresentedError {
  const title = `Profile ${profile} can’t be used`;
  if (isProfileProblemCode(detail)) {
    const { text, nextStep } = profileProblem(detail);
    return failure([title, text, nextStep]);
  }
  return failure(
    [title, 'It is not complete or not valid.', 'Correct it in the AWS config, or choose another profile.'],
    { detail: detail || null },
  );
}
