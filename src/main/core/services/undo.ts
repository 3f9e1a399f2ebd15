/** Taking a submission back before it leaves, or letting it leave before its undo window ends. */
import type { Publish } from '../../../contract/api.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { PendingUndo } from '../../../contract/usage.ts';
import { givenUp, stateOf } from '../domain/settle.ts';
import { canBeUndone, sentNow, undoAgain, undoUntilMs } from '../domain/undo-window.ts';
import type { RecordChange, StoredRecord } from '../domain/usage-record.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger, Preferences } from '../ports.ts';
import type { Sender } from './sender.ts';
import type { Session } from './session.ts';

export interface UndoDeps {
  readonly ledger: () => Result<Ledger>;
  readonly sender: () => Sender | null;
  readonly session: Pick<Session, 'identity'>;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly publish: Publish;
}

type Done = Result<Record<string, never>>;

export interface Undo {
  /** Withdraws all records of a submission of which nothing has left. */
  readonly undo: (submissionId: string) => Done;
  readonly sendNow: (submissionId: string) => Done;
  readonly pending: () => Result<PendingUndo>;
  /** Starts windows again in which the last run ended. To be called once, before the sender starts. */
  readonly startAgain: () => void;
}

export function createUndo(deps: UndoDeps): Undo {
  function recordsOf(submissionId: string): Result<readonly StoredRecord[]> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const records = ledger.value.recordsOfSubmission(submissionId);
    if (records.ok && records.value.length === 0)
      return err({ kind: 'not-found', what: 'submission', id: submissionId });
    return records;
  }

  function write(records: readonly StoredRecord[], changes: readonly RecordChange[]): Done {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const actor = deps.session.identity()?.principalArn ?? 'person at this computer';
    const done = ledger.value.change({ atMs: deps.clock.now(), actor, records: changes });
    if (!done.ok) return done;
    deps.publish('usage.changed', { agreementIds: [...new Set(records.map((one) => one.agreementId))] });
    deps.sender()?.wake();
    return ok({});
  }

  /** Records in an undo window, by submission. */
  function inWindows(): Result<ReadonlyMap<string, readonly StoredRecord[]>> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const pending = ledger.value.pending();
    if (!pending.ok) return pending;
    const nowMs = deps.clock.now();
    const waiting = pending.value.filter((record) => undoUntilMs(record, nowMs) !== null);
    return ok(Map.groupBy(waiting, (record) => record.submissionId));
  }

  return {
    undo: (submissionId) => {
      const records = recordsOf(submissionId);
      if (!records.ok) return records;
      if (!canBeUndone(records.value)) {
        const left = records.value.find((record) => givenUp(record, 0) === null) ?? records.value[0];
        return err({ kind: 'not-possible-now', detail: left ? stateOf(left) : '' });
      }
      const nowMs = deps.clock.now();
      return write(
        records.value,
        records.value.flatMap((record) => givenUp(record, nowMs) ?? []),
      );
    },
    sendNow: (submissionId) => {
      const records = recordsOf(submissionId);
      if (!records.ok) return records;
      const nowMs = deps.clock.now();
      const changes = records.value.flatMap((record) => sentNow(record, nowMs) ?? []);
      return changes.length === 0 ? ok({}) : write(records.value, changes);
    },
    pending: () => {
      const windows = inWindows();
      if (!windows.ok) return windows;
      const { buyerAliases } = deps.preferences.get();
      const submissions = [...windows.value].flatMap(([submissionId, records]) => {
        const [first] = records;
        const untilMs = first?.nextTryMs;
        if (!first || !untilMs) return [];
        return {
          submissionId,
          agreementId: first.agreementId,
          buyerAccountId: first.buyerAccountId,
          buyerAlias: buyerAliases[first.buyerAccountId] ?? null,
          productTitle: first.productTitle,
          recordCount: records.length,
          undoUntilUtc: utc(untilMs),
        };
      });
      return ok({ submissions });
    },
    startAgain: () => {
      const ledger = deps.ledger();
      if (!ledger.ok) return;
      const pending = ledger.value.pending();
      if (!pending.ok) return;
      const nowMs = deps.clock.now();
      const { undoSeconds } = deps.preferences.get();
      const submissions = Map.groupBy(pending.value, (record) => record.submissionId);
      const changes = [...submissions.values()].flatMap((records) => undoAgain(records, undoSeconds, nowMs));
      // Where the disk is full they go when their old window ends, which is no worse than the person was told.
      if (changes.length > 0) ledger.value.change({ atMs: nowMs, actor: 'app', records: changes });
    },
  };
}
