/** Reading usage records, and the few things a person can decide of a pending one. */
import type { Publish } from '../../../contract/api.ts';
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type {
  OtherAccounts,
  UsageCounts,
  UsagePage,
  UsageQuery,
  UsageRecordView,
  UsageRecordWithAttempts,
} from '../../../contract/usage.ts';
import { givenUp, sentAnyway, stateOf } from '../domain/settle.ts';
import { needsPerson, phasesForPerson } from '../domain/usage-facts.ts';
import type { RecordChange, StoredRecord } from '../domain/usage-record.ts';
import type { Clock, Ledger, Preferences } from '../ports.ts';
import { attemptView, recordView } from './record-view.ts';
import type { Sender } from './sender.ts';
import type { Session } from './session.ts';

export interface UsageDeps {
  readonly ledger: () => Result<Ledger>;
  readonly sender: () => Sender | null;
  readonly session: Session;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly publish: Publish;
}

type Done = Result<Record<string, never>>;

export interface Usage {
  readonly list: (query: UsageQuery) => Result<UsagePage>;
  readonly get: (recordId: string) => Result<UsageRecordWithAttempts>;
  readonly ofSubmission: (submissionId: string) => Result<{ readonly records: UsageRecordView[] }>;
  readonly counts: () => Result<UsageCounts>;
  readonly ofOtherAccounts: () => Result<OtherAccounts>;
  readonly tryNow: (recordIds: readonly string[]) => Done;
  readonly sendAnyway: (recordId: string) => Done;
  readonly giveUp: (recordId: string) => Done;
}

export function createUsage(deps: UsageDeps): Usage {
  function list(query: UsageQuery): Result<UsagePage> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const page = ledger.value.list(query);
    if (!page.ok) return page;
    const { buyerAliases } = deps.preferences.get();
    const nowMs = deps.clock.now();
    return ok({
      records: page.value.records.map((record) => recordView(record, buyerAliases, nowMs)),
      nextCursor: page.value.nextCursor,
      total: page.value.total,
    });
  }

  function find(recordId: string): Result<{ readonly ledger: Ledger; readonly record: StoredRecord }> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const record = ledger.value.record(recordId);
    if (!record.ok) return record;
    if (record.value === null) return err({ kind: 'not-found', what: 'record', id: recordId });
    return ok({ ledger: ledger.value, record: record.value });
  }

  /** The seller account that the screens stand under: also after its sign-in has ended. */
  function presentAccount(): string | null {
    const view = deps.session.view();
    const identity = view.state === 'ended' ? view.identity : deps.session.identity();
    return identity?.accountId ?? null;
  }

  /** Why nothing of this record can be sent now; null where nobody, or its own account, is signed in. */
  function otherAccount({ sellerAccountId }: StoredRecord): AppError | null {
    const signedInAccountId = presentAccount();
    return signedInAccountId === null || signedInAccountId === sellerAccountId
      ? null
      : { kind: 'wrong-account', expectedAccountId: sellerAccountId, signedInAccountId };
  }

  function get(recordId: string): Result<UsageRecordWithAttempts> {
    const found = find(recordId);
    if (!found.ok) return found;
    const { ledger, record } = found.value;
    const attempts = ledger.attempts(recordId);
    if (!attempts.ok) return attempts;
    const submission = ledger.submission(record.submissionId);
    if (!submission.ok) return submission;
    return ok({
      record: recordView(record, deps.preferences.get().buyerAliases, deps.clock.now()),
      attempts: attempts.value.map(attemptView),
      confirmationText: submission.value?.confirmationText ?? '',
      reviewHash: submission.value?.reviewHash ?? '',
    });
  }

  function ofSubmission(submissionId: string): Result<{ readonly records: UsageRecordView[] }> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const found = ledger.value.recordsOfSubmission(submissionId);
    if (!found.ok) return found;
    if (found.value.length === 0) return err({ kind: 'not-found', what: 'submission', id: submissionId });
    const { buyerAliases } = deps.preferences.get();
    const nowMs = deps.clock.now();
    return ok({ records: found.value.map((record) => recordView(record, buyerAliases, nowMs)) });
  }

  function countsOf(ledger: Ledger, sellerAccountId: string | null): Result<UsageCounts> {
    const known = ledger.counts(sellerAccountId);
    if (!known.ok) return known;
    const stuck = ledger.pending(phasesForPerson);
    if (!stuck.ok) return stuck;
    const nowMs = deps.clock.now();
    const needPerson = stuck.value.filter(
      (record) =>
        (sellerAccountId === null || record.sellerAccountId === sellerAccountId) &&
        needsPerson(record, nowMs),
    ).length;
    return ok({ ...known.value, needPerson });
  }

  function decide(
    recordId: string,
    decision: (record: StoredRecord, nowMs: number) => RecordChange | null,
  ): Done {
    const found = find(recordId);
    if (!found.ok) return found;
    const { ledger, record } = found.value;
    const nowMs = deps.clock.now();
    const change = decision(record, nowMs);
    if (change === null) return err({ kind: 'not-possible-now', detail: stateOf(record) });
    const actor = deps.session.identity()?.principalArn ?? 'person at this computer';
    const done = ledger.change({ atMs: nowMs, actor, records: [change] });
    if (!done.ok) return done;
    deps.publish('usage.changed', { agreementIds: [record.agreementId] });
    deps.sender()?.wake();
    return ok({});
  }

  return {
    list,
    get,
    ofSubmission,
    counts: () => {
      const ledger = deps.ledger();
      return ledger.ok ? countsOf(ledger.value, presentAccount()) : ledger;
    },
    ofOtherAccounts: () => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      const present = presentAccount();
      const all = ledger.value.sellerAccounts();
      if (!all.ok) return all;
      const { accountNames } = deps.preferences.get();
      const accounts: OtherAccounts['accounts'] = [];
      for (const accountId of present === null ? [] : all.value) {
        if (accountId === present) continue;
        const counts = countsOf(ledger.value, accountId);
        if (!counts.ok) return counts;
        const { pending, rejected } = counts.value;
        if (pending + rejected === 0) continue;
        accounts.push({ accountId, accountName: accountNames[accountId] ?? null, counts: counts.value });
      }
      return ok({ accounts });
    },
    tryNow: (recordIds) => {
      const ledger = deps.ledger();
      if (!ledger.ok) return ledger;
      for (const recordId of recordIds) {
        const found = find(recordId);
        const other = found.ok ? otherAccount(found.value.record) : found.error;
        if (other !== null) return err(other);
      }
      const done = deps.sender()?.tryNow(recordIds);
      return done === undefined || done.ok ? ok({}) : done;
    },
    sendAnyway: (recordId) => {
      const found = find(recordId);
      const other = found.ok ? otherAccount(found.value.record) : found.error;
      return other === null ? decide(recordId, sentAnyway) : err(other);
    },
    giveUp: (recordId) => decide(recordId, givenUp),
  };
}
