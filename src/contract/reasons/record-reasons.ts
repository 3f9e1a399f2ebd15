/** AWS's answers for one record. */
import { batchPage, type ReasonEntry, resultPage } from './reason-entry.ts';

export const recordReasons = {
  'customer-not-subscribed': {
    code: 'customer-not-subscribed',
    badge: 'Customer not subscribed',
    severity: 'blocker',
    title: 'AWS found no live contract for this buyer',
    whatHappened:
      'AWS refused this record: it sees no live contract of this buyer for this product or licence.',
    why: 'Usually the contract was cancelled or has ended more than an hour ago, the account or licence is not the right one, or the buyer’s AWS account is suspended.',
    steps: [
      'Refresh the contract and look at its status and end.',
      'Compare the buyer’s account id and the licence with the contract.',
      'If the contract has ended, the usage can’t be metered any more: settle it with the buyer outside AWS Marketplace, or write it off.',
      'If the buyer subscribes again, report the usage on the new contract.',
    ],
    again: 'after-a-change',
    awsPage: resultPage,
    scope: 'record',
  },
  'duplicate-record': {
    code: 'duplicate-record',
    badge: 'Duplicate record',
    severity: 'blocker',
    title: 'AWS already has another record for this hour',
    whatHappened:
      'AWS holds an earlier record for this buyer, dimension and UTC hour. The quantity of this record was not added to it.',
    why: 'A colleague, an automatic pipeline or an earlier try was first. AWS takes one record for each dimension and hour, whatever the minute.',
    steps: [
      'Find the earlier record: look through the history here, then ask whoever else reports usage.',
      'If it already covers this usage, nothing is left to do.',
      'If a difference is missing, report only the difference in another hour that is still free.',
      'Don’t move the whole quantity to another time to get past this: the buyer would be billed twice.',
    ],
    again: 'no',
    awsPage: resultPage,
    scope: 'record',
  },
  'not-processed': {
    code: 'not-processed',
    badge: 'Not processed yet',
    severity: 'information',
    title: 'AWS did not get to this record',
    whatHappened: 'AWS handed the record back without looking at it. It was not recorded.',
    why: 'AWS had a short fault of its own.',
    steps: ['Nothing to do: the same record is sent again by itself, as long as AWS takes its time.'],
    again: 'yes',
    awsPage: batchPage,
    scope: 'record',
  },
  'unrecognised-answer': {
    code: 'unrecognised-answer',
    badge: 'Unrecognised answer',
    severity: 'warning',
    title: 'AWS answered with a word this app doesn’t know',
    whatHappened:
      'AWS answered, but with a status that this version of Usage Desk doesn’t know. The record is not confirmed.',
    why: 'AWS may have added a new answer since this version was made.',
    steps: [
      'Read AWS’s own word below.',
      'Look in CloudTrail whether the record was taken.',
      'Update Usage Desk if there is a newer version.',
    ],
    again: 'no',
    awsPage: resultPage,
    scope: 'record',
  },
} as const satisfies Record<string, ReasonEntry>;
