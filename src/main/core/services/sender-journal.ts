/**
 * What the sender writes down. No byte leaves before its attempt is durable; an answer for which the disk had no room is kept here until it has,
 * and nothing new begins before it is written.
 */
import type { AppError } from '../../../contract/errors.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { AttemptEnd, RecordChange, StoredRecord } from '../domain/usage-record.ts';
import type { Clock, Ledger } from '../ports.ts';
import { createGroupCommit } from './group-commit.ts';
import type { Agenda } from './sender-agenda.ts';

export interface WriteProblem {
  readonly error: AppError;
  /** Answers of AWS that only this process knows until they are written. */
  readonly keptAnswers: number;
}

const ofDisk: ReadonlySet<AppError['kind']> = new Set(['disk-full', 'ledger-unavailable']);

/** Whether the disk refused, so that the same may be taken later. */
export const isOfDisk = ({ kind }: AppError): boolean => ofDisk.has(kind);

export interface Journal {
  /** Resolves once the intents that `write` writes are durable. `write` chooses them itself, so that nothing comes between. */
  readonly begin: (write: () => Result<void>) => Promise<Result<void>>;
  /** Resolves once the answer is durable, or is kept because the disk refused it. */
  readonly end: (answer: AttemptEnd) => Promise<Result<void>>;
  /** Keeps an answer for the next `writeKept`. */
  readonly keep: (answer: AttemptEnd) => void;
  /** Writes the answers that are kept; an error where the disk still refuses one. */
  readonly writeKept: () => Result<void>;
  /** Writes changes that need no call, and gives the records as they are then. */
  readonly change: (changes: readonly RecordChange[]) => Result<readonly StoredRecord[]>;
  /** Why the disk takes nothing now, and how many answers wait for it; null while it does. */
  readonly writeProblem: () => WriteProblem | null;
  /** Writes what is still waiting for its turn. */
  readonly flush: () => void;
}

export function createJournal(
  ledger: Pick<Ledger, 'together' | 'endAttempt' | 'change'>,
  agenda: Pick<Agenda, 'apply'>,
  clock: Pick<Clock, 'now'>,
  on: {
    /** What keeps answers from the disk is another thing than before, or over. */
    readonly writeProblem: () => void;
    /** An answer that was kept is written: these are its records now. */
    readonly writtenLate: (records: readonly StoredRecord[]) => void;
  },
): Journal {
  const commits = createGroupCommit(ledger);
  let kept: AttemptEnd[] = [];
  let refusal: AppError | null = null;
  let refusedAnswer: AppError | null = null;
  let told = '';

  /** Notes what the disk said last, and tells when that is something else than before. */
  function noted<T>(written: Result<T>): Result<T> {
    if (written.ok) refusal = null;
    else if (isOfDisk(written.error)) refusal = written.error;
    tell();
    return written;
  }

  function tell(): void {
    const now = JSON.stringify(writeProblem());
    if (now === told) return;
    told = now;
    on.writeProblem();
  }

  // While an answer waits, the disk has not shown that it has room: a write may be smaller.
  const writeProblem = (): WriteProblem | null =>
    refusal === null ? null : { error: refusal, keptAnswers: kept.length };

  function isWritten(answer: AttemptEnd): readonly StoredRecord[] {
    return agenda.apply(answer.records.map(({ change }) => change));
  }

  return {
    // It may share its commit with an answer: what is small may find room where that found none.
    begin: async (write) =>
      noted(await commits.write(() => (refusedAnswer === null ? write() : err(refusedAnswer)))),
    end: async (answer) => {
      const ended = await commits.write(() => {
        const written = ledger.endAttempt(answer);
        if (!written.ok) refusedAnswer = written.error;
        return written;
      });
      if (ended.ok) isWritten(answer);
      else kept.push(answer);
      return noted(ended);
    },
    keep: (answer) => {
      kept.push(answer);
    },
    writeKept: () => {
      for (let first = kept[0]; first !== undefined; first = kept[0]) {
        const ended = ledger.endAttempt(first);
        if (!ended.ok) return noted(ended);
        kept = kept.slice(1);
        on.writtenLate(isWritten(first));
        noted(ended);
      }
      refusedAnswer = null;
      return ok(undefined);
    },
    change: (records) => {
      if (records.length === 0) return ok([]);
      const changed = ledger.change({ atMs: clock.now(), actor: 'app', records });
      noted(changed);
      return changed.ok ? ok(agenda.apply(records)) : changed;
    },
    writeProblem,
    flush: commits.flush,
  };
}
