/**
 * Writes that come within one turn of the event loop are made durable together: what a commit costs is shared by the calls that start, and
 * by the answers that arrive, side by side.
 */
import type { Result } from '../../../contract/result.ts';
import type { Ledger } from '../ports.ts';

export interface GroupCommit {
  /**
   * Runs `write` with the others of its turn in one transaction. Resolves once that is durable with what `write` gave; or, when the transaction
   * failed and nothing of it was kept, with why. Never rejects.
   */
  readonly write: (write: () => Result<void>) => Promise<Result<void>>;
  /** Writes what has gathered, without waiting for the end of the turn. */
  readonly flush: () => void;
}

/** `atTurnsEnd` runs a task once everything that is ready now has run. */
export function createGroupCommit(
  ledger: Pick<Ledger, 'together'>,
  atTurnsEnd: (task: () => void) => unknown = setImmediate,
): GroupCommit {
  let group: { readonly write: () => Result<void>; readonly resolve: (result: Result<void>) => void }[] = [];

  function flush(): void {
    const members = group;
    group = [];
    if (members.length === 0) return;
    const written = ledger.together(members.map(({ write }) => write));
    for (const [index, { resolve }] of members.entries()) {
      const result = written.ok ? written.value[index] : written;
      if (result !== undefined) resolve(result);
    }
  }

  return {
    write: (write) =>
      new Promise((resolve) => {
        group.push({ write, resolve });
        if (group.length === 1) atTurnsEnd(flush);
      }),
    flush,
  };
}
