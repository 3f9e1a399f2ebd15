/** Settling a rejected record that nothing will come of: writing it off, and reopening it. */
import type { Publish } from '../../../contract/api.ts';
import type { Money } from '../../../contract/primitives.ts';
import { err, ok, type Result } from '../../../contract/result.ts';
import type { Clock, Ledger } from '../ports.ts';
import type { Session } from './session.ts';

export interface RejectionsDeps {
  readonly ledger: () => Result<Ledger>;
  readonly session: Pick<Session, 'identity'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly publish: Publish;
}

type Done = Result<Record<string, never>>;

export interface Rejections {
  /** `not-possible-now` for a record that is not rejected, or is settled already. The note is trimmed and not blank. */
  readonly writeOff: (writeOff: {
    readonly recordId: string;
    readonly note: string;
    readonly amount: Money | null;
  }) => Done;
  /** `not-possible-now` for a record that is not written off. */
  readonly reopen: (recordId: string) => Done;
}

export function createRejections(deps: RejectionsDeps): Rejections {
  /** Whoever writes off need not be signed in: it is settled here, and asks nothing of AWS. */
  const actor = () => deps.session.identity()?.principalArn ?? 'person at this computer';

  function settle(recordId: string, write: (ledger: Ledger) => Result<void>): Done {
    const ledger = deps.ledger();
    if (!ledger.ok) return ledger;
    const record = ledger.value.record(recordId);
    if (!record.ok) return record;
    if (record.value === null) return err({ kind: 'not-found', what: 'record', id: recordId });
    const done = write(ledger.value);
    if (!done.ok) return done;
    deps.publish('usage.changed', { agreementIds: [record.value.agreementId] });
    return ok({});
  }

  return {
    writeOff: ({ recordId, note, amount }) =>
      settle(recordId, (ledger) =>
        ledger.writeOff({ recordId, note, amount, atMs: deps.clock.now(), actor: actor() }),
      ),
    reopen: (recordId) =>
      settle(recordId, (ledger) => ledger.reopen({ recordId, atMs: deps.clock.now(), actor: actor() })),
  };
}
