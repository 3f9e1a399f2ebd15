/** The words of every expected failure: what happened, what to do, how bad it is. No React in here. */
import type { AppError } from '../../../contract/errors.ts';
import type { ReasonCode } from '../../../contract/reason-codes.ts';
import { formatAccountId, formatCountdown, formatUtc } from './formats.ts';
import { isProfileProblemCode, profileProblem } from './profile-problems.ts';
import { reasonOf } from './reasons.ts';

export interface PresentedError {
  readonly title: string;
  /** What happened, in whole sentences. */
  readonly explanation: string;
  /** What the person can do now. */
  readonly nextStep: string;
  readonly severity: 'error' | 'warning' | 'info';
  /** Whether the same thing may be tried again as it is. */
  readonly retry: boolean;
  /** What AWS or the system said, word for word, to be folded away; null when there is nothing more. */
  readonly detail: string | null;
  /** The single causes where the core named several, each a sentence. */
  readonly causes: readonly string[];
}

type Words = readonly [title: string, explanation: string, nextStep: string];

/** The sentences for a failure. A new kind of failure doesn't compile until it has its words here. */
export function presentError(error: AppError): PresentedError {
  switch (error.kind) {
    case 'invalid-input':
      return failure(
        [
          'This could not be taken',
          'What was entered is not in the form that the app expects.',
          'Check the fields and try again.',
        ],
        { detail: error.issues.map((issue) => `${issue.path}: ${issue.problem}`).join('\n') || null },
      );
    case 'unknown-call':
      return failure([
        'The page and the app do not fit together',
        'The page asked for something that this version of the app does not know.',
        'Close Usage Desk and start it again.',
      ]);
    case 'forbidden':
      return failure([
        'This page may not use the app any more',
        'Its session has ended, or it was opened from another address.',
        'Start Usage Desk again and use the address that it opens.',
      ]);
    case 'unexpected':
      return failure(
        [
          'Something went wrong in the app',
          `This is a fault of Usage Desk, not yours. It is in the log as incident ${error.incidentId}.`,
          'Try again. If it stays, send the log with this incident to whoever looks after the app.',
        ],
        { retry: true },
      );
    case 'not-signed-in':
      return failure(['You are not signed in', 'This needs a sign-in to AWS.', 'Sign in with a profile.'], {
        severity: 'warning',
      });
    case 'sign-in-expired':
      return failure(
        [
          'The sign-in has ended',
          `AWS no longer takes the sign-in of profile ${error.profile}. Records that were submitted are safe on this computer; those that AWS doesn’t have yet go out after you sign in.`,
          'Sign in again. What you entered stays.',
        ],
        { severity: 'warning' },
      );
    case 'sign-in-failed':
      return signInFailed(error.cause, error.detail);
    case 'role-not-assigned':
      return failure([
        'The sign-in worked, but this role is not yours',
        `AWS does not let you use the account and role of profile ${error.profile}.`,
        'If it was given to you just now, sign out of the AWS access portal in the browser and sign in again. Otherwise ask your AWS admin for it.',
      ]);
    case 'profile-unknown':
      return failure([
        'This profile is not there any more',
        `The AWS config has no profile named ${error.profile}.`,
        'Choose another profile, or add it to the AWS config again.',
      ]);
    case 'profile-unusable':
      return profileUnusable(error.profile, error.detail);
    case 'config-unreadable':
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
    case 'not-allowed':
      return failure(
        [
          'Your role may not do this',
          error.action === null
            ? 'AWS refused it: the role lacks a permission, or a policy denies it.'
            : `AWS refused it: the role lacks ${error.action}, or a policy denies it.`,
          error.action === null
            ? 'Send AWS’s message below to your AWS admin.'
            : `Ask your AWS admin to allow ${error.action} for this role.`,
        ],
        { detail: awsWords(error) },
      );
    case 'unknown-credentials':
      return failure(
        [
          'AWS does not know these credentials',
          'The access key is unknown, deleted or deactivated.',
          'Choose another profile, or put a valid key into this one.',
        ],
        { detail: awsWords(error) },
      );
    case 'clock-wrong':
      return failure(
        [
          'This computer’s clock is wrong',
          error.offsetMs === null
            ? 'AWS refused the call because the time on it is off by too much.'
            : `It is ${clockOffset(error.offsetMs)}. AWS refuses calls whose time is off by more than five minutes.`,
          'Set the computer’s clock, best to be set automatically, and try again.',
        ],
        { retry: true },
      );
    case 'offline':
      return failure(
        [
          'AWS can’t be reached',
          error.host === null
            ? 'No connection could be made.'
            : `No connection to ${error.host} could be made.`,
          'Check the network, the VPN and the proxy, then try again.',
        ],
        { detail: error.code, retry: true },
      );
    case 'throttled':
      return failure(
        [
          'AWS asks for a pause',
          'There were too many calls in a short time. Nothing was changed by this one.',
          error.retryAfterMs === null
            ? 'Wait a moment and try again.'
            : `Try again in ${formatCountdown(error.retryAfterMs + 999)}.`,
        ],
        { severity: 'warning', retry: true },
      );
    case 'aws-unavailable':
      return failure(
        [
          'AWS has a fault just now',
          'The service did not answer as it should.',
          'Try again in a few minutes. If it goes on, look at the AWS Health Dashboard.',
        ],
        { detail: awsWords(error), retry: true },
      );
    case 'aws-refused':
      return failure(
        [
          'AWS refused this',
          `AWS answered with ${error.awsErrorName}.`,
          'Read AWS’s message below. If it does not help, send it to your AWS admin.',
        ],
        { detail: awsWords(error), retry: true },
      );
    case 'not-found':
      if (error.what === 'backup') return backupGone(error.id);
      return failure([
        `This ${error.what} is not there`,
        `There is no ${error.what} ${error.id} for the account that is signed in.`,
        error.what === 'contract'
          ? 'Go back to the contracts and refresh the list. It may belong to another seller account.'
          : 'Go back and look for it again.',
      ]);
    case 'contract-closed':
      return failure(
        [
          'Usage can’t be added to this contract',
          'The contract does not take usage at this moment.',
          'Open the contract: the reason stands at Add usage.',
        ],
        { severity: 'warning', reasons: [error.reason] },
      );
    case 'wrong-account':
      return failure([
        'This belongs to another seller account',
        `It belongs to ${formatAccountId(error.expectedAccountId)}. ${
          error.signedInAccountId === null
            ? 'You are not signed in.'
            : `You are signed in to ${formatAccountId(error.signedInAccountId)}.`
        }`,
        `Sign in with a profile of ${formatAccountId(error.expectedAccountId)}.`,
      ]);
    case 'wrong-principal':
      return failure([
        'Somebody else is signed in',
        `The review was made as ${error.expectedArn}; signed in now is ${error.signedInArn}.`,
        'Go back and review the lines again under the name that sends them.',
      ]);
    case 'not-confirmed':
      return failure(
        [
          'The confirmation is missing',
          'Nothing was submitted.',
          'Turn on the confirmation, then submit again.',
        ],
        { severity: 'warning' },
      );
    case 'review-expired':
      return failure(
        [
          'This review is too old',
          `It could be confirmed until ${formatUtc(error.expiredUtc)}. Nothing was submitted.`,
          'Go back and review once more. What you entered is still there.',
        ],
        { severity: 'warning' },
      );
    case 'review-changed':
      return failure(
        [
          'Something has changed since the review',
          'What would be sent is no longer what you saw. Nothing was submitted.',
          'Go back and review once more.',
        ],
        { severity: 'warning', reasons: error.reasons },
      );
    case 'already-submitted':
      return failure(
        [
          'This was submitted already',
          'The review became a submission once, and only once. Nothing was sent a second time.',
          'See the Usage tab of the contract.',
        ],
        { severity: 'info' },
      );
    case 'lines-have-errors':
      return failure(
        [
          'Some lines need a correction',
          'Nothing was submitted.',
          'Correct the lines that are marked, then review again.',
        ],
        { reasons: error.reasons },
      );
    case 'slot-taken':
      return slotTaken(error.reason);
    case 'scheme-locked':
      return failure([
        'How this product is metered can’t be changed now',
        `${error.heldRecords} usage ${error.heldRecords === 1 ? 'record' : 'records'} of it, pending or recorded by AWS, ${error.heldRecords === 1 ? 'holds its hour' : 'hold their hours'} under the present choice. The same hours could be reported again under the other one, and AWS would bill them twice.`,
        'Leave it as it is. If the records were reported under the wrong choice, ask AWS Marketplace before you report anything more of this product.',
      ]);
    case 'ledger-newer':
      return failure([
        'The ledger is from a newer version of Usage Desk',
        `${error.path} has version ${error.ledgerVersion}; this app knows versions up to ${error.supportedVersion}. The file was left untouched, and nothing can be submitted.`,
        'Install the newest Usage Desk.',
      ]);
    case 'ledger-damaged':
      return failure(
        [
          'The ledger is damaged',
          `${error.path} can’t be read as a ledger. It was left untouched, and nothing can be submitted.`,
          'Set it aside and restore the newest good backup: you are told first what would be missing.',
        ],
        { detail: error.detail },
      );
    case 'ledger-unavailable':
      return failure(
        [
          'The ledger could not be opened',
          `${error.path} could not be opened, so nothing can be submitted.`,
          'Check that the folder is there and that you may write to it, and that no other Usage Desk uses it. Then start the app again.',
        ],
        { detail: error.detail },
      );
    case 'disk-full':
      return failure(
        [
          'The disk is full',
          `There was no room to write ${error.path}.`,
          'Make some room on the disk, then try again. Nothing that was confirmed before is lost.',
        ],
        { retry: true },
      );
    case 'save-failed':
      return failure(
        [
          'The file could not be saved',
          error.path === null ? 'Writing the file failed.' : `Writing ${error.path} failed.`,
          'Choose another place, or check that you may write there.',
        ],
        { detail: error.detail, retry: true },
      );
    case 'not-possible-now':
      return failure(
        [
          'This can’t be done just now',
          'Things have moved on since this was shown.',
          'Look at the newest state and decide again.',
        ],
        { severity: 'warning', detail: error.detail },
      );
    case 'core-unreachable':
      return failure(
        [
          'Usage Desk is not running any more',
          'The page can’t reach the app behind it. What was confirmed is safe on this computer’s disk.',
          'Start Usage Desk again. This page goes on, or use the new address that the app opens.',
        ],
        { retry: true },
      );
    default:
      return assertNever(error);
  }
}

