/** What brings records to the front that would not move by themselves, or not yet: a restart, a sign-in, a person. */
import { err, ok, type Result } from '../../../contract/result.ts';
import { afterOutcome, canBeTriedNow, requeued, stateOf } from '../domain/settle.ts';
import type { RecordChange, StoredRecord } from '../domain/usage-record.ts';
import type { Clock, Ledger } from '../ports.ts';
import { tryTogether } from './sender-answer.ts';
import { liftedBySignIn } from './sender-failures.ts';
import type { Journal } from './sender-journal.ts';
import type { Session } from './session.ts';

export interface TakeUpDeps {
  readonly ledger: Pick<Ledger, 'unanswered' | 'record' | 'pending' | 'change'>;
  readonly journal: Pick<Journal, 'keep'>;
  readonly clock: Clock;
  readonly session: Pick<Session, 'identity'>;
  readonly random: () => number;
  readonly isTimeKnown: () => boolean;
  /** Runs after records were brought to the front. */
  readonly broughtUp: (records: readonly StoredRecord[]) => void;
}

export interface TakeUp {
  /** A call that was under way when the app ended may have been recorded: the journal gets that as its answer. */
  readonly unanswered: () => void;
  /** What was held for want of this account's sign-in; fails with what the ledger says, and then nothing was taken up. */
  readonly heldFor: (accountId: string) => Result<void>;
  /** Records that a person wants to be tried now. */
  readonly byId: (recordIds: readonly string[]) => Result<void>;
}

export function createTakeUp(deps: TakeUpDeps): TakeUp {
  const { ledger, clock } = deps;

  /** Whether it is too late for a resend can't be told before AWS's time is known. */
  function withResend(change: RecordChange): RecordChange {
    const isPlanned = change.phase !== 'unknown' || change.nextTryMs !== null || deps.isTimeKnown();
    return isPlanned ? change : { ...change, nextTryMs: clock.now() };
  }

  function unanswered(): void {
    const open = ledger.unanswered();
    if (!open.ok) return;
    const atMs = clock.now();
    for (const { attemptId, recordIds } of open.value) {
      const found = recordIds.flatMap((recordId) => {
        const record = ledger.record(recordId);
        return record.ok && record.value !== null ? [record.value] : [];
      });
      const dice = deps.random();
      const outcome = { kind: 'unanswered' } as const;
      const changes = found.map((record) => afterOutcome(record, outcome, atMs, () => dice));
      const records = tryTogether(changes.map(withResend)).map((change) => ({ outcome, change }));
      deps.journal.keep({ attemptId, atMs, requestId: null, httpStatus: null, records });
    }
  }

  function takeUp(records: readonly StoredRecord[]): Result<void> {
    if (records.length === 0) return ok(undefined);
    const nowMs = clock.now();
    const done = ledger.change({
      atMs: nowMs,
      actor: deps.session.identity()?.principalArn ?? 'app',
      records: records.map((record) => requeued(record, nowMs)),
    });
    if (done.ok) deps.broughtUp(records);
    return done;
  }

  return {
    unanswered,
    heldFor: (accountId) => {
      // What is queued or in flight waits for nobody; a large backlog of it would be read for nothing.
      const pending = ledger.pending(['waiting', 'held', 'unknown']);
      if (!pending.ok) return pending;
      return takeUp(
        pending.value.filter(
          (record) =>
            record.sellerAccountId === accountId &&
            record.reason !== null &&
            liftedBySignIn.has(record.reason),
        ),
      );
    },
    byId: (recordIds) => {
      const records: StoredRecord[] = [];
      for (const recordId of recordIds) {
        const record = ledger.record(recordId);
        if (!record.ok) return record;
        if (record.value === null) return err({ kind: 'not-found', what: 'record', id: recordId });
        if (!canBeTriedNow(record.value, clock.now())) {
          return err({ kind: 'not-possible-now', detail: stateOf(record.value) });
        }
        records.push(record.value);
      }
      return takeUp(records);
    },
  };
}
