/** Found between review and submission: nothing was sent. */
import { type ReasonEntry, recordPage } from './reason-entry.ts';

export const reviewReasons = {
  'became-too-old-while-reviewing': {
    code: 'became-too-old-while-reviewing',
    badge: 'Grew too old',
    severity: 'blocker',
    title: 'A start time became too old while you were reviewing',
    whatHappened:
      'Between the review and Submit a start time left the window that is set in Settings. Nothing was sent.',
    why: 'It lay near the far end of the window when the review was made.',
    steps: [
      'Go back to the form: what you entered is still there.',
      'If the usage really began then, Settings offers the longer window that AWS documents today.',
      'Beyond that the usage can’t be metered.',
    ],
    again: 'after-a-change',
    awsPage: recordPage,
    scope: 'local',
  },
  'review-expired': {
    code: 'review-expired',
    badge: 'Review expired',
    severity: 'warning',
    title: 'The review is no longer fresh',
    whatHappened: 'A review is good for 15 minutes. This one was older, so nothing was sent.',
    why: 'Times, prices and the contract can change; what you confirm has to be what holds now.',
    steps: ['Go back, review once more, and submit.'],
    again: 'after-a-change',
    awsPage: null,
    scope: 'local',
  },
  'review-changed': {
    code: 'review-changed',
    badge: 'Review changed',
    severity: 'warning',
    title: 'Something changed since the review',
    whatHappened: 'What would be sent is no longer exactly what stood on the review, so nothing was sent.',
    why: 'A price, the contract, the scheme or an hour changed while you were reading.',
    steps: ['Go back, review once more, look at what is different, and submit.'],
    again: 'after-a-change',
    awsPage: null,
    scope: 'local',
  },
  'already-submitted': {
    code: 'already-submitted',
    badge: 'Already submitted',
    severity: 'information',
    title: 'This review was already submitted',
    whatHappened:
      'The review became a submission before, in this window or in another one. It was not sent twice.',
    why: 'The button was pressed twice, or the review was open in two windows.',
    steps: ['Look at the contract’s Usage tab: the records stand there.'],
    again: 'no',
    awsPage: null,
    scope: 'local',
  },
} as const satisfies Record<string, ReasonEntry>;
