/** The page's client over the bridge of the desktop window. */
import type { AppApi } from '../../../contract/api.ts';
import type { CallName, CallOutput } from '../../../contract/calls.ts';
import type { EventName, EventPayload } from '../../../contract/events.ts';
import { err, type Result } from '../../../contract/result.ts';

/** What the preload exposes: two functions over plain data, their names checked again on the other side. */
export interface Bridge {
  readonly call: (name: string, input: unknown) => Promise<unknown>;
  readonly subscribe: (name: string, listener: (payload: unknown) => void) => () => void;
}

/** Calls over the bridge. A bridge that fails to answer is `core-unreachable`. */
export function createBridgeClient(bridge: Bridge): AppApi {
  return {
    call: async <N extends CallName>(name: N, input: unknown) => {
      try {
        // The core checked this answer against the schema of the call; the bridge only carries it.
        return (await bridge.call(name, input)) as Result<CallOutput<N>>;
      } catch {
        return err({ kind: 'core-unreachable' });
      }
    },
    subscribe: <N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void) =>
      // The core published this payload by its type; the bridge only carries it.
      bridge.subscribe(name, (payload) => listener(payload as EventPayload<N>)),
  };
}
