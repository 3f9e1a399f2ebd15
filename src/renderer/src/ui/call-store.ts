/** The answer of one call, kept and read anew on events. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppApi } from '../../../contract/api.ts';
import type { CallInput, CallName, CallOutput } from '../../../contract/calls.ts';
import type { EventName } from '../../../contract/events.ts';
import { type CallState, shownValue } from './call-state.ts';

export interface CallStore<T> {
  readonly store: StoreApi<CallState<T>>;
  /** Reads once more. What is shown stays until the new answer is there. Resolves when it is. */
  readonly reload: () => Promise<void>;
  /** Reads and listens until the returned function is called. */
  readonly start: () => () => void;
}

/**
 * Keeps the answer of one call with one input. Only the newest request counts, so a slow old answer never replaces a
 * newer one; events that arrive while a request is out cause one more, as that answer may have missed them.
 */
export function createCallStore<N extends CallName>(
  api: AppApi,
  name: N,
  input: CallInput<N>,
  rereadOn: readonly EventName[] = [],
): CallStore<CallOutput<N>> {
  type T = CallOutput<N>;
  const store = createStore<CallState<T>>()(() => ({ kind: 'idle' }));
  let running: Promise<void> | null = null;
  let again = false;
  let active = false;

  const readUntilFresh = async (): Promise<void> => {
    do {
      again = false;
      if (store.getState().kind === 'idle') store.setState({ kind: 'loading' }, true);
      const answer = await api.call(name, input);
      const stale = shownValue(store.getState());
      store.setState(
        answer.ok ? { kind: 'ready', value: answer.value } : { kind: 'failed', error: answer.error, stale },
        true,
      );
    } while (again && active);
  };

  const reload = (): Promise<void> => {
    if (running !== null) {
      again = true;
      return running;
    }
    running = readUntilFresh().finally(() => {
      running = null;
    });
    return running;
  };

  const start = (): (() => void) => {
    active = true;
    const ends = rereadOn.map((event) => api.subscribe(event, () => void reload()));
    void reload();
    return () => {
      active = false;
      for (const end of ends) end();
    };
  };

  return { store, reload, start };
}
