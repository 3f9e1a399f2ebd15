/** Of the app itself: the page, its host, what is not there. */
import { type ErrorWords, failure, type PresentedError } from './presented-error.ts';

export const appErrors: ErrorWords<
  | 'invalid-input'
  | 'unknown-call'
  | 'forbidden'
  | 'unexpected'
  | 'not-found'
  | 'not-possible-now'
  | 'core-unreachable'
> = {
  'invalid-input': (error) =>
    failure(
      [
        'This could not be taken',
        'What was entered is not in the form that the app expects.',
        'Check the fields and try again.',
      ],
      { detail: error.issues.map((issue) => `${issue.path}: ${issue.problem}`).join('\n') || null },
    ),
  'unknown-call': () =>
    failure([
      'The page and the app do not fit together',
      'The page asked for something that this version of the app does not know.',
      'Close Usage Desk and start it again.',
    ]),
  forbidden: () =>
    failure([
      'This page may not use the app any more',
      'Its session has ended, or it was opened from another address.',
      'Start Usage Desk again and use the address that it opens.',
    ]),
  unexpected: (error) =>
    failure(
      [
        'Something went wrong in the app',
        `This is a fault of Usage Desk, not yours. It is in the log as incident ${error.incidentId}.`,
        'Try again. If it stays, send the log with this incident to whoever looks after the app.',
      ],
      { retry: true },
    ),
  'not-found': (error) => {
    if (error.what === 'backup') return backupGone(error.id);
    return failure([
      `This ${error.what} is not there`,
      `There is no ${error.what} ${error.id} for the account that is signed in.`,
      error.what === 'contract'
        ? 'Go back to the contracts and refresh the list. It may belong to another seller account.'
        : 'Go back and look for it again.',
    ]);
  },
  'not-possible-now': (error) =>
    failure(
      [
        'This can’t be done just now',
        'Things have moved on since this was shown.',
        'Look at the newest state and decide again.',
      ],
      { severity: 'warning', detail: error.detail },
    ),
  'core-unreachable': () =>
    failure(
      [
        'Usage Desk is not running any more',
        'The page can’t reach the app behind it. What was confirmed is safe on this computer’s disk.',
        'Start Usage Desk again. This page goes on, or use the new address that the app opens.',
      ],
      { retry: true },
    ),
};

function backupGone(name: string): PresentedError {
  return failure([
    'This backup is not there any more',
    `${name} was removed, or a newer one has taken its place: the last ten are kept.`,
    'Choose another backup.',
  ]);
}
