/** A core that can be closed and composed anew behind the same handlers, so that the page notices no more than a pause. */
import type { Handlers, Publish } from '../contract/api.ts';
import type { CallName } from '../contract/calls.ts';
import { callNames } from '../contract/names.ts';
import { err, type Result } from '../contract/result.ts';
import type { RestoreOutcome } from './core/ports.ts';

export interface App {
  readonly handlers: Handlers;
  /** To be called after time was shifted in practice: timers are judged anew. */
  readonly timeShifted: () => void;
  /** Ends timers, waits for what is being written, closes the ledger. */
  readonly close: () => Promise<void>;
}

export interface Core extends App {
  /** What became of a restore when the ledger was opened; null where none was wished for. */
  readonly restored: Result<RestoreOutcome | null>;
}

/** Closes the core and composes it anew. Gives what became of a restore that was wished for. */
export type Reopen = () => Promise<Result<RestoreOutcome | null>>;

/** These ask for the reopening themselves, so that nothing may wait for their end. */
const reopeningCalls: ReadonlySet<CallName> = new Set<CallName>([
  'backups.restore',
  'ledger.setAsideAndRestore',
]);
const defaultPatienceMs = 2_000;

/**
 * Composes a core and gives an app in front of it. While the core is composed anew, calls wait; those that are under way get
 * `patienceMs` to end.
 */
export async function createReopenable(deps: {
  readonly compose: (reopen: Reopen) => Promise<Core>;
  readonly publish: Publish;
  readonly patienceMs?: number;
}): Promise<App> {
  const underWay = new Set<Promise<unknown>>();
  let reopening: Promise<unknown> | null = null;
  let core = await deps.compose(reopen);

  async function replaceCore(): Promise<Result<RestoreOutcome | null>> {
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, deps.patienceMs ?? defaultPatienceMs);
    await Promise.race([Promise.allSettled([...underWay]), patience.promise]);
    clearTimeout(timer);
    await core.close();
    core = await deps.compose(reopen);
    return core.restored;
  }

  async function reopen(): Promise<Result<RestoreOutcome | null>> {
    if (reopening !== null) return err({ kind: 'not-possible-now', detail: 'the ledger is being opened' });
    const replaced = replaceCore();
    reopening = replaced;
    try {
      return await replaced;
    } finally {
      reopening = null;
      deps.publish('session.changed', {});
      deps.publish('contracts.changed', {});
      deps.publish('usage.changed', { agreementIds: [] });
      deps.publish('settings.changed', {});
      deps.publish('system.changed', {});
    }
  }

  async function answer(name: CallName, input: unknown): Promise<unknown> {
    // Its failure is told to whoever asked for it.
    if (reopening !== null) await reopening.catch(() => undefined);
    // Name and input belong together by the contract, which the type of a table of functions can't say.
    const handler = core.handlers[name] as (given: unknown) => unknown;
    const answered = Promise.resolve(handler(input));
    if (reopeningCalls.has(name)) return answered;
    underWay.add(answered);
    try {
      return await answered;
    } finally {
      underWay.delete(answered);
    }
  }

  return {
    handlers: Object.fromEntries(
      callNames.map((name) => [name, (input: unknown) => answer(name, input)]),
    ) as unknown as Handlers,
    timeShifted: () => core.timeShifted(),
    close: async () => {
      await reopening?.catch(() => undefined);
      await core.close();
    },
  };
}
