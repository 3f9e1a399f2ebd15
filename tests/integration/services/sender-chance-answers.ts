/** What AWS and the way to its credentials answer: as they should, or by chance. */
import type { AppError } from '../../../src/contract/errors.ts';
import type { ReasonCode } from '../../../src/contract/reason-codes.ts';
import type { RecordOutcome } from '../../../src/main/core/domain/usage-record.ts';
import type { MeteringRequest } from '../../../src/main/core/ports.ts';
import type { SeededRandom } from '../../../src/main/practice/seeded-random.ts';

export interface Chance extends SeededRandom {
  /** True in so large a share of all cases. */
  readonly falls: (share: number) => boolean;
}

const said = { awsErrorName: null, awsMessage: null } as const;

const waits = (reason: ReasonCode): RecordOutcome => ({
  kind: 'not-recorded',
  next: 'wait',
  reason,
  ...said,
});
const isHeld = (reason: ReasonCode): RecordOutcome => ({
  kind: 'not-recorded',
  next: 'hold',
  reason,
  ...said,
});
const refused = (reason: ReasonCode): RecordOutcome => ({ kind: 'refused', reason, ...said });
const mayBe = (reason: ReasonCode): RecordOutcome => ({ kind: 'may-be-recorded', reason, ...said });

/** Refuses the whole call for each record whose dimension is `wrong…`, as AWS does; takes all others. */
export function judged({ records }: MeteringRequest): readonly RecordOutcome[] {
  const wrong = records.find(({ dimensionKey }) => dimensionKey.startsWith('wrong'));
  return records.map(({ dimensionKey }) =>
    wrong ? refused('invalid-usage-dimension') : { kind: 'recorded', meteringRecordId: `mr-${dimensionKey}` },
  );
}

export function judgedByChance(request: MeteringRequest, chance: Chance): readonly RecordOutcome[] {
  const whole = wholeTrouble(chance.next());
  const outcomes = whole === null ? judged(request) : request.records.map(() => whole);
  if (outcomes.some(({ kind }) => kind !== 'recorded')) return outcomes;
  return outcomes.map((outcome) => singleTrouble(chance.next()) ?? outcome);
}

/** What the whole call meets; null for nothing. */
function wholeTrouble(dice: number): RecordOutcome | null {
  if (dice < 0.07) return isHeld('sign-in-expired');
  if (dice < 0.14) return waits('throttled');
  if (dice < 0.2) return mayBe('outcome-unknown');
  if (dice < 0.22) return isHeld('not-allowed');
  return null;
}

/** What a record of a call that AWS takes meets; null for nothing. */
function singleTrouble(dice: number): RecordOutcome | null {
  if (dice < 0.02) return waits('not-processed');
  if (dice < 0.03) return refused('customer-not-subscribed');
  if (dice < 0.035) return mayBe('unrecognised-answer');
  return null;
}

/** What keeps credentials away; null where they can be had. */
export function prepareTrouble(chance: Chance): AppError | null {
  if (!chance.falls(0.05)) return null;
  return chance.pick<AppError>([
    { kind: 'offline', host: null, code: 'ENOTFOUND' },
    { kind: 'sign-in-expired', profile: 'sales' },
    { kind: 'throttled', retryAfterMs: null },
  ]);
}
