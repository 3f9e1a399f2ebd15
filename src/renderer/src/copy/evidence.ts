/** How the evidence on a record of unknown outcome reads. */
import type { Evidence } from '../../../contract/evidence.ts';
import { formatInstant } from './formats.ts';

type Trail = Evidence['trail'];
type Finding = Trail['findings'][number];

/** What CloudTrail's silence or its findings mean; `nowMs` is AWS's time. */
export function trailSentence(trail: Trail, nowMs: number, zone: string): string {
  if (trail.lookedUtc === null) {
    return 'CloudTrail could not be asked: nobody of the seller account that confirmed this record is signed in.';
  }
  if (trail.problem !== null) return 'CloudTrail could not be read, so it says neither yes nor no.';
  if (trail.findings.length > 0) {
    return trail.isComplete
      ? 'CloudTrail shows these calls for this hour. It shows what was sent and answered, not what is billed.'
      : 'CloudTrail shows these calls for this hour, and there was more than could be read.';
  }
  if (nowMs < Date.parse(trail.expectedByUtc)) {
    return `CloudTrail shows no call for this hour yet. It is too early to make anything of that: calls usually show by ${formatInstant(trail.expectedByUtc, zone)}.`;
  }
  return trail.isComplete
    ? 'CloudTrail shows no call for this hour. That makes it likely that AWS has no record, but it is no proof.'
    : 'In what could be read of CloudTrail there is no call for this hour, but there was more than could be read.';
}

/** AWS's answer in one call as CloudTrail shows it. */
export function findingAnswer({ status, awsErrorName }: Finding): string {
  if (awsErrorName !== null) return `Refused: ${awsErrorName}`;
  return status ?? 'No answer shown';
}

/** Whose call it was and whether it carried this very record. */
export function findingWhose({ isOurApp, isSameRecord }: Finding): string {
  const who = isOurApp ? 'Usage Desk' : 'Another program';
  return isSameRecord ? `${who}, this very record` : `${who}, another quantity or time in the same hour`;
}

export type Decision = 'recorded' | 'not-recorded';

/** What each decision means, and what it costs when it is wrong. */
export const decisionWords = {
  recorded: {
    label: 'AWS has it',
    description:
      'The record becomes Accepted, its hour stays taken, and nothing more is sent for it. If AWS does not have it after all, this usage is never billed.',
    button: 'Settle as recorded by AWS',
    done: 'The record is settled: AWS has it',
  },
  'not-recorded': {
    label: 'AWS does not have it',
    description:
      'The record becomes Rejected and its hour is free again, so that it can be reported anew while AWS takes it. If AWS has it after all, the buyer is billed for it although it stands here as rejected.',
    button: 'Settle as not recorded',
    done: 'The record is settled: AWS does not have it',
  },
} as const satisfies Record<Decision, Record<'label' | 'description' | 'button' | 'done', string>>;