function backupGone(name: string): PresentedError {
  return failure([
    'This backup is not there any more',
    `${name} was removed, or a newer one has taken its place: the last ten are kept.`,
    'Choose another backup.',
  ]);
}

/** `4 min behind` or `40 s ahead`, from AWS minus computer in ms. */
export function clockOffset(offsetMs: number): string {
  return `${formatCountdown(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead'}`;
}

export function assertNever(value: never): never {
  throw new Error(`No words for ${JSON.stringify(value)}`);
}

type SignInCause = Extract<AppError, { kind: 'sign-in-failed' }>['cause'];

function signInFailed(cause: SignInCause, detail: string): PresentedError {
  const options = { detail: detail === '' ? null : detail, retry: true } as const;
  switch (cause) {
    case 'denied':
      return failure(
        [
          'The sign-in was refused',
          'Access was denied on the sign-in page.',
          'Sign in again and allow the access, or ask your AWS admin.',
        ],
        options,
      );
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
    case 'invalid-grant':
      return failure(
        [
          'AWS did not take the answer of the browser',
          'It was used before, or it came too late.',
          'Sign in again.',
        ],
        options,
      );
    case 'invalid-client':
      return failure(
        [
          'AWS no longer knows this app’s registration',
          'Registrations with AWS end after some time.',
          'Sign in again: the app registers anew.',
        ],
        options,
      );
    case 'wrong-region':
      return failure(
        [
          'The SSO Region of this profile is wrong',
          'AWS has no sign-in for this start URL in the Region that the profile names.',
          'Correct sso_region in the AWS config. Your AWS admin knows the Region.',
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

type SlotReason = Extract<AppError, { kind: 'slot-taken' }>['reason'];

function slotTaken(reason: SlotReason): PresentedError {
  switch (reason) {
    case 'hour-taken':
      return failure([
        'This hour is taken',
        'Another usage record holds this hour of this dimension. AWS takes one record an hour.',
        'Choose a free hour. Never shift the time only to get past this: the usage would be billed twice.',
      ]);
    case 'mixed-scheme':
      return failure([
        'This would be billed twice',
        'This hour was reported before by the product’s other identifiers.',
        'Do not report it again.',
      ]);
    case 'other-region':
      return failure([
        'This would be billed twice',
        'This hour was reported before in another metering Region.',
        'Do not report it again.',
      ]);
    default:
      return assertNever(reason);
  }
}

function awsWords(error: {
  readonly awsErrorName: string;
  readonly awsMessage: string;
  readonly requestId: string | null;
}): string {
  const request = error.requestId === null ? '' : `\nRequest id: ${error.requestId}`;
  return `${error.awsErrorName}: ${error.awsMessage}${request}`;
}

function failure(
  [title, explanation, nextStep]: Words,
  options: {
    readonly severity?: PresentedError['severity'];
    readonly retry?: boolean;
    readonly detail?: string | null;
    readonly reasons?: readonly ReasonCode[];
  } = {},
): PresentedError {
  return {
    title,
    explanation,
    nextStep,
    severity: options.severity ?? 'error',
    retry: options.retry ?? false,
    detail: options.detail ?? null,
    causes: [...new Set(options.reasons ?? [])].map((code) => reasonOf(code).whatHappened),
  };
}
