/** Of AWS's answers and the way to AWS. */
import { clockOffset, formatCountdown } from '../formats.ts';
import { type ErrorWords, failure, type Words } from './presented-error.ts';

export const awsErrors: ErrorWords<
  | 'not-allowed'
  | 'unknown-credentials'
  | 'clock-wrong'
  | 'offline'
  | 'endpoint-insecure'
  | 'endpoints-unacknowledged'
  | 'network-setting-unusable'
  | 'throttled'
  | 'aws-unavailable'
  | 'aws-refused'
> = {
  'not-allowed': (error) =>
    failure(
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
    ),
  'unknown-credentials': (error) =>
    failure(
      [
        'AWS does not know these credentials',
        'The access key is unknown, deleted or deactivated.',
        'Choose another profile, or put a valid key into this one.',
      ],
      { detail: awsWords(error) },
    ),
  'clock-wrong': (error) =>
    failure(
      [
        'This computer’s clock is wrong',
        error.offsetMs === null
          ? 'AWS refused the call because the time on it is off by too much.'
          : `It is ${clockOffset(error.offsetMs)}. AWS refuses calls whose time is off by more than five minutes.`,
        'Set the computer’s clock, best to be set automatically, and try again.',
      ],
      { retry: true },
    ),
  offline: (error) =>
    failure(
      [
        'AWS can’t be reached',
        error.host === null
          ? 'No connection could be made.'
          : `No connection to ${error.host} could be made.`,
        'Check the network, the VPN and the proxy, then try again.',
      ],
      { detail: error.code, retry: true },
    ),
  'endpoint-insecure': (error) =>
    failure([
      'Calls to AWS are led to an unsafe address',
      `${error.setting === '' ? 'A setting of this computer' : `The setting ${error.setting}`} leads them to ${error.url}, over a connection that anybody on the way can read. Nothing was sent.`,
      'Ask whoever set it to use https, or to take the setting away.',
    ]),
  'endpoints-unacknowledged': () =>
    failure(
      [
        'Calls would go to another place than AWS',
        'A setting of this computer leads them there, and nobody has allowed it yet. Nothing was sent.',
        'Look at the addresses, and allow them only if you know why they are set.',
      ],
      { severity: 'warning' },
    ),
  'network-setting-unusable': (error) =>
    failure(
      [
        `The setting ${error.setting} can’t be followed`,
        error.setting.toLowerCase() === 'https_proxy'
          ? 'It names no proxy that works by http or https, so nothing was sent past it.'
          : `The certificates in ${error.value} could not be read. Nothing was sent.`,
        'Ask your IT to correct it, then start Usage Desk again.',
      ],
      { detail: [error.value, error.detail].filter((part) => part !== '').join(': ') || null, retry: true },
    ),
  throttled: (error) =>
    failure(
      [
        'AWS asks for a pause',
        'There were too many calls in a short time. Nothing was changed by this one.',
        error.retryAfterMs === null
          ? 'Wait a moment and try again.'
          : `Try again in ${formatCountdown(error.retryAfterMs + 999)}.`,
      ],
      { severity: 'warning', retry: true },
    ),
  'aws-unavailable': (error) =>
    failure(
      [
        'AWS has a fault just now',
        'The service did not answer as it should.',
        'Try again in a few minutes. If it goes on, look at the AWS Health Dashboard.',
      ],
      { detail: awsWords(error), retry: true },
    ),
  'aws-refused': (error) =>
    failure(refusals.get(error.awsErrorName) ?? unknownRefusal, { detail: awsWords(error), retry: true }),
};

const notFound: Words = [
  'AWS does not find this',
  'It is not there any more, or it belongs to another seller account than the one you are signed in to.',
  'Look at the account in the top bar, then refresh the contracts.',
];
const notUnderstood: Words = [
  'AWS did not take the question',
  'It was put in a way that AWS does not accept. Nothing was changed, and nothing that you entered is lost.',
  'Send AWS’s message below to whoever looks after Usage Desk for you.',
];
const changedMeanwhile: Words = [
  'Something changed at AWS meanwhile',
  'AWS refused because what was asked about is being changed at this moment. Nothing was changed by this.',
  'Wait a moment and try again.',
];
const quota: Words = [
  'A limit of your AWS account is reached',
  'AWS refused because the account has used up one of its limits. Nothing was changed.',
  'Send AWS’s message below, which names the limit, to your AWS admin.',
];
const unknownRefusal: Words = [
  'AWS refused this',
  'AWS gave a reason that Usage Desk has no words for. Nothing was changed.',
  'Read AWS’s message below, and try again if it speaks of something that passes. Else send it, with its request id, to your AWS admin.',
];

/** Refusals that no kind of their own stands for, by AWS’s names for them in the services that are called. */
const refusals: ReadonlyMap<string, Words> = new Map([
  ['ResourceNotFoundException', notFound],
  ['ResourceNotFound', notFound],
  ['ValidationException', notUnderstood],
  ['ValidationError', notUnderstood],
  ['InvalidParameterException', notUnderstood],
  ['InvalidRequestException', notUnderstood],
  ['BadRequestException', notUnderstood],
  ['ConflictException', changedMeanwhile],
  ['ResourceInUseException', changedMeanwhile],
  ['ServiceQuotaExceededException', quota],
  ['LimitExceededException', quota],
]);

function awsWords(error: {
  readonly awsErrorName: string;
  readonly awsMessage: string;
  readonly requestId: string | null;
}): string {
  const request = error.requestId === null ? '' : `\nRequest id: ${error.requestId}`;
  return `${error.awsErrorName}: ${error.awsMessage}${request}`;
}
