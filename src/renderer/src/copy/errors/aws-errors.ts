/** Of AWS's answers and the way to AWS. */
import { clockOffset, formatCountdown } from '../formats.ts';
import { type ErrorWords, failure } from './presented-error.ts';

export const awsErrors: ErrorWords<
  | 'not-allowed'
  | 'unknown-credentials'
  | 'clock-wrong'
  | 'offline'
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
    failure(
      [
        'AWS refused this',
        `AWS answered with ${error.awsErrorName}.`,
        'Read AWS’s message below. If it does not help, send it to your AWS admin.',
      ],
      { detail: awsWords(error), retry: true },
    ),
};

function awsWords(error: {
  readonly awsErrorName: string;
  readonly awsMessage: string;
  readonly requestId: string | null;
}): string {
  const request = error.requestId === null ? '' : `\nRequest id: ${error.requestId}`;
  return `${error.awsErrorName}: ${error.awsMessage}${request}`;
}
