/** What must hold of the sender whatever chance does: watched call by call and write by write, and looked at once all is calm. */
import { checkLedger } from '../../../src/main/adapters/storage/ledger/audit.ts';
import { canBeOneRecordsFault } from '../../../src/main/core/domain/narrowing.ts';
import { stateOf } from '../../../src/main/core/domain/settle.ts';
import type { RecordOutcome, StoredRecord } from '../../../src/main/core/domain/usage-record.ts';
import type { Ledger } from '../../../src/main/core/ports.ts';
import { rawConnection, valueIn } from '../storage/ledger-fixture.ts';

type Records = readonly StoredRecord[];

export interface Laws {
  /** Remembers that a law is broken unless it holds; `by` says by what. */
  readonly demand: (law: string, holds: boolean, by?: StoredRecord | string) => void;
  /** A call leaves. */
  readonly leaves: (records: Records) => void;
  /** AWS answers it, whether or not anybody hears that. */
  readonly answered: (records: Records, outcomes: readonly RecordOutcome[]) => void;
  /** Nothing moves any more. */
  readonly atRest: () => void;
  /** Nobody writes any more. */
  readonly closed: (path: string) => void;
  /** Each broken law, with what broke it first. */
  readonly broken: () => readonly string[];
}

/** Whether nothing but AWS's evidence or a person's decision moves the record any more. */
export function isAtRest(record: StoredRecord): boolean {
  if (record.status !== 'pending' || isUnknownForGood(record)) return true;
  return record.phase === 'held' && record.reason === 'became-too-old-while-waiting';
}

function isUnknownForGood({ phase, nextTryMs }: StoredRecord): boolean {
  return phase === 'unknown' && nextTryMs === null;
}

export function createLaws(ledger: Ledger): Laws {
  const broken = new Map<string, string>();
  const inCalls = new Set<string>();
  /** What AWS has surely made of a record. */
  const surely = new Map<string, 'recorded' | 'refused'>();

  const demand: Laws['demand'] = (law, holds, by = '') => {
    if (holds || broken.has(law)) return;
    broken.set(law, typeof by === 'string' ? by : `${by.productId} ${by.dimensionKey}, ${stateOf(by)}`);
  };

  function leaves(records: Records): void {
    const products = new Set(records.map(({ productId }) => productId));
    demand('a call has records of one product', products.size === 1, [...products].join(' '));
    for (const { recordId } of records) {
      const record = valueIn(ledger.record(recordId));
      if (record === null) throw new Error(`no record ${recordId}`);
      demand('no record stands in two calls at once', !inCalls.has(recordId), record);
      inCalls.add(recordId);
      demand('what leaves stands as sending in the ledger', record.phase === 'sending', record);
      const mayLeave = record.mayBeRecorded || !surely.has(recordId);
      demand('nothing leaves again that was surely recorded or refused', mayLeave, record);
    }
  }

  function answered(records: Records, outcomes: readonly RecordOutcome[]): void {
    for (const [index, { recordId, mayBeRecorded }] of records.entries()) {
      inCalls.delete(recordId);
      const outcome = outcomes[index];
      if (outcome?.kind === 'recorded') surely.set(recordId, 'recorded');
      if (outcome?.kind !== 'refused' || mayBeRecorded) continue;
      // Of several records that are refused together nobody knows yet whose fault it is.
      if (records.length === 1 || !canBeOneRecordsFault(outcome.reason)) surely.set(recordId, 'refused');
    }
  }

  function atRest(): void {
    for (const record of ledger.iterate({ agreementId: null })) {
      const said = surely.get(record.recordId);
      const { status } = record;
      demand('each record is settled, unknown for good, or held for a decision', isAtRest(record), record);
      demand('accepted is only what AWS has recorded', status !== 'accepted' || said === 'recorded', record);
      const isRefused = said === 'refused' || record.reason === 'window-missed';
      demand('rejected is only what AWS has refused', status !== 'rejected' || isRefused, record);
      const isAsSaid = status === (said === 'recorded' ? 'accepted' : 'rejected');
      const isTrue = said === undefined || isAsSaid || isUnknownForGood(record);
      demand('what AWS has surely said stands in the ledger, or is unknown for good', isTrue, record);
    }
    const open = valueIn(ledger.unanswered());
    demand('no attempt stays open', open.length === 0, `${open.length} attempts`);
  }

  return {
    ...{ demand, leaves, answered, atRest },
    closed: (path) => {
      const { isIntact, said } = checked(path);
      demand('the audit trail and the rows agree', isIntact, said);
    },
    broken: () => [...broken].map(([law, by]) => (by === '' ? law : `${law}: ${by}`)),
  };
}

function checked(path: string): { readonly isIntact: boolean; readonly said: string } {
  const { intact, defect } = checkLedger(rawConnection(path), null);
  return { isIntact: intact, said: JSON.stringify(defect) };
}
