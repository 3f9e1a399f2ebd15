/** Of entering, reviewing and submitting usage. */
import type { AppError } from '../../../../contract/errors.ts';
import { formatUtc } from '../formats.ts';
import { assertNever, type ErrorWords, failure, type PresentedError } from './presented-error.ts';

export const usageErrors: ErrorWords<
  | 'contract-closed'
  | 'not-confirmed'
  | 'review-expired'
  | 'review-changed'
  | 'already-submitted'
  | 'lines-have-errors'
  | 'slot-taken'
  | 'scheme-locked'
> = {
  'contract-closed': (error) =>
    failure(
      [
        'Usage can’t be added to this contract',
        'The contract does not take usage at this moment.',
        'Open the contract: the reason stands at Add usage.',
      ],
      { severity: 'warning', reasons: [error.reason] },
    ),
  'not-confirmed': () =>
    failure(
      [
        'The confirmation is missing',
        'Nothing was submitted.',
        'Turn on the confirmation, then submit again.',
      ],
      { severity: 'warning' },
    ),
  'review-expired': (error) =>
    failure(
      [
        'This review is too old',
        `It could be confirmed until ${formatUtc(error.expiredUtc)}. Nothing was submitted.`,
        'Go back and review once more. What you entered is still there.',
      ],
      { severity: 'warning' },
    ),
  'review-changed': (error) =>
    failure(
      [
        'Something has changed since the review',
        'What would be sent is no longer what you saw. Nothing was submitted.',
        'Go back and review once more.',
      ],
      { severity: 'warning', reasons: error.reasons },
    ),
  'already-submitted': () =>
    failure(
      [
        'This was submitted already',
        'The review became a submission once, and only once. Nothing was sent a second time.',
        'See the Usage tab of the contract.',
      ],
      { severity: 'info' },
    ),
  'lines-have-errors': (error) =>
    failure(
      [
        'Some lines need a correction',
        'Nothing was submitted.',
        'Correct the lines that are marked, then review again.',
      ],
      { reasons: error.reasons },
    ),
  'slot-taken': (error) => slotTaken(error.reason),
  'scheme-locked': (error) =>
    failure([
      'How this product is metered can’t be changed now',
      `${error.heldRecords} usage ${error.heldRecords === 1 ? 'record' : 'records'} of it, pending or recorded by AWS, ${error.heldRecords === 1 ? 'holds its hour' : 'hold their hours'} under the present choice. The same hours could be reported again under the other one, and AWS would bill them twice.`,
      'Leave it as it is. If the records were reported under the wrong choice, ask AWS Marketplace before you report anything more of this product.',
    ]),
};

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
