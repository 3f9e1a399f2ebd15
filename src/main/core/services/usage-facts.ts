/**
 * Tells facts of usage records once each, for whoever notifies a person: rejected, near its deadline, needs a person. What was told is
 * remembered for as long as it holds, and up to where in the audit trail rejections were told, also over a restart: a crash may have a fact told
 * twice, never swallow it.
 */
import type { Publish } from '../../../contract/api.ts';
import type { UsageFact, UsageFactKind } from '../../../contract/events.ts';
import { factKey, factsFollowAt, factsOf } from '../domain/usage-facts.ts';
import type { StoredRecord } from '../domain/usage-record.ts';
import { secondMs, utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger, Preferences, ToldFacts } from '../ports.ts';

export interface UsageFactsDeps {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly preferences: Preferences;
  readonly told: ToldFacts;
  readonly publish: Publish;
}

export interface UsageFacts {
  /** To be called once, before the sender starts: what it changes from then on is noticed. */
  readonly start: () => void;
  /** Usage has changed: looks soon. */
  readonly wake: () => void;
  /** Resolves when what was told is on disk. */
  readonly close: () => Promise<void>;
}

/** Many records change at once; they are told together, and a large ledger is not read for each. */
const restMs = secondMs;

export function createUsageFacts(deps: UsageFactsDeps): UsageFacts {
  const { ledger, clock } = deps;
  /** Up to where rejections were told. */
  let { trail } = deps.told.get();
  let isWaiting = false;
  let lastWrite: Promise<unknown> = Promise.resolve();
  let cancelLook = (): void => {};
  let cancelNext = (): void => {};

  /** Nothing was written, and yet something is new: the lists and counts can't know. */
  function passTime(): void {
    const agreementIds = [...new Set(look().map(({ agreementId }) => agreementId))];
    if (agreementIds.length > 0) deps.publish('usage.changed', { agreementIds });
  }

  /** Gives what it told. */
  function look(): readonly UsageFact[] {
    isWaiting = false;
    const found = ledger.pending();
    // Unreadable now: whatever holds still will be told by the next look.
    if (!found.ok) return [];
    const nowMs = clock.now();
    const holding = found.value.flatMap((record) =>
      factsOf(record, nowMs).map((kind) => ({ record, kind, key: factKey(record, kind) })),
    );
    const { facts: told } = deps.told.get();
    const news = holding.filter(({ key }) => !told.has(key));
    const rejected = rejectedSinceLast();
    const facts = [
      ...news.map(({ record, kind }) => factOf(record, kind)),
      ...rejected.map((record) => factOf(record, 'rejected')),
    ];
    if (rejected.length > 0 || news.length > 0 || told.size > holding.length) {
      keep(new Set(holding.map(({ key }) => key)));
    }
    if (facts.length > 0) deps.publish('usage.facts', { facts });
    wakeForNext(found.value, nowMs);
    return facts;
  }

  /** Where it can't be kept, it may be told once more after the next start. */
  function keep(facts: ReadonlySet<string>): void {
    lastWrite = deps.told.replace({ facts, trail });
  }

  function rejectedSinceLast(): readonly StoredRecord[] {
    const found = ledger.rejectedSince(trail);
    if (!found.ok) return [];
    trail = found.value.trail;
    return found.value.records;
  }

  function wakeForNext(pending: readonly StoredRecord[], nowMs: number): void {
    cancelNext();
    const nextMs = pending
      .flatMap((record) => factsFollowAt(record, nowMs))
      .reduce((first, atMs) => Math.min(first, atMs), Number.POSITIVE_INFINITY);
    if (nextMs < Number.POSITIVE_INFINITY) cancelNext = clock.schedule(nextMs, passTime);
  }

  function factOf(record: StoredRecord, kind: UsageFactKind): UsageFact {
    const { recordId, agreementId, buyerAccountId, productTitle, reason } = record;
    const { dimensionKey, dimensionName, quantity, unit } = record;
    return {
      ...{ kind, recordId, agreementId, buyerAccountId, productTitle, reason },
      ...{ dimensionKey, dimensionName, quantity, unit },
      buyerAlias: deps.preferences.get().buyerAliases[buyerAccountId] ?? null,
      startUtc: utc(record.startMs),
      deadlineUtc: utc(record.deadlineMs),
    };
  }

  const wake = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    cancelLook = clock.schedule(clock.now() + restMs, look);
  };
  return {
    start: () => {
      // What was rejected before anything was ever told is no news.
      if (trail === null) {
        rejectedSinceLast();
        keep(deps.told.get().facts);
      }
      wake();
    },
    wake,
    close: async () => {
      cancelLook();
      cancelNext();
      keep(deps.told.get().facts);
      await lastWrite;
    },
  };
}
