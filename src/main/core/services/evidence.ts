/** What is known of a record whose outcome is unknown, and a person's decision on it. */
import type { Publish } from '../../../contract/api.ts';
import type { Evidence } from '../../../contract/evidence.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import { stateOf } from '../domain/settle.ts';
import {
  canBeDecided,
  decidedByPerson,
  type TrailFinding,
  trailExpectedByMs,
} from '../domain/trail-evidence.ts';
import type { StoredRecord } from '../domain/usage-record.ts';
import { utc } from '../domain/utc-hours.ts';
import type { Clock, Ledger } from '../ports.ts';
import { attemptView } from './record-view.ts';
import type { Session } from './session.ts';
import type { TrailSettlement } from './trail-settlement.ts';

export interface EvidenceDeps {
  readonly ledger: () => Result<Ledger>;
  readonly settlement: () => TrailSettlement | null;
  readonly session: Pick<Session, 'identity'>;
  readonly clock: Clock;
  readonly publish: Publish;
}

export interface EvidenceService {
  /** The attempts, and what CloudTrail shows now. */
  readonly get: (recordId: string) => Promise<Result<Evidence>>;
  readonly decide: (decision: {
    readonly recordId: string;
    readonly decision: 'recorded' | 'not-recorded';
    readonly note: string;
  }) => Result<Record<string, never>>;
}

export function createEvidence(deps: EvidenceDeps): EvidenceService {
  function find(recordId: string): Result<{ readonly ledger: Ledger; readonly record: StoredRecord }> {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const record = ledger.value.record(recordId);
    if (!record.ok) return record;
    if (record.value === null) return err({ kind: 'not-found', what: 'record', id: recordId });
    return ok({ ledger: ledger.value, record: record.value });
  }

  async function get(recordId: string): Promise<Result<Evidence>> {
    const known = find(recordId);
    if (!known.ok) return known;
    const look = (await deps.settlement()?.lookNow(recordId)) ?? null;
    // The look may just have settled it.
    const found = find(recordId);
    if (!found.ok) return found;
    const { ledger, record } = found.value;
    const attempts = ledger.attempts(recordId);
    if (!attempts.ok) return attempts;
    const nextMs = deps.settlement()?.nextLookMs(record) ?? null;
    return ok({
      recordId,
      status: record.status,
      canDecide: canBeDecided(record, deps.clock.now()),
      attempts: attempts.value.map(attemptView),
      trail: {
        lookedUtc: look === null ? null : utc(look.lookedMs),
        nextLookUtc: nextMs === null ? null : utc(nextMs),
        expectedByUtc: utc(trailExpectedByMs(record)),
        isComplete: look?.isComplete ?? false,
        problem: look?.problem ?? null,
        findings: (look?.findings ?? []).map(findingView),
      },
    });
  }

  return {
    get,
    decide: ({ recordId, decision, note }) => {
      const found = find(recordId);
      if (!found.ok) return found;
      const { ledger, record } = found.value;
      const atMs = deps.clock.now();
      const actor = deps.session.identity()?.principalArn ?? 'person at this computer';
      const change = decidedByPerson(
        record,
        { isRecorded: decision === 'recorded', decidedBy: actor, note: note.trim() },
        atMs,
      );
      if (change === null) return err({ kind: 'not-possible-now', detail: stateOf(record) });
      const done = ledger.change({ atMs, actor, records: [change] });
      if (!done.ok) return done;
      deps.publish('usage.changed', { agreementIds: [record.agreementId] });
      return ok({});
    },
  };
}

function findingView(finding: TrailFinding): Evidence['trail']['findings'][number] {
  const { eventId, requestId, principalArn, isOurApp, isSameRecord } = finding;
  const { status, errorName, meteringRecordId, quantity, startMs } = finding;
  return {
    eventId,
    atUtc: utc(finding.atMs),
    requestId,
    principalArn,
    isOurApp,
    isSameRecord,
    status,
    awsErrorName: errorName,
    meteringRecordId,
    quantity,
    startUtc: startMs === null ? null : utc(startMs),
  };
}
