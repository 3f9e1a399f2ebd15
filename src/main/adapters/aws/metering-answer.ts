import type { BatchMeterUsageCommandOutput, UsageRecord } from '@aws-sdk/client-marketplace-metering';
import type { MeteringRecord } from '../../core/domain/metering-body.ts';
import type { RecordOutcome } from '../../core/domain/usage-record.ts';
import { missingOutcome, outcomeOfStatus, unprocessedOutcome } from './metering-outcomes.ts';

/** The part of an answer that tells of records. */
export type AnsweredRecords = Pick<BatchMeterUsageCommandOutput, 'Results' | 'UnprocessedRecords'>;

interface Answered {
  readonly record: UsageRecord | undefined;
  readonly outcome: RecordOutcome;
}

/**
 * Finds what an answer says of each record that was sent, in the order of the request. AWS promises no order, so records are matched by
 * what they are: buyer, licence, dimension and instant.
 */
export function outcomesOfAnswer(
  sent: readonly MeteringRecord[],
  answer: AnsweredRecords,
): readonly RecordOutcome[] {
  const answered: readonly Answered[] = [
    ...(answer.Results ?? []).map((result) => ({
      record: result.UsageRecord,
      outcome: outcomeOfStatus({ status: result.Status, meteringRecordId: result.MeteringRecordId }),
    })),
    ...(answer.UnprocessedRecords ?? []).map((record) => ({ record, outcome: unprocessedOutcome })),
  ];
  return sent.map((record) => {
    // An entry that would fit several records tells of none of them.
    const fitting = answered.filter(
      (entry) => fits(entry.record, record) && sent.filter((other) => fits(entry.record, other)).length === 1,
    );
    return settle(fitting.map((entry) => entry.outcome));
  });
}

function settle(outcomes: readonly RecordOutcome[]): RecordOutcome {
  const [first = missingOutcome] = outcomes;
  if (outcomes.length <= 1) return first;
  // Said twice: a success stands, because it is billed; anything else that contradicts itself is not known.
  return outcomes.find((outcome) => outcome.kind === 'recorded') ?? missingOutcome;
}

/** Whether every field that the answer repeats is the one that was sent. Instants are compared by whole seconds. */
function fits(answered: UsageRecord | undefined, sent: MeteringRecord): boolean {
  if (answered === undefined) return true;
  const seconds =
    answered.Timestamp === undefined ? undefined : Math.floor(answered.Timestamp.getTime() / 1000);
  return (
    same(answered.CustomerAWSAccountId, sent.CustomerAWSAccountId) &&
    same(answered.Dimension, sent.Dimension) &&
    same(answered.LicenseArn, sent.LicenseArn) &&
    same(seconds, sent.Timestamp)
  );
}

function same<T>(answered: T | undefined, sent: T | undefined): boolean {
  return answered === undefined || answered === sent;
}
